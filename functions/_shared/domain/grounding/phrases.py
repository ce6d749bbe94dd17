"""A text as statements, clauses and phrases: what may be left out of it, and what may not.

A statement ends at a full stop or a semicolon. A clause is an act with all that belongs to it: "trained staff" and
"supervised interns" are two. A phrase goes from a preposition, a comma or the beginning to the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.function_words import FROM, GENITIVES, JOINTS, RELATIVES
from functions._shared.domain.language.lexemes import acts, duties
from functions._shared.domain.language.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.language.tokens import Token


@dataclass(slots=True)
class Phrase:
    """Words and figures between two borders.

    Parameters
    ----------
    clause, statement : int
        Where it belongs.
    border : str
        Preposition or sign before it.
    under : str
        Preposition of the phrase that it is joined to by a comma.
    first : int
        Position of its first token among those of the line that tell something.
    length : int
        How many there are.
    """

    clause: int
    statement: int
    border: str
    under: str
    first: int
    length: int = 0


@dataclass(slots=True)
class Reading:
    """A text as phrases."""

    told: list[Token] = field(default_factory=list)
    phrase_of: list[int] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """Preposition right before each told token, or nothing."""
    acts: frozenset[str] = frozenset()
    verb_last: bool = False
    """Whether the last phrase of a clause tells what is done."""


@lru_cache(maxsize=4096)
def read_line(text: str, language: str) -> tuple[Reading, ...]:
    """Read a line of evidence: as it stands, and without the words with which it begins a duty."""
    found = tokens(text, language)
    keys = tuple(token.key for token in found)
    shorter = [found[len(duty) :] for duty in duties(language) if duty and keys[: len(duty)] == duty]
    return tuple(read(each, language) for each in (found, *shorter[:1], *_both_acts(found, language)))


def _both_acts(found: Sequence[Token], language: str) -> list[Sequence[Token]]:
    """Return a line that begins with two acts and one object, with the acts in the other order, and with each alone."""
    told = [place for place, token in enumerate(found[:6]) if token.kind != "neutral"][:4]
    if len(told) < 4:  # noqa: PLR2004 - an act, "and", an act, and the object
        return []
    first, joint, second, then = (found[place] for place in told)
    if joint.form not in JOINTS or not {first.lexeme, second.lexeme} <= acts(language):
        return []
    if then.kind == "break" or then.lexeme in acts(language):
        return []
    rest = found[told[3] :]
    return [[second, joint, first, *rest], [first, *rest], [second, *rest]]


def read(found: Sequence[Token], language: str) -> Reading:
    """Read tokens as phrases."""
    reader = _Reader(language)
    for position, token in enumerate(found):
        counts = position + 1 < len(found) and found[position + 1].quantity is not None
        if token.kind == "break":
            reader.parts(token)
        elif token.kind == "preposition":
            reader.leads(token, before_figure=counts)
        elif token.kind != "neutral":
            reader.tells(token)
        elif counts and token.key in GENITIVES and reader.reading.told:
            reader.leads(token, before_figure=True)
        elif (counts and token.key in FROM) or token.key in GENITIVES:
            reader.preposition = token.key
    return reader.reading


class _Reader:
    """What has been read, and where the next token stands."""

    def __init__(self, language: str) -> None:
        self.reading = Reading(acts=acts(language), verb_last=language in {"japanese", "hindi"})
        self.preposition = ""
        self._particles = language == "japanese"
        self._clause = self._statement = 0
        self._border = ""
        self._fresh = True
        self._head: Token | None = None
        self._weak = False

    def parts(self, token: Token) -> None:
        """Read a sign or a joining word."""
        if token.key == ";":
            self._clause, self._statement, self._head, self._weak = self._clause + 1, self._statement + 1, None, False
        self._border, self._fresh, self.preposition = token.key, True, ""

    def leads(self, token: Token, *, before_figure: bool) -> None:
        """Read a preposition. A genitive begins no phrase, and a Japanese particle stands behind its own."""
        if token.key not in GENITIVES or before_figure:
            self._border, self._fresh = token.key, True
        self.preposition = token.key
        if self._particles and self.reading.phrases:
            last = self.reading.phrases[-1]
            self.reading.before[last.first :] = [token.key] * last.length
            self.preposition = ""

    def tells(self, token: Token) -> None:
        """Read a word or a figure."""
        told, phrases = self.reading.told, self.reading.phrases
        if token.owner and not self.preposition:
            if token.quantity and told:
                self._border, self._fresh = token.owner, True
            self.preposition = token.owner
        if token.key in RELATIVES:
            self._border, self._fresh = token.key, True
        elif self._fresh and self._border == "," and self._head and not self._weak and self._parallel(token):
            self._clause, self._head = self._clause + 1, None
        elif token.quantity and told and told[-1].quantity:
            self._border, self._fresh = "", True
        elif token.quantity and told and token.quantity.bound == ">" and token.quantity.unit in {"months", "days"}:
            self._border, self._fresh = "over", True
        if self._fresh or not phrases:
            last = phrases[-1] if phrases and self._border == "," else None
            under = (last.under if last.border == "," else last.border) if last else ""
            phrases.append(Phrase(self._clause, self._statement, self._border, under, len(told)))
            self._fresh = False
        self._head = self._head or token
        self._weak = self._weak or token.vital
        phrases[-1].length += 1
        self.reading.phrase_of.append(len(phrases) - 1)
        self.reading.before.append(self.preposition)
        told.append(token)
        self.preposition = ""

    def _parallel(self, token: Token) -> bool:
        """Tell whether a word begins an act beside the one that the clause begins with."""
        head = self._head
        if head and token.form.endswith("ing") and not head.form.endswith("ing"):
            return False  # "negotiated contracts, saving …"
        if head is None or {head.lexeme, token.lexeme} <= self.reading.acts:
            return head is not None
        return all(len(each.form) >= _PAST and each.form.endswith("ed") for each in (head, token))


_PAST: Final = 5
"""Letters of the shortest English past form that is taken for one by its ending."""
