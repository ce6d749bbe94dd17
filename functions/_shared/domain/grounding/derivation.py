"""Whether one quantity follows from others: compared as the rules do it, and recomputed where a verifier says how.

Rounding never makes a figure larger than it is, unless it is rounded to its last digit in the usual way, and never by
more than 5 %: 9,200 is not "around 10,000".
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions._shared.domain.language.quantities import DATE, quantities
from functions._shared.domain.language.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from functions._shared.domain.grounding.evidence import Line
    from functions._shared.domain.language.quantities import Quantity
    from functions._shared.domain.resume.dates import Length

NEAR: Final = Fraction(1, 20)
_BOUND_ROOM: Final = Fraction(115, 100)
"""How far above "over 40" the true figure may be."""
_FAR: Final = 2
_DIGITS: Final = re.compile(r"\d+")
_POINTS: Final = frozenset({"point", "points"})
_ABOUT: Final = Fraction(6, 100)
_YEAR: Final = 12
_HALF_YEAR: Final = 6
IN_WORDS: Final = 12
"""Figures up to here are usually written in words, which nobody reads here."""
_PARTS: Final = frozenset({"", "months", "days"})
_WHOLE: Final = {"%": frozenset([Fraction(100)]), "months": frozenset([Fraction(12)])}
"""Unit → what it has by itself: 100 %, and 12 months of a year."""


Operation = Literal[
    "sum", "difference", "product", "ratio", "percentage", "count", "duration", "conversion", "rounding", "bound"
]  # fmt: skip


class Calculation(BaseModel):
    """How a figure follows from figures of the evidence.

    Attributes
    ----------
    operation : str
        What was done with the operands.
    operands : list of str
        Figures of the lines, in digits with their units; for a count, the things that are counted.
    result : str
        The figure of the sentence, in digits with its unit.
    """

    model_config = ConfigDict(extra="forbid")

    operation: Operation
    operands: Annotated[list[Annotated[str, Field(max_length=300)]], Field(min_length=1, max_length=40)]
    result: Annotated[str, Field(max_length=300)]


def states(asked: Quantity, stated: Quantity) -> bool:
    """Tell whether two quantities are the same, in whatever notation and unit."""
    return (
        asked.kind == stated.kind
        and asked.bound == stated.bound
        and bool(asked.values & stated.values)
        and bool(asked.high & stated.high)
    )


def same_figure(asked: Quantity, stated: Quantity) -> bool:
    """Tell whether two figures have the same value and bound, and the same unit if both have one we read."""
    kinds = {asked.kind, stated.kind}
    bounds = {asked.bound, stated.bound}
    alike = len(bounds) == 1 or bounds == {"", "~"}
    return alike and bool(asked.values & stated.values) and (len(kinds) == 1 or ("", "") in kinds)


def follows(asked: Quantity, stated: Quantity) -> bool:
    """Tell whether a quantity is a weaker or a rounded way of saying another."""
    if asked.kind != stated.kind or stated.bound or asked.unit == DATE:
        return False
    if asked.high != asked.values or stated.high != stated.values:
        return False
    for value in asked.values:
        for true in stated.values:
            if asked.bound == ">" and value < true <= value * _BOUND_ROOM:
                return True
            if asked.bound == ">=" and value <= true <= value * _BOUND_ROOM:
                return True
            if asked.bound in {"", "~"} and value <= true and _rounded(value, true, asked.step):
                return asked.bound == "~" or asked.step > 1
    return False


def change(asked: Quantity, before: Quantity, after: Quantity) -> bool:
    """Tell whether a quantity is the change from one figure to another: in percent, times, or the difference."""
    if before.kind != after.kind or before.bound or after.bound or asked.bound:
        return False
    for old in before.values:
        for new in after.values:
            if not old or not new:
                continue
            if asked.unit == "%" and before.unit not in {"%", "points"} and _among(asked, abs(new - old) / old * 100):
                return True
            if asked.unit == "times" and _among(asked, max(new, old) / min(new, old)):
                return True
            if (asked.kind == before.kind or (asked.unit == "points" and before.unit == "%")) and asked.unit != "%":
                return abs(new - old) in asked.values
    return False


def lasts(asked: Quantity, length: Length) -> bool:
    """Tell whether a duration is that long, whatever the days that partial dates leave open.

    "5 years" holds from five years until the sixth is full, "5+" and "over 5" from five years.
    """
    value = max(asked.values)
    if asked.unit != "months" or asked.high != asked.values or value <= 0 or asked.bound not in {"", "~", ">", ">="}:
        return False
    if asked.bound in {">", ">="}:
        return length.least >= value + (asked.bound == ">") and length.most < value * 2
    if asked.step >= _YEAR:
        return length.least >= value and length.most < value + _YEAR
    return length.least <= value <= length.most and length.most - length.least <= 2  # noqa: PLR2004 - days left open


def comes_out(calculation: Calculation, lines: Sequence[Line]) -> bool | None:
    """Do a verifier's calculation again.

    Parameters
    ----------
    calculation : Calculation
        The operation, its operands and its result.
    lines : sequence of Line
        The lines that it names.

    Returns
    -------
    bool or None
        Whether the result follows from the operands and the lines have them; None if nobody can tell: a figure is
        not in digits, the units do not fit, or the lines write the operand in words.
    """
    result = _read(calculation.result)
    if result is None:
        return None
    if calculation.operation == "count":
        return _counted(result, calculation.operands, lines)
    if any(line.length and _lasted(result, line.length) for line in lines):
        return True
    operands = [read for text in calculation.operands if (read := _read(text))]
    values = _values(calculation.operation, result, operands) if len(operands) == len(calculation.operands) else set()
    if values and not any(_is(result, value) for value in values):
        return False
    return True if values and all(_stated(operand, lines) for operand in operands) else None


def _read(text: str) -> Quantity | None:
    """Read a text that is one figure; years and months are one."""
    found = quantities(text)
    if len(found) == 2 and {each.unit for each in found} == {"months"}:  # noqa: PLR2004 - "7 years 7 months"
        years, months = found
        both = frozenset(one + other for one in years.values for other in months.values)
        return replace(months, values=both, high=both, bound=years.bound)
    if len(found) != 1 or _DIGITS.findall(text) != _DIGITS.findall(found[0].text):
        return None
    return replace(found[0], unit="points") if found[0].noun in _POINTS else found[0]


def _lasted(result: Quantity, length: Length) -> bool:
    months = range(length.least, length.most + 1)
    return lasts(result, length) or (result.unit == "months" and any(_is(result, Fraction(each)) for each in months))


def _stated(operand: Quantity, lines: Sequence[Line]) -> bool:
    """Tell whether a line has an operand, whatever its unit if either has none; the whole needs no line."""
    if operand.values == _WHOLE.get(operand.unit) or (operand.kind == ("", "") and max(operand.values) <= IN_WORDS):
        return True
    return any(
        (operand.values & each.values and (operand.kind == each.kind or ("", "") in {operand.kind, each.kind}))
        or (operand.unit == each.unit == DATE and _same_year(operand, each))
        for line in lines
        for each in quantities(line.text)
    ) or any(
        operand.unit == "months" and any(line.length.least <= each <= line.length.most for each in operand.values)
        for line in lines
        if line.length
    )


def _same_year(one: Quantity, other: Quantity) -> bool:
    """Tell whether two dates share a year: "from June to September 2024" has June 2024."""
    return bool({each // _YEAR for each in one.values} & {each // _YEAR for each in other.values})


def _values(operation: Operation, result: Quantity, operands: Sequence[Quantity]) -> set[Fraction]:
    """Return what the result may be; nothing if the units do not fit or the operation takes other operands."""
    kinds = {each.kind for each in operands}
    if operation == "product":
        units = {each.kind for each in (*operands, result)} - {("", "")}
        return _fold(operands, lambda one, other: one * other) if len(units) <= 1 else set()
    if operation == "sum":
        return _fold(operands, lambda one, other: one + other) if kinds == {result.kind} else set()
    if len(operands) == 1 and operation in {"conversion", "rounding", "bound", "duration"}:
        unknown_units = operation == "conversion" and result.kind == ("", "")
        return set(operands[0].values) if kinds == {result.kind} and not unknown_units else set()
    if len(operands) != 2:  # noqa: PLR2004 - a pair
        return set()
    if len(kinds) > 1:
        return _rate(result, operands) if operation == "ratio" else set()
    return _of_pair(operation, result, operands[0], operands[1])


def _of_pair(operation: Operation, result: Quantity, one: Quantity, two: Quantity) -> set[Fraction]:
    pairs = [(old, new) for old in one.values for new in two.values]
    if one.unit == DATE:
        return _months(one, two) if result.unit == "months" else set()
    if operation == "difference":
        points = result.unit == "points" and one.unit == "%"
        return {abs(old - new) for old, new in pairs} if points or result.kind == one.kind else set()
    pairs = [(old, new) for old, new in pairs if old > 0 and new > 0]
    if operation == "percentage" and result.unit == "%":
        shares = {min(old, new) / max(old, new) for old, new in pairs}
        return {each * 100 for each in shares | {abs(new - old) / old for old, new in pairs}}
    if operation == "ratio" and result.unit in {"times", ""}:
        return {max(old, new) / min(old, new) for old, new in pairs}
    return set()


def _rate(result: Quantity, operands: Sequence[Quantity]) -> set[Fraction]:
    """Return a part of one quantity: 1,200 euros by 12, or by 12 months."""
    whole = [each for each in operands if each.kind == result.kind]
    parts = [each for each in operands if each.kind != result.kind and (each.unit in _PARTS and not each.currency)]
    if len(whole) != 1 or len(parts) != 1:
        return set()
    return {one / part for one in whole[0].values for part in parts[0].values if part}


def _fold(operands: Sequence[Quantity], both: Callable[[Fraction, Fraction], Fraction]) -> set[Fraction]:
    totals = set(operands[0].values)
    for operand in operands[1:]:
        totals = {both(total, value) for total in totals for value in operand.values}
    return totals


def _months(one: Quantity, two: Quantity) -> set[Fraction]:
    """Return how long it may be from one date to another, both counted or not."""
    first, last = sorted((one, two), key=lambda each: min(each.values))
    shortest = max(0, int(min(last.values) - max(first.high)))
    longest = int(max(last.high) - min(first.values) + 1)
    return {Fraction(months) for months in range(shortest, longest + 1)} if longest - shortest <= 2 * _YEAR else set()


def _is(result: Quantity, value: Fraction) -> bool:
    """Tell whether a figure, with its bound, says a value or a weaker thing."""
    if result.bound == "~" and any(abs(each - value) <= _ABOUT * value for each in result.values):
        return True
    if result.bound in {"", "~"}:
        in_years = result.unit == "months" and all(each % _HALF_YEAR == 0 for each in result.values)
        if in_years and any(0 <= value - each < max(Fraction(_HALF_YEAR), result.step) for each in result.values):
            return True
        return _among(replace(result, step=max(result.step, Fraction(_HALF_YEAR))) if in_years else result, value)
    return any(_bounds(result, each, value) for each in result.values)


def _bounds(result: Quantity, bound: Fraction, value: Fraction) -> bool:
    """Tell whether a value keeps to a bound that is not far off."""
    low, high = sorted((bound, value))
    if low <= 0 or high > low * (_BOUND_ROOM if result.bound == "<~" else _FAR):
        return False
    if bound == value:
        return result.bound in {">=", "<="}
    return (bound < value) == (result.bound in {">", ">="})


def _counted(result: Quantity, operands: Sequence[str], lines: Sequence[Line]) -> bool | None:
    if result.bound or Fraction(len(operands)) not in result.values:
        return None if result.bound else False
    texts = [" ".join(folded_words(line.text)) for line in lines]
    names = {" ".join(folded_words(operand)) for operand in operands}
    return (
        True
        if len(names) == len(operands) and all(name and any(name in text for text in texts) for name in names)
        else None
    )


def _among(asked: Quantity, value: Fraction) -> bool:
    """Tell whether a computed value is the figure, rounded to its last digit in the usual way."""
    return any(abs(each - value) * 2 <= asked.step and abs(each - value) <= NEAR * value for each in asked.values)


def _rounded(value: Fraction, true: Fraction, step: Fraction) -> bool:
    return abs(value - true) * 2 <= step and abs(value - true) <= NEAR * true
