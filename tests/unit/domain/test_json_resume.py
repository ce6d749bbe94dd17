"""JSON Resume to content and back, both ways, on real files and on anything the schema allows (and more)."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings

from functions._shared.domain.errors import ContentInvalid
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.json_resume import (
    RIDER,
    SNAPSHOT,
    from_json_resume,
    is_json_resume,
    to_json_resume,
)
from tests.unit.domain.strategies import (
    CONTENTS,
    JSON_RESUMES,
    ODD_CONTENTS,
    ODD_JSON_RESUMES,
    SCHEMA,
)

DATA = Path(__file__).parents[2] / "data/json_resume"
FILES = sorted(path for path in DATA.glob("*.json") if path.name != "schema.json")
many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DATA / name).read_text())
    return document


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal as JSON, which, unlike Python, distinguishes true from 1 and 1.0 from 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_survives_a_round_trip(path: Path) -> None:
    document = json.loads(path.read_text())
    content = from_json_resume(document)
    assert same(to_json_resume(content), document)
    # No section was stored as its original, because every field has a counterpart.
    assert RIDER not in (content.extra or {})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_imported_content_survives_the_database(path: Path) -> None:
    stored = json.loads(json.dumps(from_json_resume(json.loads(path.read_text())).to_json()))
    assert same(from_json_resume(to_json_resume(parse_content(stored))).to_json(), stored)


@many
@given(JSON_RESUMES)
def test_any_valid_document_survives_a_round_trip(document: dict[str, Any]) -> None:
    jsonschema.validate(document, SCHEMA)
    before = copy.deepcopy(document)
    content = from_json_resume(document)
    assert same(document, before)
    again = parse_content(json.loads(json.dumps(content.to_json())))
    assert same(to_json_resume(again), document)


@many
@given(ODD_JSON_RESUMES)
def test_an_unusual_document_survives_a_round_trip(document: dict[str, Any]) -> None:
    try:
        content = from_json_resume(document)
    except ContentInvalid:
        return
    assert same(to_json_resume(content), document)


@many
@given(CONTENTS)
def test_any_content_survives_a_round_trip_through_a_valid_document(value: dict[str, Any]) -> None:
    content = parse_content(value)
    document = to_json_resume(content)
    jsonschema.validate(document, SCHEMA)
    assert same(from_json_resume(document).to_json(), content.to_json())


@many
@given(ODD_CONTENTS)
@example({"personalInfo": {"profiles": [{"field": [], "value": "x"}]}})
def test_unusual_content_survives_a_round_trip(value: dict[str, Any]) -> None:
    try:
        content = parse_content(value)
    except ContentInvalid:
        return
    document = to_json_resume(content)
    assert same(from_json_resume(document).to_json(), content.to_json())


def test_extra_keys_survive_edits_of_other_fields() -> None:
    document = {
        "$schema": "https://example.org/schema.json",
        "work": [{"name": "Acme", "highlights": ["did"], "x-team": 5}, {"name": "Beta"}],
        "meta": {"version": "v1.0.0"},
    }
    content = from_json_resume(document)
    content.experience[0].bullets = ["Did more"]
    content.experience.reverse()
    assert to_json_resume(content) == {
        "$schema": "https://example.org/schema.json",
        "work": [{"name": "Beta"}, {"name": "Acme", "highlights": ["Did more"], "x-team": 5}],
        "meta": {"version": "v1.0.0"},
    }


def test_names_from_before_version_1_are_accepted_and_kept() -> None:
    document = {"work": [{"company": "Acme", "website": "https://acme.example", "position": "Engineer"}]}
    content = from_json_resume(document)
    assert content.experience[0].company == "Acme"
    assert content.experience[0].url == "https://acme.example"
    assert to_json_resume(content) == document
    content.experience[0].role = "Senior Engineer"
    assert to_json_resume(content)["work"] == [
        {"name": "Acme", "url": "https://acme.example", "position": "Senior Engineer"}
    ]


def test_seed_formats_map_to_the_matching_fields() -> None:
    content = parse_content(
        {
            "personalInfo": {"name": "Jo Doe", "location": "San Francisco, CA", "linkedin": "linkedin.com/in/jodoe"},
            "experience": [
                {
                    "id": "e1",
                    "role": "Engineer",
                    "company": "Acme",
                    "startDate": "2020-01",
                    "endDate": "Present",
                    "bullets": ["Built"],
                }
            ],
            "skills": {"technical": ["Python"], "soft": ["Leadership"]},
        }
    )
    document = to_json_resume(content)
    assert SNAPSHOT not in document
    assert document["basics"]["location"]["city"] == "San Francisco"
    assert document["basics"]["profiles"][0]["url"] == "https://linkedin.com/in/jodoe"
    assert "endDate" not in document["work"][0]
    assert [skill["keywords"] for skill in document["skills"]] == [["Python"], ["Leadership"]]


def test_flat_lists_and_location_are_filled_from_a_document() -> None:
    content = from_json_resume(
        {
            "basics": {"location": {"city": "Zürich", "countryCode": "CH"}},
            "skills": [
                {"name": "Backend", "level": "Expert", "keywords": ["Python", "Go"]},
                {"name": "Kotlin"},
                {"name": "Soft skills", "keywords": ["Mentoring"]},
            ],
        }
    )
    assert content.personalInfo.location == "Zürich, CH"
    assert content.skills.technical == ["Python", "Go", "Kotlin"]
    assert content.skills.soft == ["Mentoring"]


def test_an_edit_takes_precedence_over_a_stale_original() -> None:
    content = parse_content({"personalInfo": {}, "summary": "Old"})
    document = to_json_resume(content)
    assert from_json_resume(document) == content
    document["basics"]["summary"] = "New"
    assert from_json_resume(document).summary == "New"


def test_oversized_content_is_refused_not_truncated() -> None:
    with pytest.raises(ContentInvalid) as caught:
        from_json_resume({"work": [{"highlights": ["x" * 2001]}]})
    assert caught.value.extra["errors"][0]["pointer"] == "/experience/0/bullets/0"


def test_json_resume_is_recognised() -> None:
    assert is_json_resume(load("official-sample.json"))
    assert is_json_resume({"work": [{}]})
    others: list[Any] = [{}, [], "basics", {"work": []}, {"work": "x"}, {"basics": 1}, {"experience": [{}]}]
    for other in others:
        assert not is_json_resume(other)


def test_an_empty_document_stays_empty() -> None:
    assert to_json_resume(ResumeContent()) == {}
    assert from_json_resume({}).to_json() == {}
