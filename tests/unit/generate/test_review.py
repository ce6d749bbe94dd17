"""What the review makes of an answer: tidy texts, a verdict for each sentence, and the parts that are left out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.grounding.verdicts import Judgement, Judgements
from functions._shared.domain.language.words import sentence_spans
from functions._shared.domain.resume.content import parse_content
from functions.generate.plan import Piece
from functions.generate.review import Review, review, tidy

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
SOURCE = evidence(RESUME, today=TODAY)
INVENTED = "Led 40 people at Contoso Bank."


def reviewed(*texts: str, lines: bool = False, rewrites: str | None = None, twice: Judgements | None = None) -> Review:
    pieces = [Piece(text, line=lines, rewrites=rewrites) for text in texts]
    return Review.of(review(pieces, Examination(texts, SOURCE), twice, twice))


def texts_of(found: Review) -> list[str]:
    return [piece.text for piece in found.pieces]


def flag(sentence: int, span: str) -> Judgements:
    entry = Judgement(sentence=sentence, lines=[], calculations=[], span=span, flaw="not_stated", verdict="unsupported")
    return Judgements(judgements=[entry])


@pytest.mark.parametrize(
    ("text", "line", "neat"),
    [
        ('  "Data analyst."  ', False, "Data analyst."),
        ("“Data analyst.”", False, "Data analyst."),
        ('"Sharp" and "quick"', False, '"Sharp" and "quick"'),
        ("One.\r\n\r\nTwo.\x00\x1b", False, "One.\n\nTwo."),
        ("One   two\tthree", False, "One two three"),
        ("Da\u200dta\u202e ana\ufe0flyst\U000e0100", False, "Data analyst"),
        ("- Built 12 dashboards", True, "Built 12 dashboards"),
        ("• Built 12 dashboards\nin Power BI", True, "Built 12 dashboards in Power BI"),
        ("1. Built 12 dashboards", True, "Built 12 dashboards"),
        ("Nurse" + "\n \n" * 9 + "Cook", False, "Nurse\n\nCook"),
        ("12 dashboards built", True, "12 dashboards built"),
        ("-5 % cost", True, "-5 % cost"),
        (" \n\t ", True, ""),
        ('"', False, '"'),
    ],
)
def test_formatting_added_by_models_is_stripped(text: str, line: bool, neat: str) -> None:
    assert tidy(text, line=line) == neat


def test_each_sentence_stands_beside_the_lines_it_rests_on() -> None:
    text = "Data Analyst with Python and SQL. Built 12 dashboards at Northwind Traders."
    found = reviewed(text)

    assert texts_of(found) == [text]
    assert found.ok
    first, second = found.sentences
    assert (first.verdict, first.by, first.how) == ("supported", "rules", "verbatim")
    assert text[second.start : second.end] == "Built 12 dashboards at Northwind Traders."
    assert second.evidence == ["/experience/0/bullets/0", "/experience/0"]


def test_rules_mark_what_they_are_not_certain_of_and_remove_nothing() -> None:
    text = f"Data Analyst with Python. {INVENTED} Built 12 dashboards in Power BI."
    found = reviewed(text)

    assert texts_of(found) == [text]
    assert found.removed == []
    assert not found.ok
    assert [(each.verdict, each.reason) for each in found.sentences] == [
        ("supported", None), ("unverified", "quantity"), ("supported", None),
    ]  # fmt: skip


def test_what_a_verifier_flags_twice_is_removed_and_the_rest_keeps_its_place() -> None:
    text = f"Data Analyst with Python. {INVENTED} Built 12 dashboards in Power BI."
    answer = flag(2, "Led 40 people")
    found = reviewed(text, twice=answer)

    assert texts_of(found) == ["Data Analyst with Python. Built 12 dashboards in Power BI."]
    assert [(each.text, each.reason) for each in found.removed] == [(INVENTED, "not_stated")]
    assert [texts_of(found)[0][each.start : each.end] for each in found.sentences] == [
        "Data Analyst with Python.", "Built 12 dashboards in Power BI.",
    ]  # fmt: skip
    assert not found.ok


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Knows Python. {INVENTED}\n\nKnows SQL.", "Knows Python.\n\nKnows SQL."),
        (f"Knows Python.\n\n{INVENTED} Knows SQL.", "Knows Python.\n\nKnows SQL."),
        (f"{INVENTED}\n\nKnows SQL.", "Knows SQL."),
        (f"Knows Python.\n\n{INVENTED}\n\nKnows SQL.", "Knows Python.\n\nKnows SQL."),
    ],
)
def test_paragraphs_stay_apart_when_a_sentence_is_removed(text: str, left: str) -> None:
    number = next(n for n, (start, _) in enumerate(sentence_spans(text), 1) if text[start:].startswith(INVENTED))
    found = reviewed(text, twice=flag(number, "Led 40 people"))

    assert texts_of(found) == [left]
    assert all(left[each.start : each.end] in left.split("\n\n") for each in found.sentences)


def test_a_bullet_is_removed_as_a_whole() -> None:
    texts = ["Built 12 dashboards. Saved 90% of costs.", "Automated the monthly report with Python"]
    answer = flag(2, "Saved 90%")
    found = reviewed(*texts, lines=True, twice=answer)

    assert texts_of(found) == texts[1:]
    assert [each.text for each in found.removed] == texts[:1]
    assert [(each.item, each.verdict) for each in found.sentences] == [(0, "supported")]


def test_an_entirely_unsupported_answer_leaves_nothing() -> None:
    answer = flag(1, "Led 40 people")
    found = reviewed(INVENTED, twice=answer)

    assert texts_of(found) == []
    assert found.removed


@pytest.mark.parametrize(
    ("original", "better", "lost"),
    [
        ("Gave 1,200 doses with no medication errors", "Gave 1.2k doses", ["no"]),
        ("Gave 1,200 doses", "Gave many doses", ["1,200"]),
        ("Cut costs by 12 % using SAP", "Cut costs by 12 % with software", ["SAP"]),
        ("Cut costs by 12 % using SAP", "Using SAP, cut costs by 12 percent", []),
        ("Hat keine Fristen versäumt", "Hat Fristen versäumt", ["keine"]),
        ("Ran the shop", "Managed the store", []),
    ],
)
def test_what_a_rewrite_loses_is_reported(original: str, better: str, lost: list[str]) -> None:
    assert reviewed(better, rewrites=original).lost == lost


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("Skills: Python; SQL. Done.", ["Skills: Python; SQL. ", "Done."]),
        ("First line\nsecond line", ["First line\n", "second line"]),
        ('He said "go." "Now" it is.', ['He said "go." ', '"Now" it is.']),
        ("Worked at Acme Inc. as lead.", ["Worked at Acme Inc. as lead."]),
        ("Tools, z. B. Jira, d. h. Technik. Neu.", ["Tools, z. B. Jira, d. h. Technik. ", "Neu."]),
        ("", [""]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == parts


@given(st.text())
def test_joined_sentences_equal_the_text(text: str) -> None:
    spans = sentence_spans(text)

    assert "".join(text[start:end] for start, end in spans) == text


@given(st.text())
def test_any_text_is_reviewed_and_delivered(text: str) -> None:
    neat = tidy(text, line=False)
    found = reviewed(neat)

    assert texts_of(found) == ([neat] if neat else [])
    assert found.removed == []


@given(st.text(alphabet=st.characters(codec="utf-8")), st.booleans())
def test_tidying_again_changes_nothing(text: str, line: bool) -> None:
    once = tidy(text, line=line)

    assert "\x00" not in once
    assert once == once.strip()
