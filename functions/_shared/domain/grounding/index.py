"""The beginnings of the clauses and values of a source, by the stems of their first words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.alignment import openings
from functions._shared.domain.grounding.frames import CURRENT, EXPERIENCE, FORMER, FRAMES, SINCE, TONE
from functions._shared.domain.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.evidence import Evidence, Label, Line
    from functions._shared.domain.language.tokens import Token

_PRESENTING: Final = frozenset[str]().union(*FRAMES.values(), CURRENT, FORMER, SINCE, TONE, EXPERIENCE)


class Index:
    """Looks up where a sentence may go on.

    Parameters
    ----------
    source : Evidence
        The lines that count.
    language : str
        Whose inflection counts.
    """

    def __init__(self, source: Evidence, language: str) -> None:
        self.language = language
        self.clauses: dict[str, list[tuple[Line, Sequence[Token], int]]] = {}
        self.labels: dict[str, list[tuple[Label, Line]]] = {}
        self._words = set(_PRESENTING)
        for line in source.lines:
            for clause in line.clauses:
                self._words.update(self.key(token) for token in clause)
                for first in openings(clause):
                    self.clauses.setdefault(self.key(clause[first]), []).append((line, clause, first))
            for label in line.labels:
                self._words.update(self.key(token) for token in label.words)
                if label.words:
                    self.labels.setdefault(self.key(label.words[0]), []).append((label, line))

    def key(self, token: Token) -> str:
        """Return what a token is looked up by."""
        return "" if token.quantity else stem(token.key, self.language)

    def knows(self, said: Sequence[Token]) -> bool:
        """Tell whether every word of a sentence occurs somewhere."""
        return all(
            token.quantity or token.kind != "word" or token.key in self._words or self.key(token) in self._words
            for token in said
        )
