"""What a figure in a reading counts, and how often: "25 jobs a month"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.units import RATE

if TYPE_CHECKING:
    from functions._shared.domain.grounding.phrases import Reading

YEARLY: Final = {"/year": Fraction(1), "/quarter": Fraction(4), "/month": Fraction(12), "/week": Fraction(52)}
"""How often a year has a period. Days and shifts of work are not the same number in every job."""
_RATES: Final = frozenset(RATE.values()) | frozenset(YEARLY)
_FAR: Final = 4
"""Words after a figure within which its rate stands."""


def noun_after(reading: Reading, place: int) -> str:
    """Return the word that a figure counts."""
    after = place + 1
    if after < len(reading.told) and reading.phrase_of[after] == reading.phrase_of[place]:
        lexeme = reading.told[after].lexeme
        return "" if lexeme in _RATES else lexeme
    return ""


def head_of(reading: Reading, place: int) -> str:
    """Return the last word of the phrase in which a figure counts: "operatives" of "24 warehouse operatives"."""
    phrase = reading.phrases[reading.phrase_of[place]]
    return reading.told[phrase.first + phrase.length - 1].lexeme


def rate_at(reading: Reading, place: int) -> int | None:
    """Return where the rate of a figure stands: before the next figure, in its clause."""
    clause = reading.phrases[reading.phrase_of[place]].clause
    for at in range(place + 1, min(place + 1 + _FAR, len(reading.told))):
        token = reading.told[at]
        if token.quantity or reading.phrases[reading.phrase_of[at]].clause != clause:
            return None
        if token.lexeme in _RATES:
            return at
    return None


def rate_after(reading: Reading, place: int) -> str:
    """Return the rate of a figure, or nothing."""
    at = rate_at(reading, place)
    return "" if at is None else reading.told[at].lexeme
