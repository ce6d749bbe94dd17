"""Documents from right to left, seen in a mirror: so the rules about places need to know one direction only."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Box, Document, Page
    from functions.resume_import.values import Findings

_LETTERS: Final = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def is_right_to_left(document: Document) -> bool:
    """Return whether a document with real places has most of its letters from right to left."""
    if not document.pages or not all(page.measured for page in document.pages):
        return False
    text = "".join(line.text for line in document.lines())
    return 2 * len(_LETTERS.findall(text)) > sum(map(str.isalpha, text))


def mirrored(document: Document) -> Document:
    """Return the document with left and right exchanged."""
    return replace(document, pages=[_page(page) for page in document.pages])


def places_mirrored(found: Findings, document: Document) -> Findings:
    """Return findings with their places where the document has them."""
    widths = {line.page: page.width for page in document.pages for line in page.lines}
    fields = {
        pointer: value._replace(box=_box(value.box, widths[value.page]))
        if value.box is not None and value.page in widths
        else value
        for pointer, value in found.fields.items()
    }
    return replace(found, fields=fields)


def _page(page: Page) -> Page:
    lines = [replace(line, box=_box(line.box, page.width)) for line in page.lines]
    links = [link._replace(box=_box(link.box, page.width)) if link.box else link for link in page.links]
    return replace(page, lines=lines, links=links)


def _box(box: Box, width: float) -> Box:
    return box._replace(left=width - box.right, right=width - box.left)
