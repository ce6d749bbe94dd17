"""The shape of content: names, limits, unknown keys, and the page that documents it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from functions._shared.domain.errors import ContentInvalid
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.content_rules import content_rules

ROOT = Path(__file__).parents[3]


def problems(value: Any) -> list[dict[str, str]]:
    with pytest.raises(ContentInvalid) as caught:
        parse_content(value)
    assert caught.value.status == 422
    errors: list[dict[str, str]] = caught.value.extra["errors"]
    return errors


def test_both_seeds_forms_are_understood() -> None:
    first = {"id": "1", "company": "Acme", "role": "Dev", "startDate": "2020-01", "endDate": None, "bullets": ["Did"]}
    other = {
        "title": "Dev",
        "company": "Acme",
        "location": "SF, CA",
        "startDate": "2020-01",
        "endDate": "2023-06",
        "bullets": ["Did"],
    }
    content = parse_content({"personalInfo": {"city": "Pune"}, "experience": [first, other]})
    assert [job.role for job in content.experience] == ["Dev", "Dev"]
    assert content.personalInfo.location == "Pune"
    assert content.experience[0].is_current
    assert not content.experience[1].is_current


def test_canonical_content_comes_back_as_it_was() -> None:
    value = {
        "personalInfo": {"name": "A", "pronouns": "they"},
        "summary": None,
        "experience": [{"id": "e", "role": "Dev", "title": "also kept", "start_date": "x", "bullets": []}],
        "skills": {"technical": [], "levels": {"Python": 5}},
        "extra": {"anything": [1, {"deep": True}]},
        "theme": {"color": "#fff"},
    }
    assert parse_content(value).to_json() == value
    assert json.dumps(parse_content(value).to_json(), sort_keys=True) == json.dumps(value, sort_keys=True)


def test_an_alias_is_written_under_the_canonical_name() -> None:
    value = {"experience": [{"title": "Dev"}], "education": [{"school": "MIT", "gpa": "4.0"}]}
    once = parse_content(value).to_json()
    assert once == {"experience": [{"role": "Dev"}], "education": [{"institution": "MIT", "score": "4.0"}]}
    assert parse_content(once).to_json() == once


def test_empty_content_is_valid() -> None:
    assert parse_content({}) == ResumeContent()
    assert parse_content({}).to_json() == {}


@pytest.mark.parametrize(
    ("start", "end", "current"),
    [
        ("2020", "Present", True),
        ("2020", "present", True),
        ("2020", "", True),
        ("2020", None, True),
        ("2020", "2021", False),
        (None, None, False),
        ("", "Present", False),
    ],
)
def test_current_spans(start: str | None, end: str | None, current: bool) -> None:
    assert parse_content({"experience": [{"startDate": start, "endDate": end}]}).experience[0].is_current is current


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"summary": 5}, "/summary"),
        ({"summary": "x" * 10_001}, "/summary"),
        ({"personalInfo": None}, "/personalInfo"),
        ({"skills": []}, "/skills"),
        ({"skills": {"technical": "Python"}}, "/skills/technical"),
        ({"skills": {"technical": ["x"] * 301}}, "/skills/technical"),
        ({"experience": {}}, "/experience"),
        ({"experience": None}, "/experience"),
        ({"experience": ["x"]}, "/experience/0"),
        ({"experience": [{}] * 101}, "/experience"),
        ({"experience": [{"bullets": None}]}, "/experience/0/bullets"),
        ({"experience": [{"bullets": ["x" * 2001]}]}, "/experience/0/bullets/0"),
        ({"experience": [{"bullets": ["x"] * 101}]}, "/experience/0/bullets"),
        ({"experience": [{"company": "x" * 501}]}, "/experience/0/company"),
        ({"experience": [{"id": "x" * 101}]}, "/experience/0/id"),
        ({"experience": [{"id": 7}]}, "/experience/0/id"),
        ({"experience": [{"url": "x" * 2049}]}, "/experience/0/url"),
        ({"experience": [{"startDate": "Jan 2020"}]}, "/experience/0/startDate"),
        ({"experience": [{"startDate": "2020-1"}]}, "/experience/0/startDate"),
        ({"experience": [{"startDate": "2020-01-01\n"}]}, "/experience/0/startDate"),
        ({"experience": [{"startDate": "२०२०"}]}, "/experience/0/startDate"),
        ({"experience": [{"startDate": 2020}]}, "/experience/0/startDate"),
        ({"experience": [{"role": "x", "title": 5}]}, "/experience/0"),
        ({"extra": []}, "/extra"),
        ({"summary": "a\0b"}, "/summary"),
        ({"x": {"a\0b": 1}}, "/x"),
        ({"summary": "\ud800"}, ""),
        ({"x": float("nan")}, "/x"),
        ({"x": "é" * 131_072}, ""),
    ],
)
def test_violations_name_the_path(value: dict[str, Any], pointer: str) -> None:
    assert problems(value)[0]["pointer"] == pointer


def test_invalid_text_is_not_quoted() -> None:
    assert "secret" not in json.dumps(problems({"experience": [{"startDate": "secret"}], "summary": {"secret": 1}}))


def test_depth_is_limited_without_recursion() -> None:
    deep: Any = 1
    for _ in range(24):
        deep = {"x": deep}
    parse_content(deep)
    problems({"x": deep})
    for _ in range(100_000):
        deep = [deep]
    assert "24 levels" in problems({"x": deep})[0]["message"]


def test_size_is_measured_as_postgres_text() -> None:
    filler = "x" * (262_144 - len('{"x": ""}'))
    parse_content({"x": filler})
    assert "262145" in problems({"x": filler + "x"})[0]["message"]


def test_the_page_names_every_key_and_limit() -> None:
    page = (ROOT / "docs/resume-content.md").read_text()
    for name, keys in content_rules()["objects"].items():
        rows = [
            line
            for line in page.splitlines()
            if re.match(rf"\| `?\*?[\w.]*{'root' if name == 'resume' else name}\b", line)
        ]
        told = " ".join(rows)
        for key in keys:
            assert key == "extra" or key in told, f"{name}.{key}"
    for limit in content_rules()["limits"].values():
        assert f"{limit:,}" in page
    assert content_rules()["date"].replace("|", r"\|") in page


def test_the_database_checks_the_same_shape() -> None:
    migrations = "".join(
        path.read_text() for path in sorted((ROOT / "supabase/migrations").glob("*resume_content*.sql"))
    )
    text = re.search(r"function private\.content_rules\(\).*?select '(\{.*?\})'::jsonb", migrations, re.DOTALL)
    assert text, "the migration holds the rules as JSON"
    assert json.loads(text[1]) == content_rules()
