"""The writer: what makes the answer of a letter unusable, and what is left of one that has a fault twice."""

from __future__ import annotations

import pytest

from functions._shared.domain.metering import JobSnapshot, ResumeSnapshot
from functions._shared.domain.resume.content import parse_content
from functions.generate.operations import REGISTRY
from functions.generate.plan import Context, Piece, Plan
from functions.generate.schemas import BatchRequest, GenerateRequest
from functions.generate.writer import unusable

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
GERMAN = "Ich habe im Hotel Kelpie 40 Leute in zwei Restaurants geführt und die Abfälle der Küche um 18% gesenkt."


def planned(operation: str, **given: object) -> Plan[object]:
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
def test_a_text_in_another_language_is_unusable(plan: Plan[object], text: str, fault: str | None) -> None:
    assert unusable([Piece(text)], plan) == fault
