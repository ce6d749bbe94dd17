"""Pages whose lines alternate between two columns, put into reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Document


def in_reading_order(document: Document) -> Document:
    """Return the document with its pages in reading order."""
    return document
