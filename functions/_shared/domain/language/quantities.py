"""Numbers in prose: 1,200 and 1.2k, 35 % and thirty-five percent, €12.5M, 3x, tripled, 5+ years, 2019."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from functions._shared.domain.language.numbers import NUMBER_WORD, value_of_words

Unit = Literal["", "%", "x", "$", "years", "year", "months", "vague"]

_MAGNITUDE: Final = {
    "k": 1e3, "thousand": 1e3, "tsd": 1e3, "lakh": 1e5, "lakhs": 1e5, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6,
    "million": 1e6, "millions": 1e6, "crore": 1e7, "crores": 1e7, "cr": 1e7, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "mrd": 1e9, "trillion": 1e12, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
_CURRENCY: Final = r"(?:US|CA|AU)?[$€£¥₹₽₩₺₫₴]|\b(?:USD|EUR|GBP|INR|JPY|CHF|CAD|AUD|Rs\.?)"
_CURRENCY_AFTER: Final = (
    r"[$€£¥₹]|(?:USD|EUR|GBP|INR|JPY|CHF|CAD|AUD|SEK|PLN|zł|kr)\b|(?i:dollars?|euros?|pounds|rupees|francs)\b"
)
_MEASURE: Final = (
    r"(?:ms|s|sec|secs|min|mins|h|hr|hrs|kb|mb|gb|tb|pb|kg|km|cm|mm|m2|rpm|rps|qps|tps|hz|khz|mhz|ghz|px|fps|kw|mw"
    r"|gw|kwh|mwh|sqft|ft|am|pm)"
)
_DIGITS: Final = r"\d{1,3}(?:[,.'\u2019\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:[ ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"

# A letter glued before makes it a name (S3, v2, HTML5), as do capitals and a hyphen (COVID-19, GPT-4).
_NUMBER: Final = rf"""(?P<before>{_CURRENCY})?\s?
    (?<![\w.])(?<![A-Z]-)
    (?:(?P<digits>{_DIGITS})|(?P<words>{NUMBER_WORD}))
    (?P<more>\s?\+)?
    (?:[\s-]?(?P<magnitude>(?i:thousand|million|millions|billion|trillion|crores?|lakhs?|hundred|dozen)\b)
      |\s?(?P<short>(?i:k|tsd|mn|mm|mio|m|bn|b|mrd|cr)(?![\w²³])))?
    (?P<more2>\s?\+)?
    (?:
      \s?(?P<percent>%|(?i:percent|per\ cent|pct|percentage\ points?|pp)\b)
      |\s?(?P<times>[x\u00d7](?!\w)|(?i:-?fold|\ times)\b)
      |\s?(?P<after>{_CURRENCY_AFTER})
      |[\s-](?P<years>(?i:years?|yrs?|decades?)\b)
      |[\s-](?P<months>(?i:months?)\b)
      |(?P<ordinal>st|nd|rd|th)\b
      |(?P<measure>(?i:{_MEASURE}))(?!\w)
    )?"""
_TIMES: Final = re.compile(
    r"\b(?:(?P<double>doubl(?:e|ed|es|ing)|two-?fold|twice)|(?P<triple>tripl(?:e|ed|es|ing)|three-?fold|thrice)"
    r"|(?P<quadruple>quadrupl(?:e|ed|es|ing)|four-?fold)|(?P<ten>ten-?fold)|(?P<half>halv(?:e|ed|es|ing)))\b",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(r"\b(dozens|hundreds|thousands|lakhs|crores|millions|billions)\b", re.IGNORECASE)
_DECADE: Final = re.compile(r"\b(?:a|one)\s+decade\b", re.IGNORECASE)
_FOLDS: Final = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "ten": 10.0, "half": 0.5}
VAGUE: Final = {
    "dozens": (12, 999), "hundreds": (100, 9_999), "thousands": (1e3, 1e6), "lakhs": (1e5, 1e7), "crores": (1e7, 1e10),
    "millions": (1e6, 1e9), "billions": (1e9, 1e12),
}  # fmt: skip
_RANGE: Final = re.compile(r"\s*(?:-|\u2013|\u2014|to|and|or)\s*")
_SHARED: Final = frozenset({"%", "x", "years", "months"})
"""Units that are written once for both ends of a range."""
_FIRST_YEAR, _LAST_YEAR = 1950, 2049
_YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it.

    Parameters
    ----------
    text : str
        As written, with unit.
    start, end : int
        Span in the text.
    values : frozenset of float
        What it may be: "1.200" is 1.2 here and 1200 there.
    unit : str
        ``%``, ``x`` (times), ``$`` (any currency), ``years`` and ``months`` (of duration), ``year`` (of the
        calendar), ``vague`` (thousands), or nothing.
    step : float
        Distance of the last stated digit, 100000 in "1.2M": by how much it may be rounded. 0: exact.
    at_least : bool
        Whether it says "or more" (5+).
    """

    text: str
    start: int
    end: int
    values: frozenset[float]
    unit: Unit
    step: float = 0.0
    at_least: bool = False


