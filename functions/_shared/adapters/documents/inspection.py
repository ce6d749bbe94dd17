"""Reads from a file what it is beside its text. `read_pdf` and `read_docx` read the text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.facts import FileFacts, Picture, Spot

if TYPE_CHECKING:
    import pypdfium2
    from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_SPACED: Final = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_EVERY: Final = 5
"""Of this many letters one is looked at."""
_MAX_PAGES: Final = 50
_SMALLEST: Final = 0.004
"""Share of a page below which a picture is a sign, such as that of a telephone."""
_SHOWN: Final = 120


def inspect(data: bytes) -> FileFacts:
    """Return the facts about a file; one that cannot be opened is ``damaged`` or ``encrypted``."""
    size = len(data)
    head = data[:1024]
    if b"%PDF-" in head:
        return _pdf(data, FileFacts("pdf", size))
    if head.startswith(b"PK\x03\x04"):
        return _docx(data, FileFacts("docx", size))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return FileFacts("doc", size)
    if head.startswith(_IMAGES) or head[8:12] == b"WEBP":
        return FileFacts("image", size, pictures=[Picture(0, 1.0)])
    return FileFacts("other" if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "text", size)


def _pdf(data: bytes, facts: FileFacts) -> FileFacts:
    import pypdfium2

    from functions._shared.adapters.documents import pdf_reader

    with pdf_reader._LOCK:  # noqa: SLF001 - PDFium is not thread-safe, and both modules use it
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            facts.encrypted = "assword" in str(error) or "ecurity" in str(error)
            facts.damaged = not facts.encrypted
            return facts
        try:
            facts.pages = len(pdf)
            for number in range(min(facts.pages, _MAX_PAGES)):
                _page(pdf[number], number, facts)
        except pypdfium2.PdfiumError:
            facts.damaged = True
        finally:
            pdf.close()
    return facts


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


def _docx(data: bytes, facts: FileFacts) -> FileFacts:
    from lxml import etree

    from functions._shared.adapters.documents.archives import Damaged, read_member

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        body = etree.fromstring(read_member(archive, "word/document.xml"), parser)
        for name in names:
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                text = _text(etree.fromstring(read_member(archive, name), parser))
                if re.search(r"[^\W\d_]{2}", text):
                    facts.headers.append(Spot(0, text[:_SHOWN]))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, Damaged, NotImplementedError, RuntimeError):
        facts.damaged = True
        return facts
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
    return facts


def _text(element: etree._Element) -> str:
    return " ".join(
        "".join(each.text or "" for each in paragraph.iter(f"{_W}t")) for paragraph in element.iter(f"{_W}p")
    ).strip()
