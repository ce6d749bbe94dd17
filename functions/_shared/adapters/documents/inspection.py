"""Reads from a file what it is beside its text. `read_pdf` and `read_docx` read the text."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.facts import FileFacts, Picture, Spot

if TYPE_CHECKING:
    import pypdfium2
    from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACED: Final = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_EVERY: Final = 5
"""Of this many letters one is looked at."""
_MAX_PAGES: Final = 50
_SMALLEST: Final = 0.004
"""Share of a page below which a picture is a sign, such as that of a telephone."""
_SHOWN: Final = 120


def inspect(data: bytes, kind: str) -> FileFacts:
    """Return the facts about a file that was read as a document of this kind."""
    facts = FileFacts(kind, len(data))
    if kind == "pdf":
        _pdf(data, facts)
    elif kind == "docx":
        _docx(data, facts)
    return facts


def _pdf(data: bytes, facts: FileFacts) -> None:
    import pypdfium2

    from functions._shared.adapters.documents import pdf_reader

    with pdf_reader.LOCK:
        pdf = pypdfium2.PdfDocument(data)
        try:
            facts.pages = len(pdf)
            for number in range(min(facts.pages, _MAX_PAGES)):
                with suppress(pypdfium2.PdfiumError):
                    _page(pdf[number], number, facts)
        finally:
            pdf.close()


def _page(page: pypdfium2.PdfPage, number: int, facts: FileFacts) -> None:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    area = max(width * height, 1.0)
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        share = abs((right - left) * (top - bottom)) / area
        if share >= _SMALLEST:
            facts.pictures.append(Picture(number, round(min(share, 1.0), 3)))
    text_page = page.get_textpage()
    count = pdfium.FPDFText_CountChars(text_page.raw)
    for index in range(0, count, _EVERY):
        facts.letters += 1
        facts.unmapped += pdfium.FPDFText_HasUnicodeMapError(text_page.raw, index) == 1
    text = text_page.get_text_range() if count else ""
    facts.spaced += [Spot(number, match[0]) for match in _SPACED.finditer(text)]
    text_page.close()
    page.close()


def _docx(data: bytes, facts: FileFacts) -> None:
    from lxml import etree

    from functions._shared.adapters.documents.archives import read_member

    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    body = etree.fromstring(read_member(archive, "word/document.xml"), parser)
    for name in names:
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            with suppress(etree.XMLSyntaxError):
                text = _text(etree.fromstring(read_member(archive, name), parser))
                if re.search(r"[^\W\d_]{2}", text):
                    facts.headers.append(Spot(0, text[:_SHOWN]))
    facts.pictures = [Picture(0, 0.0) for name in names if name.startswith("word/media/")]
    for box in body.iter(f"{_W}txbxContent"):
        text = _text(box)
        if text and not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
            facts.boxes.append(Spot(0, text[:_SHOWN]))
    facts.tables = [Spot(0, text[:_SHOWN]) for table in body.iter(f"{_W}tbl") if (text := _text(table))]
    for columns in body.iter(f"{_W}cols"):
        number = columns.get(f"{_W}num", "1")
        facts.columns = max(facts.columns, int(number) if number.isdigit() else 1)
    text = "\n".join(_text(paragraph) for paragraph in body.iter(f"{_W}p"))
    facts.spaced = [Spot(0, match[0]) for match in _SPACED.finditer(text)]
    facts.letters = len(text)


def _text(element: etree._Element) -> str:
    return " ".join(
        "".join(each.text or "" for each in paragraph.iter(f"{_W}t")) for paragraph in element.iter(f"{_W}p")
    ).strip()
