"""Words that a part of a sentence may have and its line does not, as they claim nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.direction import borne_out, tells_direction
from functions._shared.domain.grounding.rates import YEARLY, noun_after
from functions._shared.domain.language.function_words import LINKING, WITH

if TYPE_CHECKING:
    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.language.tokens import Token

WEAKENING: Final = frozenset(
    ["together", "jointly", "alongside", "helped", "help", "partly", "partially", "zusammen", "gemeinsam", "teilweise",
     "ensemble", "juntos", "junto", "insieme", "共同", "一起", "一緒"]
)  # fmt: skip
"""Words that may be added: they claim less."""
LIGHT: Final = frozenset(
    ["=conduct", "=handle", "=cover", "=give", "work", "=réaliser", "=assurer", "=durchführen", "=bearbeiten",
     "=realizar", "=svolgere", "=実施"]
)  # fmt: skip
"""Acts that a text may put before what a line names: "performed safety checks" of "safety checks"."""
TOGETHER: Final = frozenset(["=cooperate", "=colaborar", "=collaborare"])
"""Acts that may open a part if the company is stated: "worked with an agency to plan fairs"."""
MEMBER: Final = frozenset(["member", "part", "mitglied", "membre", "miembro", "membro"])
"""Words for somebody who works in a team."""
MADE: Final = frozenset(["made", "make", "makes", "making", "did"])
EMPTY: Final = frozenset(
    ["any", "various", "jeweils", "jegliche", "soit", "average", "averaging", "durchschnittlich", "moyenne", "promedio",
     "mediamente", "media", "number", "anzahl", "zahl", "nombre", "numero"]
)  # fmt: skip
"""Words that claim nothing."""
PERSONS: Final = frozenset(["people", "persons", "personen", "personnes", "personas", "persone", "pessoas"])
"""They may be added to a figure that counts nothing else: "a team of eight people"."""
_ADDED: Final = WEAKENING | LINKING | EMPTY | PERSONS
_OPENING: Final = LIGHT | TOGETHER


def may_add(token: Token, *, opens: bool) -> bool:
    """Tell whether a part of a sentence may have a word that its line does not have."""
    if token.key in _ADDED:
        return True
    if opens:
        return token.lexeme in _OPENING or token.form in MADE or token.key in MEMBER
    return tells_direction(token.key)


def may_stand(token: Token) -> bool:
    """Tell whether a word may stand somewhere in a part although no line has it."""
    return may_add(token, opens=True) or tells_direction(token.key) or token.lexeme in YEARLY


def linked(line: Reading, said: Reading, places: list[tuple[int, ...]]) -> bool:
    """Tell whether added words stand where they claim nothing more."""
    return all(bool(places[index]) or _claims_nothing(line, said, places, index) for index in range(len(said.told)))


def _claims_nothing(line: Reading, said: Reading, places: list[tuple[int, ...]], index: int) -> bool:
    token = said.told[index]
    if token.key in PERSONS:
        figure = places[index - 1] if index else ()
        return len(figure) == 1 and line.told[figure[0]].quantity is not None and not noun_after(line, figure[0])
    if tells_direction(token.key):
        return borne_out(line, said, places, index)
    if token.lexeme in TOGETHER:
        company = places[1] if len(places) > 1 else ()
        return bool(company) and line.before[company[0]] in WITH
    if token.key not in LINKING:
        return True
    # "which" leads to what stands in the same clause, and to no other act.
    before = [place for found in places[:index] for place in found]
    after = [place for found in places[index + 1 : index + 2] for place in found]
    return bool(before) and bool(after) and _one_clause(line, before[-1], after[0])


def relatives(line: Reading, said: Reading, places: list[tuple[int, ...]]) -> set[int]:
    """Find relative words that a participle stands for: "pipelines that load claims" of "pipelines, loading claims"."""
    return {
        place[0] - 1
        for token, place in zip(said.told[1:], places[1:], strict=True)
        if place and place[0] and token.form.endswith("ing") and line.told[place[0] - 1].key in LINKING
    }


def _one_clause(line: Reading, one: int, other: int) -> bool:
    first, second = (line.phrases[line.phrase_of[place]].clause for place in (one, other))
    return first == second
