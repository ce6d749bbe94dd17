"""Numbers written in English words."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_ONE: Final = rf"(?:{'|'.join(sorted(_ONES, key=len, reverse=True))})"
_SCALE: Final = rf"(?:{'|'.join(_SCALES)})"
NUMBER_WORD: Final = (
    rf"(?i:\b(?:(?:a|one)\s+(?:half\s+)?(?:dozen|{_SCALE})|two\s+dozen|a\s+dozen"
    rf"|{_ONE}(?:[\s-]+(?:{_ONE}|{_SCALE}|and\s+{_ONE}))*)\b)"
)
"""Pattern of a number in words, for use in a larger pattern."""


def value_of_words(text: str) -> float:
    """Read a number in words.

    Parameters
    ----------
    text : str
        Something that `NUMBER_WORD` matched.

    Returns
    -------
    float
        Its value: "two hundred and five" is 205, "a dozen" 12.
    """
    total = 0.0
    current = 0.0
    for word in re.split(r"[\s-]+", text.casefold()):
        if word in _ONES:
            current += _ONES[word]
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0
    return total + current
