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

from functions._shared.domain.language.digits import HALF, decimals, is_year, readings
from functions._shared.domain.language.eastern import LETTERS, figure
from functions._shared.domain.language.units import BOUNDS, CURRENCIES, MAGNITUDES, MONTHS, UNITS
from functions._shared.domain.language.words import MARKS

Bound = Literal["", ">", ">=", "<", "<=", "<~", "~"]

DATE: Final = "date"
_DIGITS: Final = (
    r"(?:\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"  # 1,20,000
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"
    r"|\d{1,3}(?:['\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?)"
)
_MONTH_BEGINNINGS: Final = frozenset(re.findall(r"(?<![^\W\d_])[^\W\d_]{3}", "|".join(MONTHS)))
_EASTERN: Final = re.compile(f"[{LETTERS}]")
_ONE: Final = Fraction(1)
_NO_UNIT: Final = ("", _ONE)
_STEPS: Final = (_ONE, Fraction(1, 10), Fraction(1, 100))
_DIGIT: Final = re.compile(r"\d+|½")
_BEFORE, _AFTER = 24, 60
"""Characters before and after its first digit within which a quantity is written."""
_RANGE: Final = re.compile(r"\s*(?:to|bis|auf|à|a|and|und|et|y|e|och|do|tot|naar|till|para|hasta|até)\s*")
SHARED: Final = frozenset(
    ["%", "points", "times", "seconds", "months", "days", "grams", "metres", "square metres", "bytes", "watts",
     "litres"]
)  # fmt: skip
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
    noun: str = ""
    step: Fraction = Fraction(1)

    @property
    def kind(self) -> tuple[str, str]:
        """What can be compared with it: unit and currency."""
        return self.unit, self.currency


def quantities(text: str) -> list[Quantity]:
    """Find the quantities of a text, in the order in which they stand."""
    return list(_quantities(text)) if _DIGIT.search(text) else []


@lru_cache(maxsize=2048)
def _quantities(text: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    position = 0
    eastern = _EASTERN.search(text) is not None
    while digit := _DIGIT.search(text, position):
        quantity = _plain_figure(text, digit.start()) or (_eastern(text, digit.start()) if eastern else None)
        if quantity is None:
            match = _near(text, position, digit.start())
            quantity = (_date(match) or _quantity(match)) if match else None
        position = digit.end() if quantity is None else max(quantity.end, digit.end())
        if quantity is not None:
            found.append(quantity)
    for index, (low, high) in enumerate(pairwise(found)):
        joined = low.kind == ("", "") and high.kind[0] in SHARED and _RANGE.fullmatch(text[low.end : high.start])
        if joined and bare(high):
            factor = next(iter(high.values)) / bare(high)
            found[index] = replace(low, unit=high.unit, values=frozenset(value * factor for value in low.values))
            found[index] = replace(found[index], high=found[index].values)
    return tuple(found)


_WORDS_OF_UNITS: Final = frozenset(
    ["per", "percentage", "points", "pour", "point", "puntos", "punto", "por", "pontos", "punti", "porcentual", "bis",
     "auf", "and", "und"]
)  # fmt: skip
"""With these a unit or the end of an interval begins."""
_BEGINS: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|{MARKS})*|[^\w\s]")
_AFTER_FIGURE: Final = re.compile(r"[\s-]+(\w+)")
_PLAIN: Final = re.compile(
    r"(?<![\w.,/~$€£¥₹₩₽₺₴₫+*-])(?:(?:(?P<year>19[4-9]\d|20[0-5]\d)(?=[ ,;)]|\.(?:\s|$)|$)|(?P<count>\d{1,3}))"
    r"(?: (?P<noun>[^\W\d_]{3,})|(?<=\d{4})(?![ ]))|(?P<share>\d{1,3}(?:\.\d{1,2})?) ?%(?!\w))"
)


