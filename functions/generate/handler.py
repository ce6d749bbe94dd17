"""The route of `generate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    AnswerNotGrounded,
    ItemNotFound,
    JobNotFound,
    ModelAnswerInvalid,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
    NoProviderKey,
    NothingToImprove,
    NothingToWriteFrom,
    ResumeNotFound,
    RulesDeclined,
    StorageLimitReached,
    VerifierUnavailable,
)
from functions._shared.edge import FunctionApp
from functions.generate import service
from functions.generate.schemas import GenerateRequest, GenerateResult

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.request import PaidAnswer

app = FunctionApp("generate", summary="AI writing: summaries, bullets and better wording, based only on the résumé")


@app.post(
    "/",
    request=GenerateRequest,
    response=GenerateResult,
    paid=True,
    max_body=64 * 1024,
    errors=(
        ResumeNotFound,
        JobNotFound,
        NoProviderKey,
        StorageLimitReached,
        ItemNotFound,
        NothingToWriteFrom,
        NothingToImprove,
        AnswerNotGrounded,
        ModelRefused,
        RulesDeclined,
        ModelAnswerInvalid,
        ModelUnavailable,
        ModelTimeout,
        VerifierUnavailable,
    ),
)
async def generate(call: Call[GenerateRequest]) -> PaidAnswer:
    """Write a text that states only facts from the résumé and the request."""
    return await service.generate(call.body, call.paid, wiring.ledger(), wiring.writers(), wiring.own_writers)


handler = app.lambda_handler()
