"""Whether one quantity follows from others: compared as the rules do it, and recomputed where a verifier says how.

Rounding never makes a figure larger than it is, unless it is rounded to its last digit in the usual way, and never by
more than 5 %: 9,200 is not "around 10,000".
"""

from __future__ import annotations

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
_YEAR: Final = 12


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
    operands: Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1, max_length=20)]
    result: Annotated[str, Field(max_length=100)]


def states(asked: Quantity, stated: Quantity) -> bool:
    """Tell whether two quantities are the same, in whatever notation and unit."""
    return (
        asked.kind == stated.kind
        and asked.bound == stated.bound
        and bool(asked.values & stated.values)
        and bool(asked.high & stated.high)
    )


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
    if any(line.length and lasts(result, line.length) for line in lines):
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
    return found[0] if len(found) == 1 else None


def _stated(operand: Quantity, lines: Sequence[Line]) -> bool:
    """Tell whether a line has an operand, whatever its unit if either has none."""
    return any(
        operand.values & each.values and (operand.kind == each.kind or ("", "") in {operand.kind, each.kind})
        for line in lines
        for each in quantities(line.text)
    ) or any(
        operand.unit == "months" and any(line.length.least <= each <= line.length.most for each in operand.values)
        for line in lines
        if line.length
    )


def _values(operation: Operation, result: Quantity, operands: Sequence[Quantity]) -> set[Fraction]:
    """Return what the result may be; nothing if the units do not fit or the operation takes other operands."""
    kinds = {each.kind for each in operands}
    if operation == "product":
        units = {each.kind for each in (*operands, result)} - {("", "")}
        return _fold(operands, lambda one, other: one * other) if len(units) <= 1 else set()
    if operation == "sum":
        return _fold(operands, lambda one, other: one + other) if kinds == {result.kind} else set()
    if len(operands) == 1 and operation in {"conversion", "rounding", "bound", "duration"}:
        return set(operands[0].values) if kinds == {result.kind} else set()
    if len(operands) != 2 or len(kinds) > 1:  # noqa: PLR2004 - a pair
        return set()
    return _of_pair(operation, result, operands[0], operands[1])


def _of_pair(operation: Operation, result: Quantity, one: Quantity, two: Quantity) -> set[Fraction]:
    pairs = [(old, new) for old in one.values for new in two.values]
    if operation == "difference":
        points = result.unit == "points" and one.unit == "%"
        return {abs(old - new) for old, new in pairs} if points or result.kind == one.kind else set()
    if operation == "duration":
        return _months(one, two) if result.unit == "months" and one.unit == DATE else set()
    pairs = [(old, new) for old, new in pairs if old > 0 and new > 0]
    if operation == "percentage" and result.unit == "%":
        shares = {min(old, new) / max(old, new) for old, new in pairs}
        return {each * 100 for each in shares | {abs(new - old) / old for old, new in pairs}}
    if operation == "ratio" and result.unit in {"times", ""}:
        return {max(old, new) / min(old, new) for old, new in pairs}
    return set()


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
    if result.bound in {"", "~"}:
        years = result.unit == "months" and result.step >= _YEAR
        return _among(result, value) or (years and any(each <= value < each + _YEAR for each in result.values))
    for each in result.values:
        low, high = sorted((each, value))
        close = low > 0 and high <= low * _BOUND_ROOM
        if result.bound in {">", ">="} and close and (each < value or (each == value and result.bound == ">=")):
            return True
        if result.bound in {"<", "<=", "<~"} and close and (each > value or (each == value and result.bound == "<=")):
            return True
    return False


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
