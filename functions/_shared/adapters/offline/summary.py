"""Writes a professional summary: title, years of experience, skills, employers, achievements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.adapters.offline.achievements import achievements
from functions._shared.adapters.offline.refusal import refuse
from functions._shared.adapters.offline.wording import capitalise, tidy
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.adapters.offline.brief import Brief

_SKILLS: Final = 4
_ACHIEVEMENTS: Final = {"short": 1, "medium": 2, "long": 3}
_PLAIN_NOUN: Final = re.compile(r"[A-Z][a-z]+(?:ing|tion|ment|ship|ty|sis|care|writing)")


def summary(brief: Brief) -> str:
    """Write a summary of two to five sentences.

    Raises
    ------
    ModelRefused
        The source has nothing to write a summary about.
    """
    length = str(brief.facts.get("length") or "medium")
    best = achievements(brief)[: _ACHIEVEMENTS.get(length, 2)]
    parts = [opening(brief), _stations(brief) if length != "short" else ""]
    parts += [f"{achievement.text}." for achievement in best]
    if length == "long" or not best:
        parts += [_certificates(brief), _education(brief), _languages(brief)]
    text = " ".join(part for part in parts if part)
    if not text:
        refuse("There is no experience, education or skill to write a summary from.")
    return text


def opening(brief: Brief) -> str:
    """Write the first sentence: title, years, strongest skills."""
    skills = listing([as_noun(name) for name in brief.skills()[:_SKILLS]])
    title = title_of(brief)
    years = brief.length.whole_years if brief.length else 0
    since = f"{years}+ years of experience" if years > 1 else "1 year of experience" if years else ""
    if title:
        if since:
            # Not "experience in": nobody said that each skill was in use all the years.
            return f"{title} with {since}{f', skilled in {skills}' if skills else ''}."
        return f"{title}{f' skilled in {skills}' if skills else ''}."
    return f"Skilled in {skills}." if skills else ""


def title_of(brief: Brief) -> str:
    """Return the person's title: the headline, else the latest role, else the course of study."""
    headline = tidy(brief.content.personalInfo.headline or "")
    if headline and not gives_orders(headline):
        return capitalise(headline.rstrip("."))
    for course in brief.content.education:
        if course.is_current and course.area and (brief.length is None or brief.length.whole_years == 0):
            where = f" at {course.institution}" if course.institution else ""
            return f"{course.area} student{f' ({course.degree})' if course.degree else ''}{where}"
    for job in brief.jobs():
        if job.role and not gives_orders(job.role):
            return capitalise(tidy(job.role))
    return ""


def listing(names: Sequence[str]) -> str:
    """Join names: "a, b and c"."""
    if len(names) < 2:  # noqa: PLR2004 - one or none
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def as_noun(skill: str) -> str:
    """Write a skill inside a sentence: "Ventilator management" in lower case, "Google Analytics" unchanged."""
    first, _, rest = skill.partition(" ")
    ordinary = first[:1].isupper() and first[1:].islower() and rest.islower() and not rest[:1].isdigit()
    if ordinary or (not rest and _PLAIN_NOUN.fullmatch(first)):
        return skill[:1].lower() + skill[1:]
    return skill


def _stations(brief: Brief) -> str:
    """Write the person's latest two or three employers, current ones first."""
    title = fold(title_of(brief))
    places: dict[str, bool] = {}
    for job in brief.jobs():
        company, role = tidy(job.company or ""), tidy(job.role or "")
        if not company or gives_orders(f"{role} {company}") or any(place.endswith(company) for place in places):
            continue
        known = not role or fold(role) in title or title in fold(role)
        places[company if known or places else f"{role} at {company}"] = job.is_current
    now = next((place for place, is_current in places.items() if is_current), None)
    before = [place for place, is_current in places.items() if not is_current][:2]
    if now:
        text = f"Currently {_at(now)}{f', previously at {listing(before)}' if before else ''}"
    elif before:
        text = f"Most recently {_at(before[0])}{f', before that at {before[1]}' if len(before) > 1 else ''}"
    else:
        return ""
    return text if text.endswith(".") else f"{text}."


def _at(place: str) -> str:
    return place if " at " in place else f"at {place}"


def _certificates(brief: Brief) -> str:
    names = [tidy(each.name) for each in brief.content.certifications if each.name and not gives_orders(each.name)]
    return f"Certifications: {listing(names[:3])}." if names else ""


def _education(brief: Brief) -> str:
    for course in brief.content.education:
        studied = " in ".join(part for part in (course.degree, course.area) if part)
        if studied and not course.is_current and not gives_orders(studied):
            return f"Education: {studied}{f', {course.institution}' if course.institution else ''}."
    return ""


def _languages(brief: Brief) -> str:
    names = [tidy(each.language) for each in brief.content.languages if each.language]
    return f"Languages: {listing(names[:5])}." if len(names) > 1 else ""