def quantities(text: str) -> list[Quantity]:
    """Find the numbers of a text, in the order in which they stand."""
    found = [quantity for match in _number().finditer(text) if (quantity := _quantity(match))]
    for match in _TIMES.finditer(text):
        value = _FOLDS[match.lastgroup or ""]
        found.append(Quantity(match.group(), *match.span(), frozenset({value}), "x"))
    for match in _VAGUE.finditer(text):
        if not any(quantity.start <= match.start() < quantity.end for quantity in found):
            found.append(Quantity(match.group(), *match.span(), frozenset(), "vague"))
    found += [
        Quantity(match.group(), *match.span(), frozenset({10.0}), "years", at_least=True)
        for match in _DECADE.finditer(text)
    ]
    found.sort(key=lambda quantity: quantity.start)
    for index, (low, high) in enumerate(pairwise(found)):
        if low.unit == "" and high.unit in _SHARED and _RANGE.fullmatch(text[low.end : high.start]):
            found[index] = replace(low, unit=high.unit)
    return found


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    """Compile the pattern when first needed: it takes 10 ms."""
    return re.compile(_NUMBER, re.VERBOSE)


def _quantity(match: re.Match[str]) -> Quantity | None:
    part = match.groupdict()
    if match.string[match.end() : match.end() + 1].isalpha():
        return None  # 2FA and 3D are names
    digits: str | None = part["digits"]
    values = _readings(digits) if digits else {value_of_words(part["words"])}
    magnitude = _MAGNITUDE.get((part["magnitude"] or part["short"] or "").casefold(), 1.0)
    step = 0.0
    if magnitude > 1 and digits:
        decimals = len(re.split(r"[.,]", digits)[-1]) if re.search(r"[.,]", digits) else 0
        step = magnitude / 10**decimals
    values = {value * magnitude for value in values}
    if part["short"] and part["short"].casefold() in {"m", "b", "mm"} and not part["before"]:
        values |= _readings(digits or "0")  # metres and bytes
    unit = _unit(part, digits, magnitude)
    if (part["years"] or "").casefold().startswith("decade"):
        values = {value * 10 for value in values}
    if digits is None and values == {1.0} and unit not in {"%", "$", "years", "months"}:
        return None  # "one of the …" counts nothing
    start = match.start("before") if part["before"] else match.start("digits" if digits else "words")
    at_least = bool(part["more"] or part["more2"])
    return Quantity(
        match.string[start : match.end()].rstrip(), start, match.end(), frozenset(values), unit, step, at_least
    )


def _unit(part: dict[str, str | None], digits: str | None, magnitude: float) -> Unit:
    units: list[tuple[str, Unit]] = [
        ("percent", "%"), ("times", "x"), ("before", "$"), ("after", "$"), ("years", "years"), ("months", "months"),
    ]  # fmt: skip
    for group, unit in units:
        if part[group]:
            return unit
    calendar = digits and len(digits) == _YEAR_DIGITS and digits.isdigit() and magnitude == 1
    if calendar and not part["more"] and not part["measure"] and _FIRST_YEAR <= int(digits or 0) <= _LAST_YEAR:
        return "year"
    return ""


def _readings(digits: str) -> set[float]:
    """Every value that a number with separators may have."""
    plain = re.sub(r"['\u2019\u00a0\u202f ]", "", digits)
    separators = re.findall(r"[.,]", plain)
    if not separators:
        return {float(plain)}
    if len(set(separators)) > 1:  # 1,234.5 or 1.234,5: the last one parts the decimals
        whole, _, decimals = plain.rpartition(separators[-1])
        return {float(re.sub(r"[.,]", "", whole) + "." + decimals)}
    grouped = float(re.sub(r"[.,]", "", plain))
    if len(separators) > 1:
        return {grouped}
    decimal = float(plain.replace(",", "."))
    groups_of_three = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain)
    if not groups_of_three:
        return {decimal}
    return {grouped} if "," in plain else {grouped, decimal}
