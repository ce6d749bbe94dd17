"""What holds for every model alike, the rules included, on the very prompts that `generate` makes."""

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
from functions._shared.domain.errors import ModelError
from functions._shared.domain.metering import JobSnapshot
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import from_json_resume
from functions.generate.operations import Context, Plan, plan
from functions.generate.schemas import GenerateRequest
from tests.contract import makers
from tests.fakes.models import Answer, FakeModels, Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from functions._shared.ports.model import Model

DATA = Path(__file__).parents[1] / "data"
RESUME_ID = "7d9c4a52-64b7-4a0e-9c60-2a7f7f9b0a11"
TEXT = "Zoë's tool — 経験 — cut the time of a booking to 420 ms."

REQUESTS: dict[str, dict[str, Any]] = {
    "summary": {"operation": "summary", "resume_id": RESUME_ID},
    "summary for a job": {"operation": "summary", "resume_id": RESUME_ID, "job_id": RESUME_ID},
    "bullets": {"operation": "bullets", "resume_id": RESUME_ID, "input": {"experience": 0, "count": 3}},
    "bullets from notes": {"operation": "bullets", "input": {"notes": "I led 4 nurses. I trained 12 students."}},
    "improve": {"operation": "improve", "input": {"text": "i was responsible for the the training of 12 students"}},
}


def asked(request: dict[str, Any], name: str = "full-backend-engineer", job: str = "backend-engineer") -> Plan:
    stored = from_json_resume(json.loads((DATA / "json_resume" / f"{name}.json").read_text())).to_json()
    wanted = GenerateRequest.model_validate(request).root
    described = (DATA / "jobs" / f"{job}.txt").read_text()
    snapshot = JobSnapshot(id="j", title="Engineer", company="Halberd Pay", description=described, extracted_data={})
    context = Context(parse_content(stored), stored, snapshot if wanted.job_id else None)
    return plan(wanted, context if wanted.resume_id else Context(None, None, None))


@pytest.fixture(scope="module")
def cloud() -> Iterator[FakeModels]:
    with FakeModels(key=makers.KEY) as fake:
        yield fake


@pytest.fixture(params=["offline", *makers.MAKERS])
async def model(request: pytest.FixtureRequest, cloud: FakeModels) -> AsyncIterator[Model]:
    cloud.reset()

    def answer(_: object) -> Answer:
        return Answer({"items": [TEXT]} if "items" in str(cloud.requests[-1].schema) else {"text": TEXT})

    cloud.always = answer
    made: Model = OfflineModel()
    if request.param != "offline":
        made = StructuredModel(makers.MAKERS[request.param](cloud.url))
    yield made
    await close(made)


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
async def test_an_answer_has_the_form_that_was_asked_for_and_is_booked(model: Model, request_: dict[str, Any]) -> None:
    wanted = asked(request_)
    answer = await model.generate(wanted.prompt, wanted.output, timeout=20, max_output_tokens=wanted.max_output_tokens)

    assert type(answer.output) is wanted.output
    assert all(text.strip() for text in answer.output.texts)
    (call,) = answer.calls
    assert call.provider == model.provider
    assert call.model
    assert call.feature == request_["operation"]
    assert call.estimated_cost is None or call.estimated_cost >= Decimal(0)
    assert len(call.request_summary) <= 200
    assert len(call.response_summary) <= 200


async def test_the_bookings_hold_nothing_of_the_resume(model: Model) -> None:
    wanted = asked(REQUESTS["summary"])
    answer = await model.generate(wanted.prompt, wanted.output, timeout=20, max_output_tokens=600)

    for private in ("Zoë", "Flügelrad", "Berlin", "901820"):
        assert private not in answer.call.request_summary + answer.call.response_summary


async def test_hidden_orders_do_not_break_the_form(model: Model) -> None:
    wanted = asked(REQUESTS["summary for a job"], "injection", "injection")
    answer = await model.generate(wanted.prompt, wanted.output, timeout=20, max_output_tokens=600)

    assert type(answer.output) is wanted.output


async def test_failures_are_the_ports_own(model: Model, cloud: FakeModels) -> None:
    cloud.always = Refusal()
    wanted = asked(REQUESTS["summary"])
    # Nothing to work from, which is what the rules refuse; the cloud refuses anyway.
    empty = replace(wanted.prompt, data={}, facts={})
    with pytest.raises(ModelError):
        await model.generate(empty, wanted.output, timeout=20, max_output_tokens=600)
