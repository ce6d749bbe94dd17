"""The lines and values of a source, by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from functions._shared.domain.grounding.additions import may_stand
from functions._shared.domain.grounding.frames import (
    AFTER,
    CURRENT,
    EXPERIENCE,
    FORMER,
    FRAMES,
    SETTINGS,
    SINCE,
    THEN,
    TONE,
    WHERE,
    WHO,
)
from functions._shared.domain.grounding.phrases import read_line
from functions._shared.domain.grounding.titles import is_lesser
from functions._shared.domain.language.tokens import tokens
from functions._shared.domain.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.evidence import Evidence, Label, Line
    from functions._shared.domain.grounding.phrases import Reading
    from functions._shared.domain.language.tokens import Token

_PRESENTING: Final = frozenset[str]().union(*FRAMES.values(), CURRENT, FORMER, SINCE, TONE, EXPERIENCE, AFTER, THEN)


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
        self.prose: list[Line] = []
        self.values: dict[str, list[Value]] = {}
        self.titles: dict[str, list[tuple[Token, ...]]] = {}
        self._lines: dict[str, set[int]] = {}
        self.jobs: dict[str, set[str]] = {}
        self._known = set(_PRESENTING | SETTINGS | WHO | WHERE)
        for line in source.lines:
            if line.prose:
                for token in tokens(_usable(line.text), language):
                    if token.kind == "word":
                        self._lines.setdefault(token.lexeme, set()).add(len(self.prose))
                        self._lines.setdefault(token.key, set()).add(len(self.prose))
                self.prose.append(line)
            for label in line.labels:
                words = tuple(each for each in tokens(label.text, language) if each.kind not in {"break", "neutral"})
                self._known.update(token.lexeme for token in words)
                self._known.update(token.key for token in words)
                for word in {each.lexeme for each in words if each.kind != "preposition"} if label.loose else words[:1]:
                    begins = word if isinstance(word, str) else word.lexeme
                    self.values.setdefault(begins, []).append(Value(label, line, words))
                if label.group == "job" and label.entry.startswith("R"):
                    fields = set() if is_lesser(label.text) else {token.lexeme.rstrip("*") for token in words}
                    self.jobs.setdefault(label.entry, set()).update(fields)
                if label.names:
                    self.titles.setdefault(line.id, []).append(words)

    def readings(self, number: int) -> tuple[Reading, ...]:
        """Return a line of prose as phrases, in each way in which it can be read."""
        return read_line(_usable(self.prose[number].text), self.language)

    def knows(self, said: Sequence[Token]) -> bool:
        """Tell whether every word of a sentence occurs somewhere."""
        return all(
            token.kind != "word"
            or token.lexeme in self._lines
            or token.key in self._lines
            or token.lexeme in self._known
            or token.key in self._known
            or may_stand(token)
            or not token.narrower.isdisjoint(self._lines)
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
            token.kind != "word"
            or token.key in _PRESENTING
            or token.lexeme.startswith("/")
            or stem(token.form, self.language) in own
            for token in said
        )

    def having(self, token: Token) -> set[int]:
        """Return the numbers of the lines of prose that have a word."""
        if may_stand(token):
            return set(range(len(self.prose)))
        found = self._lines.get(token.lexeme, set()) | self._lines.get(token.key, set())
        return found.union(*(self._lines.get(each, set()) for each in token.narrower))
