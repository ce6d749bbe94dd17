"""Which figures of a line a figure was computed from."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.derivation import change, follows, per, quotient, share, states, total
from functions._shared.domain.grounding.rates import YEARLY, head_of, noun_after, rate_after, rate_at
from functions._shared.domain.language.function_words import EACH, SURELY_FROM, TO
from functions._shared.domain.language.quantities import DATE, SHARED, bare

if TYPE_CHECKING:
    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.language.quantities import Quantity
    from functions._shared.domain.language.tokens import Token

_SHORT: Final = 3
"""Words of a phrase that counts what the next one names: "manage 9 full-time and 6 part-time assistants"."""


def without_unit(said: Reading, token: Token, stated: Token) -> bool:
    """Tell whether a bare number is a figure of the line with the unit of another one: "in 9 days, from 45 to 36"."""
    one, other = token.quantity, stated.quantity
    if one is None or other is None or one.kind != ("", "") or other.unit not in SHARED or other.currency:
        return False
    named = any(each.quantity and each.quantity.unit == other.unit for each in said.told)
    return named and one.bound == other.bound and bare(other) in one.values


def computed_from(
    asked: Quantity, figures: list[tuple[int, Quantity]], line: Reading, said: Reading, index: int
) -> tuple[int, ...]:
    """Find the figures of a line from which a figure follows: another rate, an average, a change, a share or a sum."""
    before = said.before[index]
    if before in TO or before in SURELY_FROM:
        return ()
    plain = [(place, quantity) for place, quantity in figures if quantity.unit != DATE]
    return (
        _at_another_rate(asked, plain, line, said, index)
        or _average(asked, plain, line, said, index)
        or _change_or_share(asked, plain, line)
        or _sum(asked, plain, line, said, index)
    )


def _at_another_rate(
    asked: Quantity, plain: list[tuple[int, Quantity]], line: Reading, said: Reading, index: int
) -> tuple[int, ...]:
    for place, quantity in plain:
        rated = per(quantity, rate_after(line, place), rate_after(said, index))
        alike = rated is not None and noun_after(said, index) == noun_after(line, place)
        if rated and alike and (states(asked, rated) or follows(asked, rated)):
            return (place,)
    return ()


def _average(
    asked: Quantity, plain: list[tuple[int, Quantity]], line: Reading, said: Reading, index: int
) -> tuple[int, ...]:
    """Find "1,500 samples" and "60 sites" for "25 per site"."""
    if not any(way in EACH for way in said.before[index + 1 : index + 4]):
        return ()
    following = {token.lexeme for token in said.told[index + 1 : index + 4]} - {""}
    for one, other in permutations(plain, 2):
        if noun_after(line, other[0]) in following and quotient(asked, one[1], other[1]):
            return one[0], other[0]
    return ()


def _change_or_share(asked: Quantity, plain: list[tuple[int, Quantity]], line: Reading) -> tuple[int, ...]:
    relative = asked.unit in {"%", "times", "points"}
    for one, other in pairwise(plain):
        turns = line.before[other[0]] in TO or (len(plain) == 2 and relative)  # noqa: PLR2004 - before and after
        if turns and change(asked, one[1], other[1]):
            return one[0], other[0]
    for one, other in pairwise(plain):
        counts = other[1].kind == ("", "") and one[1].kind == ("", "")
        if counts and (share(asked, one[1], other[1]) or share(asked, other[1], one[1])):
            return one[0], other[0]
    return ()


def _sum(
    asked: Quantity, plain: list[tuple[int, Quantity]], line: Reading, said: Reading, index: int
) -> tuple[int, ...]:
    """Find the parts of a sum, which count the same, or all persons: "27 people" of "24 operatives and 3 drivers"."""
    if len(plain) not in {2, 3} or any(token.vital for token in line.told[1:]):
        return ()
    after = said.told[index + 1 : index + 2]
    nouns = {noun_after(line, place) for place, _ in plain} - {""}
    heads = {head_of(line, place) for place, _ in plain}
    short = all(line.phrases[line.phrase_of[place]].length <= _SHORT for place, _ in plain[:-1])
    listed = all(line.phrases[line.phrase_of[place]].border == "," for place, _ in plain[1:])
    alike = (
        nouns == {noun_after(said, index)}
        or (bool(after) and heads <= after[0].narrower)
        or (short and listed and head_of(line, plain[-1][0]) == head_of(said, index))
    )
    return tuple(place for place, _ in plain) if alike and total(asked, [each for _, each in plain]) else ()


def rate_place(line: Reading, said: Reading, index: int, places: list[tuple[int, ...]]) -> int | None:
    """Find the rate of the line that another rate was computed from, with its figure: "300 a year" of "25 a month"."""
    if said.told[index].lexeme not in YEARLY:
        return None
    for at in range(index - 1, -1, -1):
        quantity = said.told[at].quantity
        if quantity is None or len(places[at]) != 1:
            continue
        stated = line.told[places[at][0]].quantity
        rate = rate_at(line, places[at][0])
        rated = per(stated, rate_after(line, places[at][0]), said.told[index].lexeme) if stated else None
        if rate is not None and rated and (states(quantity, rated) or follows(quantity, rated)):
            return rate
        return None
    return None
