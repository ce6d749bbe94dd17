"""Grounding: unsupported claims are reported, paraphrases are not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from functions._shared.domain.grounding.check import check, gaps
from functions._shared.domain.grounding.source import Source
from functions._shared.domain.resume.content import Activity, ResumeContent, parse_content
from functions._shared.domain.resume.json_resume import from_json_resume

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2024, 6, 1)
RESUMES = ["full-backend-engineer", "nurse", "marketing-manager", "sparse-graduate", "official-sample", "injection"]


def resume(name: str) -> ResumeContent:
    return from_json_resume(json.loads((DATA / f"json_resume/{name}.json").read_text()))


def job(name: str) -> str:
    return (DATA / f"jobs/{name}.txt").read_text()


def found(text: str, content: ResumeContent | dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    content = content if isinstance(content, ResumeContent) else parse_content(content)
    report = check([text], Source(content, today=TODAY, **more))
    assert report.ok == (not report.unsupported)
    for item in report.unsupported:
        assert text[item.start : item.end] == item.text
    return [(item.kind, item.text) for item in report.unsupported]


ZOE = resume("full-backend-engineer")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers
        ("Cut costs by 35%.", [("number", "35%")]),
        ("Cut costs by thirty-five percent.", [("number", "thirty-five percent")]),
        ("Led a team of 12 engineers.", [("number", "12")]),
        ("Led a team of twelve engineers.", [("number", "twelve")]),
        ("Processed €15M in a year.", [("number", "€15M")]),
        ("Processed 12.5M orders.", [("number", "12.5M")]),  # it was euros
        ("Raised throughput 5x.", [("number", "5x")]),
        ("Tripled throughput.", [("number", "Tripled")]),
        ("Made bookings 78% faster.", [("number", "78%")]),  # true, but calculated
        ("Serves 4 million registered travellers.", [("number", "4 million")]),  # 3.4 million is not nearly 4
        (
            "Lives at number 12, phone 901820.",
            [("number", "12"), ("number", "901820")],
        ),  # address and phone are not facts
        ("Won 40% of refunds back.", [("number", "40%")]),  # there were 40 refunds, not 40 %
        # years
        ("Engineer with 12 years of experience.", [("number", "12 years")]),
        ("Engineer with 10+ years of experience.", [("number", "10+ years")]),
        ("Engineer with over a decade of experience.", [("number", "a decade")]),
        ("Has worked with Python since 2011.", [("date", "2011")]),
        ("Joined in March 2019.", [("date", "March 2019")]),
        # names
        ("Previously at Google.", [("employer", "Google")]),
        ("Worked with Deutsche Bahn AG on tickets.", [("employer", "Deutsche Bahn AG")]),
        ("Took over from Contoso Solutions the fares.", [("employer", "Contoso Solutions")]),
        ("At Contoso Solutions, built fares.", [("employer", "Contoso Solutions")]),
        ("Contoso Solutions ran on it.", [("employer", "Contoso Solutions")]),
        ("Graduated from the Sorbonne University.", [("employer", "Sorbonne University")]),
        ("Built the fares engine for Lufthansa and Emirates.", [("employer", "Lufthansa"), ("name", "Emirates")]),
        # titles
        ("Staff Engineer who writes clearly.", [("title", "Staff Engineer")]),
        ("Experienced product manager.", [("title", "product manager")]),
        ("Served as Chief Technology Officer.", [("title", "Chief Technology Officer")]),
        ("Lead backend engineer in Berlin.", [("title", "Lead backend engineer")]),
        ("Was Head of Engineering.", [("title", "Head of Engineering")]),
        # skills
        ("Skilled in Rust, Scala and Python.", [("skill", "Scala")]),
        ("Deep knowledge of machine learning.", [("skill", "machine learning")]),
        ("Writes services with gRPC.", [("skill", "gRPC")]),
        ("Uses FooBarDB and Zig3 daily.", [("skill", "FooBarDB"), ("skill", "Zig3")]),
        ("Strong stakeholder management.", [("skill", "stakeholder management")]),
        ("Holds an MBA and a PhD.", [("qualification", "MBA"), ("qualification", "PhD")]),
    ],
)
def test_an_unsupported_claim_is_reported(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, ZOE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Senior Backend Engineer with 7+ years of experience in payment and booking systems.",
        "Backend engineer with over six years in Python, Go and SQL.",
        "Led a team of six engineers from PHP to Python and Postgres.",
        "Leading six engineers, moved the booking service off a monolith.",
        "Cut booking time from 1.9k ms to 420 milliseconds.",
        "Bookings went from 1900ms to 420ms.",
        "A platform with 3.4M registered travellers \u2013 3,400,000 of them.",
        "Processed EUR 12.5 million in 2020; 12,500,000 euros.",
        "Conflicts stayed under 0.2 percent.",
        "Double refunds fell to 0.",
        "Results-driven and pragmatic. Known for simple systems.",
        "Automated deployment with Docker, K8s and GitLab CI.",
        "Mentoring two juniors and writing technical documentation.",
        "Worked at Flügelrad Mobility and at Cafe Orbita Labs.",
        "Café Órbita Labs\u2019 payments ran on Stripe.",
        "Taught at Code Dojo Neukölln and at CODE DOJO NEUKOLLN.",
        "Three roles at three companies, two certifications, four languages.",
        "Research assistant at Uniwersytet Jagiellonski from 2016 to 2017.",
        "Joined in April 2021; graduated in June 2017.",
        "Master of Science in Computer Science (4.8/5.0).",
        "AWS Certified Solutions Architect \u2013 Associate since Nov 2022.",
        "At Flügelrad Mobility GmbH, and before at Café Órbita Labs. Joining Flügelrad Mobility GmbH was good.",
        "Speaker at PyCon DE: refunds without tears.",
        "One of the engineers behind pg-fares, which is used by 3 transport agencies.",
        "Speaks Polski, Deutsch, English and Português.",
        "",
    ],
)
def test_paraphrases_are_not_reported(text: str) -> None:
    assert found(text, ZOE) == []


@pytest.mark.parametrize("name", RESUMES)
def test_a_resume_supports_every_sentence_of_its_own(name: str) -> None:
    content = resume(name)
    texts = [content.summary or ""]
    activities: list[Activity] = [*content.experience, *content.projects, *content.volunteer]
    for item in activities:
        texts += [*item.bullets, item.description or ""]
    texts += [award.summary or "" for award in content.awards] + [each.reference or "" for each in content.references]
    texts += [", ".join([*content.skills.technical, *content.skills.soft])]
    report = check(texts, Source(content, today=TODAY))
    assert report.unsupported == []


def test_sentences_of_other_resumes_are_mostly_unsupported() -> None:
    source = Source(resume("sparse-graduate"), today=TODAY)
    bullets = [bullet for job in (*ZOE.experience, *resume("nurse").experience) for bullet in job.bullets]
    unsupported = {item.item for item in check(bullets, source).unsupported}
    # "Mentor two …", "Care for up to 3 …": each has a number, a tool or a name that the graduate lacks.
    assert len(unsupported) >= 0.9 * len(bullets)


@pytest.mark.parametrize(
    ("start", "end", "text", "ok"),
    [
        ("2018-01", "2022-12", "5 years", True),
        ("2018-01", "2022-12", "4 years", True),  # 1 December is still in the fifth year
        ("2018-01", "2022-12", "6 years", False),
        ("2018-01", "2022-12", "5+ years", True),
        ("2018-01", "2022-10", "5+ years", False),
        ("2018-01", "2022-10", "5 years", True),  # rounded to the nearest
        ("2018-01", "2030-12", "8 years", False),  # counted until today, which is in June 2024
        ("2020-01", "2022-06", "30 months", True),
        ("2020-01", "2022-06", "36 months", False),
        ("2014", "2018", "4 years", True),
        ("2014", "2018", "6 years", False),
        ("2014", "", "10 years", True),
        ("2014", None, "a decade", True),
        ("2014", "Present", "more than 10 years", True),
        ("2016", "Present", "two decades", False),
        (None, None, "1 year", False),
    ],
)
def test_years_may_be_derived_from_dates(start: str | None, end: str | None, text: str, ok: bool) -> None:
    content = parse_content({"experience": [{"startDate": start, "endDate": end}]})
    assert check([f"With {text} of experience"], Source(content, today=TODAY)).ok is ok


def test_parallel_jobs_count_once() -> None:
    jobs = [{"startDate": "2020-01", "endDate": "2022-01"}, {"startDate": "2020-06", "endDate": "2022-01"}]
    assert found("4 years of experience", {"experience": jobs}) == [("number", "4 years")]


def test_stated_years_count_too() -> None:
    assert found("15 years of experience", {"summary": "I have 15 years of experience."}) == []
    assert found("15 years of experience", {"summary": "There are 15 of us."}) == [("number", "15 years")]


def test_user_notes_are_a_source_and_job_descriptions_are_not() -> None:
    text = "Managed 30 people with Jira."
    assert found(text, {}) == [("number", "30"), ("skill", "Jira")]
    assert found(text, {}, said=["I had 30 people under me and we used JIRA"]) == []
    report = check([text], Source(ResumeContent(), today=TODAY), job_description="You manage 30 people with Jira.")
    assert [item.text for item in report.unsupported] == ["30", "Jira"]
    assert report.gaps == ["JIRA"]


def test_a_letter_may_name_its_recipient() -> None:
    text = "I am applying for the Staff Data Engineer role at Halberd Pay."
    assert found(text, {}) == [("title", "Staff Data Engineer"), ("employer", "Halberd Pay")]
    assert found(text, {}, about=["Halberd Pay", "Staff Data Engineer"]) == []


def test_gaps_are_the_jobs_terms_that_the_resume_lacks() -> None:
    source = Source(ZOE, today=TODAY)
    assert gaps(job("backend-engineer"), source) == ["Site reliability engineering", "gRPC", "PCI DSS", "Snowflake"]
    nurse = Source(resume("nurse"), today=TODAY)
    missing = gaps(job("icu-nurse"), nurse)
    assert {"IABP", "ECMO", "Cerner", "BLS", "Leadership"} <= set(missing)
    assert not {"ICU", "Intensive care", "CCRN", "ACLS", "RN", "Bachelor's degree"} & set(missing)


def test_instructions_in_a_job_description_are_treated_as_text() -> None:
    report = check(
        ["Builds dashboards in Power BI."], Source(resume("injection"), today=TODAY), job_description=job("injection")
    )
    assert report.ok
    assert report.gaps == ["Tableau", "dbt"]


def test_emphasis_and_amounts_are_not_skills() -> None:
    source = Source(ResumeContent(), today=TODAY)
    assert gaps(
        "You must NOT miss THIS: $12.5M revenue, 40K users, US and EU. ALL TEAMS WANTED. You know ECMO.", source
    ) == ["ECMO"]


def test_ordinary_words_are_not_mistaken_for_tools() -> None:
    text = (
        "Go the extra mile; excel under pressure and express ideas. Teams access the word list, spring clean, rest well, "
        "and take a go-to-market view with R&D at C-level."
    )
    assert found(text, {}) == []
    assert found("Wrote it in Go, R and C, with Spring and Excel.", {}) == [
        ("skill", "Go"), ("skill", "R"), ("skill", "C"), ("skill", "Spring"), ("skill", "Excel"),
    ]  # fmt: skip


def test_capitalised_headings_and_german_nouns_are_not_claims() -> None:
    german = (
        "Erfahrene Entwicklerin mit Schwerpunkt Zahlungen, die in Berlin Dienste für Buchungen und Erstattungen baut und "
        "ein Team durch schwierige Projekte führt."
    )
    assert found(german, ZOE) == []
    assert found(german.replace("Dienste", "Dienste mit Kubernetes und SAP"), ZOE) == [("skill", "SAP")]
    assert found("Proven Success Delivering Reliable Booking And Refund Services With Redis", ZOE) == []


def test_positions_refer_to_the_original_text() -> None:
    report = check(["Fine.", "Uses Scala at Contoso."], Source(ZOE, today=TODAY))
    assert [(item.item, item.start, item.end) for item in report.unsupported] == [(1, 5, 10), (1, 14, 21)]


NURSE_TEXTS = [
    (
        "Compassionate critical-care nurse with a decade of bedside experience, including six years in a 24-bed intensive care "
        "unit. Known for calm triage, precise hemodynamic monitoring and patient handovers; precepted 14 new graduates."
    ),
    (
        "CCRN-certified ICU nurse who helped cut time to first antibiotic from 96 to 58 minutes and whose handover checklist "
        "is in use on four wards. Holds a BSN from Northeastern University and speaks conversational Vietnamese."
    ),
]
MARKETING_TEXTS = [
    (
        "Results-oriented Marketing Manager with 6+ years across SEO, CRM and print. Owned a ₹2.5 crore budget, launched a "
        "subscription box to 18,000 subscribers within nine months and lifted e-mail open rates from 17 to 29 percent."
    ),
    (
        "Dear Hiring Manager,\n\nAt Chai & Chapters I doubled organic traffic together with my team. Before that, as SEO "
        "Executive at Bluepeak Media, I served more than 25 clients and reported in Looker Studio.\n\nKind regards,\nAarav Deshpande"
    ),
]


@pytest.mark.parametrize(
    ("name", "text"),
    [*(("nurse", text) for text in NURSE_TEXTS), *(("marketing-manager", text) for text in MARKETING_TEXTS)],
)
def test_good_prose_about_the_right_person_passes(name: str, text: str) -> None:
    assert found(text, resume(name)) == []


@pytest.mark.parametrize("text", [*NURSE_TEXTS, *MARKETING_TEXTS])
def test_the_same_prose_about_somebody_else_does_not(text: str) -> None:
    assert len(found(text, ZOE)) >= 3
