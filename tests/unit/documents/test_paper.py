"""Which paper a document is for."""

from __future__ import annotations

import io
from typing import Any

import docx
import pypdf
import pytest

from functions._shared import wiring
from functions._shared.domain.documents.design import parse_design
from functions._shared.domain.documents.paper import PAPERS, Paper
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from local.templates import designs
from tests.unit.documents.samples import view_of


@pytest.mark.parametrize(
    ("person", "summary", "paper"),
    [
        ({}, "I build reliable services.", "a4"),
        ({"location": "San Francisco, CA"}, "", "letter"),
        ({"location": "Seattle, WA 98101 (Remote)"}, "", "letter"),
        ({"location": "Toronto, Ontario M5V 2T6"}, "", "letter"),
        ({"location": "Guadalajara, México"}, "Dirijo un equipo que construye los servicios de la empresa.", "letter"),
        ({"location": "Quezon City, Philippines"}, "", "letter"),
        ({"location": "Reno", "phone": "(775) 555-0134"}, "", "letter"),
        ({"phone": "+1 415 555 0134"}, "", "letter"),
        ({"phone": "+63 2 8555 0134"}, "", "letter"),
        ({"phone": "+504 2255 0134"}, "", "a4"),
        ({"phone": "+49 30 5550 0144", "location": "Berlin"}, "", "a4"),
        ({"location": "Berlin, DE"}, "Ich leite ein Team und bin für die Dienste der Firma verantwortlich.", "a4"),
        ({"location": "Bengaluru, IN", "phone": "+91 80 5550 0199"}, "", "a4"),
        ({"location": "Indianapolis, IN"}, "", "letter"),
        ({"location": "Paris, France"}, "", "a4"),
        ({"location": "Victoria, Australia"}, "", "a4"),
        ({"address": {"city": "Toledo", "countryCode": "ES"}, "phone": "+1 415 555 0134"}, "", "a4"),
        ({"address": {"city": "Manila", "countryCode": "ph"}}, "", "letter"),
    ],
)
def test_the_country_decides(person: dict[str, Any], summary: str, paper: str) -> None:
    content = parse_content({"personalInfo": person, "summary": summary})
    assert build_view(content, {}).design.paper == paper


def test_a_request_comes_before_the_design_and_the_design_before_the_country() -> None:
    american = {"personalInfo": {"location": "Austin, TX"}}
    content = parse_content(american)
    assert build_view(content, {"paper": "a4"}).design.paper == "a4"
    assert build_view(content, {"paper": "a4"}, paper="letter").design.paper == "letter"
    assert build_view(content, {"paper": "legal"}).design.paper == "letter"
    assert parse_design({}).paper == "a4"


def test_hiding_who_somebody_is_keeps_their_paper() -> None:
    content = parse_content({"personalInfo": {"location": "Austin, TX"}, "summary": "Hello"})
    assert build_view(content, {}, {"hidden": ["personalInfo"]}).design.paper == "letter"


def test_every_format_has_that_paper() -> None:
    papers: dict[str, Paper] = {"europe": "a4", "full": "letter"}
    for name, paper in papers.items():
        view, (width, height) = view_of(name), PAPERS[paper]
        page = pypdf.PdfReader(io.BytesIO(wiring.resumes().write(view, "pdf").content)).pages[0]
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((width, height), abs=0.1)
        document: Any = docx.Document(io.BytesIO(wiring.resumes().write(view, "docx").content))
        assert document.sections[0].page_height.pt == pytest.approx(height, abs=0.1)
        assert f"@page{{size:{paper};" in wiring.resumes().write(view, "html").content.decode()
        assert f"{paper}paper" in wiring.resumes().write(view, "latex").content.decode()


def test_only_the_european_template_states_a_paper() -> None:
    assert {slug: design["paper"] for slug, design in designs().items() if "paper" in design} == {"europass": "a4"}
