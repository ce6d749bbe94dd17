"""`make export`, without a stack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import to_json_resume
from local import resume_export
from local.templates import designs

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent.parent.parent
FULL = ROOT / "tests" / "data" / "export" / "full.json"


def test_every_template_of_the_seeds_is_read() -> None:
    seed = (ROOT / "supabase" / "seeds" / "resume_templates.sql").read_text()
    assert len(designs()) == seed.count('"sectionOrder"') == 12
    assert "modern-1" in designs()


def test_a_file_is_written_and_what_was_done_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "me.pdf"
    resume_export.main([str(FULL), "--template", "sidebar", "--pages", "1", "--output", str(target)])
    assert target.read_bytes().startswith(b"%PDF")
    assert "fits 1 page at step" in capsys.readouterr().out


def test_json_resume_is_read_too(tmp_path: Path) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.txt"
    source.write_text(json.dumps(to_json_resume(parse_content(json.loads(FULL.read_text())))))
    hidden = json.dumps({"hidden": ["experience"]})
    resume_export.main([str(source), "--format", "text", "--layout", hidden, "--output", str(target)])
    assert "Maren Okafor" in target.read_text()
    assert "Northwind Payments, San Francisco" not in target.read_text()


def test_a_character_without_a_glyph_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.json"
    source.write_text(json.dumps({"personalInfo": {"name": "Ana"}, "summary": "ภาษา"}))
    resume_export.main([str(source), "--output", str(tmp_path / "out.pdf")])
    assert "ภ" in capsys.readouterr().err
