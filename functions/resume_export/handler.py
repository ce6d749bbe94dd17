"""The route of `resume_export`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    PremiumTemplate,
    ResumeNotFound,
    ResumeTooLong,
    StorageLimitReached,
    TemplateNotFound,
)
from functions._shared.edge import FunctionApp
from functions._shared.flows.task import open_task
from functions.resume_export import service
from functions.resume_export.schemas import ExportRequest, ExportResult

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
    errors=(ResumeNotFound, TemplateNotFound, PremiumTemplate, ResumeTooLong, StorageLimitReached),
)
async def export(call: Call[ExportRequest]) -> ExportResult | TaskAnswer | PaidAnswer:
    """Write a résumé to a file in storage and return a link to it, or answer with a task if the client prefers it."""
    rows, files = wiring.rows(call.caller), wiring.files()
    what = await service.read(call.body, call.caller.user_id, rows)
    if call.prefers_task:
        plan = service.plan_task(what)
        return await open_task(
            wiring.tasks(), wiring.queue(), plan, call.paid, function=app.name, request_id=call.request_id
        )
    known = await service.find(what, rows, files)
    return known or await service.make(what, service.Tools(files, wiring.downloads(), wiring.resumes()))


handler = app.lambda_handler()
