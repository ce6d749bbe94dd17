"""How long somebody has worked in what a posting names, from the dates of the jobs that show it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.coverage.asked import Finding, Option
from functions._shared.coverage.evidence import content_stems, shows, states
from functions._shared.coverage.fields import fields_of
from functions._shared.domain.resume.dates import total

if TYPE_CHECKING:
    from datetime import date

    from functions._shared.coverage.asked import Requirement
    from functions._shared.coverage.evidence import Evidence, Place
    from functions._shared.domain.resume.content import Experience
    from functions._shared.domain.resume.dates import Length

_TELLING: Final = re.compile(r"/(?:role|company|description)$")
"""Texts that say what a job was about; a bullet may mention anything."""
_LEAST: Final = 4
"""Letters that words of one family share: accounting and accountant, nursing and nurse."""
_PERSONS: Final = frozenset(
    "develop engin manag special role profession work design industri environ system servic support".split()  # noqa: SIM905
)
"""Stems that name no field by themselves."""


def tenure(requirement: Requirement, evidence: Evidence, today: date) -> Finding:
    """Compare the years that a posting asks for with the dates of the jobs that show its subject."""
    jobs = _jobs(requirement, evidence)
    if not jobs:
        return _none(requirement, evidence)
    where = tuple(f"/experience/{index}" for index, _ in jobs)
    quote = ", ".join(filter(None, (jobs[0][1].role, jobs[0][1].company)))
    if requirement.minimum is None:
        return Finding("found", where, quote)
    length = total([job for _, job in jobs], today)
    need = round(requirement.minimum * 12)
    if length and length.most >= need:
        # Partial dates leave room: a year that may or may not be full is given, more is not.
        sure = length.least >= need - 12
        return Finding("found" if sure else "unknown", where, quote, note=_lasted(length))
    if any(total([job], today) is None for _, job in jobs):
        return Finding("unknown", (), quote, note="jobs that count have no dates")
    return Finding("missing", (), quote, note=_lasted(length) if length else "")


def _jobs(requirement: Requirement, evidence: Evidence) -> list[tuple[int, Experience]]:
    """Return the jobs that show the subject; all of them if it is what headline or summary are about."""
    options = requirement.options
    jobs = list(enumerate(evidence.content.experience))
    if not options:
        return jobs
    shown = [
        (index, job)
        for index, job in jobs
        if any(_relevant(each, f"/experience/{index}", evidence) for each in options)
    ]
    if shown or requirement.minimum is None:
        return shown
    about = [place for place in evidence.places if place.pointer in {"/personalInfo/headline", "/summary"}]
    return jobs if any(_named(option, place, evidence.language) for option in options for place in about) else []


def _none(requirement: Requirement, evidence: Evidence) -> Finding:
    """Return the finding without such a job: whether an employer is "regulated" cannot be told."""
    known = any(fields_of(option.text) or option.term for option in requirement.options)
    if requirement.minimum is None and requirement.options and evidence.content.experience and not known:
        return Finding("unknown", note="whether an employer is of that kind cannot be told")
    return Finding("missing")


def _lasted(length: Length) -> str:
    low, high = (_time(months) for months in (length.least, length.most))
    return low if low == high else f"between {low} and {high}"


def _time(months: int) -> str:
    parts = [(months // 12, "year"), (months % 12, "month")]
    told = [f"{number} {unit}{'s' * (number != 1)}" for number, unit in parts if number]
    return " ".join(told) or "less than a month"


_PART: Final = re.compile(r"\s(?:in|on|with|within|at|for)\s+(?:an?|the)\s+")


def _relevant(option: Option, pointer: str, evidence: Evidence) -> bool:
    places = list(evidence.under(pointer))
    wanted = fields_of(option.text)
    parts = [option, *(Option(part) for part in _PART.split(option.text)[1:])]
    return any(_named(part, place, evidence.language) for part in parts for place in places) or (
        any(wanted & fields_of(place.text) for place in places if _TELLING.search(place.pointer))
        and wanted <= frozenset[str]().union(*(fields_of(place.text) for place in places))
    )


def _named(option: Option, place: Place, language: str) -> bool:
    if option.term and shows(place, option.term):
        return True
    if states(place, option.text):
        return True
    wanted = content_stems(option.text, language)
    telling = [word for word in wanted if word not in _PERSONS] or wanted
    return bool(telling) and all(any(_kin(word, own) for own in place.stems) for word in telling)


def _kin(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    if short == _LEAST and abs(len(one) - len(other)) >= _LEAST:
        return one == other  # sales is no Salesforce
    return one == other or (short >= _LEAST and one[: max(_LEAST, short - 2)] == other[: max(_LEAST, short - 2)])
