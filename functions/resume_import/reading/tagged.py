"""The blocks of a tagged PDF, in the order of its tags: wrapped lines joined, headings and items of lists known.

The tags of a file count if they cover its text and name more than paragraphs. What they leave out, such as the numbers
of pages, stays behind the line before it.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.form import Box, Document, Line
from functions.resume_import.reading.units import join

if TYPE_CHECKING:
    from collections.abc import Iterator

_COVERED: Final = 0.9
"""Share of the letters that the tags must cover."""
_HEADING: Final = re.compile(r"H([1-6]?)$")
_SEPARATED: Final = re.compile(r"\s[·|•∙▪]\s")
_SCHEME: Final = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)")
_ROW: Final = 3
"""Points by which the lines of a row may differ."""
_ROOM: Final = 0.5
"""How much room at the end of a row, in em, is no sign that the next word would have fitted."""


def by_tags(document: Document) -> Document | None:
    """Return the document with one line for each block, in the order of its tags; None if its tags do not count."""
    lines = [line for line in document.lines() if line.text.strip()]
    if not lines or not _count(lines):
        return None
    place, placed = 0, []
    for line in lines:
        place = line.tag.order if line.tag else place
        placed.append((place, line))
    ordered = [line for _, line in sorted(placed, key=lambda each: each[0])]
    layout = _Layout(ordered)
    addresses = {_SCHEME.sub("", link.url).rstrip("/") for page in document.pages for link in page.links}
    urls = {_letters(address): address for address in addresses}
    blocks = [
        line for _, block in itertools.groupby(ordered, key=_block) for line in _joined(list(block), layout, urls)
    ]
    _name_title(blocks)
    pages = [
        replace(document.pages[number], lines=list(run))
        for number, run in itertools.groupby(blocks, key=lambda each: each.page)
    ]
    return replace(document, pages=pages)


def _block(line: Line) -> tuple[int, int]:
    """Return what lines must have in common to be one: their paragraph, or in another part the piece of text."""
    if line.tag is None:
        return -1, -1
    return line.tag.block, -1 if _role(line) or line.tag.kind == "P" else line.tag.order


def _name_title(lines: list[Line]) -> None:
    """Mark the only heading of the first level as the title."""
    titles = [line for line in lines if line.tag and line.tag.kind in {"H1", "Title"}]
    if len(titles) == 1:
        titles[0].role = "title"


def _count(lines: list[Line]) -> bool:
    tagged = [line for line in lines if line.tag]
    letters = sum(len(line.text) for line in tagged)
    kinds = {_role(line) for line in tagged}
    return letters >= _COVERED * sum(len(line.text) for line in lines) and any(
        kind.startswith("heading") for kind in kinds
    )


def _role(line: Line) -> str:
    kind = line.tag.kind if line.tag else ""
    if kind in {"LI", "Lbl"}:
        return "bullet"
    heading = _HEADING.match(kind)
    return f"heading {heading[1] or 1}" if heading else ""


class _Layout:
    """How far the lines that begin at a place of a page reach, and what stands beside them."""

    def __init__(self, lines: list[Line]) -> None:
        self._frames: dict[tuple[int, int], float] = {}
        self._rows: dict[tuple[int, int], list[float]] = {}
        for line in lines:
            key = (line.page, round(line.box.left))
            self._frames[key] = max(self._frames.get(key, -math.inf), line.box.right)
            self._rows.setdefault((line.page, round(line.box.bottom / _ROW)), []).append(line.box.left)

    def width_of(self, block: list[Line]) -> float:
        """Return how far the rows of a block can reach: as others do that begin there, and not to what is beside."""
        frame = max(self._frames[row.page, round(row.box.left)] for row in block)
        return min([frame, *(beside for row in block if (beside := self._beside(row)) is not None)])

    def _beside(self, row: Line) -> float | None:
        place, end = round(row.box.bottom / _ROW), row.box.right
        rows = (self._rows.get((row.page, place + near), ()) for near in (-1, 0, 1))
        return min((start for starts in rows for start in starts if start >= end), default=None)


def _is_broken(row: Line, following: Line, frame: float) -> bool:
    """Return whether the next row does not go on with what a row says.

    It has parts, or somebody broke it: it has room for the first word of the next one.
    """
    if _SEPARATED.search(row.text):
        return True
    if abs(row.box.left - following.box.left) > 1:
        return row.page == following.page
    word = following.text[0] if following.text[0] > "\u2e80" else following.text.split(" ", 1)[0]
    width = (row.box.right - row.box.left) / max(len(row.text), 1)
    return frame - row.box.right > width * (len(word) + 1) + _ROOM * row.size


def _joined(block: list[Line], layout: _Layout, urls: dict[str, str]) -> Iterator[Line]:
    """Join the rows of a block, unless they have several parts or end before they are full."""
    first = block[0]
    if first.tag is None:
        yield from block
        return
    if first.tag.kind == "Lbl":
        return
    role = _role(first)
    joins = bool(role) or first.tag.kind != "P"
    whole = replace(first, role=role if role == "bullet" else "")
    if any(_are_beside(a, b) for a, b in itertools.pairwise(block)):
        yield whole
        yield from block[1:]
        return
    frame = layout.width_of(block)
    for row, following in itertools.pairwise(block):
        if joins or not _is_broken(row, following, frame):
            whole = _with(whole, following, urls)
        else:
            yield whole
            whole = following
    yield _as_linked(whole, urls)


def _are_beside(a: Line, b: Line) -> bool:
    return a.page == b.page and abs(a.box.bottom - b.box.bottom) < 0.45 * max(a.size, b.size)


def _with(whole: Line, row: Line, urls: dict[str, str]) -> Line:
    """Return a line with the text of another one; its place stays that of its first row."""
    box = whole.box
    if row.page == whole.page:
        box = Box(min(box.left, row.box.left), box.top, max(box.right, row.box.right), box.bottom)
    last, first = whole.text.rsplit(" ", 1)[-1], row.text.split(" ", 1)[0]
    divided = "." in last + first and any(_letters(last + first) in letters for letters in urls)
    text = whole.text + row.text if divided else join(whole.text, row.text)
    return replace(whole, text=text, box=box, runs=(*whole.runs, *row.runs))


def _as_linked(line: Line, urls: dict[str, str]) -> Line:
    """Write an address that was wrapped as its link has it."""
    url = urls.get(_letters(line.text)) if "." in line.text else None
    return replace(line, text=url) if url and url not in line.text else line


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
