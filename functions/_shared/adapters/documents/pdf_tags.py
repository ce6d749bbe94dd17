"""The structure tree of a tagged PDF: which block a piece of text belongs to, and in which order blocks are read.

PDFium loads the tree page by page, but keeps the index of each element among all children of its parent: the indexes on
the way from the root to an element order the text of the whole file, also of a column that goes on on the next page.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from functions._shared.domain.documents.form import Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

    from functions._shared.domain.documents.form import Line

_INLINE: Final = frozenset({
    "Span", "Link", "Em", "Strong", "Code", "Quote", "Reference", "Annot", "NonStruct", "Note", "BibEntry", "Ruby",
    "RB", "RT", "RP", "Warichu", "Form", "Private", "Sub",
})  # fmt: skip
_MAX_DEPTH: Final = 40
_MAX_ELEMENTS: Final = 20_000
_LONGEST_NAME: Final = 64
Path = tuple[int, ...]


class Mark(NamedTuple):
    """The place of a piece of marked content in the tree: its path, that of its block, and what the block is."""

    path: Path
    block: Path
    kind: str


class _Step(NamedTuple):
    path: Path
    block: Path
    kind: str
    item: str = ""
    """What a paragraph is that begins a list item: an item with a sign, or without one."""


def marks_of(page: pypdfium2.PdfPage) -> dict[int, Mark]:
    """Return the places of a page's marked content by its number; nothing for a page without tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        marks: dict[int, Mark] = {}
        roots = ((index, pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)) for index in range(_roots(tree)))
        waiting: list[tuple[Any, _Step]] = [(root, _Step((index,), (index,), "")) for index, root in roots if root]
        for _ in range(_MAX_ELEMENTS):
            if not waiting:
                break
            element, step = waiting.pop()
            if len(step.path) < _MAX_DEPTH:
                waiting.extend(_children(element, step, marks))
        return marks
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def tag_lines(marked: list[tuple[Line, Mark]]) -> None:
    """Give the lines of a file their tags: numbers in the order of the tree."""
    order = {path: number for number, path in enumerate(sorted({mark.path for _, mark in marked}))}
    blocks = {path: number for number, path in enumerate(sorted({mark.block for _, mark in marked}))}
    for line, mark in marked:
        line.tag = Tag(order[mark.path], blocks[mark.block], mark.kind)


def _roots(tree: Any) -> int:  # noqa: ANN401 - a pointer
    return min(int(pdfium.FPDF_StructTree_CountChildren(tree)), _MAX_ELEMENTS)


def _children(element: Any, step: _Step, marks: dict[int, Mark]) -> Iterator[tuple[Any, _Step]]:  # noqa: ANN401
    name = _name(element)
    if name not in _INLINE:
        step = step._replace(block=step.path, kind=step.item if step.item and name == "P" else name)
    has_sign = False
    for index in range(min(pdfium.FPDF_StructElement_CountChildren(element), _MAX_ELEMENTS)):
        path = (*step.path, index)
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            item = ""
            if name == "LI":
                has_sign = has_sign or _name(child) == "Lbl"
                item = "LI" if has_sign else "P"
            elif name == "LBody":
                item = step.item if index == 0 else "P"
            elif name in _INLINE:
                item = step.item
            yield child, _Step(path, step.block, step.kind, item)
            continue
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if number >= 0:
            kind = (step.item or "P") if name == "LBody" else step.kind
            marks[number] = Mark(path, step.block, kind)


def _name(element: Any) -> str:  # noqa: ANN401 - a pointer
    buffer = ctypes.create_string_buffer(2 * _LONGEST_NAME)
    length = pdfium.FPDF_StructElement_GetType(element, buffer, len(buffer))
    return buffer.raw[: max(0, min(length, len(buffer)) - 2)].decode("utf-16-le", "replace")
