"""The writer: what makes the answer of a letter unusable, and what is left of one that has a fault twice."""

from __future__ import annotations

from typing import Any

import pytest

from functions._shared.domain.language.output_filter import without_stock_phrases
from functions._shared.domain.metering import JobSnapshot, ModelCall, ResumeSnapshot
from functions._shared.domain.resume.content import parse_content
from functions.generate.operations import REGISTRY
from functions.generate.plan import Context, Piece, Plan, TextDraft
from functions.generate.schemas import BatchRequest, GenerateRequest
from functions.generate.writer import WrittenAnswer, _cut, _mended, unusable

ID = "7d9c4a52-64b7-4a0e-9c60-2a7f7f9b0a11"
POSTING = (
    "We are looking for a General Manager for our restaurant in Leith. You run the floor and the kitchen with a team of "
    "forty, you plan the rota and the purchases, and you report to the owners. You have experience with hotels."
)
CONTENT = {
    "personalInfo": {"name": "Fraser Imrie-Novak"},
    "experience": [
        {
            "company": "Hotel Kelpie",
            "role": "Restaurant Manager",
            "bullets": ["Led 40 people in two restaurants", "Cut food waste by 18%", "Trained 12 waiters for the bar"],
        }
    ],
}
ENGLISH = "I led 40 people in two restaurants of Hotel Kelpie, and I cut the food waste of both of them by 18%."
GERMAN = "Im Hotel Kelpie wurden von mir 40 Leute in zwei Restaurants geführt und die Abfälle der Küche um 18% gesenkt."


def planned(operation: str, **given: object) -> Plan[Any]:
    body = {"operation": operation, "resume_id": ID, "job_id": ID, "input": given}
    request = GenerateRequest.model_validate(body).root
    assert not isinstance(request, BatchRequest)
    job = JobSnapshot("j", "General Manager", "Oster & Vine", POSTING, {})
    context = Context(parse_content(CONTENT), ResumeSnapshot("r", 1, "Mine", CONTENT, {}, None), job)
    return REGISTRY[operation].plan(request, context)


QUESTION = (
    "What did you do in your last job that you are proud of, and how did the team of the restaurant help with it?"
)


@pytest.mark.parametrize(
    ("plan", "text", "fault"),
    [
        (planned("cover_letter"), ENGLISH, None),
        (planned("cover_letter"), GERMAN, "language"),
        (planned("cover_letter", language="de"), GERMAN, None),
        (planned("cover_letter", language="de"), ENGLISH, "language"),
        (planned("outreach", to="recruiter"), GERMAN, "language"),
        (planned("answer", question=QUESTION), GERMAN, "language"),
        (planned("answer", question="Why?", language="en"), GERMAN, "language"),
        (planned("answer", question="Why?"), GERMAN, None),  # too short to tell
        (planned("answer", question="Why?", language="en"), "Restaurant Manager, Hotel Kelpie.", None),
    ],
)
def test_a_text_in_another_language_is_unusable(plan: Plan[Any], text: str, fault: str | None) -> None:
    assert unusable([Piece(text)], plan) == fault


ABOUT = "I am writing about the General Manager job at Oster & Vine."
LED = "I led 40 people in two restaurants."
CUT = "At Hotel Kelpie I cut food waste by 18%."
TALK = "Would you be open to a 15-minute call?"
THANKS = "Thank you for your time."


@pytest.mark.parametrize(
    ("sentences", "longest", "left"),
    [
        ([ABOUT, LED, CUT, TALK], 145, [ABOUT, LED, TALK]),
        ([ABOUT, LED, CUT, THANKS], 130, [ABOUT, LED, THANKS]),
        ([ABOUT, LED, CUT], 100, [ABOUT, LED]),
        ([ABOUT, LED, CUT, TALK], 100, [ABOUT, LED]),
        ([ABOUT, LED, CUT], 90, []),
        ([ABOUT, THANKS, CUT], 90, []),
        ([LED], 20, []),
    ],
)
def test_a_text_is_cut_so_that_it_still_says_something(sentences: list[str], longest: int, left: list[str]) -> None:
    plan = planned("outreach", to="recruiter")

    assert _cut(" ".join(sentences), longest, plan) == " ".join(left)


def test_a_cut_text_keeps_the_paragraph_of_its_last_sentence() -> None:
    text = f"{LED} {CUT}\n\n{TALK}"

    assert _cut(text, 80, planned("outreach", to="recruiter")) == f"{LED}\n\n{TALK}"


PHRASES = [
    "I am a passionate, results-driven General Manager with a proven track record.",
    "My unique blend of skills makes me an ideal candidate for the team.",
    "I would be thrilled to bring my expertise to your dynamic team.",
    "I am confident that I would be a valuable asset to your restaurant.",
    "Ich bin überzeugt, dass ich Ihr Team bereichere.",
    "Ich bin die ideale Kandidatin für Ihr dynamisches Team.",
    "Je suis convaincue que je suis la candidate idéale.",
    "Tengo una trayectoria comprobada y una combinación única.",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_anybody_could_write_is_a_fault_and_is_left_out(phrase: str) -> None:
    plan = planned("outreach", to="recruiter", max_characters=2000)
    pieces = [Piece(f"{LED} {phrase} {CUT}")]
    assert unusable(pieces, plan) == "stock_phrase"

    call = ModelCall("p", "m", "outreach", 1, 1, None, 1)
    mended, found = _mended(WrittenAnswer(TextDraft(text="x"), pieces, call), "stock_phrase", plan)
    assert [each.text for each in mended.pieces] == [f"{LED} {CUT}"]
    assert found is None
    _, found = _mended(WrittenAnswer(TextDraft(text="x"), [Piece(phrase)], call), "stock_phrase", plan)
    assert found == "stock_phrase"


def test_a_phrase_of_the_person_is_theirs() -> None:
    said = "They say that I have a proven track record."
    notes = planned("outreach", to="recruiter", notes=said, max_characters=2000)

    assert unusable([Piece(f"{LED} I have a proven track record.")], notes) is None
    assert without_stock_phrases("A proven track record.", said) == "A proven track record."


@pytest.mark.parametrize(
    "text", [LED, CUT, "I ran the pass of a kitchen with a dynamic price list.", "I coached the team of a candidate."]
)
def test_facts_are_no_stock_phrases(text: str) -> None:
    assert without_stock_phrases(text, "") == text
