"""Picks the most relevant achievements: lines with numbers, strong verbs, or skills that the job asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.adapters.offline.wording import bullet, starts_with_verb
from functions._shared.domain.grounding.terms import technical_terms
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.words import folded_words, sentences, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.adapters.offline.brief import Brief
    from functions._shared.domain.resume.content import Experience

_SHORT, _LONG = 35, 200
"""Characters. Shorter or longer lines rank lower."""
_COMMON: Final = frozenset(stem(word) for word in ("experience", "work", "team", "year", "role", "company", "business"))


@dataclass(frozen=True, slots=True)
class Achievement:
    """Something that the user did.

    Parameters
    ----------
    text : str
        The achievement, worded as a bullet.
    job : Experience or None
        The job that it belongs to; None for projects and notes.
    score : float
        Relevance. Higher is better.
    """

    text: str
    job: Experience | None
    score: float


def achievements(brief: Brief) -> list[Achievement]:
    """List the user's achievements, most relevant first."""
    wanted = {stem(word) for word in folded_words(brief.job_description) if len(word) > 3} - _COMMON  # noqa: PLR2004 - "and"
    tools = {claim.names[0] for claim in technical_terms(brief.job_description)}
    found = {
        achievement.text: achievement
        for text, job, age in _lines(brief)
        if (achievement := _achievement(text, job, age, wanted, tools)) is not None
    }
    return sorted(found.values(), key=lambda achievement: -achievement.score)


def _lines(brief: Brief) -> Iterator[tuple[str, Experience | None, int]]:
    for line in sentences(brief.notes):
        yield line, None, 0
    for age, job in enumerate(brief.jobs()):
        for line in job.bullets:
            yield line, job, age
    for project in brief.content.projects:
        for line in project.bullets:
            yield line, None, len(brief.content.experience)


def _achievement(line: str, job: Experience | None, age: int, wanted: set[str], tools: set[str]) -> Achievement | None:
    if not line.strip() or gives_orders(line):
        return None
    text = bullet(line, current=job is not None and job.is_current)
    if not starts_with_verb(text):
        return None
    numbers = quantities(text)
    score = 3.0 * bool(numbers) + 1.5 * any(number.unit in {"%", "times"} or number.currency for number in numbers)
    score += 0.5 * len(wanted & {stem(word) for word in folded_words(text)})
    score += 1.0 * len(tools & {claim.names[0] for claim in technical_terms(text)})
    score -= 0.6 * age + 2.0 * (len(text) < _SHORT or len(text) > _LONG)
    return Achievement(text, job, score)
