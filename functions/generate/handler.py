"""The route of `generate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    AnswerNotGrounded,
    InProgress,
    JobNotFound,
    ModelAnswerInvalid,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
    NoProviderKey,
    ResumeNotFound,
    RulesDeclined,
    StorageLimitReached,
    TaskRequired,
    VerifierUnavailable,
)
from functions._shared.edge import FunctionApp
from functions._shared.flows.task import open_task
from functions.generate import service
from functions.generate.operations import REGISTRY
from functions.generate.schemas import AnyResult, BatchRequest, GenerateRequest

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.request import PaidAnswer, TaskAnswer

app = FunctionApp("generate", summary="AI writing, based only on what the user has stated")


@app.post(
    "/",
    request=GenerateRequest,
    response=AnyResult,
    paid=True,
    tasks=True,
    streams=True,
    errors=(
        ResumeNotFound,
        JobNotFound,
        NoProviderKey,
        StorageLimitReached,
        *dict.fromkeys(error for operation in REGISTRY.values() for error in operation.errors),
        AnswerNotGrounded,
        ModelRefused,
        RulesDeclined,
        ModelAnswerInvalid,
        ModelUnavailable,
        ModelTimeout,
        VerifierUnavailable,
    ),
)
async def generate(call: Call[GenerateRequest]) -> PaidAnswer | TaskAnswer:
    """Write texts that state only facts from the résumé and the request. A batch is answered with a task."""
    request, writers = call.body.root, wiring.writers()
    if not (isinstance(request, BatchRequest) or call.prefers_task or REGISTRY[request.operation].always_task):
        try:
            return await service.generate(request, call.paid, wiring.ledger(), writers, wiring.own_writers)
        except (TaskRequired, InProgress):
            # Nothing was charged: the same key goes on as a task, or has one already.
            if TaskRequired not in REGISTRY[request.operation].errors:
                raise
    plan = service.plan_task(call.body, writers)
    return await open_task(
        wiring.tasks(), wiring.queue(), plan, call.paid, function=app.name, request_id=call.request_id
    )


handler = app.lambda_handler()
stream = app.stream_handler()
