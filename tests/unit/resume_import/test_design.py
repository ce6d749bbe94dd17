"""The look of a PDF as the design of a template."""

from __future__ import annotations

import pytest

from functions._shared import wiring
from functions._shared.domain.documents.design import parse_design
from functions.resume_import.importer import import_document
from local.templates import designs
from tests.unit.documents.samples import TEMPLATES, view_of


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_built_in_template_is_recognised_in_its_own_pdf(template: str) -> None:
    expected = designs()[template]
    document = wiring.document_reader().read(wiring.resumes().write(view_of("full", template), "pdf").content)
    design = import_document(document).design
    assert design is not None
    assert design["layout"] == expected["layout"]
    for part in ("heading", "body", "size"):
        assert design["fonts"][part] == expected["fonts"][part]
    for part in ("primary", "text"):
        assert design["colors"][part] == expected["colors"][part]
    found, meant = parse_design(design), parse_design(expected)
    assert found.margin == pytest.approx(meant.margin, abs=2)
    assert found.line_height == pytest.approx(meant.line_height, abs=0.11)
    assert (found.sidebar is None) == (meant.sidebar is None)
    if found.sidebar and meant.sidebar:
        assert found.sidebar.side == meant.sidebar.side
        assert found.sidebar.width == pytest.approx(meant.sidebar.width, abs=0.06)
        assert set(found.sidebar.sections) == set(meant.sidebar.sections)


@pytest.mark.parametrize("form", ["docx", "text", "json"])
def test_other_files_have_no_design(form: str) -> None:
    content = wiring.resumes().write(view_of("full"), form).content  # type: ignore[arg-type]
    assert import_document(wiring.document_reader().read(content)).design is None


def test_a_document_from_right_to_left_has_its_sidebar_at_the_start() -> None:
    document = wiring.document_reader().read(wiring.resumes().write(view_of("he", "sidebar"), "pdf").content)
    design = import_document(document).design
    assert design is not None
    assert design["sidebar"]["side"] == "left"
