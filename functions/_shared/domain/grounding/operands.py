"""The operands and results of a verifier's calculations: how they are read."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.vocabulary.numerals import LANGUAGES, numerals
from functions._shared.domain.language.words import fold, folded_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.language.quantities import Quantity

IN_WORDS: Final = 12
"""Figures up to here are usually written in words."""
_EASTERN: Final = "一二三四五六七八九十"
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f ]\d+)*")
_NO_DIGIT: Final = re.compile(r"\D+")
_THOUSANDS: Final = 3
_FRACTION: Final = re.compile(r"(?<!\d)(\d{1,3}) ?(?:/| in | of | out of ) ?(\d{1,3})(?![\d/])")
_ENGLISH: Final = {"close to": "about", "just under": "nearly", "almost": "nearly", "1 in every": "1 in"}
"""What models write, and how it is read."""
_WIDEST: Final = 120
"""Months between the ends of a duration that partial dates leave open."""
_ONE: Final = frozenset(
    [
        "one",
        "single",
        "ein",
        "eine",
        "einer",
        "einen",
        "einem",
        "un",
        "une",
        "uno",
        "una",
        "um",
        "uma",
        "een",
        "jeden",
        "jedna",
        "ett",
        "एक",
    ]
)
_LONG: Final = 5
"""Letters of a word above which it may be a compound that begins with a number."""
_POINTS: Final = frozenset({"point", "points"})


@cache
def _names_of(value: int) -> frozenset[str]:
    """List what a figure is called in any language."""
    if value == 1:
        return _ONE
    return frozenset(
        fold(word) for language in LANGUAGES for word, digits in numerals(language).items() if digits == str(value)
    )


def in_words(value: Fraction, texts: Sequence[str]) -> bool:
    """Tell whether texts have a small figure in words: "twelve", "zwölfköpfig", "三"."""
    if value.denominator != 1 or not 1 <= value <= IN_WORDS:
        return False
    names = tuple(_names_of(int(value)))
    eastern = _EASTERN[int(value) - 1] if value <= len(_EASTERN) else None
    return any(
        word in names or (value > 1 and len(word) > _LONG and word.startswith(names))
        for text in texts
        for word in folded_words(text)
    ) or any(eastern in text for text in texts if eastern)


def numbers_in(text: str, *, parts: bool = True) -> frozenset[str]:
    """Collect the digits of each number, without separators; their parts, too, unless they are thousands: 04.2021."""
    found: set[str] = set()
    for number in _NUMBER.findall(text):
        groups = _NO_DIGIT.split(number)
        found.add("".join(groups))
        if parts and len(groups[-1]) != _THOUSANDS:
            found.update(groups)
    return frozenset(found)


def read(text: str) -> Quantity | None:
    """Read a text that is one figure, an interval, a length in years and months, or a fraction."""
    for words, word in _ENGLISH.items():
        text = text.replace(words, word)
    if fraction := _FRACTION.search(text):
        return _share(fraction)
    found = quantities(text)
    if len(found) > 1:
        return _interval(found)
    if len(found) != 1 or _DIGITS.findall(text) != _DIGITS.findall(found[0].text):
        return None
    return replace(found[0], unit="points") if found[0].noun in _POINTS else found[0]


def _share(fraction: re.Match[str]) -> Quantity | None:
    part, whole = Fraction(int(fraction[1])), Fraction(int(fraction[2]))
    if not whole:
        return None
    (percent,) = quantities("about 1 %")
    share = frozenset([part / whole * 100])
    return replace(percent, text=fraction[0], values=share, high=share)


def _interval(found: Sequence[Quantity]) -> Quantity | None:
    if len(found) == 4 and {each.unit for each in found} == {"months"}:  # noqa: PLR2004 - "between 1 year 2 months and …"
        least, most = (max(years.values) + max(months.values) for years, months in (found[:2], found[2:]))
        if not 0 <= most - least <= _WIDEST:
            return None
        every = frozenset(Fraction(each) for each in range(int(least), int(most) + 1))
        return replace(found[0], values=every, high=every, bound="")
    if len(found) != 2 or len({each.kind for each in found}) != 1:  # noqa: PLR2004 - "7 years 7 months", "45 to 55"
        return None
    one, two = found
    if two.unit != "months":
        return replace(one, high=two.values)
    both = frozenset(years + months for years in one.values for months in two.values)
    return replace(two, values=both, high=both, bound=one.bound)
