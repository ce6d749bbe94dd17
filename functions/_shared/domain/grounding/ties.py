"""Whether words that stand together in a sentence stand together in a line: figure and noun, act and object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.function_words import (
    BY_HOW_MUCH,
    DATED,
    FROM,
    GENITIVES,
    LINKING,
    MEANS,
    NEGATIONS,
    STRICT,
    SURELY_FROM,
    TIES,
    TO,
)
from functions._shared.domain.language.quantities import DATE
from functions._shared.domain.language.units import RATE

if TYPE_CHECKING:
    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.language.tokens import Token

_RATES: Final = frozenset(RATE.values())
_ADVERBS: Final = frozenset(["average", "durchschnittlich", "moyenne", "promedio", "mediamente", "media"])


def tied(line: Reading, said: Reading, places: list[tuple[int, ...]]) -> bool:
    """Tell whether what stands together in the sentence stands together in the line."""
    if not _ends_whole(line, said, places):
        return False
    last = -1
    for index, token in enumerate(said.told):
        if token.quantity and token.quantity.unit == DATE:
            continue  # `cover` sees to it that figures keep their dates
        previous, last = last, index
        if previous < 0 or said.phrase_of[index] != said.phrase_of[previous]:
            continue
        before, after = places[previous], places[index]
        alone = len(before) == len(after) == 1 and before != after
        if alone and token.form.endswith("ing") and line.told[after[0] - 1].key in LINKING and after[0] > before[0]:
            continue  # "a service, handling invoices" of "a service that handles invoices"
        if alone and token.starts and _one_clause(line, before[0], after[0]):
            continue  # an article parts "reduced in May the costs"
        if alone and said.before[index] in GENITIVES and line.phrase_of[before[0]] == line.phrase_of[after[0]]:
            continue  # "a range of drinks" of "a drink range"
        following = _after_phrase(line, places[index:])
        if alone and not _together(line, before[0], after[0]) and not _inserted(line, before[0], after[0], following):
            return False
    return True


def _ends_whole(line: Reading, said: Reading, places: list[tuple[int, ...]]) -> bool:
    """Tell whether no phrase ends with a word that only tells which: "agents, customers" of "8 customer agents"."""
    used = {place for found in places for place in found}
    for phrase in said.phrases:
        ends = places[phrase.first + phrase.length - 1]
        after = ends[0] + 1 if len(ends) == 1 else len(line.told)
        if after >= len(line.told) or after in used or line.phrase_of[after] != line.phrase_of[ends[0]]:
            continue
        token = line.told[ends[0]]
        telling = token.quantity or token.lexeme in line.acts or token.lexeme in _RATES or line.told[after].quantity
        if not telling:
            return False
    return True


def _inserted(line: Reading, before: int, place: int, following: tuple[int, ...]) -> bool:
    """Tell whether a word stands before its noun: "nightly Selenium tests" of "nightly tests in Selenium"."""
    if len(following) != 1 or line.told[place].quantity or line.told[before].quantity:
        return False
    number = line.phrase_of[before]
    phrase = line.phrases[line.phrase_of[place]]
    beside = line.phrase_of[place] == number + 1 == line.phrase_of[following[0]] + 1
    return beside and before < following[0] and place == phrase.first and phrase.border in TIES


def _after_phrase(line: Reading, places: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the place after the words that stand in the phrase of the first one."""
    number = line.phrase_of[places[0][0]] if places[0] else -1
    return next((place for place in places if not place or line.phrase_of[place[0]] != number), ())


def _together(line: Reading, one: int, other: int) -> bool:
    """Tell whether a word or figure may be followed by another one, given where they stand in the line."""
    number, following = line.phrase_of[one], line.phrase_of[other]
    phrase, next_phrase = line.phrases[number], line.phrases[following]
    token, after = line.told[one], line.told[other]
    if number == following:
        ends = other == phrase.first + phrase.length - 1  # `shortening` knows which words may be left out before it
        in_order = other > one and _is_word(token) and (ends or not token.quantity)
        return other == one + 1 or _moves(line, token) or _moves(line, after) or in_order or _owned(line, one, other)
    if phrase.clause != next_phrase.clause:
        return False
    rate = number if token.lexeme in _RATES else following if after.lexeme in _RATES else -1
    if (
        _only_act(line, one, other)
        or (rate >= 0 and (_counts(line, rate) or _volume(line, number, following)))
        or _tallied(line, number, following)
        or _tallied(line, following, number)
    ):
        return True
    if number < following and not token.quantity and not after.quantity and next_phrase.border == ",":
        # "draft affidavits" of "draft leases and affidavits"
        act = range(phrase.first, phrase.first + (1 if _is_word(token) else 2))
        return other == next_phrase.first and one in act
    if number < following and not (other == next_phrase.first and one == phrase.first + phrase.length - 1):
        return False
    return abs(number - following) == 1 and _one_thing(line, max(number, following), counted=bool(token.quantity))


