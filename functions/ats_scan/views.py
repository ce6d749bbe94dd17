"""A document as a machine reads it: in the order of the file, and row by row; and where the two differ.

Some parsers read a file in the order in which it holds its text, others sort it by its place on the page. Where a page
has columns, the second kind reads across them. A résumé reads well if both read the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Document, Line

SHARE: Final = 0.45
"""Share of a line's height by which the base lines of a row may differ."""


MAX_LINES: Final = 400
"""Lines of a page that are compared with each other; a page of a résumé has some 60."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page.

    Parameters
    ----------
    page : int
        Number of the page, from 0.
    text : str
        Its lines from left to right.
    lines : tuple of Line
        The lines.
    places : tuple of int
        Where they stand in the order of the file.
    """

    page: int
    text: str
    lines: tuple[Line, ...]
    places: tuple[int, ...]

    @property
    def mixed(self) -> bool:
        """Whether the file does not hold these lines side by side."""
        return any(abs(after - before) > 1 for before, after in zip(self.places, self.places[1:], strict=False))


def rows(document: Document) -> list[Row]:
    """Return the document row by row, from top to bottom."""
    found: list[Row] = []
    position = 0
    for number, page in enumerate(document.pages):
        placed = [(line, position + index) for index, line in enumerate(page.lines)]
        position += len(page.lines)
        group: list[tuple[Line, int]] = []
        for line, place in sorted(placed, key=lambda each: (each[0].box.bottom, each[0].box.left)):
            if group and abs(line.box.bottom - group[0][0].box.bottom) > SHARE * max(line.size, group[0][0].size):
                found.append(_row(number, group))
                group = []
            group.append((line, place))
        if group:
            found.append(_row(number, group))
    return found


def _row(page: int, group: list[tuple[Line, int]]) -> Row:
    group = sorted(group, key=lambda each: each[0].box.left)
    return Row(
        page,
        " ".join(line.text for line, _ in group),
        tuple(line for line, _ in group),
        tuple(place for _, place in group),
    )


def alternations(document: Document) -> list[tuple[Line, Line]]:
    """Return neighbours in the order of the file that change from one column to the other on the same height.

    A few are dates beside a title. Many, of long lines, are two columns that the file has interleaved.
    """
    lines = document.lines()
    return [
        (before, after)
        for before, after in pairwise(lines)
        if before.page == after.page
        and abs(before.box.bottom - after.box.bottom) <= SHARE * max(before.size, after.size)
        and after.box.left > before.box.right
        and min(len(before.text.split()), len(after.text.split())) >= _LONG
        and not _YEAR.search(after.text)
    ]


def side_by_side(document: Document) -> list[tuple[Line, Line]]:
    """Return for each page that is set in two columns the first line of either.

    A column is a block of lines beside another block, with nothing that crosses the gap between them. Dates and places
    at the right margin are no column: they stand on the row of a title.
    """
    found = []
    for page in document.pages:
        if not page.measured or len(page.lines) > MAX_LINES:
            continue
        for gap in sorted({line.box.left for line in page.lines}):
            left = [line for line in page.lines if line.box.right < gap]
            right = [line for line in page.lines if line.box.left >= gap - 1]
            if len(left) < _BLOCK or len(right) < _BLOCK:
                continue
            right = [line for line in right if not (_tail(line) and any(_beside(line, other) for other in left))]
            top, bottom = (
                (
                    max(min(x.box.top for x in side) for side in (left, right)),
                    min(max(x.box.bottom for x in side) for side in (left, right)),
                )
                if right
                else (0, 0)
            )
            inside = [[line for line in side if top <= line.box.bottom <= bottom] for side in (left, right)]
            crossing = [
                line
                for line in page.lines
                if line.box.left < gap - 1 and line.box.right > gap and top < line.box.bottom <= bottom
            ]
            if min(map(len, inside)) >= _BLOCK and len(crossing) * 5 <= min(map(len, inside)):
                found.append((inside[0][0], inside[1][0]))
                break
    return found


def _tail(line: Line) -> bool:
    return len(line.text.split()) < _LONG or bool(_YEAR.search(line.text))


def _beside(line: Line, other: Line) -> bool:
    return abs(line.box.bottom - other.box.bottom) <= SHARE * max(line.size, other.size)


_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BLOCK: Final = 5
"""Lines that make a column."""


_LONG: Final = 4
"""Words of a line that is more than a date or a place."""
