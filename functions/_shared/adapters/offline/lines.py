"""Writes bullets from a job or from the user's own words, and improves the wording of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.adapters.offline.refusal import refuse
from functions._shared.adapters.offline.verbs import verbs
from functions._shared.adapters.offline.wording import (
    bullet,
    capitalise,
    sentence,
    starts_with_verb,
    tidy,
)
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.words import sentences

if TYPE_CHECKING:
    from functions._shared.adapters.offline.brief import Brief
    from functions._shared.domain.resume.content import Experience

_FEWEST_WORDS: Final = 3
_RESULTS: Final = frozenset(
    ["save", "reduce", "cut", "increase", "raise", "improve", "boost", "grow", "generate", "lower", "double", "triple"]
)
_AND_RESULT: Final = re.compile(r"^(\w+) ([^,;]+), (?:thereby |thus |which led to )?(\w+ing) ([^,;]+)$")


def bullets(brief: Brief) -> list[str]:
    """Write bullets from the user's notes, or from a job in the résumé.

    Raises
    ------
    ModelRefused
        Both are empty.
    """
    index = brief.facts.get("experience_index")
    jobs = brief.content.experience
    job = jobs[index] if isinstance(index, int) and 0 <= index < len(jobs) else None
    current = job is not None and job.is_current
    told = [*sentences(brief.notes)] or _told(job)
    count = int(brief.facts.get("count") or len(told) or 1)
    made = dict.fromkeys(
        made
        for line in told
        if not gives_orders(line) and len((made := bullet(line, current=current)).split()) >= _FEWEST_WORDS
    )
    if not made:
        refuse("There is nothing said about this work yet.")
    # Lines with a number say most; the user's order holds among equals.
    ranked = sorted(made, key=lambda line: (not quantities(line), not starts_with_verb(line)))[:count]
    return [line for line in made if line in ranked]


def improve(brief: Brief) -> str:
    """Improve a text without changing its facts. A bullet stays a bullet, a paragraph stays a paragraph.

    Raises
    ------
    ModelRefused
        There is no text.
    """
    text, goal = brief.text.strip(), str(brief.facts.get("goal") or "impact")
    if not text:
        refuse("There is no text to improve.")
    current = _goes_on(brief, text)
    return "\n".join(_improved(line, goal, current=current) for line in text.splitlines() if line.strip())


def _improved(line: str, goal: str, *, current: bool | None) -> str:
    if goal == "grammar":
        return capitalise(tidy(line))
    told = list(sentences(line))
    if len(told) > 1 or tidy(line)[-1:] in {".", "!", "?"}:
        return " ".join(sentence(each, current=current) for each in told)
    better = bullet(line, current=current)
    return result_first(better) if goal == "impact" else better


def result_first(line: str) -> str:
    """Turn "Automated the report, saving 20 hours" into "Saved 20 hours by automating the report"."""
    match = _AND_RESULT.match(line)
    if not match:
        return line
    action, result = verbs().get(match[1].lower()), verbs().get(match[3].lower())
    if action is None or result is None or result.base not in _RESULTS or not quantities(match[4]):
        return line
    past = match[1].lower() == action.past
    head = result.past if past else result.base
    return capitalise(f"{head} {match[4]} by {action.ing} {match[2]}")


def _told(job: Experience | None) -> list[str]:
    if job is None:
        return []
    told = [line for line in job.bullets if line.strip()]
    return told or list(sentences(job.description or ""))


def _goes_on(brief: Brief, text: str) -> bool | None:
    """Return whether the text belongs to a current job; None if it belongs to no job."""
    for job in brief.content.experience:
        if text in {line.strip() for line in job.bullets} or text == (job.description or "").strip():
            return job.is_current
    return None