@lru_cache(maxsize=1)
def _units_and_bounds() -> tuple[frozenset[str], frozenset[str]]:
    after = {*UNITS, *MAGNITUDES, *CURRENCIES, *(word for name in BOUNDS for word in name.split())}
    after |= _WORDS_OF_UNITS | {name.partition(" ")[0] for name in UNITS}
    before = {word for name in BOUNDS for word in re.split(r"[\s'\u2019.]+", name)} | set(CURRENCIES)
    before |= {name.rstrip("$.") for name in CURRENCIES}
    before |= {name for names in MONTHS for name in names.split("|") if "(" not in name}
    return frozenset(after), frozenset(before)


def _plain_figure(text: str, digit: int) -> Quantity | None:
    """Read what most figures are: a small number with a noun, a percentage, a year; None if more may belong to it."""
    if digit and text[digit - 1] in "'\u2019\u00a0\u202f-":
        return None
    match = _PLAIN.match(text, digit)
    if match is None:
        return None
    before = _word_before(text, digit)
    noun = (match["noun"] or "").casefold()
    after, bounds = _units_and_bounds()
    if noun in after or before in bounds or before[:3] in _MONTH_BEGINNINGS or text[digit - 2 : digit - 1].isdigit():
        return None
    if year := match["year"]:
        first = Fraction(int(year) * 12)
        low, high = frozenset([first]), frozenset([first + 11])
        return Quantity(year, digit, match.end("year"), low, high, DATE, noun=noun)
    number = match["count"] or match["share"]
    value = _value(number)
    step = _STEPS[decimals(number)]
    unit, end = ("", match.end("count")) if match["count"] else ("%", match.end())
    return Quantity(text[digit:end], digit, end, value, value, unit, noun=noun, step=step)


def _word_before(text: str, digit: int) -> str:
    """Return the word right before a figure, folded by case; nothing if there is none."""
    end = digit - 1 if text[digit - 1 : digit] in {" ", "("} else digit
    start = end
    while start > max(0, digit - _BEFORE) and text[start - 1].isalpha():
        start -= 1
    return text[start:end].casefold()


@lru_cache(maxsize=1024)
def _value(number: str) -> frozenset[Fraction]:
    return frozenset([Fraction(number)])


def _eastern(text: str, digit: int) -> Quantity | None:
    read = figure(text, digit)
    if read is None:
        return None
    return Quantity(
        text[read.start : read.end], read.start, read.end, frozenset([read.value]), frozenset([read.high]), read.unit,
        read.currency, read.bound, step=read.step,  # type: ignore[arg-type]
    )  # fmt: skip


def _near(text: str, position: int, digit: int) -> re.Match[str] | None:
    """Read the figure whose first digit stands at a position, with what stands before it.

    What belongs to a figure stands near it, and before most figures stands nothing that does: searching takes ten times
    as long as reading from the digit on.
    """
    first = max(position, digit - _BEFORE)
    after, bounds = _units_and_bounds()
    pattern, end = _pattern(), digit + _AFTER
    for start in _BEGINS.finditer(text, first, digit):
        word = start[0].casefold()
        if word in bounds or word in after or word[:3] in _MONTH_BEGINNINGS or not word.isalpha():
            found = pattern.match(text, start.start(), end)
            if found is not None:
                return found
    return pattern.match(text, digit, end)


def bare(quantity: Quantity) -> Fraction:
    """Return the bare number of a quantity, without its unit."""
    digits = re.search(_DIGITS, quantity.text)
    return max(readings(digits[0])) if digits else Fraction(1)


def month_names() -> str:
    """Return a pattern of the names of months."""
    return "|".join(MONTHS)


