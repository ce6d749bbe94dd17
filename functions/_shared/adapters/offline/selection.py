"""Selects skills that a résumé's text shows, and tailors a résumé to a job by reordering its skills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.adapters.offline.refusal import refuse
from functions._shared.adapters.offline.summary import summary
from functions._shared.domain.grounding.terms import technical_terms
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.vocabulary.skills import case_skills
from functions._shared.domain.language.vocabulary.skills import skills as skill_names
from functions._shared.domain.language.words import Phrases, fold, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.adapters.offline.brief import Brief
    from functions._shared.domain.resume.content import Activity

_MOST: Final = 30


def skills(brief: Brief) -> list[str]:
    """Find skills that the résumé shows in use but does not list, those that the job asks for first.

    Raises
    ------
    ModelRefused
        There are no such skills.
    """
    listed = Phrases("\n".join([*brief.skills(), *(group.name or "" for group in brief.content.skills.groups)]))
    names = Phrases("\n".join(_names(brief)))
    wanted = Phrases(brief.job_description)
    found: dict[str, str] = {}
    for line in _prose(brief):
        for claim in technical_terms(line):
            known = any(listed.has(name) for name in claim.names)
            listable = claim.text.casefold() in skill_names() or claim.text in case_skills()
            if listable and not known and not names.has(claim.text):
                found.setdefault(fold(claim.names[0]), claim.text)
    if not found:
        refuse("The résumé shows no skill that it does not list already.")
    return sorted(found.values(), key=lambda name: not wanted.has(name))[:_MOST]


def tailor(brief: Brief) -> dict[str, object]:
    """Write a summary for the job, and put the listed skills that the job asks for first.

    Raises
    ------
    ModelRefused
        There is nothing to write a summary from.
    """
    wanted = Phrases(brief.job_description)
    lists = brief.content.skills
    ordered = {
        kind: sorted(names, key=lambda name: not wanted.has(name))
        for kind, names in (("technical", lists.technical), ("soft", lists.soft))
    }
    text = summary(brief)
    return {"text": text, "summary": text, "skills": ordered["technical"], **ordered}


def _names(brief: Brief) -> Iterator[str]:
    """Yield names of people and organisations, which can look like technologies."""
    content = brief.content
    yield content.personalInfo.name or ""
    yield from (job.company or "" for job in content.experience)
    yield from (course.institution or "" for course in content.education)
    yield from (each.issuer or "" for each in content.certifications)
    yield from (each.organization or "" for each in content.volunteer)
    yield from (project.name or "" for project in content.projects)


def _prose(brief: Brief) -> Iterator[str]:
    content = brief.content
    texts = [content.summary or "", brief.notes]
    activities: list[Activity] = [*content.experience, *content.volunteer, *content.projects]
    for activity in activities:
        texts += [activity.description or "", *activity.bullets]
    texts += [name for project in content.projects for name in project.technologies]
    for text in texts:
        yield from (line for line in sentences(text) if not gives_orders(line))
