"""A résumé under a template, ready to be written in any format: what is shown, in which order, in which words.

Writers render a `ResumeView` and add nothing to it. `build_view` is the only way to make one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.documents import sections
from functions._shared.domain.documents.design import SECTIONS, parse_design
from functions._shared.domain.documents.links import mail_url, printed, safe_url
from functions._shared.domain.documents.locales import locale_of
from functions._shared.domain.documents.paper import paper_of, stated
from functions._shared.domain.documents.scripts import is_right_to_left, language_of
from functions._shared.domain.documents.visible import visible_content
from functions._shared.domain.resume.json_resume import to_json_resume
from functions._shared.domain.resume.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.documents.design import Design, Sidebar
    from functions._shared.domain.documents.locales import Locale
    from functions._shared.domain.documents.paper import Paper
    from functions._shared.domain.documents.sections import Link, Section
    from functions._shared.domain.resume.content import PersonalInfo, ResumeContent

_HANDLES: Final = {"linkedin": "linkedin.com/in/", "github": "github.com/"}
_ADDRESSES: Final = frozenset({"url", "website", *_HANDLES})
"""Fields that hold an address, in any section."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact detail: its ``kind`` (email, phone, location, link), and ``url`` if it is a link."""

    kind: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of a letter that stand together, or items of a list."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter has below its sender. Only the text is never empty."""

    date: str
    recipient: tuple[str, ...]
    subject: str
    paragraphs: list[Paragraph]
    signature: str


@dataclass(frozen=True, slots=True)
class ResumeView:
    """A résumé under a template, or a letter, which has no sections.

    Parameters
    ----------
    language : str
        Of the résumé; each writer marks the texts in other languages.
    right_to_left : bool
        Whether that language is written from right to left.
    title : str
        Of the document: the name, or the word for résumé.
    name, headline : str
        At the top.
    contacts : list
        In order.
    sections : list
        In the order of the layout and the design, without hidden and empty ones.
    content : ResumeContent
        Exactly what is shown.
    locale, design
        The words that writers may add, and how it looks.
    photo : bytes or None
        JPEG, if the design has a place for it.
    letter : Letter or None
        Instead of the sections.
    """

    language: str
    right_to_left: bool
    title: str
    name: str
    headline: str
    contacts: list[Contact]
    sections: list[Section]
    content: ResumeContent
    locale: Locale
    design: Design
    photo: bytes | None = field(default=None, repr=False)
    letter: Letter | None = None

    def json_resume(self) -> dict[str, Any]:
        """Return the JSON Resume of exactly what is shown; what is no link there has no address here."""
        return to_json_resume(self.content.model_validate(_with_safe_urls(self.content.to_json())))

    @property
    def sidebar(self) -> Sidebar | None:
        """The sidebar of the design, unless nothing would stand in one of the columns."""
        sidebar = self.design.sidebar
        if sidebar is None:
            return None
        keys = {section.key for section in self.sections}
        narrow = keys & set(sidebar.sections) or (sidebar.contact and self.contacts)
        return sidebar if narrow and keys - set(sidebar.sections) else None

    def columns(self) -> tuple[list[Section], list[Section]]:
        """Return the sections of the sidebar and of the main column, each in order."""
        narrow = self.sidebar.sections if self.sidebar else ()
        aside = [section for section in self.sections if section.key in narrow]
        return aside, [section for section in self.sections if section.key not in narrow]


def build_view(
    content: ResumeContent,
    design: Mapping[str, Any],
    layout: Mapping[str, Any] | None = None,
    *,
    language: str | None = None,
    photo: bytes | None = None,
    paper: Paper | None = None,
) -> ResumeView:
    """Build the view of a résumé.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    design : mapping
        Of its template.
    layout : mapping, optional
        Of the résumé: ``sectionOrder`` and ``hidden``.
    language : str, optional
        ISO 639-1; guessed from the text if it is missing.
    photo : bytes, optional
        JPEG.
    paper : str, optional
        By default that which the design states, or else that of the person's country.
    """
    look, layout = parse_design(design), layout or {}
    hidden = set(_keys(layout, "hidden"))
    shown = visible_content(content, hidden, look.date_format)
    language = language or language_of(plain_text(shown))
    locale = locale_of(language)
    person = shown.personalInfo
    chosen = [key for key in _keys(layout, "sectionOrder") if key in SECTIONS]
    order = dict.fromkeys([*chosen, *look.order])
    return ResumeView(
        language=language,
        right_to_left=is_right_to_left(language),
        title=person.name or locale.words["document"],
        name=person.name or locale.words["document"],
        headline=person.headline or "",
        contacts=_contacts(person),
        sections=[
            *(section for key in order if (section := sections.build(key, shown, locale, look.date_format))),
            *sections.others(shown, locale),
        ],
        content=shown,
        locale=locale,
        design=replace(look, paper=paper or stated(design.get("paper")) or paper_of(content.personalInfo, language)),
        photo=photo if look.photo != "none" and "personalInfo" not in hidden else None,
    )


def _keys(layout: Mapping[str, Any], name: str) -> list[str]:
    value = layout.get(name)
    return [key for key in value if isinstance(key, str)] if isinstance(value, list) else []


def _contacts(person: PersonalInfo) -> list[Contact]:
    contacts = []
    if person.email:
        contacts.append(Contact("email", person.email, mail_url(person.email)))
    if person.phone:
        contacts.append(Contact("phone", person.phone))
    if person.location:
        contacts.append(Contact("location", person.location))
    links = [_handle(field, getattr(person, field)) for field in ("website", "linkedin", "github")]
    links += [_profile(profile.network, profile.username, profile.url) for profile in person.profiles]
    seen: set[str] = set()
    for link in filter(None, links):
        if (link.url or link.text).casefold().rstrip("/") not in seen:
            seen.add((link.url or link.text).casefold().rstrip("/"))
            contacts.append(Contact("link", link.text, link.url))
    return contacts


def _handle(field: str, value: str | None) -> Link | None:
    """Turn a website, or the name of an account as people type it, into a link."""
    if not value:
        return None
    if field in _HANDLES and "." not in value and "/" not in value and " " not in value:
        value = f"{_HANDLES[field]}{value.removeprefix('@')}"
    return sections.Link(printed(value), safe_url(value))


def _with_safe_urls(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_with_safe_urls(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _with_safe_urls(each) for key, each in value.items() if not (key in _ADDRESSES and _is_refused(key, each))
    }


def _is_refused(field: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(value, str) or not value:
        return False
    link = _handle(field, value)
    return link is None or link.url is None


def _profile(network: str | None, username: str | None, url: str | None) -> Link | None:
    if url:
        return sections.Link(printed(url), safe_url(url))
    text = ": ".join(part for part in (network, username) if part)
    return sections.Link(text, None) if text else None
