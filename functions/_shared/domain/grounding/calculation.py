"""A verifier's calculations, done again: right, wrong, or not to be read.

`verdicts` calls it. What the rules derive by themselves is in `derivation`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from operator import add, mul
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions._shared.domain.grounding.derivation import among, combined, lasts
from functions._shared.domain.grounding.operands import in_words, numbers_in, read
from functions._shared.domain.language.quantities import DATE, quantities
from functions._shared.domain.language.words import folded_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from functions._shared.domain.grounding.evidence import Line
    from functions._shared.domain.language.quantities import Quantity
    from functions._shared.domain.resume.dates import Length

Operation = Literal[
    "sum", "difference", "product", "ratio", "percentage", "count", "duration", "conversion", "rounding", "bound"
]  # fmt: skip

_WHOLE: Final = {"%": frozenset([Fraction(100)]), "months": frozenset([Fraction(12)]), "": frozenset([Fraction(12)])}
"""Unit → what needs no line: 100 %, and the 12 months of a year."""
_PARTS: Final = frozenset({"", "months", "days"})
"""Units by which a quantity can be divided."""
_AT_MOST: Final = frozenset({"<", "<=", "<~"})
_ABOUT: Final = Fraction(6, 100)
"""How far a figure that is said to be about right may be off."""
_NEARLY: Final = Fraction(115, 100)
"""How far "nearly 40" may be above the true figure."""
_FAR: Final = 2
"""How far any other bound may be from it."""
_SHORTEST_NAME: Final = 3
_YEAR: Final = 12
_HALF_YEAR: Final = 6


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


def same_figure(asked: Quantity, stated: Quantity) -> bool:
    """Tell whether two figures have the same value and bound, and the same unit if the one asked about has one."""
    kinds = {asked.kind, stated.kind}
    bounds = {asked.bound, stated.bound}
    alike = len(bounds) == 1 or bounds == {"", "~"}
    either = stated.values | stated.high
    return alike and bool(asked.values & either) and (len(kinds) == 1 or asked.kind == ("", ""))


def come_out(
    calculations: Sequence[Calculation], lines: Sequence[Line], today: date | None = None
) -> list[bool | None]:
    """Do a verifier's calculations about a sentence again.

    Parameters
    ----------
    calculations : sequence of Calculation
        Operations, operands and results. One may go on with the result of another.
    lines : sequence of Line
        The lines that it names.
    today : datetime.date or None
        A date that needs no line.

    Returns
    -------
    list of bool or None
        Whether each result follows from the operands and the lines have them; None if nobody can tell: a figure is
        not in digits, the units do not fit, or the lines write the operand in words.
    """
    source = _Source.of(lines, today)
    found = [_attempt(each, source) for each in calculations]
    right = [told for each, known in zip(calculations, found, strict=True) if known and (told := read(each.result))]
    further = replace(source, figures=[*source.figures, *right])
    return [
        _attempt(each, further) if known is None and right else known
        for each, known in zip(calculations, found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Source:
    """What the lines state: their texts, figures and lengths, and the digits of their numbers."""

    texts: Sequence[str]
    figures: Sequence[Quantity]
    lengths: Sequence[Length]
    numbers: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line], today: date | None) -> _Source:
        texts = [line.text for line in lines]
        dated = [*texts, today.isoformat()[:7]] if today else texts
        figures = [each for text in dated for each in quantities(text)]
        return cls(texts, figures, [line.length for line in lines if line.length], numbers_in("\n".join(texts)))


def _attempt(calculation: Calculation, source: _Source) -> bool | None:
    """Do one calculation again; nobody can tell if it cannot even be tried."""
    try:
        return _comes_out(calculation, source)
    except Exception:  # noqa: BLE001 - a model writes anything, and its arithmetic never costs the user the text
        return None


def _comes_out(calculation: Calculation, source: _Source) -> bool | None:
    result = read(calculation.result)
    if result is None:
        return None
    operands = [figure for text in calculation.operands if (figure := read(text))]
    if len(operands) == len(calculation.operands) == 1 and same_figure(result, operands[0]):  # nothing was calculated
        return True if _stated(operands[0], source) else None
    if calculation.operation == "count":
        return _counted(result, calculation.operands, source)
    if any(_lasted(result, length) for length in source.lengths):
        return True
    right = _right(calculation.operation, result, operands) if len(operands) == len(calculation.operands) else None
    return None if right and not all(_stated(operand, source) for operand in operands) else right


def _right(operation: Operation, result: Quantity, operands: Sequence[Quantity]) -> bool | None:
    """Tell whether a result follows from its operands, both ends of it if it is an interval."""
    values = _values(operation, result, operands)
    if not values:
        return None
    if not any(_is(result, value) for value in values):
        return False
    if result.high == result.values:
        return True
    upper = _values(operation, result, [_upper(each) for each in operands])
    return any(_is(_upper(result), value) for value in upper)


def _upper(quantity: Quantity) -> Quantity:
    return replace(quantity, values=quantity.high)


def _lasted(result: Quantity, length: Length) -> bool:
    months = range(length.least, length.most + 1)
    return lasts(result, length) or (result.unit == "months" and any(_is(result, Fraction(each)) for each in months))


def _stated(operand: Quantity, source: _Source) -> bool:
    """Tell whether the lines have an operand in digits or words, whatever its unit if either has none.

    The whole needs no line, nor do the months of a year.
    """
    if operand.values == _WHOLE.get(operand.unit):
        return True
    if operand.kind == ("", "") and any(in_words(each, source.texts) for each in operand.values):
        return True
    return (
        any(_same(operand, each) for each in source.figures)
        or (bool(operand.text) and source.numbers.issuperset(numbers_in(operand.text, parts=False)))
        or (
            operand.unit == "months"
            and any(length.least <= each <= length.most for length in source.lengths for each in operand.values)
        )
    )


def _same(operand: Quantity, figure: Quantity) -> bool:
    if operand.unit == figure.unit == DATE:
        return _same_year(operand, figure)
    return bool(operand.values & figure.values) and (
        operand.kind == figure.kind or ("", "") in {operand.kind, figure.kind}
    )


def _same_year(one: Quantity, other: Quantity) -> bool:
    """Tell whether two dates share a year: "from June to September 2024" has June 2024."""
    return bool({each // _YEAR for each in one.values} & {each // _YEAR for each in other.values})


def _values(operation: Operation, result: Quantity, operands: Sequence[Quantity]) -> set[Fraction]:
    """Return what the result may be; nothing if the units do not fit or the operation takes other operands."""
    kinds = {each.kind for each in operands}
    if operation == "product":
        factors = [each if result.unit == "%" else _factor(each) for each in operands]
        units = {each.kind for each in (*factors, result)} - {("", "")}
        return combined(factors, mul) if len(units) <= 1 else set()
    if operation == "sum":
        return combined(operands, add) if kinds == {result.kind} else set()
    if len(operands) == 1 and operation in {"conversion", "rounding", "bound", "duration"}:
        return _of_one(operation, result, operands[0])
    if len(operands) != 2:  # noqa: PLR2004 - a pair
        return set()
    if len(kinds) > 1:
        return _rate(result, operands) if operation == "ratio" else set()
    return _of_pair(operation, result, operands[0], operands[1])


def _factor(quantity: Quantity) -> Quantity:
    """Return 108 % as 1.08."""
    if quantity.unit != "%":
        return quantity
    return replace(quantity, values=frozenset(each / 100 for each in quantity.values), unit="")


def _of_one(operation: Operation, result: Quantity, operand: Quantity) -> set[Fraction]:
    unknown_units = operation == "conversion" and result.kind == ("", "")
    if operand.kind != result.kind or unknown_units or (operand.bound in _AT_MOST and result.bound not in _AT_MOST):
        return set()
    if result.high != result.values or operand.unit == DATE:
        return set(operand.values)
    middle = {(low + high) / 2 for low in operand.values for high in operand.high}
    return {*operand.values, *operand.high, *middle}


def _of_pair(operation: Operation, result: Quantity, one: Quantity, two: Quantity) -> set[Fraction]:
    pairs = [(old, new) for old in one.values for new in two.values]
    if one.unit == DATE:
        return _months(one, two) if result.unit == "months" else set()
    if operation == "difference":
        points = result.unit == "points" and one.unit == "%"
        return {abs(old - new) for old, new in pairs} if points or result.kind == one.kind else set()
    pairs = [(old, new) for old, new in pairs if old > 0 and new > 0]
    if operation in {"percentage", "ratio"} and result.unit == "%":
        shares = {min(old, new) / max(old, new) for old, new in pairs}
        return {each * 100 for each in shares | {abs(new - old) / old for old, new in pairs}}
    if operation == "ratio" and result.unit in {"times", ""}:
        return {max(old, new) / min(old, new) for old, new in pairs}
    return set()


def _rate(result: Quantity, operands: Sequence[Quantity]) -> set[Fraction]:
    """Return a part of one quantity: 1,200 euros by 12, or by 12 months; 3,400 by 8 weeks is 425 a week."""
    whole = [each for each in operands if each.kind == result.kind]
    parts = [each for each in operands if each.kind != result.kind and (each.unit in _PARTS and not each.currency)]
    if len(whole) != 1 or len(parts) != 1:
        return set()
    written = {Fraction(digits) for digits in numbers_in(parts[0].text, parts=False) if digits.isascii()}
    return {one / part for one in whole[0].values for part in parts[0].values | written if part}


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
        return among(replace(result, step=max(result.step, Fraction(_HALF_YEAR))) if in_years else result, value)
    return any(_bounds(result, each, value) for each in result.values)


def _bounds(result: Quantity, bound: Fraction, value: Fraction) -> bool:
    """Tell whether a value keeps to a bound that is not far off."""
    low, high = sorted((bound, value))
    if low <= 0 or high > low * (_NEARLY if result.bound == "<~" else _FAR):
        return False
    if bound == value:
        return result.bound in {">=", "<="}
    return (bound < value) == (result.bound in {">", ">="})


def _counted(result: Quantity, operands: Sequence[str], source: _Source) -> bool | None:
    if result.bound or Fraction(len(operands)) not in result.values:
        return None if result.bound else False
    texts = [" ".join(folded_words(text)) for text in source.texts]
    names = {" ".join(folded_words(operand)) for operand in operands}
    return True if len(names) == len(operands) and all(_named(name, texts) for name in names) else None


def _named(name: str, texts: Sequence[str]) -> bool:
    """Tell whether the lines have a name as whole words; a short one only as a line of its own, as skills are."""
    if not name.isascii():
        return bool(name) and any(name in text for text in texts)
    return name in texts or (len(name) >= _SHORTEST_NAME and any(f" {name} " in f" {text} " for text in texts))
