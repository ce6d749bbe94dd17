"""Words that tell which way figures went, where the figures of the line bear them out.

"Falls: 61 in 2022, 44 in 2023" is also "the number of falls dropped from 61 to 44". Who made them drop is another
claim, so only words without an agent count: "dropped" behind its noun, "a reduction of 28 %", not "reduced falls".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.function_words import FROM, TO
from functions._shared.domain.language.quantities import DATE
from functions._shared.domain.language.words import fold

if TYPE_CHECKING:
    from functions._shared.domain.grounding.phrases import Reading


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_DOWN: Final = _set(
    "fell dropped declined sank decreased reduction decrease drop fall decline fiel fielen sank sanken gesunken "
    "rückgang "
    "abnahme baissé diminué baisse diminution réduction bajó bajaron disminuyó disminuyeron descendió reducción "
    "descenso "
    "disminución sceso scesa scesi scese calato calata diminuito riduzione calo diminuzione caiu caíram diminuiu "
    "desceu "
    "redução queda diminuição"
)
_UP: Final = _set(
    "rose grew climbed increased increase rise growth gain stieg stiegen gestiegen wuchs wuchsen anstieg zunahme "
    "augmenté "
    "progressé augmentation hausse subió subieron aumentó aumentaron creció crecieron aumento crecimiento salito "
    "salita "
    "saliti salite aumentato cresciuto aumento crescita subiu subiram aumentou cresceu aumento crescimento"
)
_EITHER: Final = _set("went gone passé passa passò passato passou pasó pasaron ging gingen")
_DIRECTIONS: Final = _DOWN | _UP | _EITHER


def tells_direction(word: str) -> bool:
    """Tell whether a word only says which way figures went."""
    return word in _DIRECTIONS


def borne_out(line: Reading, said: Reading, places: list[tuple[int, ...]], index: int) -> bool:
    """Tell whether the figures of a part go the way that a word tells, and the word names no agent."""
    if not index or said.before[index] in TO:
        return False
    told = [
        (token.quantity, said.before[at], places[at])
        for at, token in enumerate(said.told)
        if token.quantity and token.quantity.unit != DATE and places[at]
    ]
    ends = [place[0] for quantity, way, place in told if len(place) == 1 and (way in FROM or way in TO)]
    computed = [place for _, _, place in told if len(place) > 1]
    first, last = (ends[0], ends[-1]) if len(ends) > 1 else computed[0][:2] if computed else (0, 0)
    before, after = line.told[first].quantity, line.told[last].quantity
    if before is None or after is None or first == last or before.kind != after.kind:
        return False
    falls = max(after.values) < min(before.values)
    key = said.told[index].key
    return key in _EITHER or (key in _DOWN) == falls
