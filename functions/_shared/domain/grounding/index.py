"""The beginnings of the clauses and values of a source, by the stems of their first words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from functions._shared.domain.grounding.alignment import inner_openings, openings
from functions._shared.domain.grounding.frames import CURRENT, EXPERIENCE, FORMER, FRAMES, SINCE, TONE
from functions._shared.domain.language.tokens import tokens
from functions._shared.domain.language.words import sentences, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from functions._shared.domain.grounding.evidence import Evidence, Label, Line
    from functions._shared.domain.language.tokens import Token

_PRESENTING: Final = frozenset[str]().union(*FRAMES.values(), CURRENT, FORMER, SINCE, TONE, EXPERIENCE)


class Opening(NamedTuple):
    """Where a stretch of a sentence may begin in the source.

    Parameters
    ----------
    line : Line
        The line.
    clause : sequence of Token
        The clause.
    first : int
        The position in the clause.
    inner : bool
        Whether it is inside the clause, so that the sentence needs the clause's beginning, too.
    """

    line: Line
    clause: Sequence[Token]
    first: int
    inner: bool


class Value(NamedTuple):
    """A value of an entry, and its words."""

    label: Label
    line: Line
    words: tuple[Token, ...]


class Index:
    """Looks up where a sentence may go on.

    Parameters
    ----------
    source : Evidence
        The lines that count.
    language : str
        Whose function words and inflection count.
    """

    def __init__(self, source: Evidence, language: str) -> None:
        self.language = language
        self.openings: dict[str, list[Opening]] = {}
        self.values: dict[str, list[Value]] = {}
        self.titles: dict[str, list[tuple[Token, ...]]] = {}
        self._words = set(_PRESENTING)
        for line in source.lines:
            for clause in clauses(line.text, language) if line.prose else ():
                self._words.update(self.key(token) for token in clause)
                for inner, found in ((False, openings(clause)), (True, inner_openings(clause))):
                    for first in found:
                        opening = Opening(line, clause, first, inner)
                        self.openings.setdefault(self.key(clause[first]), []).append(opening)
            for label in line.labels:
                words = tuple(each for each in tokens(label.text, language) if each.kind not in {"break", "neutral"})
                self._words.update(self.key(token) for token in words)
                if words:
                    self.values.setdefault(self.key(words[0]), []).append(Value(label, line, words))
                if label.names:
                    self.titles.setdefault(line.id, []).append(words)

    def key(self, token: Token) -> str:
        """Return what a token is looked up by."""
        return "" if token.quantity else stem(token.form, self.language)

    def knows(self, said: Sequence[Token]) -> bool:
        """Tell whether every word of a sentence occurs somewhere."""
        return all(token.kind != "word" or token.key in self._words or self.key(token) in self._words for token in said)


def clauses(text: str, language: str) -> Iterator[tuple[Token, ...]]:
    """Split prose into clauses: sentences, and their parts between semicolons."""
    for sentence in sentences(text):
        clause: list[Token] = []
        for token in tokens(sentence, language):
            if token.kind == "break" and token.key == ";":
                if clause:
                    yield tuple(clause)
                clause = []
            else:
                clause.append(token)
        if clause:
            yield tuple(clause)
