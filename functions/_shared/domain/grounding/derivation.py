"""Whether one quantity follows from others: compared as the rules do it, and recomputed where a verifier says how.

Rounding never makes a figure larger than it is, unless it is rounded to its last digit in the usual way, and never by
more than 5 %: 9,200 is not "around 10,000".
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.quantities import DATE, quantities
from functions._shared.domain.language.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from functions._shared.domain.grounding.evidence import Line
    from functions._shared.domain.grounding.verdicts import Calculation
    from functions._shared.domain.language.quantities import Quantity
    from functions._shared.domain.resume.dates import Length

NEAR: Final = Fraction(1, 20)
_BOUND_ROOM: Final = Fraction(115, 100)
"""How far above "over 40" the true figure may be."""
_YEAR: Final = 12


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


def comes_out(sentence: str, calculation: Calculation, lines: Sequence[Line]) -> bool:
    """Do a verifier's calculation again.

    Parameters
    ----------
    sentence : str
        The sentence whose figure it explains.
    calculation : Calculation
        The operation, its operands and its result.
    lines : sequence of Line
        The lines that it names.

    Returns
    -------
    bool
        Whether the sentence has the result, the lines have the operands, and the result follows from them.
    """
    results = quantities(calculation.result)
    if calculation.result not in sentence or len(results) != 1:
        return False
    result = results[0]
    if calculation.operation == "count":
        return _counted(result, calculation.operands, lines)
    if calculation.operation == "duration" and any(line.length and lasts(result, line.length) for line in lines):
        return True
    stated = [quantity for line in lines for quantity in quantities(line.text)]
    operands: list[Quantity] = []
    for text in calculation.operands:
        found = quantities(text)
        if len(found) != 1 or not any(states(found[0], each) or _bare(found[0], each) for each in stated):
            return False
        operands.append(next(each for each in stated if states(found[0], each) or _bare(found[0], each)))
    return _computed(calculation.operation, result, operands)


def _computed(operation: str, result: Quantity, operands: list[Quantity]) -> bool:
    one, two = operands[0], operands[-1]
    if operation in {"conversion", "rounding", "bound"}:
        return len(operands) == 1 and (states(result, one) or follows(result, one))
    if operation == "sum":
        alike = {each.kind for each in operands} == {result.kind} and not result.bound
        return alike and any(_among(result, total) for total in _sums(operands))
    return len(operands) == 2 and not result.bound and _compared(operation, result, one, two)  # noqa: PLR2004 - a pair


def _compared(operation: str, result: Quantity, one: Quantity, two: Quantity) -> bool:
    if operation == "duration":
        return result.unit == "months" and one.unit == two.unit == DATE and _between(result, one, two)
    if operation == "difference":
        return change(result, one, two) or _difference(result, one, two)
    low, high = sorted((min(one.values), min(two.values)))
    if one.kind != two.kind or low <= 0:
        return False
    if operation == "percentage":
        return result.unit == "%" and (change(result, one, two) or _among(result, low / high * 100))
    return operation == "ratio" and result.unit in {"times", ""} and _among(result, high / low)


def _sums(operands: Iterable[Quantity]) -> set[Fraction]:
    totals = {Fraction(0)}
    for operand in operands:
        totals = {total + value for total in totals for value in operand.values}
    return totals


def _difference(result: Quantity, one: Quantity, two: Quantity) -> bool:
    return one.kind == two.kind == result.kind and any(
        abs(old - new) in result.values for old in one.values for new in two.values
    )


def _between(result: Quantity, one: Quantity, two: Quantity) -> bool:
    first, last = sorted((one, two), key=lambda each: min(each.values))
    shortest = min(last.values) - max(first.high)
    longest = max(last.high) - min(first.values) + 1
    return any(shortest <= value <= longest for value in result.values) and longest - shortest <= 2 * _YEAR


def _counted(result: Quantity, operands: Sequence[str], lines: Sequence[Line]) -> bool:
    texts = [" ".join(folded_words(line.text)) for line in lines]
    named = {" ".join(folded_words(operand)) for operand in operands}
    found = [name for name in named if name and any(f" {name} " in f" {text} " for text in texts)]
    return len(found) == len(operands) and Fraction(len(operands)) in result.values and not result.bound


def _bare(one: Quantity, other: Quantity) -> bool:
    """Tell whether an operand is a figure of a line without its unit or bound."""
    return one.kind == ("", "") and one.values == other.values and other.kind == ("", "")


def _among(asked: Quantity, value: Fraction) -> bool:
    """Tell whether a computed value is the figure, rounded to its last digit in the usual way."""
    return any(abs(each - value) * 2 <= asked.step and abs(each - value) <= NEAR * value for each in asked.values)


def _rounded(value: Fraction, true: Fraction, step: Fraction) -> bool:
    return abs(value - true) * 2 <= step and abs(value - true) <= NEAR * true
