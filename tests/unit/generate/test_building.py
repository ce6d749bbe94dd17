"""A whole résumé: which jobs of an answer get into it, and that what the table of experiences allows fits into it."""

from __future__ import annotations

from typing import Any

import pytest

from functions._shared.domain.resume.content import parse_content
from functions.generate.building import Building, DraftedNewJob, FullResumeDraft, _entry
from functions.generate.career import skeleton

STATED = {"experience": [{"company": "Acme", "role": "Clerk"}]}
SAID = "From 2013 to 2015 I was a Support Engineer at Nordwind GmbH."


def job(employer: str, title: str, quote: str, from_year: str = "", to_year: str = "") -> DraftedNewJob:
    return DraftedNewJob(employer=employer, title=title, quote=quote, bullets=[], from_year=from_year, to_year=to_year)


def added(answers: list[str], *jobs: DraftedNewJob) -> list[str]:
    building = Building(parse_content(STATED), answers, 5)
    draft = FullResumeDraft(summary="", jobs=[], new_jobs=list(jobs))
    return [each.employer for each in building.new_jobs(draft)]


def test_a_job_that_a_sentence_states_is_added_once() -> None:
    lower = job("nordwind gmbh", "support engineer", SAID)
    assert added([SAID], job("Nordwind GmbH", "Support Engineer", SAID), lower) == ["Nordwind GmbH"]
    assert added(["I was a clerk at ACME."], job("ACME", "clerk", "I was a clerk at ACME.")) == []


@pytest.mark.parametrize(
    ("answers", "employer", "title", "quote"),
    [
        (["I was a cook. Globex is big."], "Globex", "cook", "I was a cook. Globex is big."),
        (["I was a cook", "Globex is big."], "Globex", "cook", "I was a cook Globex is big."),
        (["I never was a cook at Globex."], "Globex", "cook", "I never was a cook at Globex."),
        (["I never was a cook at Globex."], "Globex", "cook", "was a cook at Globex"),
        (["I didn't work as a cook at Globex."], "Globex", "cook", "work as a cook at Globex"),
        (["I was a cook at Globex."], "I", "cook", "I was a cook at Globex."),
        (["I was a cook at Globex."], "was", "cook", "I was a cook at Globex."),
        (["I ran sales for Globex as head cook."], "Globex", "head sales", "I ran sales for Globex as head cook."),
    ],
)
def test_a_job_that_no_sentence_states_is_not_added(answers: list[str], employer: str, title: str, quote: str) -> None:
    assert added(answers, job(employer, title, quote)) == []


@pytest.mark.parametrize(
    ("years", "dates"),
    [
        (("2013", "2015"), {"startDate": "2013", "endDate": "2015"}),
        (("2015", "2013"), {}),
        (("2013", "2016"), {"startDate": "2013"}),
        (("", "2015"), {"endDate": "2015"}),
    ],
)
def test_years_are_those_of_the_sentence_in_their_order(years: tuple[str, str], dates: dict[str, str]) -> None:
    entry = _entry(job("Nordwind GmbH", "Support Engineer", SAID, from_year=years[0], to_year=years[1]))
    assert {key: entry[key] for key in entry if key.endswith("Date")} == dates


def test_an_experience_beyond_the_limits_of_a_resume_is_cut() -> None:
    wide: dict[str, Any] = {
        "company": "Acme", "role": "Clerk", "startDate": "0900-01", "endDate": "2101-05",
        "technologies": ["x" * 900] * 150, "bullets": ["y" * 3_000] * 150, "description": "z" * 20_000,
    }  # fmt: skip
    entry = skeleton({}, {}, [wide]).experience[0]
    assert (entry.startDate, entry.endDate) == (None, None)
    assert (len(entry.technologies), len(entry.technologies[0])) == (100, 500)
    assert (len(entry.bullets), len(entry.bullets[0]), len(entry.description or "")) == (100, 2_000, 10_000)
    kept = skeleton({}, {}, [{"company": "Acme", "startDate": "2021-02", "endDate": "Present"}]).experience[0]
    assert (kept.startDate, kept.endDate) == ("2021-02", "Present")
