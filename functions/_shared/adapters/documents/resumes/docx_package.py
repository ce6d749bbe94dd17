"""The file around a DOCX: python-docx's template without what is not used, and the same bytes for the same content."""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import Any, Final
from zipfile import ZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_TIME: Final = struct.pack("<2H", 0, 1 << 5 | 1)
"""The first moment that a ZIP file can name: 1980-01-01."""
_STYLES: Final = frozenset(
    [
        "Normal",
        "Title",
        "Subtitle",
        "Heading1",
        "Heading2",
        "ListBullet",
        "DefaultParagraphFont",
        "TableNormal",
        "NoList",
    ]
)
"""Ids of the template's styles that are kept. Most of the others are for tables."""


@cache
def template() -> bytes:
    """Return python-docx's template without its picture of an empty page and without the styles that are not used."""
    document: Any = Document()
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]
    styles = document.styles.element
    drop(styles, "w:latentStyles")
    for style in list(styles.style_lst):
        if style.styleId not in _STYLES:
            styles.remove(style)
        else:
            drop(style, "w:link")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def without_times(package: bytes) -> bytes:
    """Give the files in the package a fixed time, so that the same résumé gives the same bytes."""
    document = bytearray(package)
    with ZipFile(io.BytesIO(package)) as opened:
        entry = opened.start_dir
        for info in opened.infolist():
            document[info.header_offset + 10 : info.header_offset + 14] = _TIME
            document[entry + 12 : entry + 16] = _TIME
            entry += 46 + sum(struct.unpack_from("<3H", document, entry + 28))
    return bytes(document)


def drop(parent: Any, name: str) -> None:  # noqa: ANN401 - an XML element
    """Remove the children of a name."""
    for child in parent.findall(qn(name)) if parent is not None else ():
        parent.remove(child)
