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

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.derivation import change, follows, share, states, total
from functions._shared.domain.grounding.ties import led, tied
from functions._shared.domain.language.function_words import AGENTS, GENITIVES, SURELY_FROM, TO, WITH
from functions._shared.domain.language.quantities import DATE, SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.phrases import Phrase, Reading
    from functions._shared.domain.language.quantities import Quantity
    from functions._shared.domain.language.tokens import Token

WEAKENING: Final = frozenset(
    ["together", "jointly", "alongside", "helped", "help", "partly", "partially", "zusammen", "gemeinsam", "teilweise",
     "ensemble", "juntos", "junto", "insieme", "共同", "一起", "一緒"]
)  # fmt: skip
"""Words that may be added: they claim less."""
LIGHT: Final = frozenset(["=conduct", "=réaliser", "=durchführen", "=realizar", "=svolgere", "=実施"])
"""Acts that a text may put before what a line names: "performed safety checks" of "safety checks"."""


def same(said: Token, stated: Token) -> bool:
    """Tell whether two tokens are the same word or figure."""
    if said.quantity or stated.quantity:
        return bool(said.quantity and stated.quantity and states(said.quantity, stated.quantity))
    return said.lexeme == stated.lexeme or said.key == stated.key


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
        if not found and not (token.key in WEAKENING or (index == 0 and token.lexeme in LIGHT)):
            return False, False
        derived = derived or computed
        places.append(found)
    used = {place for found in places for place in found}
    return (
        bool(used)
        and _whole(line, used)
        and _dated(line, said, places)
        and tied(line, said, places)
        and led(line, said, places)
    ), derived


_SIGNS: Final = frozenset(["", ",", ":", ";", "("])


def _place(line: Reading, said: Reading, index: int, places: list[tuple[int, ...]]) -> tuple[tuple[int, ...], bool]:
    """Find where a word or figure stands in the line: nowhere, at one place, or where it was computed from."""
    token, last = said.told[index], next((places[at][-1] for at in range(len(places) - 1, -1, -1) if places[at]), -1)
    candidates = [place for place, stated in enumerate(line.told) if same(token, stated)]
    if token.quantity and not candidates and not _noun(said, index):
        candidates = [place for place, stated in enumerate(line.told) if _without_unit(said, token, stated)]
    if token.quantity and len(candidates) > 1:
        noun = _noun(said, index)
        candidates = [place for place in candidates if not noun or noun == _noun(line, place)] or candidates
    if candidates:
        free = [place for place in candidates if (place,) not in places] or candidates
        after = [place for place in free if place > last]
        return ((after or free)[0],), False
    if token.quantity is None:
        return (), False
    figures = [(place, stated.quantity) for place, stated in enumerate(line.told) if stated.quantity]
    for place, quantity in figures:
        if follows(token.quantity, quantity):
            return (place,), True
    found = _computed(token.quantity, figures, line, said, index)
    return found, bool(found)


def _without_unit(said: Reading, token: Token, stated: Token) -> bool:
    """Tell whether a bare number is a figure of the line with the unit of another one: "in 9 days, from 45 to 36"."""
    one, other = token.quantity, stated.quantity
    if one is None or other is None or one.kind != ("", "") or other.unit not in SHARED or other.currency:
        return False
    named = any(each.quantity and each.quantity.unit == other.unit for each in said.told)
    return named and states(one, replace(other, unit=""))


def _computed(
    asked: Quantity, figures: list[tuple[int, Quantity]], line: Reading, said: Reading, index: int
) -> tuple[int, ...]:
    """Find the figures of a line from which a figure follows: as their change or their sum."""
    before = said.before[index]
    if before in TO or before in SURELY_FROM:
        return ()
    plain = [(place, quantity) for place, quantity in figures if quantity.unit != DATE]
    relative = asked.unit in {"%", "times", "points"}
    for one, other in pairwise(plain):
        turns = line.before[other[0]] in TO or (len(plain) == 2 and relative)  # noqa: PLR2004 - before and after
        if turns and change(asked, one[1], other[1]):
            return one[0], other[0]
    for one, other in pairwise(plain):
        beside = other[0] == one[0] + 1 and line.before[other[0]] in GENITIVES
        if beside and other[1].kind == ("", "") and one[1].kind == ("", "") and share(asked, one[1], other[1]):
            return one[0], other[0]
    nouns = {_noun(line, place) for place, _ in plain} - {""}
    whole = len(plain) in {2, 3} and nouns == {_noun(said, index)} and not any(token.vital for token in line.told)
    if whole and total(asked, [quantity for _, quantity in plain]):
        return tuple(place for place, _ in plain)
    return ()


def _noun(reading: Reading, place: int) -> str:
    """Return the word that a figure counts."""
    after = place + 1
    if after < len(reading.told) and reading.phrase_of[after] == reading.phrase_of[place]:
        return reading.told[after].lexeme
    return ""


def _whole(line: Reading, used: set[int]) -> bool:
    """Tell whether phrases are used whole, with the head of their clause and what weakens it."""
    kept = {line.phrase_of[place] for place in used}
    clauses = {line.phrases[number].clause for number in kept}
    statements = {line.phrases[number].statement for number in kept}
    heads: set[int] = set()
    orphan = False
    for number, phrase in enumerate(line.phrases):
        begins = phrase.border in _SIGNS
        if number in kept and orphan and not begins:
            return False  # what it belongs to was left out: "29 pupils, seven of them with English as …"
        orphan = number not in kept and ((begins and number > 0) or orphan)
        places = range(phrase.first, phrase.first + phrase.length)
        if number in kept:
            if not all(place in used or _in_company(line, number, place, kept) for place in places):
                return False
        elif (phrase.statement in statements and any(_weakens(line, phrase, place) for place in places)) or (
            phrase.clause in clauses and (phrase.clause not in heads or (phrase.border in WITH and number - 1 in kept))
        ):
            return False
        heads.add(phrase.clause)
        if line.verb_last and phrase.clause in clauses and number not in kept and _ends_clause(line, number):
            return False
    return True


def _in_company(line: Reading, number: int, place: int, kept: set[int]) -> bool:
    """Tell whether a word only says what the phrase after it says: "together" of "together with two colleagues"."""
    ends = place == line.phrases[number].first + line.phrases[number].length - 1
    company = ends and number + 1 in kept and line.phrases[number + 1].border in WITH
    return company and line.told[place].key in WEAKENING


def _weakens(line: Reading, phrase: Phrase, place: int) -> bool:
    """Tell whether a sentence without a word would claim more. It may end before "who" or "which"."""
    token = line.told[place]
    if place == phrase.first and phrase.border in AGENTS:
        return not (token.quantity or token.lexeme.startswith("/") or token.key.endswith("ing"))
    return token.vital and not (place == phrase.first and token.key == phrase.border)


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


def _ends_clause(line: Reading, number: int) -> bool:
    return number + 1 == len(line.phrases) or line.phrases[number + 1].clause != line.phrases[number].clause
