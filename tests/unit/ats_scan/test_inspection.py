"""Facts of real files."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pikepdf
import pytest
import typst
from docx import Document as Word
from docx.oxml import parse_xml
from PIL import Image

from functions._shared.adapters.documents.inspection import inspect
from functions._shared.adapters.documents.pdf_reader import read_pdf
from functions.ats_scan.parseability import parseability

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ONE = """
= Marisol Vandergriff
marisol\\@example.org · +1 419 555 0142
== Experience
*Senior Software Engineer*, Gannet Insurance #h(1fr) Feb 2019 – Present
- Rebuilt the claims service in Python 3, 40k requests per hour, and wrote its documents
*Software Engineer*, Pellow & Sons #h(1fr) May 2016 – Jan 2019
- Maintained a shop for tools and fixings, and answered its telephone on Fridays
"""
TWO = """
#grid(columns: (6cm, 1fr), gutter: 1cm, [
== Contact
marisol\\@example.org

+1 419 555 0142
== Skills
Python and PostgreSQL

RabbitMQ and Docker

Kubernetes and AWS
], [
= Marisol Vandergriff
== Experience
*Senior Software Engineer*, Gannet Insurance
- Rebuilt the claims service in Python 3
- Moved services to Kubernetes
- Wrote the consumers of the ledger
*Software Engineer*, Pellow & Sons
- Maintained a shop for tools and fixings
])
"""


@cache
def pdf(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))  # type: ignore[arg-type]


def word(change: Any = None) -> bytes:
    made = Word()
    made.add_paragraph("Marisol Vandergriff, marisol@example.org")
    if change:
        change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (300, 300), "navy").save(file, "PNG")
    file.seek(0)
    return file


def statuses(data: bytes) -> dict[str, str]:
    return {rule.id: rule.status for rule in parseability(inspect(data), read_pdf(data), None).rules}


def test_a_pdf_of_one_column_has_nothing_to_complain_about() -> None:
    facts = inspect(pdf(ONE))
    assert (facts.kind, facts.pages, facts.pictures, facts.unmapped, facts.spaced) == ("pdf", 1, [], 0, [])
    assert facts.letters > 50
    found = statuses(pdf(ONE))
    assert found["columns"] == found["columns_interleaved"] == found["reading_order"] == "pass"


def test_two_columns_are_seen_and_their_rows_shown() -> None:
    assert statuses(pdf(TWO))["columns"] == "fail"


def test_spaced_out_letters_are_found() -> None:
    assert [spot.text for spot in inspect(pdf(ONE + "\n== E D U C A T I O N\n")).spaced] == ["E D U C A T I O N"]


def test_a_password_is_noticed() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(ONE))) as opened:
        opened.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert inspect(file.getvalue()).encrypted


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture().getvalue(), "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "doc"),
        (b"Marisol Vandergriff\n", "text"),
        (b"\x7fELF\0\0", "other"),
        (b"%PDF-1.7 and no more", "pdf"),
        (b"PK\x03\x04 and no more", "docx"),
    ],
)
def test_the_kind_of_a_file_is_read_from_its_first_bytes(data: bytes, kind: str) -> None:
    facts = inspect(data)
    assert facts.kind == kind
    assert facts.damaged == (kind in {"pdf", "docx"})


def test_headers_tables_columns_and_pictures_of_word_files_are_found() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Marisol Vandergriff, marisol@example.org"
        made.add_table(1, 2).cell(0, 0).text = "Experience"
        made.add_picture(picture())
        made.sections[0]._sectPr.append(parse_xml(f'<w:cols {W} w:num="2"/>'))

    facts = inspect(word(change))
    assert [spot.text for spot in facts.headers] == ["Marisol Vandergriff, marisol@example.org"]
    assert [spot.text for spot in facts.tables] == ["Experience"]
    assert (facts.columns, len(facts.pictures)) == (2, 1)
    plain = inspect(word())
    assert (plain.headers, plain.tables, plain.boxes, plain.columns, plain.pictures) == ([], [], [], 1, [])


def test_text_boxes_of_word_files_are_found() -> None:
    box = parse_xml(
        f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Skills: Python</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    facts = inspect(word(lambda made: made.element.body.insert(0, box)))
    assert [spot.text for spot in facts.boxes] == ["Skills: Python"]
