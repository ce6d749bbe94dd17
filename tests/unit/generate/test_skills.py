"""Skills: only what the résumé names, where it names it, and a patch that removes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.patch import apply_patch
from functions.generate.skill_places import SkillPlaces

CONTENT: dict[str, Any] = {
    "personalInfo": {"headline": "Backend engineer", "location": "Go, Ghana"},
    "experience": [
        {
            "company": "Acme",
            "role": "Engineer",
            "companyDescription": "Makers of Kubernetes tools",
            "bullets": ["Moved the ledger to Postgres and wrote services in Go", "Mentor two juniors"],
        }
    ],
    "skills": {"technical": ["Python", "SQL"], "soft": ["Technical writing"]},
    "interests": [{"name": "Chess"}],
}


def grouped(technical: list[str], soft: list[str], content: dict[str, Any] = CONTENT, count: int = 20) -> Any:
    return SkillPlaces(parse_content(content)).group(technical, soft, count=count)


def test_named_skills_come_first_and_listed_ones_stay() -> None:
    shown = grouped(["Go", "PostgreSQL", "sql"], ["Mentoring"])

    assert shown.technical == ["Go", "Postgres", "SQL", "Python"]
    assert shown.soft == ["Mentoring", "Technical writing"]
    after = apply_patch(CONTENT, shown.patch(CONTENT), base_version=1, current_version=1)
    assert after["skills"] == {"technical": shown.technical, "soft": shown.soft}


@pytest.mark.parametrize("name", ["Kubernetes", "Chess", "Haskell", "Ghana", "Leadership"])
def test_what_the_resume_does_not_show_of_the_person_is_left_out(name: str) -> None:
    shown = grouped([name], [])

    assert shown.unknown == [name]
    assert shown.technical == ["Python", "SQL"]


def test_each_skill_has_the_places_that_name_it() -> None:
    places = SkillPlaces(parse_content(CONTENT))

    assert places.of("Go") == ["/experience/0/bullets/0"]
    assert places.of("Mentoring") == ["/experience/0/bullets/1"]
    assert places.of("Python") == ["/skills/technical/0"]


@pytest.mark.parametrize(
    ("said", "asked"), [("Go", "Golang"), ("Golang", "Go"), ("Apache Spark", "Spark"), ("Spark", "Apache Spark")]
)
@pytest.mark.parametrize("listed", [True, False], ids=["in the list", "in a bullet"])
def test_other_names_of_ordinary_words_are_known_both_ways(said: str, asked: str, listed: bool) -> None:
    bullet = {"company": "Acme", "role": "Engineer", "bullets": [f"Wrote the importer in {said}"]}
    content: dict[str, Any] = {"skills": {"technical": [said]}} if listed else {"experience": [bullet]}
    shown = grouped([asked], [], content)

    assert (shown.technical, shown.unknown) in (([said], []), ([asked], []))
    assert grouped(["Golang"], [], {"experience": [{**bullet, "bullets": ["Ready to go"]}]}).unknown == ["Golang"]


def test_a_listed_skill_keeps_its_group() -> None:
    shown = grouped(["technical writing"], ["python"])

    assert (shown.technical, shown.soft) == (["Python", "SQL"], ["Technical writing"])
    assert shown.patch(CONTENT) == []


def test_a_skill_is_known_by_its_other_names_and_listed_once() -> None:
    content = {**CONTENT, "skills": {"technical": ["Outreach.io", "CRRT"], "soft": []}}

    assert grouped(["Therapy (CRRT)", "Outreach"], [], content).technical == ["CRRT", "Outreach.io"]
    assert grouped(["Services in Go (Golang)"], []).technical == ["Services in Go", "Python", "SQL"]


def test_a_resume_without_skills_gets_them_in_one_operation() -> None:
    content = {key: value for key, value in CONTENT.items() if key != "skills"}
    shown = grouped(["Go"], ["Mentoring"], content)

    assert shown.patch(content) == [
        {"op": "add", "path": "/skills", "value": {"technical": ["Go"], "soft": ["Mentoring"]}}
    ]
    assert apply_patch(content, shown.patch(content), base_version=1, current_version=1)["skills"]["technical"] == [
        "Go"
    ]


def test_no_more_new_ones_than_asked_for() -> None:
    assert grouped(["Go", "PostgreSQL"], [], count=1).technical == ["Go", "Python", "SQL"]


def test_new_skills_are_cut_to_the_room_of_the_list() -> None:
    listed = [f"Skill{n}" for n in range(299)]
    shown = grouped(["Go", "Postgres", "Skill7"], [], {**CONTENT, "skills": {"technical": listed}})

    assert (shown.technical[:2], len(shown.technical)) == (["Go", "Skill7"], 300)
    assert set(listed) < set(shown.technical)
