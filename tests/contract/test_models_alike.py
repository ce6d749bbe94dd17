"""The contract of all models, including the offline rules, with the real prompts of `generate`."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.adapters.offline import OfflineModel
from functions._shared.ai.lazy import close
from functions._shared.ai.structured import StructuredModel
from functions._shared.domain.errors import ModelError, RulesDeclined
from functions._shared.domain.metering import JobSnapshot, ResumeSnapshot
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import from_json_resume
from functions.generate.career import Answer as CareerAnswer
from functions.generate.career import Career
from functions.generate.operations import REGISTRY
from functions.generate.plan import Context
from functions.generate.schemas import BatchRequest, GenerateRequest
from tests.contract import makers
from tests.fakes.models import Answer, FakeModels, Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from functions._shared.ports.model import Model
    from functions.generate.plan import Plan

DATA = Path(__file__).parents[1] / "data"
RESUME_ID = "7d9c4a52-64b7-4a0e-9c60-2a7f7f9b0a11"
TEXT = "Zoë's tool — 経験 — cut the time of a booking to 420 ms."

REQUESTS: dict[str, dict[str, Any]] = {
    "summary": {"operation": "summary", "resume_id": RESUME_ID},
    "summary for a job": {"operation": "summary", "resume_id": RESUME_ID, "job_id": RESUME_ID},
    "bullets": {"operation": "bullets", "resume_id": RESUME_ID, "input": {"experience": 0, "count": 3}},
    "bullets from notes": {"operation": "bullets", "input": {"notes": "I led 4 nurses. I trained 12 students."}},
    "improve": {"operation": "improve", "input": {"text": "I was responsible for training 12 students"}},
}
OTHERS: dict[str, dict[str, Any]] = {
    "cover_letter": {"operation": "cover_letter", "resume_id": RESUME_ID, "job_id": RESUME_ID},
    "answer": {"operation": "answer", "resume_id": RESUME_ID, "input": {"question": "What did you do?"}},
    "outreach": {"operation": "outreach", "resume_id": RESUME_ID, "job_id": RESUME_ID, "input": {"to": "referral"}},
    "skills": {"operation": "skills", "resume_id": RESUME_ID},
    "job_extract": {"operation": "job_extract", "input": {"text": "We need Kafka."}},
    "match": {"operation": "match", "resume_id": RESUME_ID, "job_id": RESUME_ID},
    "full_analysis": {"operation": "full_analysis", "resume_id": RESUME_ID, "job_id": RESUME_ID},
    "tailor": {"operation": "tailor", "resume_id": RESUME_ID, "job_id": RESUME_ID},
    "translate": {"operation": "translate", "resume_id": RESUME_ID, "input": {"language": "de"}},
    "full_resume": {"operation": "full_resume", "resume_id": RESUME_ID},
}
"""What the offline rules decline."""
QUOTED = {"value": "Kafka", "quote": "We need Kafka."}
DRAFTS: dict[str, dict[str, Any]] = {
    "paragraphs": {"paragraphs": [TEXT]},
    "answerable": {"answerable": True, "text": TEXT},
    "technical": {"technical": ["Kafka"], "soft": []},
    "keywords": {
        "requiredSkills": [QUOTED], "preferredSkills": [], "requiredExperience": None, "education": QUOTED,
        "responsibilities": [], "keywords": [],
    },
    "lists": {"texts": [{"path": "/summary", "text": TEXT, "asked": "", "reason": "Shorter."}], "lists": []},
    "advice": {"advice": [{"finding": 1, "advice": TEXT}]},
    "points": {"points": [{"requirement": 1, "text": TEXT}]},
    "lines": {"lines": [{"n": 1, "text": TEXT}]},
    "items": {"items": [TEXT]},
    "text": {"text": TEXT},
    "new_jobs": {"summary": TEXT, "jobs": [{"job": 0, "bullets": [TEXT]}], "new_jobs": []},
}  # fmt: skip
"""A key that only this shape of answer has → an answer."""


def planned(request: dict[str, Any], name: str = "full-backend-engineer", job: str = "backend-engineer") -> Plan[Any]:
    stored = from_json_resume(json.loads((DATA / "json_resume" / f"{name}.json").read_text())).to_json()
    parsed = GenerateRequest.model_validate(request).root
    assert not isinstance(parsed, BatchRequest)
    description = (DATA / "jobs" / f"{job}.txt").read_text()
    snapshot = JobSnapshot(id="j", title="Engineer", company="Halberd Pay", description=description, extracted_data={})
    resume = ResumeSnapshot("r", 1, "Mine", stored, {}, None)
    career = Career(parse_content(stored), (CareerAnswer("What did you do?", TEXT),), None)
    context = Context(parse_content(stored), resume, snapshot if parsed.job_id else None, career)
    return REGISTRY[parsed.operation].plan(parsed, context if parsed.resume_id else Context())


@pytest.fixture(scope="module")
def cloud() -> Iterator[FakeModels]:
    with FakeModels(key=makers.KEY) as fake:
        yield fake


@pytest.fixture(params=["offline", *makers.MAKERS])
async def model(request: pytest.FixtureRequest, cloud: FakeModels) -> AsyncIterator[Model]:
    cloud.reset()

    def answer(_: object) -> Answer:
        schema = cloud.requests[-1].schema
        properties = (schema or {}).get("properties", {})
        return Answer(next(draft for key, draft in DRAFTS.items() if key in properties))

    cloud.always = answer
    chosen: Model = OfflineModel()
    if request.param != "offline":
        chosen = StructuredModel(makers.MAKERS[request.param](cloud.url))
    yield chosen
    await close(chosen)


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
async def test_an_answer_has_the_requested_form_and_is_recorded(model: Model, request_: dict[str, Any]) -> None:
    question = planned(request_)
    answer = await model.generate(
        question.prompt, question.output, timeout=20, max_output_tokens=question.max_output_tokens
    )

    assert type(answer.output) is question.output
    assert question.pieces is not None
    assert all(piece.text.strip() for piece in question.pieces(answer.output))
    (call,) = answer.calls
    assert call.provider == model.provider
    assert call.model
    assert call.feature == request_["operation"]
    assert call.estimated_cost is None or call.estimated_cost >= Decimal(0)
    assert len(call.request_summary) <= 200
    assert len(call.response_summary) <= 200


@pytest.mark.parametrize("request_", OTHERS.values(), ids=OTHERS.keys())
async def test_every_vendor_takes_the_shape_of_every_answer(model: Model, request_: dict[str, Any]) -> None:
    question = planned(request_)
    asked = model.generate(question.prompt, question.output, timeout=20, max_output_tokens=question.max_output_tokens)
    if isinstance(model, OfflineModel):
        with pytest.raises(RulesDeclined):
            await asked
    else:
        assert type((await asked).output) is question.output


def test_every_operation_is_asked() -> None:
    assert {each["operation"] for each in [*REQUESTS.values(), *OTHERS.values()]} == set(REGISTRY)


async def test_recorded_calls_contain_nothing_from_the_resume(model: Model) -> None:
    question = planned(REQUESTS["summary"])
    answer = await model.generate(question.prompt, question.output, timeout=20, max_output_tokens=600)

    for private in ("Zoë", "Flügelrad", "Berlin", "901820"):
        assert private not in answer.call.request_summary + answer.call.response_summary


async def test_hidden_instructions_do_not_change_the_format(model: Model) -> None:
    question = planned(REQUESTS["summary for a job"], "injection", "injection")
    answer = await model.generate(question.prompt, question.output, timeout=20, max_output_tokens=600)

    assert type(answer.output) is question.output


async def test_failures_are_model_errors(model: Model, cloud: FakeModels) -> None:
    cloud.always = Refusal()
    question = planned(REQUESTS["summary"])
    # The rules refuse because there is no source text; the fake vendor refuses anyway.
    empty = replace(question.prompt, data={}, facts={})
    with pytest.raises(ModelError):
        await model.generate(empty, question.output, timeout=20, max_output_tokens=600)
