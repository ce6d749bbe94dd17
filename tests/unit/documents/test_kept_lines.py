"""What an import kept and no field holds: documents show it, and the scan finds it."""

from __future__ import annotations

from datetime import date

from functions._shared.coverage.compare import coverage
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import from_json_resume
from local.templates import designs

CONTENT = {
    "personalInfo": {"name": "Ana Ruiz"},
    "education": [{"institution": "OHSU", "degree": "BSN", "extra": {"lines": ["Thesis on falls"]}}],
    "extra": {
        "sections": [
            {"title": "EMR & Equipment", "lines": ["Epic, Cerner", "• Alaris pumps", "  "]},
            {"title": "", "lines": ["Portland"]},
            {"title": "Nothing", "lines": []},
            "no section",
        ],
        "other": 1,
    },
}


def test_kept_sections_come_last_and_kept_lines_with_their_entry() -> None:
    view = build_view(parse_content(CONTENT), designs()["modern-1"], language="en")
    assert [section.heading for section in view.sections] == ["Education", "EMR & Equipment", "Contact"]
    assert [block.texts for block in view.sections[1].blocks] == [("Epic, Cerner",), ("Alaris pumps",)]
    assert [block.texts for block in view.sections[0].entries[0].blocks] == [("Thesis on falls",)]


def test_the_attached_data_holds_what_is_shown_and_reads_back() -> None:
    view = build_view(parse_content(CONTENT), designs()["modern-1"], language="en")
    again = build_view(from_json_resume(view.json_resume()), designs()["modern-1"], language="en")
    assert [(section.heading, section.blocks) for section in again.sections] == [
        (section.heading, section.blocks) for section in view.sections
    ]


def test_a_layout_can_hide_them() -> None:
    view = build_view(parse_content(CONTENT), designs()["modern-1"], {"hidden": ["extra"]}, language="en")
    assert [section.heading for section in view.sections] == ["Education"]
    assert view.content.extra is None


def test_the_scan_finds_what_stands_in_a_kept_section() -> None:
    posting = "Requirements:\n- Epic\n- Kubernetes"
    found = coverage(parse_content(CONTENT), posting, today=date(2026, 11, 30))
    assert [(each.verdict, each.where) for each in found.findings] == [
        ("found", ("/extra/sections/0/lines/0",)),
        ("missing", ()),
    ]
