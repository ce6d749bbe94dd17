"""What a whole résumé is written from: profile, experiences, an older résumé, and the answers of an interview.

`skeleton` puts together what is stated, without a model. It is a valid résumé by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from functions._shared.domain.resume.content import PersonalInfo, ResumeContent, parse_content
from functions._shared.domain.resume.dates import year_and_month
from functions._shared.domain.resume.field_types import MAX_ITEMS, MAX_LINE, MAX_LINES, MAX_LONG, MAX_SHORT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.domain.json import Json

MAX_SKILLS: Final = 60
"""Technologies of the jobs that become the list of skills."""
_YEAR: Final = re.compile(r"(?:(?:19|20)\d\d|2100)(?!\d)")
"""The years of a date that a résumé has."""
_LISTS: Final = {"bullets": MAX_LINE, "technologies": MAX_SHORT}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a user said in an interview, and what was asked."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Career:
    """What was read with the reservation.

    Parameters
    ----------
    content : ResumeContent
        What is stated, as a résumé.
    answers : tuple of Answer
        Of the interview.
    role : str or None
        The role of the interview, or else the user's own.
    """

    content: ResumeContent
    answers: tuple[Answer, ...]
    role: str | None

    @classmethod
    def of(cls, found: Json) -> Career:
        """Take what the database found (``private.own_career``)."""
        content = skeleton(found["content"], found["profile"], found["experience"])
        newest = next((job.role for job in content.experience if job.role), None)
        role = found["role"] or content.personalInfo.headline or newest
        return cls(content, tuple(Answer(each["question"], each["answer"]) for each in found["answers"]), role)


def skeleton(content: Json, profile: Mapping[str, str], experience: Sequence[Json]) -> ResumeContent:
    """Put together what is stated.

    Parameters
    ----------
    content : dict
        Of an older résumé. What it says stays.
    profile : mapping
        Name, headline and contact details. They fill what is empty.
    experience : sequence of dict
        Jobs that it does not have. All jobs are put in order, the current and the newest first.
    """
    stated = parse_content(content).to_json()
    info = stated.get("personalInfo") or {}
    stated["personalInfo"] = {**info, **{key: text for key, text in profile.items() if _fills(info, key, text)}}
    added = [_fitted(job) for job in experience]
    jobs = [*added, *(stated.get("experience") or [])][:MAX_ITEMS]
    stated["experience"] = sorted(jobs, key=_recency, reverse=True)
    if not any((stated.get("skills") or {}).values()):
        named = [name for job in stated["experience"] for name in job.get("technologies") or [] if name.strip()]
        unique = {name.casefold(): name for name in reversed(named)}
        if technical := [unique.pop(name.casefold()) for name in named if name.casefold() in unique][:MAX_SKILLS]:
            stated["skills"] = {"technical": technical}
    return parse_content(stated)


def _fitted(job: Mapping[str, Any]) -> dict[str, Any]:
    """Return a job of the table, which allows more than a résumé, within the limits of a résumé."""
    fitted: dict[str, Any] = {}
    for key, value in job.items():
        if key in _LISTS:
            fitted[key] = [each[: _LISTS[key]] for each in value or [] if each][:MAX_LINES]
        elif key in {"startDate", "endDate"} and (value or "").casefold() not in {"", "present"}:
            if _YEAR.match(value):
                fitted[key] = value
        elif key in {"company", "role", "location"}:
            fitted[key] = value and value[:MAX_SHORT]
        else:
            fitted[key] = value[:MAX_LONG] if isinstance(value, str) else value
    return fitted


def _fills(info: Mapping[str, Any], key: str, text: str) -> bool:
    if not text.strip() or (info.get(key) or "").strip():
        return False
    try:
        PersonalInfo.model_validate({key: text})
    except ValidationError:
        return False
    return True


def _recency(job: Mapping[str, Any]) -> tuple[bool, tuple[int, int], tuple[int, int]]:
    start, end = (year_and_month(job.get(key)) for key in ("startDate", "endDate"))
    is_current = bool(job.get("startDate")) and (job.get("endDate") or "").lower() in {"", "present"}
    until, since = ((date[0], date[1] or 0) if date else (0, 0) for date in (end, start))
    return is_current, until, since
