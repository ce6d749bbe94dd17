"""Rows of a page that hold Arabic or Hebrew, put into the order in which they are read.

PDFium guesses that order from pieces of text, and tears rows of two directions apart. Here letters are sorted by their
place; then the order of reading is restored as the bidirectional algorithm of Unicode would have hidden it: words and
numbers that run from left to right stay as they stand, and all else is turned around.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from functions._shared.domain.documents.form import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS: Final = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CONTROLS: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe]")
_CLASSES: Final = {"+": "p", "-": "m", ",": "s", ";": "s", " ": " ",
                    **dict.fromkeys(".:/", "c"), **dict.fromkeys("%$€£#°", "t")}  # fmt: skip
# Telephone numbers, then words with the numbers between and after them, then numbers: those with one sign in between.
# A comma before which a space stands is one of a line from right to left.
_WORDS: Final = r"pN[Ncmo ]*N|[Nt]*L(?:(?: (?!s)|[^R ])*[LN])?t*|"
_LEFT_TO_RIGHT: Final = re.compile(_WORDS + r"t*N(?:[cspm]?N)*t*")
_WITH_ARABIC: Final = re.compile(_WORDS + r"N(?:[cs]?N)*")
_ARABIC: Final = re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_BRACKETS: Final = ("()", "[]", "{}", "«»")
_FAR: Final = 1.2
"""How far apart, in em, the two pictures of one letter and its mark are at most."""


class Cell(NamedTuple):
    """A glyph: one letter, a letter with its marks, or several letters that are drawn as one."""

    text: str
    box: Box
    place: int
    """The index of its first letter on the page."""
    is_doubtful: bool = False
    """Whether it stands for a mark of direction, too: then its letter is one that is there already."""

    @property
    def center(self) -> float:
        """The middle of its width."""
        return (self.box.left + self.box.right) / 2


def cells_of(letters: Iterable[tuple[int, str, Box, float]]) -> list[Cell]:
    """Return the glyphs of a row, from left to right.

    Letters come with their index, their box and the place where their glyph begins. Those that begin at one place are
    one glyph, whose letters PDFium has turned around if they run from right to left.
    """
    glyphs: dict[float, list[tuple[int, str, Box, float]]] = {}
    for letter in letters:
        glyphs.setdefault(letter[3], []).append(letter)
    cells: list[Cell] = []
    for group in glyphs.values():
        text = "".join(letter for _, letter, _, _ in group)
        text = text.strip() or text  # the space after the last letter of a row has no room of its own
        boxes = [box for _, _, box, _ in group]
        kept = _CONTROLS.sub("", text[::-1] if LETTERS.search(text) else text)
        kept = "".join(sorted(kept, key=_is_mark))
        if kept:
            box = Box(min(b.left for b in boxes), boxes[0].top, max(b.right for b in boxes), boxes[0].bottom)
            cells.append(Cell(kept, box, group[0][0], is_doubtful=len(kept) < len(text)))
    return _without_covered(sorted(_with_marks(cells), key=lambda cell: cell.center))


def in_reading_order(cells: list[Cell], *, right_to_left: bool) -> list[Cell]:
    """Return the glyphs of a row that have been sorted by place, in the order of reading."""
    classes = "".join(_class(cell.text) for cell in cells)
    if right_to_left:
        return _bracketed(_turned(cells, classes))
    result, place = [], 0
    for match in re.finditer(r"R(?:[^L]*R)?", classes):
        result += cells[place : match.start()]
        result += _turned(cells[match.start() : match.end()], match.group())
        place = match.end()
    return result + cells[place:]


def outweighs(cells: list[Cell]) -> bool:
    """Return whether most letters of a row run from right to left."""
    letters = [cell.text for cell in cells if cell.text[0].isalpha()]
    return 2 * sum(bool(LETTERS.search(text)) for text in letters) > len(letters)


def _turned(cells: list[Cell], classes: str) -> list[Cell]:
    result: list[Cell] = []
    end = len(cells)
    arabic = any(_ARABIC.search(cell.text) for cell in cells)
    for match in reversed(list((_WITH_ARABIC if arabic else _LEFT_TO_RIGHT).finditer(classes))):
        result += reversed(cells[match.end() : end])
        result += cells[match.start() : match.end()]
        end = match.start()
    return result + cells[:end][::-1]


def _class(text: str) -> str:
    if LETTERS.search(text):
        return "R"
    letter = text[0]
    return _CLASSES.get(letter) or ("N" if letter.isdecimal() else "L" if letter.isalpha() else "o")


def _with_marks(cells: list[Cell]) -> list[Cell]:
    """Put marks behind their letters, and drop the second of two glyphs that both stand for a letter and its mark."""
    result: list[Cell] = []
    for cell in cells:
        if cell.is_doubtful or any(map(_is_mark, cell.text)):
            place = next((number for number, each in enumerate(result) if _is_twin(each, cell)), None)
            if place is not None:
                wider = max(result[place], cell, key=lambda each: each.box.right - each.box.left)
                result[place] = wider
                continue
        result.append(cell)
    alone = [cell for cell in result if all(map(_is_mark, cell.text))]
    bases = [cell for cell in result if cell not in alone]
    for mark in alone:
        near = min(range(len(bases)), key=lambda n: abs(bases[n].center - mark.center), default=None)
        if near is not None:
            bases[near] = bases[near]._replace(text=bases[near].text + mark.text)
    return bases


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _without_covered(cells: list[Cell]) -> list[Cell]:
    """Leave out spaces that stand on a letter: what is left of the space where a row was wrapped."""
    result: list[Cell] = []
    for cell, *near in zip(cells, [None, *cells], [*cells[1:], None], strict=False):
        covered = cell.text.isspace() and any(
            each.box.left < cell.center < each.box.right for each in near if each and not each.text.isspace()
        )
        if not covered:
            result.append(cell)
    return result


def _is_twin(a: Cell, b: Cell) -> bool:
    return a.text == b.text and abs(a.center - b.center) < _FAR * (a.box.bottom - a.box.top)


def _bracketed(cells: list[Cell]) -> list[Cell]:
    """Turn brackets so that they open before they close; whether files turn them already, they do not say."""
    result = list(cells)
    for pair in _BRACKETS:
        places = [number for number, cell in enumerate(result) if cell.text in pair]
        if len(places) % 2 == 0:
            for number, place in enumerate(places):
                result[place] = result[place]._replace(text=pair[number % 2])
    return result
