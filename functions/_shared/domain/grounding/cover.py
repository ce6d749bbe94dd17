"""Whether a line states a part of a sentence: all of its words and figures, in whole phrases.

A line is read as statements, a statement as clauses, a clause as phrases. A phrase goes from a preposition, a comma or
the beginning to the next one. These rules make it certain enough that a sentence that leaves something out, or says it
in another order, claims no more than the line:

- every word and every figure of the sentence stands in the line, or follows from figures of it;
- a phrase of the line is used as a whole or not at all;
- the first phrase of a clause is used if any of its phrases is;
- a word that weakens the claim is used if its statement is;
- what stands together in the sentence stands together in the line: a figure and its noun, an act and its object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.grounding.additions import linked, may_add, relatives
from functions._shared.domain.grounding.computed import computed_from, rate_place, without_unit
from functions._shared.domain.grounding.derivation import follows, states
from functions._shared.domain.grounding.rates import noun_after
from functions._shared.domain.grounding.shortening import whole
from functions._shared.domain.grounding.ties import led, tied
from functions._shared.domain.language.quantities import DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.language.tokens import Token


def same(said: Token, stated: Token) -> bool:
    """Tell whether two tokens are the same word or figure."""
    if said.quantity or stated.quantity:
        return bool(said.quantity and stated.quantity and states(said.quantity, stated.quantity))
    return said.lexeme == stated.lexeme or said.key == stated.key or stated.lexeme in said.narrower


def equal(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Tell whether two values are the same, word for word."""
    return len(one) == len(other) and all(same(each, beside) for each, beside in zip(one, other, strict=True))


def covers(line: Reading, said: Reading) -> tuple[bool, bool]:
    """Tell whether a line states a part of a sentence, and whether a figure of it was computed.

    Parameters
    ----------
    line : Reading
        The line of evidence.
    said : Reading
        The part of the sentence.
    """
    places: list[tuple[int, ...]] = []
    derived = False
    for index, token in enumerate(said.told):
        found, computed = _place(line, said, index, places)
        if not found and not may_add(token, opens=index == 0):
            return False, False
        derived = derived or computed
        places.append(found)
    used = {place for found in places for place in found}
    used |= relatives(line, said, places)
    return (
        bool(used)
        and linked(line, said, places)
        and whole(line, used)
        and _dated(line, said, places)
        and tied(line, said, places)
        and led(line, said, places)
    ), derived


def _place(line: Reading, said: Reading, index: int, places: list[tuple[int, ...]]) -> tuple[tuple[int, ...], bool]:
    """Find where a word or figure stands in the line: nowhere, at one place, or where it was computed from."""
    token, last = said.told[index], next((places[at][-1] for at in range(len(places) - 1, -1, -1) if places[at]), -1)
    candidates = [place for place, stated in enumerate(line.told) if same(token, stated)]
    if token.quantity and not candidates and not noun_after(said, index):
        candidates = [place for place, stated in enumerate(line.told) if without_unit(said, token, stated)]
    if token.quantity and len(candidates) > 1:
        noun = noun_after(said, index)
        candidates = [place for place in candidates if not noun or noun == noun_after(line, place)] or candidates
    if candidates:
        taken = {place[0]: at for at, place in enumerate(places) if len(place) == 1}
        free = [
            place
            for place in candidates
            # A figure is told once, and no word is a form of two: "reduced falls" of "falls".
            if place not in taken
            or not (token.quantity or (token.lexeme[:1] == "=" and said.told[taken[place]].key != token.key))
        ]
        if not free:
            return (), False
        free = [place for place in free if place not in taken] or free
        after = [place for place in free if place > last]
        return ((after or free)[0],), False
    if token.quantity is None:
        rate = rate_place(line, said, index, places)
        return ((), False) if rate is None else ((rate,), True)
    figures = [(place, stated.quantity) for place, stated in enumerate(line.told) if stated.quantity]
    for place, quantity in figures:
        if follows(token.quantity, quantity):
            return (place,), True
    found = computed_from(token.quantity, figures, line, said, index)
    return found, bool(found)


def _dated(line: Reading, said: Reading, places: list[tuple[int, ...]]) -> bool:
    """Tell whether figures keep their dates: of "41 % in 2021 and 29 % in 2024" it was not 41 % in 2024."""
    figures = [place for place, token in enumerate(line.told) if token.quantity]
    dates = [place for place in figures if (quantity := line.told[place].quantity) and quantity.unit == DATE]
    if len(dates) < 2 or len(figures) - len(dates) < 2:  # noqa: PLR2004 - no two dates to confuse
        return True
    told = {place for each in places for place in each}
    for date in dates:
        before = [place for place in figures if place < date and place not in dates]
        if date in told and before and before[-1] not in told:
            return False
    if not told.isdisjoint(dates) and not told.issuperset(dates) and any(len(place) > 1 for place in places):
        return False
    figure: tuple[int, ...] = ()
    used: dict[bool, list[int]] = {True: [], False: []}
    for token, place in zip(said.told, places, strict=True):
        if not token.quantity:
            continue
        is_date = token.quantity.unit == DATE
        if is_date and len(figure) == 1:
            before = [each for each in figures if each < place[0] and each not in dates]
            if before and before[-1] != figure[0]:
                return False
        figure = () if is_date else place
        if len(place) == 1:
            used[is_date].append(place[0])
    return all(order == sorted(order) for order in used.values())
