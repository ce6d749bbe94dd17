"""Figures in prose as quantities: 1,200 and 1.2k, 35 %, €12.5M, ₹2.5 crore, 1,20,000, 3-5 years, 04/2021, over 40.

Read is what is certain. Figures in words ("twelve", "tripled") are words, and a figure inside a name (S3, B1) is
a part of the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from functions._shared.domain.language.units import BOUNDS, CURRENCIES, DIRECTIONS, MAGNITUDES, MONTHS, UNITS

Bound = Literal["", ">", ">=", "<", "<=", "<~", "~"]

DATE: Final = "date"
_DIGITS: Final = (
    r"(?:\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"  # 1,20,000
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"
    r"|\d{1,3}(?:['\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?)"
)
_FIRST_YEAR, _LAST_YEAR = 1940, 2060
_HALF: Final = "½"
_DIGIT: Final = re.compile(r"\d+|½")
_BEFORE, _AFTER = 24, 60
"""Characters before and after its first digit within which a quantity is written."""
_RANGE: Final = re.compile(r"\s*(?:to|bis|auf|à|a|and|und|et|y|e|och|do|tot|naar|till)\s*")
_SHARED: Final = frozenset({"%", "points", "times", "seconds", "months", "days"})
"""Units that are written once for both ends: from 17 to 29 %."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a text states it.

    Parameters
    ----------
    text : str
        As written, with bound and unit.
    start, end : int
        Span in the text.
    values : frozenset of Fraction
        What it may be, in the basic unit of its dimension: "1.200" is 1.2 here and 1200 there. Dates are months since
        year 0; a year is the interval of its months.
    high : frozenset of Fraction
        The upper end of an interval ("3-5"); the same as ``values`` if it is no interval.
    unit : str
        Dimension (``%``, ``points``, ``times``, ``seconds``, ``months``, ``date`` …), or nothing for a bare number.
    currency : str
        ISO code, or nothing.
    bound : str
        ``>`` (over), ``>=`` (at least), ``<``, ``<=`` (up to), ``<~`` (nearly), ``~`` (about), or nothing.
    direction : str
        ``from``, ``to`` or ``by``, where the word before it has only that meaning; or nothing.
    noun : str
        The word after it, in lower case.
    step : Fraction
        Distance of its last stated digit, in the basic unit: 100,000 in "1.2M".
    """

    text: str
    start: int
    end: int
    values: frozenset[Fraction]
    high: frozenset[Fraction]
    unit: str = ""
    currency: str = ""
    bound: Bound = ""
    direction: str = ""
    noun: str = ""
    step: Fraction = Fraction(1)

    @property
    def kind(self) -> tuple[str, str]:
        """What can be compared with it: unit and currency."""
        return self.unit, self.currency


def quantities(text: str) -> list[Quantity]:
    """Find the quantities of a text, in the order in which they stand."""
    found: list[Quantity] = []
    position = 0
    while digit := _DIGIT.search(text, position):
        # What belongs to a figure stands near it; searching the whole text for it takes ten times as long.
        match = _pattern().search(text, max(position, digit.start() - _BEFORE), digit.start() + _AFTER)
        quantity = (_date(match) or _quantity(match)) if match else None
        position = digit.end() if quantity is None else max(quantity.end, digit.end())
        if quantity is not None:
            found.append(quantity)
    for index, (low, high) in enumerate(pairwise(found)):
        if low.kind == ("", "") and high.kind[0] in _SHARED and _RANGE.fullmatch(text[low.end : high.start]):
            factor = next(iter(high.values)) / _plain(high)
            found[index] = replace(low, unit=high.unit, values=frozenset(value * factor for value in low.values))
            found[index] = replace(found[index], high=found[index].values)
    return found


def _plain(quantity: Quantity) -> Fraction:
    """Return the bare number of a quantity, without its unit."""
    digits = re.search(_DIGITS, quantity.text)
    return max(_readings(digits[0])) if digits else Fraction(1)


def month_names() -> str:
    """Return a pattern of the names of months."""
    return "|".join(MONTHS)


def _names(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Compile the pattern when first needed."""
    code, unit = _names(list(CURRENCIES)), _names(list(UNITS))
    number = rf"{_DIGITS}(?:\s?{_HALF})?|{_HALF}"
    return re.compile(
        rf"""
        (?:(?<!\w)(?P<month>{month_names()})\.?,?\s(?:(?:de|del)\s)?(?P<year>(?:19|20)\d\d)(?![\w%])
          |(?<![\w./-])(?:(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?:-[0-3]\d)?
            |(?:[0-3]?\d[./])?(?P<m2>0?[1-9]|1[0-2])[./](?P<y2>(?:19|20)\d\d))(?![\w/-])
          |(?:(?<!\w)(?P<bound>{_names(list(BOUNDS))})\s?)?
            (?:(?<!\w)(?P<before>{code})\s?)?
            (?<![\w.,])(?<![^\W\d_]-)(?<!\d/)
            (?P<low>{number})
            (?:\s?(?:-|\u2013|\u2014)\s?(?P<high>{number})(?![\w-]*-\d))?
            (?P<more>\s?\+(?!\w))?
            (?:[\s-]?(?P<magnitude>{_names(list(MAGNITUDES))})(?:\.(?=\s?\w)|(?!\w)))?
            (?P<million>M(?!\w)|[mb](?!\w)(?<=[\d][mb]))?
            (?P<more2>\s?\+(?!\w))?
            (?:\s?(?P<points>percentage\spoints?|points?\sde\spourcentage|puntos?\sporcentual(?:es)?)(?!\w)
              |\s?(?P<percent>per\scent|pour\scent|por\sciento|por\scento|per\scento)(?!\w)
              |\s?(?P<after>{code})(?!\w)
              |[\s-]?(?P<unit>{unit})(?!\w))?
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _date(match: re.Match[str]) -> Quantity | None:
    part = match.groupdict()
    if part["month"]:
        year = int(part["year"])
        name = part["month"]
        month = next(n for n, pattern in enumerate(MONTHS, 1) if re.fullmatch(pattern, name, re.IGNORECASE))
    elif part["y"] or part["y2"]:
        year, month = int(part["y"] or part["y2"]), int(part["m"] or part["m2"])
    else:
        return None
    value = frozenset({Fraction(year * 12 + month - 1)})
    return _placed(match, match.start(), match.end(), value, value, unit=DATE)


def _quantity(match: re.Match[str]) -> Quantity | None:
    part = match.groupdict()
    end = match.end()
    if match.string[end : end + 1].isalpha() or match.string[end : end + 1] == "_":
        return None  # 2FA and 3D are names
    scale = Fraction(MAGNITUDES.get((part["magnitude"] or "").casefold(), 1))
    if part["million"]:
        if part["million"] != "M" and not part["before"]:
            return None  # metres, or millions: not certain
        scale = Fraction(10**9 if part["million"].casefold() == "b" else 10**6)
    unit, factor = _unit(part)
    currency = CURRENCIES.get((part["before"] or part["after"] or "").casefold(), "")
    low = _readings(part["low"])
    high = _readings(part["high"]) if part["high"] else low
    bare = not (part["magnitude"] or part["million"] or unit or currency or part["more"] or part["more2"])
    if bare and _is_year(part["low"]) and (not part["high"] or _is_year(part["high"])):
        first, last = (Fraction(int(part[name] or part["low"])) for name in ("low", "high"))
        span = frozenset({first * 12}), frozenset({last * 12 + 11})
        return _placed(match, match.start(), end, *span, unit=DATE, bound=_bound(part))
    if bare and part["high"] and _is_year(part["low"]) and len(part["high"]) == 2:  # noqa: PLR2004 - 2010-15
        year = int(part["low"])
        until = Fraction((year // 100 * 100 + int(part["high"])) * 12 + 11)
        span = frozenset({Fraction(year * 12)}), frozenset({until})
        return _placed(match, match.start(), end, *span, unit=DATE, bound=_bound(part))
    step = Fraction(1, 10 ** _decimals(part["high"] or part["low"])) * scale * factor
    return _placed(
        match,
        match.start(),
        end,
        frozenset(value * scale * factor for value in low),
        frozenset(value * scale * factor for value in high),
        unit=unit,
        currency=currency,
        bound=_bound(part),
        step=step,
    )


def _placed(
    match: re.Match[str],
    start: int,
    end: int,
    values: frozenset[Fraction],
    high: frozenset[Fraction],
    **more: object,
) -> Quantity:
    text = match.string
    while text[start].isspace():
        start += 1
    before = re.search(r"(\w+)\s+$", text[:start])
    after = re.match(r"[\s-]+(\w+)", text[end:])
    return Quantity(
        text[start:end].rstrip(),
        start,
        end,
        values,
        high,
        direction=DIRECTIONS.get(before[1].casefold(), "") if before else "",
        noun=after[1].casefold() if after else "",
        **more,  # type: ignore[arg-type]
    )


def _unit(part: dict[str, str | None]) -> tuple[str, Fraction]:
    if part["points"]:
        return "points", Fraction(1)
    if part["percent"]:
        return "%", Fraction(1)
    return UNITS.get((part["unit"] or "").casefold(), ("", Fraction(1)))


def _bound(part: dict[str, str | None]) -> Bound:
    if part["more"] or part["more2"]:
        return ">="
    name = re.sub(r"\s", " ", part["bound"] or "").casefold()
    return BOUNDS.get(name, "")  # type: ignore[return-value]


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdecimal() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR  # noqa: PLR2004


def _decimals(digits: str) -> int:
    if digits.endswith(_HALF):
        return 1
    match = re.search(r"[.,](\d{1,2}|\d{4,})$", digits)
    return len(match[1]) if match else 0


def _readings(digits: str) -> set[Fraction]:
    """Every value that a number with separators may have."""
    if digits.endswith(_HALF):
        whole = digits[:-1].strip()
        return {value + Fraction(1, 2) for value in _readings(whole)} if whole else {Fraction(1, 2)}
    plain = re.sub(r"['\u2019\u00a0\u202f ]", "", digits)
    separators = re.findall(r"[.,]", plain)
    if not separators:
        return {Fraction(int(plain))}
    whole, _, decimals = plain.rpartition(separators[-1])
    last_parts = Fraction(int(re.sub(r"[.,]", "", whole) + decimals), 10 ** len(decimals))
    grouped = Fraction(int(re.sub(r"[.,]", "", plain)))
    if len(set(separators)) > 1:
        return {last_parts}
    if len(separators) > 1:
        return {grouped}
    return {grouped, last_parts} if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain) else {last_parts}
