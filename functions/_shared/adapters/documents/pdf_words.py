"""The words of a row of a page: joined, and split into the lines that they are."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.adapters.documents.pdf_tags import Mark
    from functions._shared.domain.documents.form import Box

LIGATURES: Final = {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
"""Codes of fonts of old pdfTeX without a table of Unicode."""
GAP: Final = 1.6
"""Width in em that separates two lines of a row."""
DEVANAGARI_SPACE: Final = 0.38
"""Width in em that is a space in Devanagari. PDFium sees spaces beside vowel signs, and misses some between words."""
SPACE: Final = 0.17
"""The same where letters stand where their font says: in other scripts, and in files that write their spaces."""
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
DEVANAGARI: Final = re.compile(r"[\u0900-\u097f]")
_LETTERS: Final = 4
"""How many single letters a line has at least if it is spaced out."""


class Font(NamedTuple):
    size: float
    bold: bool
    italic: bool


class Word(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: Font
    mark: Mark | None = None


def word_of(text: str, first: Box, last: Box, font: Font) -> Word:
    if not text.isprintable():
        for code, letters in LIGATURES.items():
            text = text.replace(code, letters)
    left, right = min(first.left, last.left), max(first.right, last.right)
    return Word(text, left, min(first.top, last.top), right, max(first.bottom, last.bottom), font)


def joined(words: list[Word], space: float) -> list[Word]:
    """Join what PDFium has divided at vowel signs of Devanagari."""
    result: list[Word] = []
    for word in words:
        before = result[-1] if result else None
        letters = before and DEVANAGARI.search(before.text[-1:]) and DEVANAGARI.search(word.text[:1])
        if before and letters and -1.0 < word.left - before.right < space * word.font.size:
            result[-1] = before._replace(text=before.text + word.text, right=word.right)
            continue
        result.append(word)
    return result


def segments(words: list[Word]) -> Iterator[list[Word]]:
    """Split words at wide gaps and jumps back."""
    segment: list[Word] = []
    for word in words:
        if segment:
            em = max(segment[-1].font.size, word.font.size, 4.0)
            gap = word.left - segment[-1].right
            back = segment[-1].left - word.right
            below = abs((word.top + word.bottom) - (segment[-1].top + segment[-1].bottom)) > 1.2 * em
            # Chinese and Japanese have no spaces between words: a gap of a letter's width divides parts.
            if _CJK.match(word.text) and _CJK.match(segment[-1].text[-1]) and gap > 0.8 * em:
                gap = GAP * em + 1
            mark, last = word.mark, segment[-1].mark
            apart = mark is not None and last is not None and mark.block != last.block
            if gap > GAP * em or back > GAP * em or below or apart:
                if "\ufffe" in segment[-1].text:
                    word = after_divided(word, segment[0])  # noqa: PLW2901
                yield segment
                segment = []
        segment.append(word)
    if segment:
        yield segment


def after_divided(word: Word, first: Word) -> Word:
    """Move the word after a divided one to the left: to the eye, its row begins with the end of that one."""
    return word._replace(left=min(word.left, first.left))


def letterspaced(words: list[Word]) -> list[tuple[str, Font]] | None:
    """Join the letters of a spaced-out line ("E D U C A T I O N") to words; None for an ordinary line."""
    letters = [word for word in words if len(word.text) == 1 and word.text.isalpha()]
    if len(letters) < _LETTERS or len(letters) < 0.7 * len(words):
        return None
    gaps = [after.left - before.right for before, after in itertools.pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    text = words[0].text
    for gap, word in zip(gaps, words[1:], strict=True):
        text += (" " if gap > 1.6 * usual + 0.05 * word.font.size else "") + word.text
    return [(text, words[0].font)]
