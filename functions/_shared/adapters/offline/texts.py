"""What the rules write: the user's own lines, chosen and reordered, with duties turned into actions.

Nothing else is added, not even a conjunction, so the language of the result is always that of the résumé.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from functions._shared.adapters.offline.duties import as_action
from functions._shared.domain.errors import RulesDeclined
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.words import folded_words, sentences, stem
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.dates import year_and_month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from functions._shared.domain.json import Json
    from functions._shared.domain.resume.content import Experience

_LINES: Final = {"short": 1, "medium": 2, "long": 3}
_LONGEST_IN_SUMMARY, _LONGEST_BULLET = 250, 400
"""Characters. Longer lines are not used, because shortening them could change what they say."""
_SHORTEST_WORD: Final = 4
_ENDED: Final = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u0964][)\]\"'\u2019\u201d]*$")
_LATIN: Final = (", ", ".")
_SIGNS_OF: Final = (("\u3040", "\u9fff", ("\uff0c", "\u3002")), ("\u0900", "\u09ff", (", ", "\u0964")))
"""Blocks of Unicode with a comma or full stop of their own: Chinese and Japanese, Devanagari and Bengali."""
_SIGN: Final = re.compile(r"\s*(?:[-\u2013\u2014*\u2022\u00b7\u25aa\u25cf]\s+)?")
"""What a line begins with before its words: white space and a bullet sign."""


def write(operation: str, facts: Json) -> dict[str, Any]:
    """Write the answer of an operation from the facts of its prompt (see its file in `functions.generate.operations`).

    Raises
    ------
    RulesDeclined
        There is nothing that could be written with certainty.
    """
    return _WRITERS[operation](facts)


def _summary(facts: Json) -> dict[str, Any]:
    """Write what the person is, their stations, and the lines that say most."""
    content = _content(facts)
    jobs = sorted(content.experience, key=_recency, reverse=True)
    count = _LINES[facts.get("length") or "medium"]
    own = [(line, True) for line in _actions(_parts(facts.get("notes")))]
    own += [(line, False) for job in jobs for line in _actions(job.bullets, job)]
    own += [(line, False) for project in content.projects for line in _actions(project.bullets)]
    fitting = [each for each in own if len(each[0]) <= _LONGEST_IN_SUMMARY and len(list(sentences(each[0]))) == 1]
    best = _ranked(fitting, facts)[:count]
    parts = [*_opening(content, jobs)[: 1 if count == 1 else 3], *best]
    parts = list(dict.fromkeys(_with_full_stop(part) for part in parts if part and not gives_orders(part)))
    if not parts:
        raise RulesDeclined("The résumé has no headline, job, education or bullet.", reason="nothing_to_write_from")
    text = "".join(part if part.endswith("\u3002") else f"{part} " for part in parts).rstrip()
    return {"text": text}


def _bullets(facts: Json) -> dict[str, Any]:
    """Return the user's own lines about a job, or their notes, the strongest first."""
    jobs, index = _content(facts).experience, facts.get("experience_index")
    job = jobs[index] if index is not None else None
    lines = _actions(_parts(facts.get("notes")) or (job.bullets or _parts(job.description) if job else []), job)
    if not lines:
        raise RulesDeclined("There are no notes, and no lines about this job.", reason="nothing_to_write_from")
    if any(len(line) > _LONGEST_BULLET for line in lines):
        raise RulesDeclined("A line is too long for a bullet.", reason="no_rule")
    return {"items": _ranked([(line, False) for line in lines], facts)[: facts.get("count")]}


def _improve(facts: Json) -> dict[str, Any]:
    """Turn the duties of a text into actions."""
    text = facts.get("text") or ""
    jobs = _content(facts).experience
    owner = next((job for job in jobs if text in {*job.bullets, job.description}), None)
    lines = text.splitlines()
    better = [as_action(line, is_current=_is_current(owner)) or line for line in lines]
    if better == lines:
        raise RulesDeclined(
            'The rule-based writer only improves English duties ("Responsible for managing a team") of a job whose '
            "tense is known.",
            reason="no_rule",
        )
    return {"text": "\n".join(better)}


def _full_resume(facts: Json) -> dict[str, Any]:
    """Leave profile and experiences as they are stated, in their order; write no prose."""
    if facts.get("answers"):
        raise RulesDeclined(
            "The rule-based writer puts profile and experiences in order. It writes nothing from answers.",
            reason="no_rule",
        )
    return {"summary": "", "jobs": [], "new_jobs": []}


_WRITERS: Final[dict[str, Callable[[Json], dict[str, Any]]]] = {
    "summary": _summary,
    "bullets": _bullets,
    "improve": _improve,
    "full_resume": _full_resume,
}
OPERATIONS: Final = frozenset(_WRITERS)


def _content(facts: Json) -> ResumeContent:
    stored = facts.get("content")
    return parse_content(stored) if stored else ResumeContent()


def _opening(content: ResumeContent, jobs: Iterable[Experience]) -> list[str]:
    """Return the headline and the last two stations, or else what the person has studied."""
    stations = [_listing(job.role, job.company) for job in jobs][:2]
    if not any(stations):
        stations = [_listing(course.degree, course.area, course.institution) for course in content.education][:1]
    headline = content.personalInfo.headline or ""
    if stations and stations[0].casefold().startswith(headline.casefold()):
        headline = ""
    return [text.strip() for text in (headline, *stations) if text.strip()]


def _actions(lines: Iterable[str], job: Experience | None = None) -> list[str]:
    """Return the lines without bullet signs and repetitions, duties of the job as actions."""
    cleaned = (_SIGN.sub("", line, count=1).rstrip() for line in lines)
    return list(dict.fromkeys(as_action(line, is_current=_is_current(job)) or line for line in cleaned if line))


def _is_current(job: Experience | None) -> bool | None:
    """Return whether a job goes on; None if it has no dates."""
    return None if job is None or not (job.startDate or job.endDate) else job.is_current


def _recency(job: Experience) -> tuple[bool, tuple[int, int], tuple[int, int]]:
    end, start = (
        (date[0], date[1] or 0) if date else (0, 0) for date in map(year_and_month, (job.endDate, job.startDate))
    )
    return job.is_current, end, start


def _parts(text: str | None) -> list[str]:
    """Split the user's prose into sentences and lines."""
    return list(sentences(text or ""))


def _ranked(lines: Iterable[tuple[str, bool]], facts: Json) -> list[str]:
    """Order lines: notes, then those that share most words with the job, then those with a figure."""
    wanted = set(_stems((facts.get("job") or {}).get("description") or ""))

    def rank(line: tuple[str, bool]) -> tuple[bool, int, bool]:
        text, is_note = line
        return not is_note, -len(wanted.intersection(_stems(text))), not any(sign.isdigit() for sign in text)

    return [text for text, _ in sorted(lines, key=rank)]


def _stems(text: str) -> Iterator[str]:
    return (stem(word) for word in folded_words(text) if len(word) >= _SHORTEST_WORD)


def _with_full_stop(text: str) -> str:
    if _ENDED.search(text):
        return text
    return text + _signs(text)[1]


def _listing(*values: str | None) -> str:
    present = [value for value in values if value]
    return _signs("".join(present))[0].join(present)


def _signs(text: str) -> tuple[str, str]:
    """Return the comma and the full stop of the script that most letters of a text have."""
    letters = [sign for sign in text if sign.isalpha()]
    for first, last, signs in _SIGNS_OF:
        if 2 * sum(first <= sign <= last for sign in letters) > len(letters):
            return signs
    return _LATIN