def _names(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Compile the pattern when first needed."""
    code, unit = _names(list(CURRENCIES)), _names(list(UNITS))
    number = rf"{_DIGITS}(?:\s?{HALF})?|{HALF}"
    return re.compile(
        rf"""
        (?:(?<!\w)(?P<month>{month_names()})\.?,?\s(?:(?:de|del)\s)?(?P<year>(?:19|20)\d\d)(?![\w%])
          |(?<![\w./-])(?:(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?:-[0-3]\d)?
            |(?:[0-3]?\d[./])?(?P<m2>0?[1-9]|1[0-2])[./](?P<y2>(?:19|20)\d\d))(?![\w/-])
          |(?:(?<!\w)(?P<bound>{_names(list(BOUNDS))})\s?)?
            (?:(?<!\w)(?P<before>{code})\s?)?
            (?<![^\W{LETTERS}])(?<![.,])(?<![^\W\d_]-)(?<!\d/)
            (?P<low>{number})
            (?:\s?(?:-|\u2013|\u2014)\s?(?P<high>{number})(?![\w-]*-\d))?
            (?P<more>\s?\+(?!\w))?
            (?:[\s-]?(?P<magnitude>{_names(list(MAGNITUDES))})(?:\.(?=\s?\w)|(?!\w)))?
            (?P<million>M(?!\w)|[mb](?!\w)(?<=[\d][mb]))?
            (?P<more2>\s?\+(?!\w))?
            (?:\s?(?P<points>percentage\spoints?|points?\sde\spourcentage|puntos?(?:\sporcentual(?:es)?)?|pontos?\spercentua(?:l|is)|punti\spercentuali|Prozentpunkten?)(?!\w)
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
    after = match.string[end : end + 1]
    if (after.isalpha() and not _EASTERN.match(after)) or match.string[end : end + 1] == "_":
        return None  # 2FA and 3D are names
    scale = MAGNITUDES.get((part["magnitude"] or "").casefold(), 1)
    if part["million"]:
        if part["million"] != "M" and not part["before"]:
            return None  # metres, or millions: not certain
        scale = 10**9 if part["million"].casefold() == "b" else 10**6
    unit, factor = _unit(part)
    currency = CURRENCIES.get((part["before"] or part["after"] or "").casefold(), "")
    low = readings(part["low"])
    high = readings(part["high"]) if part["high"] else low
    bare = not (part["magnitude"] or part["million"] or unit or currency or part["more"] or part["more2"])
    if bare and is_year(part["low"]) and (not part["high"] or is_year(part["high"])):
        first, last = (Fraction(int(part[name] or part["low"])) for name in ("low", "high"))
        span = frozenset({first * 12}), frozenset({last * 12 + 11})
        return _placed(match, match.start(), end, *span, unit=DATE, bound=_bound(part))
    if bare and part["high"] and is_year(part["low"]) and len(part["high"]) == 2:  # noqa: PLR2004 - 2010-15
        year = int(part["low"])
        until = Fraction((year // 100 * 100 + int(part["high"])) * 12 + 11)
        span = frozenset({Fraction(year * 12)}), frozenset({until})
        return _placed(match, match.start(), end, *span, unit=DATE, bound=_bound(part))
    unit_size = factor if scale == 1 else scale * factor
    step = Fraction(1, 10 ** decimals(part["high"] or part["low"]))
    if unit_size != 1:
        step *= unit_size
        low, high = (frozenset([value * unit_size for value in values]) for values in (low, high))
    return _placed(match, match.start(), end, low, high, unit=unit, currency=currency, bound=_bound(part), step=step)


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
    after = _AFTER_FIGURE.match(text, end)
    return Quantity(
        text[start:end].rstrip(),
        start,
        end,
        values,
        high,
        noun=after[1].casefold() if after else "",
        **more,  # type: ignore[arg-type]
    )


def _unit(part: dict[str, str | None]) -> tuple[str, Fraction]:
    if part["points"]:
        return "points", _ONE
    if part["percent"]:
        return "%", _ONE
    return UNITS.get((part["unit"] or "").casefold(), _NO_UNIT)


def _bound(part: dict[str, str | None]) -> Bound:
    if part["more"] or part["more2"]:
        return ">="
    name = re.sub(r"\s", " ", part["bound"] or "").casefold()
    return BOUNDS.get(name, "")  # type: ignore[return-value]
