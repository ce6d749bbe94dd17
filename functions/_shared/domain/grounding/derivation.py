"""Whether one quantity follows from others, as the rules see it. `calculation` does a verifier's calculations again.

Rounding never makes a figure larger than it is, unless it is rounded to its last digit in the usual way, and never by
more than 5 %: 9,200 is not "around 10,000".
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from operator import add
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.rates import YEARLY
from functions._shared.domain.language.quantities import DATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from functions._shared.domain.language.quantities import Bound, Quantity
    from functions._shared.domain.resume.dates import Length

NEAR: Final = Fraction(1, 20)
_BOUND_ROOM: Final = Fraction(120, 100)
"""How far above "over 40" the true figure may be."""
_YEAR: Final = 12
_MOST_READINGS: Final = 1_000
"""Results that figures may have which can be read in several ways, before nothing follows from them."""


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
    if asked.kind != stated.kind or asked.unit == DATE:
        return False
    if stated.bound:
        return stated.bound == "~" and asked.bound == ">" and _well_over(asked, stated)
    if asked.high != asked.values or (stated.high != stated.values and asked.bound not in {">", ">="}):
        return False
    return any(_weaker(asked, value, true) for value in asked.values for true in stated.values)


def _weaker(asked: Quantity, value: Fraction, true: Fraction) -> bool:
    """Tell whether a value with its bound says less than the true one, or is it rounded."""
    if asked.bound == ">":
        return value < true <= value * _BOUND_ROOM
    if asked.bound == ">=":
        return value <= true <= value * _BOUND_ROOM
    if asked.bound == "<~":
        return true < value <= true * (1 + NEAR)
    usual = asked.bound == "~" or (asked.bound == "" and asked.step > 1)
    return usual and value <= true and _rounded(value, true, asked.step)


def _well_over(asked: Quantity, stated: Quantity) -> bool:
    """Tell whether "over 2 million" holds although the figure is only said to be about 2.3 million."""
    return all(value * (1 + NEAR) <= true <= value * _BOUND_ROOM for value in asked.values for true in stated.values)


def share(asked: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Tell whether a percentage is the share of a part in a whole, or "over" it."""
    if asked.unit != "%" or part.bound or whole.bound or len(part.values) > 1 or len(whole.values) > 1:
        return False
    counted, of = min(part.values), min(whole.values)
    if not 0 < counted < of:
        return False
    percent = counted / of * 100
    return _told(asked, percent)


def per(stated: Quantity, stated_rate: str, asked_rate: str) -> Quantity | None:
    """Return a figure at another rate: 25 a month as 300 a year; None if one does not follow from the other."""
    factors = YEARLY.get(stated_rate), YEARLY.get(asked_rate)
    if stated_rate == asked_rate or None in factors or stated.unit == DATE:
        return None
    factor = factors[0] / factors[1]  # type: ignore[operator]
    values, high = (frozenset(value * factor for value in ends) for ends in (stated.values, stated.high))
    about: Bound = "~" if "/week" in {stated_rate, asked_rate} and not stated.bound else stated.bound
    return replace(stated, values=values, high=high, bound=about, step=stated.step * max(factor, Fraction(1)))


def quotient(asked: Quantity, whole: Quantity, parts: Quantity) -> bool:
    """Tell whether a quantity is what each of the parts has on average."""
    if asked.kind != whole.kind or parts.kind != ("", "") or whole.bound or parts.bound or asked.unit == DATE:
        return False
    if asked.bound not in {"", "~"}:
        return False
    return any(of > 1 and among(asked, value / of) for value in whole.values for of in parts.values)


def _told(asked: Quantity, percent: Fraction) -> bool:
    """Tell whether a computed percentage is the figure, with its bound."""
    if asked.bound == ">":
        return all(value < percent <= value * (1 + NEAR) for value in asked.values)
    if asked.bound == "<~":
        return all(percent < value <= percent * (1 + NEAR) for value in asked.values)
    return asked.bound in {"", "~"} and among(asked, percent)


def change(asked: Quantity, before: Quantity, after: Quantity) -> bool:
    """Tell whether a quantity is the change from one figure to another: in percent, times, or the difference."""
    if before.kind != after.kind or before.bound or after.bound:
        return False
    for old in before.values:
        for new in after.values:
            if not old or not new:
                continue
            if asked.unit == "%" and before.unit not in {"%", "points"} and _told(asked, abs(new - old) / old * 100):
                return True
            if asked.bound:
                continue
            if asked.unit == "times" and among(asked, max(new, old) / min(new, old)):
                return True
            if (asked.kind == before.kind or (asked.unit == "points" and before.unit == "%")) and asked.unit != "%":
                return abs(new - old) in asked.values
    return False


def lasts(asked: Quantity, length: Length) -> bool:
    """Tell whether a duration is that long, whatever the days that partial dates leave open.

    "5 years" holds from five years until the sixth is full, "5+" and "over 5" from five years, "almost 5" from four and
    a half.
    """
    value = max(asked.values)
    if asked.unit != "months" or asked.high != asked.values or value <= 0:
        return False
    whole = _YEAR if asked.step >= _YEAR else _YEAR // 2 if value % (_YEAR // 2) == 0 and asked.step > 1 else 1
    # Months are counted as people do: from January to December are twelve.
    least = length.most if length.most - length.least <= 2 else length.least  # noqa: PLR2004 - days left open
    if asked.bound in {">", ">="}:
        return least >= value + (asked.bound == ">") and length.most < value * 2
    if asked.bound == "<~":
        return whole > 1 and value - _YEAR // 2 <= length.least and length.most <= value
    if asked.bound not in {"", "~"}:
        return False
    if whole > 1:
        return value <= least < value + whole and length.most < value + whole
    return length.least <= value <= length.most and length.most - length.least <= 2  # noqa: PLR2004 - days left open


def among(asked: Quantity, value: Fraction) -> bool:
    """Tell whether a computed value is the figure, rounded to its last digit in the usual way."""
    down = asked.unit == "%"  # 3.2 % is 3 %
    return any(
        abs(each - value) * 2 <= asked.step and (abs(each - value) <= NEAR * value or (down and each < value))
        for each in asked.values
    )


def _rounded(value: Fraction, true: Fraction, step: Fraction) -> bool:
    return abs(value - true) * 2 <= step and abs(value - true) <= NEAR * true


def total(asked: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether a quantity is the sum of others."""
    alike = {each.kind for each in parts} == {asked.kind} and not any(each.bound for each in parts)
    return alike and asked.bound in {"", "~"} and any(value in asked.values for value in combined(parts, add))


def combined(parts: Sequence[Quantity], both: Callable[[Fraction, Fraction], Fraction]) -> set[Fraction]:
    """Combine the values of quantities, each with the result of those before; nothing if there are too many ways.

    "1,234" reads in two ways, and so does each of its neighbours.
    """
    results = set(parts[0].values)
    for part in parts[1:]:
        results = {both(result, value) for result in results for value in part.values}
        if len(results) > _MOST_READINGS:
            return set()
    return results
