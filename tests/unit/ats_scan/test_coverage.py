"""What a résumé shows of a job."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from functions._shared.coverage.compare import coverage, matrix
from functions._shared.domain.resume.content import parse_content
from functions.ats_scan.report import covered
from local.postings import Tally, measure

TODAY = date(2026, 11, 30)
DATA = Path(__file__).parents[2] / "data" / "postings"


def verdict(line: str, **content: Any) -> tuple[str, tuple[str, ...]]:
    """Return the verdict about the only requirement of a line, and where it was found."""
    text = f"Engineer\n\nRequirements\n- {line}\n"
    result = coverage(parse_content(content), text, today=TODAY)
    assert len(result.findings) == 1, [each.options for each in result.requirements]
    return result.findings[0].verdict, result.findings[0].where


def skills(*names: str) -> dict[str, Any]:
    return {"skills": {"technical": list(names)}}


def job(
    role: str, start: str = "2019-01", end: str = "Present", *bullets: str, company: str = "Acme"
) -> dict[str, Any]:
    return {"role": role, "company": company, "startDate": start, "endDate": end, "bullets": list(bullets)}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Python", "Python"), ("Airflow", "Apache Airflow"), ("SAS", "SAS 9.4"), ("Excel", "Microsoft Excel"), ("Go", "Go"),
        ("MATLAB", "Matlab"), ("C++", "C++"), ("Linux", "Debian Linux"),
    ],
)  # fmt: skip
def test_the_same_name_is_found(asked: str, named: str) -> None:
    assert verdict(asked, **skills(named)) == ("found", ("/skills/technical/0",))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Kubernetes", "k8s"), ("PostgreSQL", "Postgres"), ("HTML", "HTML5"), ("React", "React.js"), ("AWS", "Amazon Web Services"),
        ("SQL", "PostgreSQL"), ("CRM", "Salesforce"), ("SolidWorks", "Solid Works"), ("C++", "C++20"), ("TypeScript", "TS"),
        ("SIEM", "Splunk"), ("inventory costing", "Costing of the inventory"), ("I2C", "I\u00b2C"), ("FMLA", "Family and Medical Leave Act"),
    ],
)  # fmt: skip
def test_another_name_or_form_is_a_variant(asked: str, named: str) -> None:
    assert verdict(asked, **skills(named))[0] == "variant"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("JavaScript", "Java"), ("Java", "JavaScript"), ("C++", "C"), ("SQL", "NoSQL"), ("R", "Analysed R&D budgets"), ("React", "Reacted to incidents"),
        ("Go", "Ready to go"), ("Excel", "Excelled at events"), ("Epic", "On an epic journey"), ("C", "Vitamin C"), ("Spark", "Sparked interest"),
    ],
)  # fmt: skip
def test_a_near_miss_is_missing(asked: str, text: str) -> None:
    assert verdict(asked, summary=text) == ("missing", ())


def test_one_option_is_enough() -> None:
    assert verdict("Kafka or RabbitMQ", **skills("RabbitMQ"))[0] == "found"


@pytest.mark.parametrize(
    ("line", "jobs", "expected"),
    [
        ("5 years of experience in accounting", [job("Accountant", "2019-01")], "found"),
        ("5 years of experience in accounting", [job("Accountant", "2024-01")], "missing"),
        ("5 years of experience in accounting", [job("Waiter", "2010-01")], "missing"),
        ("5 years of experience in accounting", [{"role": "Accountant"}], "unknown"),
        ("2 years of experience", [job("Waiter", "2010-01")], "found"),
        (
            "3 years in nursing",
            [job("Staff Nurse", "2020-01", "2021-12"), job("Charge Nurse", "2022-01", "2023-12")],
            "found",
        ),
    ],
)
def test_years_are_counted_from_the_jobs_that_are_about_it(
    line: str, jobs: list[dict[str, Any]], expected: str
) -> None:
    assert verdict(line, experience=jobs)[0] == expected


@pytest.mark.parametrize(
    ("line", "education", "expected"),
    [
        (
            "Bachelor's degree in Computer Science",
            {"degree": "BSc", "area": "Computer Science", "endDate": "2015"},
            "variant",
        ),
        ("BSc in Physics", {"degree": "BSc", "area": "Physics", "endDate": "2015"}, "found"),
        ("Master's degree in Physics", {"degree": "BSc", "area": "Physics", "endDate": "2015"}, "missing"),
        ("Bachelor's degree in Finance", {"degree": "BA", "area": "Art History", "endDate": "2015"}, "missing"),
        ("Bachelor's degree in Finance", {"degree": "BSc", "area": "Finance", "startDate": "2025"}, "missing"),
    ],
)
def test_a_degree_needs_its_level_its_subject_and_an_end(line: str, education: dict[str, Any], expected: str) -> None:
    assert verdict(line, education=[education])[0] == expected


def test_experience_may_stand_for_a_degree() -> None:
    assert (
        verdict("Bachelor's degree in Finance or equivalent experience", experience=[job("Accountant")])[0] == "unknown"
    )


@pytest.mark.parametrize(
    ("line", "spoken", "expected"),
    [
        ("Fluent German", {"language": "German", "fluency": "C1"}, "found"),
        ("Fluent German", {"language": "German", "fluency": "B1"}, "missing"),
        ("Fluent German", {"language": "Deutsch", "fluency": "Muttersprache"}, "variant"),
        ("Fluent German", {"language": "German", "fluency": "B2"}, "unknown"),
        ("German C1", {"language": "German", "fluency": "B2"}, "missing"),
        ("Fluent German", {"language": "German"}, "unknown"),
        ("Some German", {"language": "German", "fluency": "B1"}, "found"),
    ],
)
def test_a_language_needs_its_level(line: str, spoken: dict[str, Any], expected: str) -> None:
    assert verdict(line, languages=[spoken])[0] == expected


def test_a_language_named_elsewhere_needs_its_level_too() -> None:
    assert verdict("Anglais courant", **skills("anglais (B1)")) == ("missing", ())
    assert verdict("Anglais courant", **skills("anglais (C1)"))[0] == "found"


def test_sales_are_no_salesforce() -> None:
    line = "5 years of sales experience"
    assert verdict(line, experience=[job("Technician", "2015-01", "Present", "Set up Salesforce")])[0] == "missing"
    assert verdict(line, experience=[job("Salesforce Administrator", "2015-01")])[0] == "missing"
    assert verdict(line, experience=[job("Sales Manager", "2015-01")])[0] == "found"


@pytest.mark.parametrize(
    ("line", "skill"),
    [("Lean Six Sigma Black Belt", "Lean"), ("Forklift licence", "Forklift"), ("AWS certification", "AWS")],
)
def test_one_word_of_a_certificate_is_not_the_certificate(line: str, skill: str) -> None:
    assert verdict(line, **skills(skill)) == ("missing", ())
    assert verdict(line, certifications=[{"name": line}])[0] == "found"


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("MSc degree", {"education": [{"degree": "MBA", "endDate": "2015"}]}),
        ("Certified Scrum Master", {"certifications": [{"name": "CSM"}]}),
    ],
)
def test_no_next_step_claims_a_degree_or_certificate_under_another_name(line: str, content: dict[str, Any]) -> None:
    text = f"Engineer\n\nRequirements\n- {line}\n"
    (only,) = covered(coverage(parse_content(content), text, today=TODAY), text).requirements
    assert only.verdict == "variant"
    assert line not in only.next_step


@pytest.mark.parametrize(
    ("line", "step"),
    [("Python", "If you know Python"), ("MEDDIC", "If you know MEDDIC"), ("Not afraid of cold calls", "Show by an example"), ("Kind", "Show by an example")],
)  # fmt: skip
def test_a_next_step_speaks_of_tools_and_of_other_things(line: str, step: str) -> None:
    text = f"Engineer\n\nRequirements\n- {line}\n"
    (only,) = covered(coverage(parse_content({"summary": "Baker"}), text, today=TODAY), text).requirements
    assert only.next_step.startswith(step)


@pytest.mark.parametrize(
    ("content", "step"),
    [
        ({"skills": {"technical": ["Python"]}}, "If no bullet shows where you used it"),
        ({"experience": [{"role": "Engineer", "company": "Acme", "bullets": ["Built it in Python"]}]}, "Nothing to do"),
    ],
)
def test_a_skill_that_only_a_list_names_needs_a_bullet(content: dict[str, Any], step: str) -> None:
    text = "Engineer\n\nRequirements\n- Python\n"
    (only,) = covered(coverage(parse_content(content), text, today=TODAY), text).requirements
    assert (only.verdict, only.next_step.startswith(step)) == ("found", True)


def test_what_a_bracket_names_is_an_option_once_and_by_its_name() -> None:
    text = "Serveur\n\nProfil\n- La maîtrise d'un logiciel de caisse (Zelty, Lightspeed ou équivalent)\n"
    found = coverage(parse_content({"summary": "Baker"}), text, today=TODAY)
    assert [[each.text for each in asked.options] for asked in found.requirements] == [
        ["logiciel de caisse", "Zelty", "Lightspeed"]
    ]


def test_a_length_of_time_is_written_as_people_write_it() -> None:
    text = "Engineer\n\nRequirements\n- 9 years of experience\n"
    content = parse_content({"experience": [job("Baker", "2020-01", "2021-12")]})
    assert (
        covered(coverage(content, text, today=TODAY), text).requirements[0].reason
        == "between 1 year 10 months and 2 years"
    )


def test_the_score_is_explained_by_its_points() -> None:
    text = "Engineer\n\nRequirements\n- Python\n- Kafka\n\nNice to have\n- Terraform\n- Rust\n"
    result = covered(coverage(parse_content(skills("Python", "Terraform")), text, today=TODAY), text)
    assert [(each.points, each.possible) for each in result.requirements] == [(2, 2), (0, 2), (1, 1), (0, 1)]
    assert (result.points, result.possible, result.score, result.reason) == (3, 6, 50, None)
    assert "O*NET" in result.credit
    assert all(each.next_step and each.reason for each in result.requirements)


@pytest.mark.parametrize(
    "text", ["", "We are a bakery in Hull.", "Requirements\n- A Bachelor's degree or equivalent experience\n"]
)
def test_without_requirements_that_can_be_judged_there_is_no_score(text: str) -> None:
    content = parse_content({"experience": [job("Baker")]})
    result = coverage(content, text, today=TODAY)
    assert result.score is None
    assert covered(result, text).reason


def test_a_matrix_is_what_each_pair_gives() -> None:
    contents = [parse_content(skills("Python")), parse_content(skills("Kafka"))]
    texts = ["Requirements\n- Python\n", "Requirements\n- Kafka or Python\n- Rust\n", "Nothing"]
    rows = matrix(contents, texts, today=TODAY)
    assert [[each.score for each in row] for row in rows] == [[100, 50, None], [0, 50, None]]
    assert rows == [[coverage(content, text, today=TODAY) for text in texts] for content in contents]


def test_labelled_postings_are_read_as_labelled() -> None:
    tally = Tally()
    for path in sorted((DATA / "dev").glob("*.json")):
        measure(json.loads(path.read_text()), path.stem, tally)
    assert tally.right / tally.read >= 0.95
    assert tally.right / tally.labelled >= 0.93
    assert tally.level / tally.right >= 0.97
    assert tally.same / tally.verdicts >= 0.93


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("Ability to write SOQL queries", "SOQL", "found"),
        ("BIFA qualifications", "BIFA Customs Procedures", "found"),
        ("Competent in perineal suturing", "Sutures tears and cannulates independently", "variant"),
        ("Labelling data with external annotators", "Directs a team of five external annotators", "variant"),
        ("Yocto Linux", "Linux", "missing"),
        ("Project management", "Product management", "missing"),
    ],
)
def test_the_telling_words_of_a_longer_option_decide(asked: str, text: str, expected: str) -> None:
    assert verdict(asked, summary=text)[0] == expected