def _one_thing(line: Reading, number: int, *, counted: bool) -> bool:
    """Tell whether a phrase and the one before it make one thing.

    "Payment settlement" of "the settlement of payments"; "420 tickets" of "tickets: 420" and of "tickets, 420 a year".
    """
    phrase = line.phrases[number]
    if phrase.border in TIES and not counted:
        return True
    return phrase.border in {":", "("} or (phrase.border == "," and _counts(line, number))


def _one_clause(line: Reading, one: int, other: int) -> bool:
    first, second = (line.phrases[line.phrase_of[place]].clause for place in (one, other))
    return first == second


def _owned(line: Reading, one: int, other: int) -> bool:
    """Tell whether the words between stand in the genitive: "the endpoint's latency" of "latency of the endpoint"."""
    return other < one and any(line.before[place] in GENITIVES for place in range(other + 1, one + 1))


def _tallied(line: Reading, count: int, thing: int) -> bool:
    """Tell whether a phrase counts what its clause begins with: "orders in SAP, about 120 a month"."""
    phrase, head = line.phrases[count], line.phrases[thing]
    first = next(each for each in line.phrases if each.clause == phrase.clause)
    return head is first and head.length <= 2 and phrase.border in {",", "("} and _counts(line, count)  # noqa: PLR2004


def _volume(line: Reading, one: int, other: int) -> bool:
    """Tell whether a phrase with a rate and the figure of it stand together: "a yearly volume of 7.2 million"."""
    last = line.phrases[max(one, other)]
    alone = last.length == 1 and line.told[last.first].quantity is not None
    return abs(one - other) == 1 and alone and last.border in GENITIVES


def _counts(line: Reading, number: int) -> bool:
    """Tell whether a phrase has nothing but a figure and how often."""
    phrase = line.phrases[number]
    told = line.told[phrase.first : phrase.first + phrase.length]
    return all(token.quantity or token.lexeme in _RATES for token in told)


def _moves(line: Reading, token: Token) -> bool:
    """Tell whether a word may stand before or behind what it belongs to: an act, a rate, a negation."""
    return (
        token.lexeme in line.acts
        or token.lexeme in _RATES
        or token.key in _ADVERBS
        or (token.key in NEGATIONS and _is_word(token))
    )


def _only_act(line: Reading, one: int, other: int) -> bool:
    """Tell whether one of two words is the only act of its clause, so that all of the clause is about it."""
    clause = line.phrases[line.phrase_of[one]].clause
    told = [place for place, number in enumerate(line.phrase_of) if line.phrases[number].clause == clause]
    found = [place for place in told if line.told[place].lexeme in line.acts]
    return len(found) == 1 and found[0] in {one, other}


def _is_word(token: Token) -> bool:
    return not ("\u3040" <= token.key[:1] <= "\u9fff")


def led(line: Reading, said: Reading, places: list[tuple[int, ...]]) -> bool:
    """Tell whether the prepositions that count are the same."""
    ways = [line.before[place] for place, token in enumerate(line.told) if token.quantity]
    turns = any(way in FROM for way in ways) and any(way in TO for way in ways)
    for token, asked, place in zip(said.told, said.before, places, strict=True):
        if len(place) != 1:
            continue  # added, or computed
        stated = line.before[place[0]]
        phrase = line.phrases[line.phrase_of[place[0]]]
        if phrase.first == place[0] and phrase.under and asked == phrase.under:
            stated = asked
        if asked == stated or (asked and asked == phrase.border and not token.quantity):
            continue
        if (asked in SURELY_FROM and stated in TO) or (stated in SURELY_FROM and asked in TO):
            return False
        own = line.told[place[0]]
        if not (_figure_led(token, asked, stated, turns=turns) if token.quantity else _word_led(own, asked, stated)):
            return False
    return True


def _word_led(token: Token, asked: str, stated: str) -> bool:
    """Tell whether another preposition before a word of the line changes nothing."""
    if asked in MEANS or asked in STRICT:
        return asked in MEANS and stated in MEANS
    return stated not in STRICT or (stated in MEANS and token.form.endswith("ing"))


def _figure_led(token: Token, asked: str, stated: str, *, turns: bool) -> bool:
    """Tell whether a figure stays what it is: a beginning, an end, a difference, or a date."""
    if token.quantity and token.quantity.unit == DATE:
        return DATED.isdisjoint([asked, stated]) and STRICT.isdisjoint([asked, stated])
    if asked in STRICT:
        return asked in MEANS and stated not in TO
    if not turns:
        return not ((asked in BY_HOW_MUCH and stated in TO) or (asked in TO and stated in BY_HOW_MUCH))
    if stated in TO or asked in TO:
        return stated in TO and asked in TO
    return stated not in FROM or asked in FROM or not asked
