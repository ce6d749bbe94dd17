"""Structured data of a shared page: a schema.org ProfilePage about a Person, of nothing but what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView

_ONGOING: Final = frozenset({"", "present"})
_MOST: Final = 30
"""Skills that are named."""


def describe(view: ResumeView) -> str:
    """Return a line about the person: the headline, or else the beginning of the summary."""
    text = view.headline or " ".join((view.content.summary or "").split())
    return text if len(text) <= 200 else f"{text[:199].rstrip()}…"  # noqa: PLR2004 - letters that previews show


def profile_page(view: ResumeView, url: str, updated_at: str) -> dict[str, Any]:
    """Return the structured data of a page that search engines may list.

    Parameters
    ----------
    view : ResumeView
        What the page shows.
    url : str
        Its address.
    updated_at : str
        When the résumé was last edited, ISO 8601.
    """
    content = view.content
    person: dict[str, Any] = {
        "@type": "Person",
        "name": view.name,
        "jobTitle": view.headline,
        "description": describe(view),
        "sameAs": [each.url for each in view.contacts if each.kind == "link" and each.url],
        "worksFor": [
            {"@type": "Organization", "name": job.company}
            for job in content.experience
            if job.company and (job.endDate or "").lower() in _ONGOING
        ],
        "alumniOf": [
            {"@type": "EducationalOrganization", "name": place.institution}
            for place in content.education
            if place.institution
        ],
        "knowsAbout": [*content.skills.technical, *content.skills.soft][:_MOST],
        "knowsLanguage": [each.language for each in content.languages if each.language],
    }
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": url,
        "dateModified": updated_at,
        "mainEntity": {key: value for key, value in person.items() if value},
    }
