"""Word files whose entries are headings too: "Heading 2" below the "Heading 1" of a section."""

from __future__ import annotations

import io

import docx
import pytest

from functions._shared.adapters.documents.docx_reader import read_docx
from functions._shared.adapters.documents.resumes.writer import DocumentWriter
from functions._shared.adapters.documents.text_reader import read_text
from functions.resume_import.importer import Imported, import_document
from tests.unit.documents.samples import content_of, view_of


def read(*paragraphs: tuple[str, str]) -> Imported:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    data = io.BytesIO()
    document.save(data)
    return import_document(read_docx(data.getvalue()))


@pytest.mark.parametrize("template", ["modern-1", "sidebar", "academic"])
def test_our_own_word_file_is_read_back(template: str) -> None:
    written, read_back = (
        content_of("full"),
        import_document(read_docx(DocumentWriter().write(view_of("full", template), "docx").content)),
    )
    content = read_back.content
    assert read_back.status == "ok"
    for section, keys in {
        "experience": ("role", "company", "startDate", "endDate"),
        "education": ("degree", "area", "startDate", "endDate"),
        "projects": ("name", "startDate", "endDate"),
        "certifications": ("name", "issuer", "date"),
        "volunteer": ("role", "organization"),
    }.items():
        assert [[item.get(key) for key in keys] for item in content[section]] == [
            [item.get(key) for key in keys] for item in written[section]
        ]
    assert content["personalInfo"]["headline"] == written["personalInfo"]["headline"]
    assert "profiles" not in content["personalInfo"]
    assert content["experience"][0]["url"] == "northwind.example.com"
    assert "extra" not in content


@pytest.mark.parametrize("level", [1, 2])
def test_a_deeper_heading_is_an_entry_even_if_it_sounds_like_a_section(level: int) -> None:
    section, entry = f"Heading {level}", f"Heading {level + 1}"
    content = read(
        ("Title" if level == 1 else "Heading 1", "Sam Carter"),
        ("Normal", "sam@example.org | Leeds"),
        (section, "Experience"),
        (entry, "Project Manager"), ("Normal", "Acme Ltd, Leeds\tJan 2020 – Present"), ("List Bullet", "Led work."),
        (entry, "Engineer"), ("Normal", "Beta plc\t2015 – 2019"), ("List Bullet", "Did work."),
        (section, "Education"),
        (entry, "BSc Physics"), ("Normal", "University of Leeds\t2012 – 2015"),
        (section, "Skills"), ("Normal", "Excel, SQL"),
    ).content  # fmt: skip
    assert content["personalInfo"]["name"] == "Sam Carter"
    assert [(job["role"], job["company"], job["startDate"]) for job in content["experience"]] == [
        ("Project Manager", "Acme Ltd", "2020-01"),
        ("Engineer", "Beta plc", "2015"),
    ]
    assert [study["institution"] for study in content["education"]] == ["University of Leeds"]
    assert "projects" not in content
    assert "extra" not in content


def test_neither_job_nor_degree_needs_review_even_with_a_project() -> None:
    text = "Jane Doe\njane@example.com\n\nPROJECTS\n\nledgerlint    2019 – 2021\n- Built it\n\nSKILLS\n\nGo, Rust\n"
    result = import_document(read_text(text))
    assert result.content["projects"]
    assert result.status == "needs_review"
