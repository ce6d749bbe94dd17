"""Words and sentences: how texts are compared when case, accents, punctuation and endings do not matter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKS: Final = "[\u0900-\u0903\u093a-\u094f\u0962\u0963]"
"""Vowel signs of Hindi: parts of a word."""
# ".NET" and "C++" are words; a dot, hyphen or slash inside others parts them: Node.js, e-mail, CI/CD.
_WORD: Final = re.compile(rf"\.NET\b|[^\W_]+(?:(?:['\u2019]|{MARKS}+)[^\W_]+|{MARKS}+)*(?:\+\+|#)?", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?]['\"\u201d\u2019)\]]*(?=\s|$)|\n|[•·▪●\u3002\uff01\uff1f\u0964]")
_CLAUSE_END: Final = re.compile(r"[:;](?=\s|$)")
# A dot after these does not end a sentence.
_ABBREVIATION: Final = re.compile(
    r"\b(?:[A-Z]|e\.g|i\.e|etc|vs|approx|incl|ca|Ca|env|bzw|inkl|ggf|Nr|nr|Rs|aprox|no|St|Dr|Mr|Mrs|Ms|Prof|Inc|Ltd|Pvt|Co|Corp|Jr|Sr|Dept|Univ|Ph\.D|B\.Sc"
    r"|M\.Sc|[a-z\u00e4\u00f6\u00fc]\.\s[a-zA-Z\u00e4\u00f6\u00fc]{1,2})$"
)
_SPACED: Final = re.compile(r"(?<!\w)[a-z\u00e4\u00f6\u00fc]\.\s[a-zA-Z\u00e4\u00f6\u00fc]{1,2}\.")
"""An abbreviation in two parts: z. B., d. h., u. a., p. ej."""
_FULL_STOPS: Final = "\u3002\uff01\uff1f\u0964"
"""Of Chinese, Japanese and Hindi; no space follows them."""
_ENDS_SENTENCE: Final = (".", "!", "?", "\u2026", "\n", *_FULL_STOPS)
_PARTED: Final = dict.fromkeys(
    map(ord, "'\u2019-/,.;:!?()[]\"\u201c\u201d\u201e\u2018\u2013\u2014\u2026\u00ab\u00bb\u00a1\u00bf"), " "
)
_CLOSING: Final = "\"'\u201d\u2019)]"
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
"""Of Latin, Greek and Cyrillic letters. The marks of other scripts are letters."""
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
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
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


def loose_words(text: str) -> list[str]:
    """Give the words of a text in lower case, parted at apostrophes and hyphens: fast, for a first look."""
    return text.lower().translate(_PARTED).split()


def folded_words(text: str) -> list[str]:
    """Give the words of a text as they are compared."""
    return [fold(match.group()) for match in _WORD.finditer(text)]


def sentences(text: str) -> Iterator[str]:
    """Split a text into sentences (or lines, or bullets), without surrounding white space."""
    starts = [*_openings(text), len(text)]
    for start, end in pairwise(starts):
        if sentence := text[start:end].strip(" \t\r\n•·▪●"):
            yield sentence


_LONGEST_OPENING: Final = 100
"""Signs and letters without white space at which a sentence may begin; a longer run is looked at no further."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences. Joined, they give the original text.

    Parameters
    ----------
    text : str
        Prose.

    Returns
    -------
    list of tuple of int
        Start and end of each sentence in code points, including the white space after it.
    """
    starts = [0]
    for opening in _openings(text)[1:]:
        word = _WORD.search(text, opening)
        if word is None:
            break
        begin = word.start()
        least = max(0, begin - _LONGEST_OPENING)
        while begin > least and not text[begin - 1].isspace() and text[begin - 1] not in _FULL_STOPS:
            begin -= 1  # an opening quote or bracket belongs to the sentence
        before = text[starts[-1] : begin].rstrip(" \t").rstrip(_CLOSING)
        if begin > starts[-1] and before.endswith(_ENDS_SENTENCE):
            starts.append(begin)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _openings(text: str) -> list[int]:
    """Offsets at which sentences begin."""
    found = [0]
    for match in _SENTENCE_END.finditer(text):
        at = match.start()
        if match.group()[0] == "." and (
            _ABBREVIATION.search(text[max(0, at - 12) : at]) or _SPACED.match(text, max(0, at - 1))
        ):
            continue
        found.append(match.end())
    return found


_IRREGULAR: Final = {
    "led": "lead", "built": "build", "wrote": "write", "written": "write", "grew": "grow", "grown": "grow",
    "ran": "run",
    "taught": "teach", "made": "make", "won": "win", "drove": "drive", "driven": "drive", "sold": "sell",
    "bought": "buy", "chose": "choose", "chosen": "choose", "held": "hold", "brought": "bring", "saw": "see",
    "began": "begin", "kept": "keep", "met": "meet", "oversaw": "oversee", "overseen": "oversee", "rose": "rise",
    "gave": "give", "given": "give", "took": "take", "taken": "take", "spoke": "speak", "fell": "fall",
}  # fmt: skip


_UNSTEMMED: Final = frozenset(["chinese", "japanese"])


@lru_cache(maxsize=16)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)


@lru_cache(maxsize=16384)
def stem(word: str, language: str = "english") -> str:
    """Reduce a word to what its inflected forms share, by the Snowball algorithm of its language."""
    if language == "english":
        word = _IRREGULAR.get(word, word)
    found: str = word if language in _UNSTEMMED else _stemmer(language).stemWord(word)
    return found


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
