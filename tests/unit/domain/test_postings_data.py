"""The labelled job postings: quotes, pointers and indexes lead somewhere, and the résumés are valid content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import jsonpointer
import pytest

from functions._shared.domain.resume.content import parse_content

POSTINGS: Final = Path(__file__).parents[2] / "data" / "postings"
FILES: Final = sorted(POSTINGS.glob("*/*.json"))
KINDS: Final = {"skill", "years", "degree", "language", "certificate", "soft"}
LEVELS: Final = {"required", "preferred"}


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    labelled: dict[str, Any] = json.loads(request.param.read_text())
    return labelled


def test_no_posting_is_in_both_parts() -> None:
    texts = [json.loads(path.read_text())["posting"] for path in FILES]
    assert texts
    assert len(texts) == len(set(texts))


def test_a_posting_has_the_documented_shape(case: dict[str, Any]) -> None:
    assert set(case) == {"lang", "title", "company", "posting", "requirements", "resumes"}
    assert 100 <= len(case["posting"].split()) <= 700
    assert case["posting"] == case["posting"].strip()
    assert 1 <= len(case["resumes"]) <= 2


def test_every_requirement_quotes_the_posting(case: dict[str, Any]) -> None:
    for requirement in case["requirements"]:
        assert set(requirement) == {"kind", "level", "options", "min_years", "quote"}
        assert requirement["kind"] in KINDS
        assert requirement["level"] in LEVELS
        assert requirement["options"]
        assert all(option.strip() == option != "" for option in requirement["options"])
        assert requirement["min_years"] is None or requirement["kind"] == "years"
        assert requirement["quote"]
        assert requirement["quote"] in case["posting"]


def test_every_requirement_has_one_verdict_in_each_resume(case: dict[str, Any]) -> None:
    for resume in case["resumes"]:
        judged = [verdict["requirement"] for verdict in resume["verdicts"]]
        assert judged == list(range(len(case["requirements"])))


def test_what_a_resume_has_is_shown_in_its_content(case: dict[str, Any]) -> None:
    for resume in case["resumes"]:
        parse_content(resume["content"])
        for verdict in resume["verdicts"]:
            if verdict["verdict"] in {"missing", "unknown"}:
                assert verdict["where"] is None
            else:
                assert verdict["verdict"] in {"found", "variant"}
                assert jsonpointer.resolve_pointer(resume["content"], verdict["where"])


def test_years_have_no_variant(case: dict[str, Any]) -> None:
    for resume in case["resumes"]:
        for verdict in resume["verdicts"]:
            kind = case["requirements"][verdict["requirement"]]["kind"]
            assert kind != "years" or verdict["verdict"] != "variant"
