"""The routes of `resume_export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    AccountInactive,
    LetterNotFound,
    PremiumTemplate,
    ResumeNotFound,
    ResumeTooLong,
    StorageLimitReached,
    TemplateNotFound,
)
from functions._shared.edge import FunctionApp
from functions._shared.flows.task import open_task
from functions._shared.wiring import privacy
from functions.resume_export import files, letters, service
from functions.resume_export.schemas import ExportRequest, ExportResult, LetterRequest

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.request import PaidAnswer, TaskAnswer

app = FunctionApp("resume-export", summary="Résumés as files: PDF, Word, LaTeX, HTML, Markdown, text, JSON Resume, PNG")


@app.post(
    "/",
    request=ExportRequest,
    response=ExportResult,
    idempotent=True,
    tasks=True,
    per_minute=20,
    errors=(AccountInactive, ResumeNotFound, TemplateNotFound, PremiumTemplate, ResumeTooLong, StorageLimitReached),
)
async def export(call: Call[ExportRequest]) -> ExportResult | TaskAnswer | PaidAnswer:
    """Write a résumé to a file in storage and return a link to it, or answer with a task if the client prefers it."""
    rows, store = wiring.rows(call.caller), wiring.files()
    what = await service.read(call.body, call.caller.user_id, rows, privacy.user_accounts())
    if call.prefers_task:
        plan = service.plan_task(what)
        return await open_task(
            wiring.tasks(), wiring.queue(), plan, call.paid, function=app.name, request_id=call.request_id
        )
    known = await files.find(what, rows, store)
    return known or await files.make(what, files.Tools(store, wiring.downloads(), wiring.resumes()))


@app.post(
    "/letters",
    request=LetterRequest,
    response=ExportResult,
    per_minute=20,
    errors=(AccountInactive, LetterNotFound, TemplateNotFound, PremiumTemplate, ResumeTooLong, StorageLimitReached),
)
async def letter(call: Call[LetterRequest]) -> ExportResult:
    """Write a letter to a file in storage and return a link to it."""
    rows, store = wiring.rows(call.caller), wiring.files()
    what = await letters.read(call.body, call.caller.user_id, rows, privacy.user_accounts())
    known = await files.find(what, rows, store)
    return known or await files.make(what, files.Tools(store, wiring.downloads(), wiring.resumes()))


handler = app.lambda_handler()
