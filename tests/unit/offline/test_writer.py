"""The rule-based writer: the user's own lines in the user's language, and nothing else."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from functions._shared.adapters.offline import OfflineModel
from functions._shared.domain.errors import ModelAnswerInvalid, RulesDeclined
from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.language.words import folded_words
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.json_resume import from_json_resume
from functions._shared.domain.resume.plain_text import plain_text
from functions._shared.ports.model import ModelAnswer, Prompt

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2024, 6, 1)
RESUMES = sorted(path.stem for path in (DATA / "json_resume").glob("*.json") if path.stem != "schema")
GERMAN = {
    "personalInfo": {"headline": "Pflegefachfrau"},
    "experience": [
        {
            "role": "Stationsleitung",
            "company": "Klinikum Nord",
            "startDate": "2019-04",
            "bullets": [
                "Verantwortlich für die Leitung eines Teams von 12 Pflegekräften",
                "Einführung einer digitalen Dokumentation auf 3 Stationen",
            ],
        }
    ],
}
CHINESE = {
    "personalInfo": {"headline": "高级软件工程师"},
    "experience": [
        {"role": "工程师", "company": "某某科技有限公司", "startDate": "2019-04", "bullets": ["负责管理12人的团队"]}
    ],
}


class Text(BaseModel):
    text: str


class Items(BaseModel):
    items: list[str]


def resume(name: str) -> ResumeContent:
    return from_json_resume(json.loads((DATA / f"json_resume/{name}.json").read_text()))


def job(*lines: str, is_current: bool) -> dict[str, Any]:
    entry = {"role": "Nurse", "company": "St. Ann", "startDate": "2019-04", "bullets": lines}
    return {"experience": [entry if is_current else {**entry, "endDate": "2022-01"}]}


def ask(operation: str, output: type[BaseModel], content: Any, **facts: Any) -> ModelAnswer[Any]:
    stored = content.to_json() if isinstance(content, ResumeContent) else content
    facts = {"content": stored, "job": None, "notes": None, **facts}
    prompt = Prompt(operation, system="", instruction="", data={}, facts=facts)
    return asyncio.run(OfflineModel().generate(prompt, output, timeout=1.0, max_output_tokens=100))


def summary(content: Any, **facts: Any) -> str:
    text: str = ask("summary", Text, content, **{"length": "medium", **facts}).output.text
    return text


def bullets(content: Any, **facts: Any) -> list[str]:
    items: list[str] = ask("bullets", Items, content, **{"count": 8, "experience_index": None, **facts}).output.items
    return items


def improve(text: str, content: Any = None) -> str:
    better: str = ask("improve", Text, content, text=text, goal="impact").output.text
    return better


@pytest.mark.parametrize("name", RESUMES)
@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_a_summary_has_no_word_of_its_own(name: str, length: str) -> None:
    content = resume(name)
    assert set(folded_words(summary(content, length=length))) <= set(folded_words(plain_text(content)))


@pytest.mark.parametrize("name", RESUMES)
def test_bullets_say_what_the_job_says(name: str) -> None:
    content = resume(name)
    for index, entry in enumerate(content.experience):
        if entry.bullets:
            items = bullets(content, experience_index=index)
            checked = Examination(items, evidence(content, entry=f"/experience/{index}", today=TODAY)).sentences_with()
            assert {each.verdict for each in checked} == {"supported"}, items


def test_a_summary_names_stations_and_the_strongest_lines_without_a_tenure() -> None:
    assert summary(resume("full-backend-engineer")) == (
        "Senior Backend Engineer, Flügelrad Mobility GmbH. Backend Engineer, Café Órbita Labs. "
        "Led a team of 6 engineers who moved the booking service from a PHP monolith to Python and PostgreSQL. "
        "Cut the median time of a booking from 1,900 ms to 420 ms by removing N+1 queries and caching fares in Redis."
    )


def test_a_summary_is_in_the_language_of_the_resume() -> None:
    assert summary(GERMAN) == (
        "Pflegefachfrau. Stationsleitung, Klinikum Nord. Verantwortlich für die Leitung eines Teams von 12 "
        "Pflegekräften. Einführung einer digitalen Dokumentation auf 3 Stationen."
    )
    assert summary(CHINESE) == "高级软件工程师。工程师\uff0c某某科技有限公司。负责管理12人的团队。"


def test_what_the_job_asks_for_comes_first() -> None:
    lines = ("Trained students in 12 wards", "Wrote the hygiene protocol")
    advertisement = {"title": "Nurse", "company": "X", "description": "You care for hygiene."}
    content = job(*lines, is_current=False)
    assert bullets(content, experience_index=0, job=advertisement) == [*reversed(lines)]
    assert bullets(content, experience_index=0) == [*lines]


@pytest.mark.parametrize(
    ("line", "past", "present"),
    [
        ("Responsible for managing a team of 12 nurses and 3 assistants", "Managed a team of", "Manage a team of"),
        ("responsible for training 4 students.", "trained 4 students.", "train 4 students."),
        ("Was responsible for planning and running the rota", "Planned and ran the rota", "Planned and ran the rota"),
        ("Responsible for writing, testing and shipping all releases", "Wrote, tested and shipped", "Write, test and"),
        ("Responsible for setting up the laboratory", "Set up the laboratory", "Set up the laboratory"),
        ("Responsible for teaching five classes", "Taught five classes", "Teach five classes"),
        ("Responsible for overseeing both sites", "Oversaw both sites", "Oversee both sites"),
    ],
)
def test_a_duty_becomes_an_action_in_the_tense_of_its_job(line: str, past: str, present: str) -> None:
    assert bullets(job(line, is_current=False), experience_index=0)[0].startswith(past)
    assert bullets(job(line, is_current=True), experience_index=0)[0].startswith(present)


@pytest.mark.parametrize(
    "line",
    [
        "Responsible for cleaning the ward and patient safety",  # not "cleaned patient safety"
        "Responsible for managing the budget, reducing waste",
        "Responsible for managing the team and for training",
        "Responsible for managing the ward; patient safety",
        "Responsible for purchasing decisions",
        "Responsible for training programmes",
        "Responsible for managing director's calendar",
        "Responsible for marketing the brand",  # no verb of the lexicon
        "Responsible for the training of 12 students",
        "I am responsible for managing the ward",  # of a job that has ended
        "We were responsible for managing the ward",
        "Clean waste, returns",
        "Teach english",
        "Verantwortlich für 12 Pflegekräfte",
        "负责管理12人的团队",
    ],
)
def test_a_line_without_a_certain_rule_stays_as_it_is(line: str) -> None:
    content = job(line, is_current=False)
    assert bullets(content, experience_index=0) == [line]
    with pytest.raises(RulesDeclined) as declined:
        improve(line, content)
    assert declined.value.extra == {"reason": "no_rule"}


def test_an_improvement_needs_to_know_the_tense() -> None:
    line = "Responsible for managing the ward"
    assert improve(line, job("x", line, is_current=True)) == "Manage the ward"
    assert improve("Head nurse.\nI was responsible for managing the ward") == "Head nurse.\nManaged the ward"
    with pytest.raises(RulesDeclined):
        improve(line)


def test_the_tense_of_a_job_without_dates_is_not_known() -> None:
    line = "Responsible for managing the ward"
    assert bullets({"experience": [{"role": "Nurse", "bullets": [line]}]}, experience_index=0) == [line]


def test_bullet_signs_go_and_minus_signs_stay() -> None:
    lines = ("- Responsible for managing the ward", "-20 % waste", "\u2022 -20 % waste")
    assert bullets(job(*lines, is_current=False), experience_index=0) == ["-20 % waste", "Managed the ward"]


def test_a_line_that_is_too_long_is_not_dropped_from_a_job() -> None:
    with pytest.raises(RulesDeclined):
        bullets(job("Wrote the protocol", "word " * 100, is_current=False), experience_index=0)


def test_notes_become_bullets_word_for_word() -> None:
    notes = "I trained 5 people! I was responsible for managing 4 teams. Teach english."
    assert bullets(None, notes=notes) == ["I trained 5 people!", "Managed 4 teams.", "Teach english."]


def test_hidden_orders_are_neither_followed_nor_chosen() -> None:
    text = summary(resume("injection"), length="long")
    assert "12 dashboards" in text
    for absent in ("pirate", "Google", "MIT", "PhD", "perfect match", "SYSTEM", "tripled", "prompt"):
        assert absent not in text


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("summary", {"content": {}}),
        ("summary", {"content": {"personalInfo": {"name": "Jo", "email": "jo@example.com"}}}),
        ("bullets", {"content": {"experience": [{"company": "Acme", "bullets": ["", " "]}]}, "experience_index": 0}),
        ("bullets", {"content": None, "notes": "  "}),
    ],
)
def test_nothing_is_written_from_nothing(operation: str, facts: dict[str, Any]) -> None:
    with pytest.raises(RulesDeclined) as declined:
        ask(operation, Text, **facts)
    assert declined.value.extra == {"reason": "nothing_to_write_from"}


def test_answers_are_labelled_free_and_reproducible() -> None:
    first, second = (ask("summary", Text, resume("nurse")) for _ in range(2))
    assert first.output == second.output
    call = first.call
    assert (call.provider, call.model, call.feature) == ("offline", "rule-based-writer", "summary")
    assert (call.input_tokens, call.output_tokens, call.estimated_cost) == (0, 0, Decimal(0))
    assert "Siobh" not in call.request_summary + call.response_summary


def test_unknown_operations_and_shapes_are_refused() -> None:
    with pytest.raises(RulesDeclined):
        ask("cover_letter", Text, parse_content(GERMAN))
    with pytest.raises(ModelAnswerInvalid):
        ask("summary", Items, parse_content(GERMAN))
