"""What a model's scores are worth. A score is earned by a quote that stands in the answer, and rules bound it.

So nothing that an answer asks for, and nothing that a model makes up, moves a score.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.invisible import visible
from functions._shared.domain.language.output_filter import forbidden
from functions.interview.findings import SHORT_WORDS
from functions.interview.rubric import HIGHEST, LOWEST, rubric
from functions.interview.schemas.feedback import DimensionScore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions.interview.bank import Kind
    from functions.interview.findings import Examined

SHORTEST_QUOTE: Final = 3
"""Words."""
_LONGEST_QUOTE: Final = 400
_VERY_SHORT: Final = 15
_OF_ANY_LENGTH: Final = ("relevance", "clarity")
"""What a sentence can have. Structure and evidence it has not."""
_SIGNS: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_SPACES: Final = re.compile(r"\s+")
_EDGES: Final = " \t\n\"'“”‘’.…,;:"
_WEAKENS: Final = {"no_result": ("structure", 3), "no_steps": ("structure", 3), "no_figures": ("specificity", 4)}
"""Finding → the dimension that it bounds, and the highest score that is left."""
_BOUNDS: Final = {
    **_WEAKENS,
    "no_own_part": ("ownership", 2),
    "only_we": ("ownership", 2),
    "cliche": ("specificity", 3),
    "fillers": ("clarity", 3),
    "hedging": ("ownership", 4),
    "too_long": ("clarity", 3),
}
_EARNS: Final = {"structure": "result", "specificity": "figures", "ownership": "own_part"}
"""Dimension → the finding for which rules give 2 without a quote."""


def settle(given: Sequence[DimensionScore], examined: Examined, *, question: str, kind: Kind) -> list[DimensionScore]:
    """Decide the scores of an answer.

    Parameters
    ----------
    given : sequence of DimensionScore
        What a model gave; what it left out counts as the lowest.
    examined : Examined
        The answer, and what rules found in it.
    question : str
        A quote from the question earns nothing.
    kind : str
        Kind of the question.
    """
    by_name = {each.dimension: each for each in reversed(given)}
    return [_settled(each.key, by_name.get(each.key), examined, question, kind) for each in rubric()]


def _settled(name: str, given: DimensionScore | None, examined: Examined, question: str, kind: Kind) -> DimensionScore:
    if given is None or examined.is_void:
        return DimensionScore(dimension=name, score=LOWEST)
    quote = found_quote(given.quote, examined.quotable, question)
    score = min(given.score, highest(name, examined, kind), HIGHEST if quote else allowed_without_quote(name, examined))
    # What a higher score was given for does not explain a lower one.
    return DimensionScore(
        dimension=name, score=score, quote=quote, reason=given.reason[:400] if score == given.score else ""
    )


def found_quote(quote: str | None, answer: str, question: str) -> str | None:
    """Return a quote as it is if it stands in the answer word for word, and not in the question."""
    plain = visible(quote or "").strip(_EDGES)
    if len(plain.split()) < SHORTEST_QUOTE or len(plain) > _LONGEST_QUOTE or forbidden(plain):
        return None
    needle = _folded(plain)
    return plain if needle in _folded(answer) and needle not in _folded(question) else None


def allowed_without_quote(name: str, examined: Examined) -> int:
    """Return the highest score that rules alone give."""
    if examined.measures.words < SHORT_WORDS:
        return LOWEST
    earned = _EARNS.get(name)
    return LOWEST if earned is not None and earned not in examined.codes else LOWEST + 1


def highest(name: str, examined: Examined, kind: Kind) -> int:
    """Return the highest score that what rules found leaves possible."""
    words = examined.measures.words
    if words < _VERY_SHORT:
        return LOWEST + 1 if name in _OF_ANY_LENGTH else LOWEST
    bounds = [limit for code in examined.codes for key, limit in [_bound(code, kind)] if key == name]
    if words < SHORT_WORDS and name != "clarity":
        bounds.append(3)
    return min(bounds, default=HIGHEST)


def _bound(code: str, kind: Kind) -> tuple[str, int]:
    if kind == "technical" and code == "no_own_part":  # "how do you" may be answered without an "I"
        return "ownership", 3
    return _BOUNDS.get(code, ("", HIGHEST))


def _folded(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible(text)).translate(_SIGNS)).casefold()


def means(scored: Sequence[Sequence[DimensionScore]]) -> Mapping[str, float]:
    """Return the mean of each dimension over several answers."""
    return (
        {
            each.key: round(
                sum(score.score for scores in scored for score in scores if score.dimension == each.key) / len(scored),
                1,
            )
            for each in rubric()
        }
        if scored
        else {}
    )
