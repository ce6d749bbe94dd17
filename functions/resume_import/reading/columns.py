"""Lines put into reading order where the order of the file is not.

- A narrow column beside an entry (its dates and place) may come after the whole entry: it moves to the header.
- A page whose lines alternate between two columns is read column by column.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions.resume_import.dates import find_dates
from functions.resume_import.vocabulary.headings import section_of
from functions.resume_import.vocabulary.words import is_place

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Document, Line, Page

_LINES_BESIDE: Final = 4
_SWITCHES: Final = 8
"""How often the lines of a page change columns if its file holds them row by row."""
_STRAYS: Final = 3
"""How many lines must be out of their place before a page is sorted."""


def in_reading_order(document: Document) -> Document:
    """Return the document with the lines of its pages in reading order."""
    if not any(page.measured for page in document.pages):
        return document
    return replace(
        document, pages=[replace(page, lines=_ordered(page)) if page.measured else page for page in document.pages]
    )


def _ordered(page: Page) -> list[Line]:
    lines = _with_dates([line for line in page.lines if line.text.strip()])
    headings = [line for line in lines if section_of(line.text)]
    gutter = _gutter(lines, headings, page.width)
    if _strays(lines) >= _STRAYS:
        return _sorted(lines, _gutter(lines, headings, page.width, strict=False))
    if gutter is not None:
        sides = [_side(line, gutter) for line in lines]
        switches = sum(1 for before, after in itertools.pairwise(sides) if before and after and before != after)
        if switches >= _SWITCHES:
            return _sorted(lines, gutter)
    return _with_sides(lines)


def _strays(lines: list[Line]) -> int:
    """Count the lines that the file holds later than both the line above and the line below them."""
    count, lowest = 0, 0.0
    for index, line in enumerate(lines):
        lowest = max(lowest, line.box.bottom)
        if len(line.text) < 2:
            continue  # the sign of a bullet
        if line.box.bottom > lowest - 0.6 * line.size:
            continue
        near = [
            (each.box.bottom - line.box.bottom) / line.size
            for each in lines[:index]
            if abs(each.box.left - line.box.left) < 40 and abs(each.box.bottom - line.box.bottom) < 60
        ]
        count += any(gap < -0.6 for gap in near) and any(gap > 0.6 for gap in near)
        if count >= _STRAYS:
            break
    return count


def _sorted(lines: list[Line], gutter: float | None) -> list[Line]:
    """Sort lines by rows, column by column; a line across both columns ends a block of them."""
    if gutter is None:
        return _by_rows(lines)
    result: list[Line] = []
    block: list[Line] = []
    for line in [*_by_rows(lines), None]:
        if line is not None and _side(line, gutter):
            block.append(line)
            continue
        for side in (-1, 1):
            result += [each for each in block if _side(each, gutter) == side]
        block = []
        if line is not None:
            result.append(line)
    return result


def _by_rows(lines: list[Line]) -> list[Line]:
    result: list[Line] = []
    row: list[Line] = []
    for line in sorted(lines, key=lambda each: each.box.bottom):
        if row and line.box.bottom - row[0].box.bottom > 0.4 * line.size:
            result += sorted(row, key=lambda each: each.box.left)
            row = []
        row.append(line)
    return result + sorted(row, key=lambda each: each.box.left)


def _with_sides(lines: list[Line]) -> list[Line]:
    """Move the short column beside an entry to the row where it starts."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index + 1
        if result and line.box.bottom < result[-1].box.bottom - 0.5 * line.size:
            while (
                end < len(lines)
                and end - index <= _LINES_BESIDE
                and 0 < lines[end].box.bottom - lines[end - 1].box.bottom < 2.2 * line.size
                and (abs(lines[end].box.right - line.box.right) < 4 or abs(lines[end].box.left - line.box.left) < 4)
            ):
                end += 1
            block = lines[index:end]
            goes_on = end == len(lines) or lines[end].box.bottom > result[-1].box.bottom
            place = _row_of(result, line) if goes_on and len(block) <= _LINES_BESIDE and _is_side(block) else None
            if place is not None:
                result[place:place] = block
                index = end
                continue
        result.append(line)
        index += 1
    return result


def _with_dates(lines: list[Line]) -> list[Line]:
    """Move a column of dates that the file holds apart to the rows where they stand."""
    result = list(lines)
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _is_date(lines[end].text):
            end += 1
        block = lines[index:end]
        others = [*lines[:index], *lines[end:]]
        if len(block) > 1 and all(abs(each.box.right - block[0].box.right) < 4 for each in block):
            beside = [[each for each in others if _is_on_row(each, date)] for date in block]
            if all(beside) and not any(_is_on_row(a, b) for a, b in itertools.pairwise(block)):
                for date, row in zip(block, beside, strict=True):
                    result.remove(date)
                    result.insert(result.index(row[-1]) + 1, date)
        index = max(end, index + 1)
    return result


def _is_date(text: str) -> bool:
    found = find_dates(text)
    return bool(found) and found[0].end - found[0].begin >= 0.8 * len(text)


def _is_on_row(line: Line, date: Line) -> bool:
    return abs(line.box.bottom - date.box.bottom) < 0.4 * date.size and line.box.right < date.box.left


def _is_side(block: list[Line]) -> bool:
    texts = [line.text for line in block]
    return (
        all(len(text) < 45 for text in texts)
        and any(find_dates(text) for text in texts)
        and (len(block) < 3 or any(is_place(text) for text in texts) or len(block) <= 3)
    )


def _row_of(result: list[Line], line: Line) -> int | None:
    """Return where the lines after the one on the same row begin."""
    for place in range(len(result) - 1, max(-1, len(result) - 60), -1):
        each = result[place]
        if abs(each.box.bottom - line.box.bottom) < 0.4 * line.size:
            return place + 1 if each.box.right <= line.box.left + 2 or line.box.right <= each.box.left + 2 else None
    return None


def _side(line: Line, gutter: float) -> int:
    return -1 if line.box.right <= gutter + 1 else 1 if line.box.left >= gutter - 1 else 0


def _gutter(lines: list[Line], headings: list[Line], width: float, *, strict: bool = True) -> float | None:
    """Find a vertical gap between two columns; a column of dates and places is none."""
    if len(lines) < 20 or len(headings) < (4 if strict else 2):
        return None
    best: tuple[float, float] | None = None
    for step in range(25, 76, 2):
        x = width * step / 100
        left = [line for line in lines if line.box.right <= x + 1]
        right = [line for line in lines if line.box.left >= x - 1]
        crossing = len(lines) - len(left) - len(right)
        if crossing > 0.15 * len(lines) or len(left) < 8 or len(right) < 8:
            continue
        needed = 2 if strict else 1
        if (
            sum(line.box.right <= x + 1 for line in headings) < needed
            or sum(line.box.left >= x - 1 for line in headings) < needed
        ):
            continue
        if sum(1 for line in right if find_dates(line.text) or is_place(line.text)) > 0.5 * len(right):
            continue
        score = min(len(left), len(right)) - 3.0 * crossing
        if best is None or score > best[0]:
            best = (score, x)
    return best[1] if best else None
