"""Words and sentences: how texts are compared when case, accents, punctuation and endings do not matter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# ".NET" and "C++" are words; a dot, hyphen or slash inside others parts them: Node.js, e-mail, CI/CD.
_WORD: Final = re.compile(r"\.NET\b|[^\W_]+(?:['\u2019][^\W_]+)*(?:\+\+|#)?", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?]['\"\u201d\u2019)\]]*(?=\s|$)|\n|[•·▪●]")
_CLAUSE_END: Final = re.compile(r"[:;](?=\s|$)")
# A dot after these does not end a sentence.
_ABBREVIATION: Final = re.compile(
    r"\b(?:[A-Z]|e\.g|i\.e|etc|vs|approx|incl|no|St|Dr|Mr|Mrs|Ms|Prof|Inc|Ltd|Pvt|Co|Corp|Jr|Sr|Dept|Univ|Ph\.D|B\.Sc"
    r"|M\.Sc)$"
)
_STRAY: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "\u2019": "'"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands.

    Parameters
    ----------
    text : str
        As written.
    start, end : int
        Span in the text, in code points.
    opens : bool
        Whether it is the first of a sentence, a line or a bullet, or follows a colon: capitals mean little there.
    """

    text: str
    start: int
    end: int
    opens: bool

    @property
    def folded(self) -> str:
        """The word without case, accents and possessive ending."""
        return fold(self.text)

    @property
    def is_capitalised(self) -> bool:
        """Whether it starts with an upper-case letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Reduce a word to what is compared: no case, no accents, ASCII apostrophe, no possessive ``'s``."""
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_STRAY)
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return plain.removesuffix("'s").removesuffix("'")


def words(text: str) -> list[Word]:
    """Split a text into words."""
    openings = sorted([*_openings(text), *(match.end() for match in _CLAUSE_END.finditer(text))])
    found: list[Word] = []
    reached = 0
    for match in _WORD.finditer(text):
        opens = False
        while reached < len(openings) and openings[reached] <= match.start():
            opens = True
            reached += 1
        found.append(Word(match.group(), match.start(), match.end(), opens))
    return found


def folded_words(text: str) -> list[str]:
    """Give the words of a text as they are compared."""
    return [fold(match.group()) for match in _WORD.finditer(text)]


def sentences(text: str) -> Iterator[str]:
    """Split a text into sentences (or lines, or bullets), without surrounding white space."""
    starts = [*_openings(text), len(text)]
    for start, end in pairwise(starts):
        if sentence := text[start:end].strip(" \t\r\n•·▪●"):
            yield sentence


def _openings(text: str) -> list[int]:
    """Offsets at which sentences begin."""
    found = [0]
    for match in _SENTENCE_END.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        found.append(match.end())
    return found


# Longest first. English endings that change the form of a word, not what it is about.
_ENDINGS: Final = (
    "izations", "isations", "ization", "isation", "ations", "ements", "ation", "ement", "ments", "izing", "ising",
    "ized", "ised", "izes", "ises", "ment", "ance", "ence", "ings", "ions", "ing", "ion", "ers", "ors", "ies", "ied",
    "ize", "ise", "ive", "ity", "ed", "er", "or", "es", "al", "ly", "at", "s", "e", "y",
)  # fmt: skip
_IRREGULAR: Final = {
    "led": "lead", "leader": "lead", "leadership": "lead", "built": "build", "wrote": "write", "written": "write",
    "grew": "grow", "grown": "grow", "growth": "grow", "ran": "run", "taught": "teach", "made": "make", "won": "win",
    "drove": "drive", "driven": "drive", "sold": "sell", "sales": "sell", "sale": "sell", "bought": "buy",
    "chose": "choose", "held": "hold", "brought": "bring", "saw": "see", "began": "begin", "analysis": "analyz",
    "analyses": "analyz", "analyse": "analyz", "analysed": "analyz", "analyst": "analyz", "analytics": "analyz",
    "analytical": "analyz", "strategic": "strateg", "strategist": "strateg", "strategies": "strateg",
}  # fmt: skip
_SHORTEST_STEM: Final = 3


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Cut a folded English word down so that its forms meet: managed, managing, management, manager.

    A library stemmer does the same with more care, and costs 280 ms to import where a whole cold start has less.
    """
    word = _IRREGULAR.get(word, word)
    shortest = _SHORTEST_STEM
    while ending := next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= shortest), None):
        word = word.removesuffix(ending)
        shortest = _SHORTEST_STEM + 1
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]  # planning, planned, plan
    if word.endswith("ct"):
        word = word[:-1]  # reduction, reduced
    return _IRREGULAR.get(word, word)


class Spans:
    """Parts of a text that are taken, for looking up in constant time.

    Parameters
    ----------
    length : int
        Length of the text.
    """

    def __init__(self, length: int) -> None:
        self._owner = [0] * length
        self._taken = 0

    def take(self, start: int, end: int) -> None:
        """Take a part."""
        self._taken += 1
        self._owner[start:end] = [self._taken] * (end - start)

    def holds(self, start: int, end: int) -> bool:
        """Tell whether one part taken holds the whole of this one."""
        return start < end and self._owner[start] == self._owner[end - 1] != 0


class Phrases:
    """A text as an index of phrases.

    Parameters
    ----------
    text : str
        The text.
    """

    LONGEST = 4
    """Words of a compound that may be written together or apart: e-mail and email, data base and database."""

    def __init__(self, text: str) -> None:
        found = folded_words(text)
        self._plain = f" {' '.join(found)} "
        self._stems = f" {' '.join(stem(word) for word in found)} "
        self._joined = {
            "".join(found[start : start + length])
            for length in range(1, self.LONGEST + 1)
            for start in range(len(found) - length + 1)
        }
        self.exact = {match.group() for match in _WORD.finditer(text)}
        """Words as they are written."""

    def has(self, phrase: str | Sequence[str]) -> bool:
        """Tell whether the phrase occurs, in any case, spelling with or without hyphens, or inflection."""
        parts = folded_words(phrase) if isinstance(phrase, str) else list(phrase)
        if not parts:
            return False
        return (
            f" {' '.join(parts)} " in self._plain
            or "".join(parts) in self._joined
            or f" {' '.join(stem(part) for part in parts)} " in self._stems
        )
