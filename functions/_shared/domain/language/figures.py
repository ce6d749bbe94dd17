"""Figures of a text before it is split: numerals in digits, intervals, years and months."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from functions._shared.domain.language.quantities import DATE, Quantity
from functions._shared.domain.language.units import BETWEEN, INTERVAL, START
from functions._shared.domain.language.vocabulary.numerals import numerals
from functions._shared.domain.language.words import MARKS, loose_words

_SPLIT: Final = re.compile(r"[\s'\u2019-]+")
_AND: Final = re.compile(r"\s*(?:and|und|et|y|e|en|och|,|)\s*")


def _years_and_months(text: str, years: Quantity, months: Quantity) -> Quantity | None:
    """Read "one year and two months" as one quantity."""
    alike = years.unit == months.unit == "months" and years.step == 12 * months.step
    if not alike or months.bound or not _AND.fullmatch(text, years.end, months.start):
        return None
    values = frozenset(one + other for one in years.values for other in months.values)
    return replace(
        years, text=text[years.start : months.end], end=months.end, values=values, high=values, step=months.step
    )


def with_intervals(text: str, found: list[Quantity]) -> list[Quantity]:
    """Read "60 to 80" and "between 60 and 80" as one quantity, but not "from 60 to 80"."""
    read: list[Quantity] = []
    for quantity in found:
        low = read[-1] if read else None
        if (
            low
            and quantity.unit != DATE
            and low.kind == quantity.kind
            and low.high == low.values
            and not quantity.bound
        ):
            joined = INTERVAL.fullmatch(text, low.end, quantity.start)
            if both := _years_and_months(text, low, quantity):
                read[-1] = both
                continue
            before = text[max(0, low.start - 12) : low.start]
            rises = joined and not low.bound and max(low.values) < min(quantity.values)
            interval = joined and (
                BETWEEN.search(before) if joined[2] else not START.search(before) or joined[1] == "bis"
            )
            if rises and interval:
                read[-1] = replace(low, end=quantity.end, high=quantity.high, noun=quantity.noun)
                continue
        read.append(quantity)
    return read


@lru_cache(maxsize=16)
def _numerals(language: str) -> tuple[frozenset[str], dict[str, list[str]], dict[str, str]]:
    """Return a word of each numeral, the numerals by the word that they begin with, and their numbers."""
    known = numerals(language)
    starts: dict[str, list[str]] = {}
    for name in sorted(known, key=len, reverse=True):
        starts.setdefault(_STARTS.match(name)[0], []).append(name)  # type: ignore[index]
    return frozenset(max(_SPLIT.split(name), key=len) for name in known), starts, known


_STARTS: Final = re.compile(rf"(?<![\w{MARKS[1:-1]}-])[\w{MARKS[1:-1]}]+")
_GOES_ON: Final = re.compile(rf"[\w{MARKS[1:-1]}-]")


def in_digits(text: str, language: str) -> str:
    tellings, starts, known = _numerals(language)
    if tellings.isdisjoint(loose_words(text)):
        return text
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is longer in lower case: its numerals stay words
        return text
    pieces: list[str] = []
    position = 0
    for match in _STARTS.finditer(lower):
        start = match.start()
        if start < position:
            continue
        for name in starts.get(match[0], ()):
            if lower.startswith(name, start) and not _GOES_ON.match(lower, start + len(name)):
                pieces += text[position:start], known[name]
                position = start + len(name)
                break
    return "".join([*pieces, text[position:]])
