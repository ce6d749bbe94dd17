"""Facts of real files."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
import typst
from docx import Document as Word
from docx.oxml import parse_xml
from PIL import Image

from functions._shared.adapters.documents import wire
from functions._shared.adapters.documents.inspection import inspect
from functions._shared.adapters.documents.pdf_reader import read_pdf
from functions._shared.domain.documents.facts import FileFacts, Picture, Spot
from functions._shared.domain.documents.form import Document
from functions._shared.domain.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentTypeUnsupported,
    DocumentUnreadable,
)
from functions.ats_scan.parseability import parseability, refused

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ONE = """
= Marisol Vandergriff
marisol\\@example.org · +1 419 555 0142
== Experience
*Senior Software Engineer*, Gannet Insurance #h(1fr) Feb 2019 - Present
- Rebuilt the claims service in Python 3, 40k requests per hour, and wrote its documents
*Software Engineer*, Pellow & Sons #h(1fr) May 2016 - Jan 2019
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
    return bytes(typst.compile(source.encode()))


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
    return {rule.id: rule.status for rule in parseability(inspect(data, "pdf"), read_pdf(data), None).rules}


def test_a_pdf_of_one_column_has_nothing_to_complain_about() -> None:
    facts = inspect(pdf(ONE), "pdf")
    assert (facts.kind, facts.pages, facts.pictures, facts.unmapped, facts.spaced) == ("pdf", 1, [], 0, [])
    assert facts.letters > 50
    found = statuses(pdf(ONE))
    assert found["columns"] == found["columns_interleaved"] == found["reading_order"] == "pass"


def test_two_columns_are_seen_and_their_rows_shown() -> None:
    assert statuses(pdf(TWO))["columns"] == "fail"


def test_spaced_out_letters_are_found() -> None:
    assert [spot.text for spot in inspect(pdf(ONE + "\n== E D U C A T I O N\n"), "pdf").spaced] == ["E D U C A T I O N"]


@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (DocumentEncrypted(), "file_password"),
        (DocumentDamaged(), "file_opens"),
        (DocumentTypeUnsupported(found="png"), "file_kind"),
        (DocumentTypeUnsupported(found="doc"), "old_word_format"),
    ],
)
def test_a_file_that_the_reader_refuses_breaks_the_rule_about_it(error: DocumentUnreadable, rule: str) -> None:
    result = parseability(refused(error, 1000), None, None)
    assert [each.id for each in result.rules if each.status == "fail"] == [rule]


def test_facts_pass_the_pipe_between_the_processes() -> None:
    facts = FileFacts("pdf", 9, pictures=[Picture(0, 0.5)], spaced=[Spot(0, "A B C D")], unmapped=3, letters=9)
    assert wire.decode(wire.encode(Document("pdf", facts=facts))).facts == facts
    assert wire.decode(wire.encode(Document("pdf"))).facts is None


def test_headers_tables_columns_and_pictures_of_word_files_are_found() -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Marisol Vandergriff, marisol@example.org"
        made.add_table(1, 2).cell(0, 0).text = "Experience"
        made.add_picture(picture())
        made.sections[0]._sectPr.append(parse_xml(f'<w:cols {W} w:num="2"/>'))

    facts = inspect(word(change), "docx")
    assert [spot.text for spot in facts.headers] == ["Marisol Vandergriff, marisol@example.org"]
    assert [spot.text for spot in facts.tables] == ["Experience"]
    assert (facts.columns, len(facts.pictures)) == (2, 1)
    plain = inspect(word(), "docx")
    assert (plain.headers, plain.tables, plain.boxes, plain.columns, plain.pictures) == ([], [], [], 1, [])


def test_text_boxes_of_word_files_are_found() -> None:
    box = parse_xml(
        f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Skills: Python</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    facts = inspect(word(lambda made: made.element.body.insert(0, box)), "docx")
    assert [spot.text for spot in facts.boxes] == ["Skills: Python"]
