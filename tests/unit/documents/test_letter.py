"""Letters as PDF and DOCX."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pikepdf
import pypdf
import pytest

from functions._shared import wiring
from functions._shared.domain.documents.letter import Around, build_letter
from functions._shared.domain.documents.locales import languages, locale_of
from functions._shared.domain.resume.content import parse_content
from local.templates import designs
from tests.unit.documents.samples import TEMPLATES, content_of

DAY = date(2026, 11, 30)
AROUND = Around("Cover letter: Engineer", DAY, ("Acme Ltd", "Ms Ferrari"), "Staff Engineer")
BODY = """Dear Ms Ferrari,

I moved forty services.
I would do it again.

- One {fact}
- Two *stars* & <b>bold</b>

Kind regards,
Maren Okafor"""


def letter_of(text: str = BODY, around: Around = AROUND, template: str = "modern-1", **options: Any) -> Any:
    sender = parse_content(content_of("full")).personalInfo
    return build_letter(text, around, options.pop("sender", sender), designs()[template], **options)


def lines_of(content: bytes) -> list[str]:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split("\n")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_letter_has_its_parts_in_order_in_every_template(template: str) -> None:
    written = wiring.resumes().write(letter_of(template=template), "pdf")
    assert (written.pages, written.missing_glyphs) == (1, "")
    text = "\n".join(lines_of(written.content))
    day = "30 November 2026" if template == "europass" else "November 30, 2026"
    parts = (
        "Maren Okafor", "maren.okafor@example.com", day, "Acme Ltd", "Ms Ferrari", "Staff Engineer", "Dear Ms Ferrari,",
        "I moved forty services.", "I would do it again.", "One {fact}", "Two *stars* & <b>bold</b>", "Kind regards,",
        "Maren Okafor",
    )  # fmt: skip
    at = 0
    for part in parts:
        assert part in text[at:], (part, text)
        at = text.index(part, at) + len(part)
    with pikepdf.open(io.BytesIO(written.content)) as opened:
        assert not opened.attachments, "a letter attaches no résumé"
        assert opened.docinfo["/Title"] == "Cover letter: Engineer"
        assert opened.Root.MarkInfo.Marked


def test_docx_has_the_same_parts() -> None:
    document = docx.Document(io.BytesIO(wiring.resumes().write(letter_of(), "docx").content))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[0] == "Maren Okafor"
    assert texts[3:] == [
        "November 30, 2026", "Acme Ltd", "Ms Ferrari", "Staff Engineer", "Dear Ms Ferrari,", "I moved forty services.",
        "I would do it again.", "One {fact}", "Two *stars* & <b>bold</b>", "Kind regards,", "Maren Okafor",
    ]  # fmt: skip
    assert not document.tables


def test_the_language_is_that_of_the_text_and_the_paper_that_of_the_sender() -> None:
    text = "Guten Tag,\n\nich leite seit drei Jahren ein Team und kenne die Dienste Ihrer Firma.\n\nMit freundlichen Grüßen"
    view = letter_of(text)
    assert (view.language, view.letter.date, view.design.paper) == ("de", "30. November 2026", "letter")
    view = letter_of(text, paper="a4", language="fr")
    assert (view.language, view.letter.date, view.design.paper) == ("fr", "30 novembre 2026", "a4")


def test_days_are_written_in_every_language() -> None:
    days = {language: locale_of(language).day(date(2026, 3, 1)) for language in languages()}
    assert all("2026" in day for day in days.values())
    assert days["es"] == "1 de marzo de 2026"
    assert days["ja"] == "2026年3月1日"
    assert days["ru"] == days["pl"] == days["fi"] == "01.03.2026", "months have another ending beside a day"


def test_without_a_sender_there_is_only_the_letter() -> None:
    view = letter_of("Hello,\n\nBye", Around("", DAY), sender=parse_content({}).personalInfo)
    written = wiring.resumes().write(view, "pdf")
    assert [line.strip() for line in lines_of(written.content)] == ["30 November 2026", "Hello,", "Bye"]
    document = docx.Document(io.BytesIO(wiring.resumes().write(view, "docx").content))
    assert [each.text for each in document.paragraphs if each.text] == ["30 November 2026", "Hello,", "Bye"]


def test_a_long_letter_takes_two_pages_and_keeps_the_name_with_the_closing() -> None:
    for sentences in range(60, 90, 3):
        text = "Dear team,\n\n" + "\n\n".join(["I moved forty services to new machines. " * 3] * (sentences // 3))
        content = wiring.resumes().write(letter_of(f"{text}\n\nKind regards,\nMaren Okafor"), "pdf").content
        for page in pypdf.PdfReader(io.BytesIO(content)).pages:
            lines = [line.strip() for line in page.extract_text().split("\n")]
            if "Kind regards," in lines:
                assert lines[lines.index("Kind regards,") + 1] == "Maren Okafor"


def test_arabic_letters_run_from_right_to_left() -> None:
    view = letter_of("السادة المحترمون،\n\nعملت في شركتكم ثلاث سنوات.\n\nمع التحية")
    assert (view.language, view.right_to_left) == ("ar", True)
    assert wiring.resumes().write(view, "pdf").missing_glyphs == ""
