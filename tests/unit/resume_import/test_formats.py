from __future__ import annotations

from typing import Any

import pytest

from functions._shared.domain.documents.form import Box, Document, Line, Page
from functions._shared.domain.errors import DocumentTypeUnsupported
from functions.resume_import.importer import import_document

REACTIVE = {
    "basics": {
        "name": "Jane Doe",
        "email": "jane@example.com",
        "website": {"url": "https://jane.example"},
        "customFields": [],
    },
    "summary": {"content": "<p>Builds <strong>things</strong>.</p>"},
    "sections": {
        "profiles": {
            "items": [{"network": "GitHub", "username": "jane", "website": {"url": "https://github.com/jane"}}]
        },
        "experience": {
            "items": [
                {
                    "company": "Acme",
                    "position": "Engineer",
                    "period": "March 2022 - Present",
                    "description": "<ul><li><p>Built &amp; ran it</p></li></ul>",
                },
                {"company": "Hidden", "hidden": True},
            ]
        },
        "education": {
            "items": [{"school": "Oslo", "degree": "BSc", "area": "Physics", "period": "2014 - 2017", "grade": "A"}]
        },
        "skills": {"items": [{"name": "Languages", "keywords": ["Go", "C#"]}]},
    },
}
RENDERCV = {
    "cv": {
        "name": "Jane Doe",
        "social_networks": [{"network": "LinkedIn", "username": "jane"}],
        "sections": {
            "work": [
                {
                    "company": "Acme",
                    "position": "Engineer",
                    "start_date": "2019-04",
                    "end_date": "present",
                    "highlights": ["Built **it**"],
                }
            ],
            "skills": [{"label": "Languages", "details": "Go, Rust"}],
            "patents": ["A latch"],
        },
    }
}


def linkedin(**tables: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{"headers": list(rows[0]), "rows": rows} for rows in tables.values()]


def test_reactive_resume() -> None:
    result = import_document(Document("json", data=REACTIVE))
    assert (result.source, result.status) == ("reactive_resume", "ok")
    content = result.content
    assert content["personalInfo"]["github"] == "https://github.com/jane"
    assert content["experience"] == [
        {
            "company": "Acme",
            "role": "Engineer",
            "startDate": "2022-03",
            "endDate": "Present",
            "bullets": ["Built & ran it"],
        }
    ]
    assert content["education"][0]["score"] == "A"
    assert content["skills"]["technical"] == ["Go", "C#"]
    assert content["summary"] == "Builds things."


def test_rendercv() -> None:
    content = import_document(Document("yaml", data=RENDERCV)).content
    assert content["personalInfo"] == {"name": "Jane Doe", "linkedin": "https://linkedin.com/in/jane"}
    assert content["experience"][0] == {
        "company": "Acme", "role": "Engineer", "startDate": "2019-04", "endDate": "Present", "bullets": ["Built it"],
    }  # fmt: skip
    assert content["extra"]["sections"] == [{"title": "patents", "lines": ["A latch"]}]


def test_linkedin_without_address_and_birth_date() -> None:
    profile = {
        "First Name": "Jane", "Last Name": "Doe", "Address": "1 Secret Street", "Birth Date": "Jan 1", "Headline": "Engineer",
        "Websites": "[PORTFOLIO:https://jane.example]", "Zip Code": "12345", "Geo Location": "Oslo, Norway",
    }  # fmt: skip
    position = {
        "Company Name": "Acme", "Title": "Engineer", "Started On": "Mar 2020", "Finished On": "", "Description": "Ran it. • built • shipped",
    }  # fmt: skip
    result = import_document(
        Document("linkedin", data=linkedin(profile=[profile], positions=[position, position], skills=[{"Name": "Go"}]))
    )
    assert "Secret" not in str(result.content)
    assert "12345" not in str(result.content)
    assert "Jan 1" not in str(result.content)
    assert result.content["personalInfo"]["website"] == "https://jane.example"
    assert result.content["experience"] == [
        {
            "company": "Acme",
            "role": "Engineer",
            "startDate": "2020-03",
            "description": "Ran it.",
            "bullets": ["built", "shipped"],
        }
    ]


def test_linkedin_with_any_table_missing() -> None:
    skills = linkedin(skills=[{"Name": "Go"}])
    assert import_document(Document("linkedin", data=skills)).content["skills"] == {"technical": ["Go"]}
    with pytest.raises(DocumentTypeUnsupported):
        import_document(Document("linkedin", data=linkedin(other=[{"A": "1", "B": "2"}])))


def test_json_resume_and_our_own_content() -> None:
    content = {"personalInfo": {"name": "Jane Doe"}, "summary": "Builds things."}
    assert import_document(Document("json", data={"basics": {"name": "Jane Doe"}})).source == "json_resume"
    assert import_document(Document("json", data=content)).content == content
    with pytest.raises(DocumentTypeUnsupported):
        import_document(Document("json", data={"hello": "world"}))


def page(*texts: str) -> Page:
    return Page(
        600, 800, [Line(text, 0, Box(50, 20 * n, 60 + 5 * len(text), 20 * n + 10)) for n, text in enumerate(texts, 1)]
    )


def test_an_attachment_is_trusted_only_if_the_pages_agree() -> None:
    attached = {
        "basics": {"name": "Jane Doe"},
        "work": [{"name": "Acme", "position": "Engineer", "highlights": ["Built the whole thing"]}],
    }
    shown = page(
        "Jane Doe", "Experience", "Engineer, Acme", "Built the whole thing", "and a line for length, with more words"
    )
    other = page(
        "John Smith", "Experience", "Manager, Beta Ltd", "Something quite different was done", "and more of it"
    )
    assert import_document(Document("pdf", [shown], data=attached)).source == "attachment"
    assert import_document(Document("pdf", [other], data=attached)).source == "pdf"


def test_scanned_pages_are_counted() -> None:
    scanned = Document("pdf", [Page(600, 800, images=1), Page(600, 800, images=1), Page(600, 800)])
    result = import_document(scanned)
    assert (result.status, result.notes) == ("no_text", ("2 of 3 pages are images without text.",))


def test_fields_say_where_they_stand() -> None:
    result = import_document(
        Document(
            "pdf",
            [page("Jane Doe", "jane@example.com", "EXPERIENCE", "Engineer, Acme Ltd (2019 – 2021)", "• Built it")],
        )
    )
    name = result.fields["/personalInfo/name"]
    assert (name.value, name.page) == ("Jane Doe", 0)
    assert name.box == Box(50, 20, 100, 30)
    assert {"/experience/0/role", "/experience/0/company", "/experience/0/bullets/0"} <= set(result.fields)
