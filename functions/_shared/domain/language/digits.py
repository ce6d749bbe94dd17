"""Digits with their separators as numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

HALF: Final = "½"
_FIRST_YEAR, _LAST_YEAR = 1940, 2060


def is_year(digits: str) -> bool:
    """Tell whether digits may be a year."""
    return len(digits) == 4 and digits.isdecimal() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR  # noqa: PLR2004


def decimals(digits: str) -> int:
    """Count the decimals that are certain: "1.200" may have none."""
    if digits.endswith(HALF):
        return 1
    if digits.isdecimal():
        return 0
    match = re.search(r"[.,](\d{1,2}|\d{4,})$", digits)
    return len(match[1]) if match else 0


@lru_cache(maxsize=1024)
def readings(digits: str) -> frozenset[Fraction]:
    """Return every value that a number with separators may have."""
    if digits.endswith(HALF):
        whole = digits[:-1].strip()
        return frozenset({value + Fraction(1, 2) for value in readings(whole)} if whole else {Fraction(1, 2)})
    if digits.isdecimal():
        return frozenset([Fraction(int(digits))])
    plain = re.sub(r"['\u2019\u00a0\u202f ]", "", digits)
    separators = re.findall(r"[.,]", plain)
    if not separators:
        return frozenset([Fraction(int(plain))])
    whole, _, decimals = plain.rpartition(separators[-1])
    last_parts = Fraction(int(re.sub(r"[.,]", "", whole) + decimals), 10 ** len(decimals))
    grouped = Fraction(int(re.sub(r"[.,]", "", plain)))
    if len(set(separators)) > 1:
        return frozenset([last_parts])
    if len(separators) > 1:
        return frozenset([grouped])
    either = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain)
    return frozenset([grouped, last_parts] if either else [last_parts])
