"""The lines and values of a source, by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from functions._shared.domain.grounding.cover import LIGHT, WEAKENING
from functions._shared.domain.grounding.frames import CURRENT, EXPERIENCE, FORMER, FRAMES, SINCE, TONE, WHERE, WHO
from functions._shared.domain.grounding.phrases import read_line
from functions._shared.domain.language.tokens import tokens
from functions._shared.domain.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.evidence import Evidence, Label, Line
    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.language.tokens import Token

_PRESENTING: Final = frozenset[str]().union(*FRAMES.values(), CURRENT, FORMER, SINCE, TONE, EXPERIENCE)


_HEADING: Final = re.compile(r":(?=\s)|\uff1a")
_ITEM_END: Final = re.compile(r"[;.!|](?=\s)|[\n\uff1b\u3002\uff01\u0964]")
_QUESTION: Final = re.compile(r"[?\uff1f]")


def _usable(text: str) -> str:
    """Return what of a line can stand by itself.

    What stands before a colon holds for all that follows ("Planned for 2027: open a ward; hire 12 nurses"), so only the
    first item is read, with its heading. A question and its answer are not read.
    """
    if _QUESTION.search(text):
        return ""
    heading = _HEADING.search(text)
    end = _ITEM_END.search(text, heading.end()) if heading else None
    return text[: end.start()] if end else text


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
        self._source = source
        self.prose: list[tuple[Line, Reading]] = []
        self.values: dict[str, list[Value]] = {}
        self.titles: dict[str, list[tuple[Token, ...]]] = {}
        self._lines: dict[str, set[int]] = {}
        self._known = set(_PRESENTING)
        for line in source.lines:
            if line.prose:
                for reading in read_line(_usable(line.text), language):
                    for token in reading.told:
                        for word in (token.lexeme, token.key):
                            self._lines.setdefault(word, set()).add(len(self.prose))
                    self.prose.append((line, reading))
            for label in line.labels:
                words = tuple(each for each in tokens(label.text, language) if each.kind not in {"break", "neutral"})
                self._known.update(token.lexeme for token in words)
                self._known.update(token.key for token in words)
                if words:
                    self.values.setdefault(words[0].lexeme, []).append(Value(label, line, words))
                if label.names:
                    self.titles.setdefault(line.id, []).append(words)

    def knows(self, said: Sequence[Token]) -> bool:
        """Tell whether every word of a sentence occurs somewhere."""
        return all(
            token.kind != "word"
            or token.key in WHO | WHERE
            or token.key in WEAKENING
            or token.lexeme in LIGHT
            or not {token.lexeme, token.key}.isdisjoint(self._known)
            or token.lexeme in self._lines
            or token.key in self._lines
            for token in said
        )

    def repeats(self, said: Sequence[Token], ids: Sequence[str]) -> bool:
        """Tell whether a sentence uses the words of its lines, and no others that mean the same."""
        own = {
            stem(token.form, self.language)
            for each in ids
            for token in tokens(self._source.by_id[each].text, self.language)
        }
        return all(
            not token.lexeme.startswith("=") or token.key in _PRESENTING or stem(token.form, self.language) in own
            for token in said
        )

    def having(self, token: Token) -> set[int]:
        """Return the numbers of the lines of prose that have a word."""
        if token.key in WEAKENING or token.lexeme in LIGHT:
            return set(range(len(self.prose)))
        return self._lines.get(token.lexeme, set()) | self._lines.get(token.key, set())
