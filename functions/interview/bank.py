"""The bank of questions: data, one file per role family and language.

A line is ``kind level topic: question``. Kinds: b behavioural, t technical, s situational. Levels: any, junior, senior
(also for leads), lead. Of one topic an interview has one question.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

Kind = Literal["behavioural", "technical", "situational"]
Level = Literal["junior", "middle", "senior", "lead"]

FOLDER: Final = Path(__file__).parent / "data" / "questions"
KINDS: Final[dict[str, Kind]] = {"b": "behavioural", "t": "technical", "s": "situational"}
_FOR: Final[dict[str, frozenset[str]]] = {
    "any": frozenset(["junior", "middle", "senior", "lead"]),
    "junior": frozenset(["junior"]),
    "senior": frozenset(["senior", "lead"]),
    "lead": frozenset(["lead"]),
}


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank. Its id stays as long as its words do."""

    id: str
    family: str
    kind: Kind
    level: str
    topic: str
    text: str

    def suits(self, level: Level) -> bool:
        """Whether one asks it at this level."""
        return level in _FOR[self.level]


def languages() -> list[str]:
    """List the languages that have questions."""
    return sorted(each.name for each in FOLDER.iterdir() if each.is_dir())


@lru_cache(maxsize=4)
def bank(language: str = "en") -> tuple[BankQuestion, ...]:
    """Read the questions in a language."""
    return tuple(
        _question(path.stem, line)
        for path in sorted((FOLDER / language).glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )


def _question(family: str, line: str) -> BankQuestion:
    tags, _, text = line.partition(": ")
    kind, level, topic = tags.split()
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return BankQuestion(f"{family}:{digest}", family, KINDS[kind], level, topic, text)
