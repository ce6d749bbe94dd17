"""Whether a stretch of a sentence is a clause of the source, shortened: its words and figures, in its order.

The words of the stretch follow the clause from its first word. Left out may be what changes no claim:

- the end of the clause, from a preposition, a relative word or a comma on, but not a genitive;
- up to three words in a row that begin with a preposition or a figure, but not a preposition without its object, not
  across a comma or an "and" that the stretch does not have, and not the first word of what these join;
- never a negation or a hedge.

So "helped build" is not "built", "raised sales by 20 % and cut errors by 30 %" is not "raised sales by 30 %", and
"assisted Dr Kim, who led" is not "led".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.derivation import change, follows, states
from functions._shared.domain.language.function_words import GENITIVES, RELATIVES
from functions._shared.domain.language.tokens import same_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from functions._shared.domain.language.tokens import Token

MOST_SKIPPED: Final = 3
_OPENING: Final = (("responsible", "for"), ("in", "charge", "of"), ("accountable", "for"), ("verantwortlich", "fur"))
"""How a duty may begin in the clause and not in the stretch: "responsible for managing" is "managed"."""


MEANS: Final = frozenset({"by", "through", "via"})
_FROM: Final = frozenset({"de", "da", "di"})
"""Words that may mean "from" before the first of two figures."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence that a clause states.

    Parameters
    ----------
    end : int
        Where it ends, among the tokens of the sentence.
    derived : bool
        Whether a figure of it follows from figures of the clause.
    """

    end: int
    derived: bool


def stretches(said: Sequence[Token], start: int, clause: Sequence[Token], first: int, language: str) -> list[Stretch]:
    """Find the stretches of a sentence that begin at ``start`` and that a clause states, the longest first.

    Parameters
    ----------
    said : sequence of Token
        The sentence, without neutral words.
    start : int
        Where the stretch begins.
    clause : sequence of Token
        The clause, complete.
    first : int
        Where it begins in the clause: one of its `openings`.
    language : str
        Whose inflection counts.
    """
    found: dict[int, bool] = {}
    for end, derived in _Search(said, clause, language).follow(start, first - 1, opening=True):
        found[end] = found.get(end, True) and derived
    return [Stretch(end, derived) for end, derived in sorted(found.items(), reverse=True)]


def same(said: Token, stated: Token, language: str) -> bool:
    """Tell whether two tokens are the same word or figure."""
    if said.kind != stated.kind:
        return False
    if said.quantity and stated.quantity:
        return states(said.quantity, stated.quantity)
    return said.key == stated.key or (said.kind == "word" and same_word(said.form, stated.form, language))


def inner_openings(clause: Sequence[Token]) -> Iterator[int]:
    """Yield the positions of acts inside a clause: "by introducing …", ", cutting …", ": cut …".

    A stretch may begin there if the sentence also has a stretch from the clause's beginning.
    """
    for index in range(1, len(clause)):
        before, token = clause[index - 1], clause[index]
        parted = before.kind == "break" and before.key != ","
        leads = before.key in MEANS or (before.kind == "break" and index > 1)
        if token.kind == "word" and (parted or (leads and token.key.endswith("ing"))):
            yield index


def openings(clause: Sequence[Token]) -> Iterator[int]:
    """Yield the positions in a clause at which a stretch may begin."""
    telling = [index for index, token in enumerate(clause) if token.kind not in {"neutral", "break"}]
    if not telling:
        return
    yield telling[0]
    keys = tuple(token.key for token in clause)
    for opening in _OPENING:
        begin = telling[0]
        if keys[begin : begin + len(opening)] == opening:
            later = [index for index in telling if index >= begin + len(opening)]
            if later and clause[later[0]].key.endswith("ing"):
                yield later[0]


class _Search:
    """The search for the ways in which a sentence follows a clause."""

    def __init__(self, said: Sequence[Token], clause: Sequence[Token], language: str) -> None:
        self._said, self._clause, self._language = said, clause, language
        self._seen: dict[tuple[int, int, bool], list[tuple[int, bool]]] = {}

    def follow(self, at: int, last: int, *, opening: bool = False, joined: bool = False) -> list[tuple[int, bool]]:
        """Return the ends that can be reached, each with whether a figure was derived.

        Parameters
        ----------
        at : int
            The next token of the sentence.
        last : int
            The last token of the clause that was matched.
        opening : bool
            Whether nothing was matched yet: then nothing may be left out.
        joined : bool
            Whether a comma or an "and" stands before the next token.
        """
        key = (at, last, joined)
        if not opening and key in self._seen:
            return self._seen[key]
        found: list[tuple[int, bool]] = []
        if not opening and not joined and self._may_end(last):
            found.append((at, False))
        if at < len(self._said):
            token = self._said[at]
            if token.kind == "break":
                if token.key != ";" and not opening and not joined:
                    found += self.follow(at + 1, last, joined=True)
            else:
                for position, derived, used in self._next(at, last, opening=opening, joined=joined):
                    found += [(end, derived or more) for end, more in self.follow(at + used, position)]
        self._seen[key] = found
        return found

    def _next(self, at: int, last: int, *, opening: bool, joined: bool) -> Iterator[tuple[int, bool, int]]:
        """Yield where the next token may stand: position, whether derived, and how many tokens that takes."""
        token = self._said[at]
        for position in range(last + 1, last + 2 if opening else len(self._clause)):
            stated = self._clause[position]
            exact = same(token, stated, self._language)
            derived = not exact and bool(
                token.quantity and stated.quantity and follows(token.quantity, stated.quantity)
            )
            if (exact or derived) and (opening or self._may_skip(last, position, joined=joined)):
                yield position, derived, 1
        if not opening:
            yield from self._changes(at, last, joined=joined)

    def _changes(self, at: int, last: int, *, joined: bool) -> Iterator[tuple[int, bool, int]]:
        """Yield the changes that the sentence computes: "by 78 %" of "from 1,900 ms to 420 ms"."""
        if joined or self._said[at].kind != "preposition" or at + 1 >= len(self._said):
            return
        asked = self._said[at + 1].quantity
        if asked is None:
            return
        figures = [index for index in range(last + 1, len(self._clause)) if self._clause[index].quantity]
        for first, second in pairwise(figures):
            before, after = self._clause[first].quantity, self._clause[second].quantity
            told = self._clause[first - 1].key if first else ""
            if before is None or after is None or after.direction != "to":
                continue
            if before.direction != "from" and told not in _FROM:
                continue
            skipped = [
                token for token in self._clause[last + 1 : first] if token.kind not in {"neutral", "preposition"}
            ]
            if not skipped and change(asked, before, after):
                yield second, True, 2

    def _may_skip(self, last: int, position: int, *, joined: bool) -> bool:
        skipped = self._clause[last + 1 : position]
        breaks = [index for index, token in enumerate(skipped) if token.kind == "break"]
        after_preposition = bool(breaks) and self._clause[last].kind == "preposition"
        if any(token.vital for token in skipped) or (bool(breaks) != joined and not after_preposition):
            return False
        telling = [token for token in skipped if token.kind not in {"neutral", "break"}]
        if not telling or breaks:
            # What is joined keeps its first word; whole items before it may be left out.
            return not breaks or all(token.kind in {"neutral", "break"} for token in skipped[breaks[-1] :])
        before = list(skipped)
        while before and before[-1].kind == "neutral" and before[-1].key not in GENITIVES:
            before.pop()
        ends_open = before[-1].kind == "preposition" or before[-1].key in GENITIVES
        return len(telling) <= MOST_SKIPPED and not ends_open and telling[0].kind != "word"

    def _may_end(self, last: int) -> bool:
        rest = self._clause[last + 1 :]
        if any(token.vital for token in rest) or self._clause[last].kind == "preposition":
            return False
        return not rest or rest[0].key in RELATIVES or (rest[0].kind != "word" and rest[0].key not in GENITIVES)
