"""The parts of an answer that the review removes, and those that it keeps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions._shared.domain.grounding.source import Source
from functions._shared.domain.resume.content import parse_content
from functions.generate.review import review, sentence_spans, tidy

TODAY = date(2026, 11, 21)
RESUME = parse_content(
    {
        "experience": [
            {
                "company": "Northwind Traders",
                "role": "Data Analyst",
                "startDate": "2020-03",
                "endDate": "2023-11",
                "bullets": ["Built 12 dashboards in Power BI", "Automated the monthly report with Python and SQL"],
            }
        ],
        "skills": {"technical": ["Python", "SQL", "Power BI"]},
    }
)
SOURCE = Source(RESUME, today=TODAY)


@pytest.mark.parametrize(
    ("text", "line", "neat"),
    [
        ('  "Data analyst."  ', False, "Data analyst."),
        ("“Data analyst.”", False, "Data analyst."),
        ('"Sharp" and "quick"', False, '"Sharp" and "quick"'),
        ("One.\r\n\r\nTwo.\x00\x1b", False, "One.\n\nTwo."),
        ("One   two\tthree", False, "One two three"),
        ("- Built 12 dashboards", True, "Built 12 dashboards"),
        ("• Built 12 dashboards\nin Power BI", True, "Built 12 dashboards in Power BI"),
        ("1. Built 12 dashboards", True, "Built 12 dashboards"),
        ("12 dashboards built", True, "12 dashboards built"),
        ("-5 % cost", True, "-5 % cost"),
        (" \n\t ", True, ""),
        ('"', False, '"'),
    ],
)
def test_formatting_added_by_models_is_stripped(text: str, line: bool, neat: str) -> None:
    assert tidy(text, line=line) == neat


def test_a_supported_answer_stays_as_it_is() -> None:
    text = "Data analyst with Python and SQL. Built 12 dashboards at Northwind Traders."
    found = review([text], SOURCE, None, lines=False)

    assert found.texts == [text]
    assert found.removed == []
    assert found.objections == 0


def test_an_unsupported_sentence_is_removed_and_reported() -> None:
    found = review(
        ["Data analyst with Python. Led 40 people at Contoso Bank. Built 12 dashboards in Power BI."],
        SOURCE,
        None,
        lines=False,
    )

    assert found.texts == ["Data analyst with Python. Built 12 dashboards in Power BI."]
    (removed,) = found.removed
    assert removed.text == "Led 40 people at Contoso Bank."
    assert {(each.kind, each.text) for each in removed.unsupported} == {("number", "40"), ("employer", "Contoso Bank")}
    assert found.objections == 2


def test_a_bullet_is_removed_as_a_whole() -> None:
    found = review(
        ["Built 12 dashboards. Saved 90% of costs.", "Automated the monthly report with Python"],
        SOURCE,
        None,
        lines=True,
    )

    assert found.texts == ["Automated the monthly report with Python"]
    assert [each.text for each in found.removed] == ["Built 12 dashboards. Saved 90% of costs."]


def test_an_entirely_unsupported_answer_leaves_nothing() -> None:
    found = review(["CEO of Apple Inc. with a PhD from MIT."], SOURCE, None, lines=False)

    assert found.texts == []
    assert found.removed


def test_skills_that_only_the_job_names_are_gaps() -> None:
    found = review(
        ["Data analyst with Python.", "Expert in Kubernetes."], SOURCE, "We need Python and Kubernetes.", lines=True
    )

    assert found.texts == ["Data analyst with Python."]
    assert found.gaps == ["Kubernetes"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("Skills: Python; SQL. Done.", ["Skills: Python; SQL. ", "Done."]),
        ("First line\nsecond line", ["First line\n", "second line"]),
        ('He said "go." "Now" it is.', ['He said "go." ', '"Now" it is.']),
        ("Worked at Acme Inc. as lead.", ["Worked at Acme Inc. as lead."]),
        ("", [""]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == parts


@given(st.text())
def test_joined_sentences_equal_the_text(text: str) -> None:
    spans = sentence_spans(text)

    assert "".join(text[start:end] for start, end in spans) == text


@given(st.text(alphabet=st.characters(codec="utf-8")), st.booleans())
def test_tidying_again_changes_nothing(text: str, line: bool) -> None:
    once = tidy(text, line=line)

    assert "\x00" not in once
    assert once == once.strip()
