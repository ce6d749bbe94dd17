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
from functions.resume_export import service
from functions.resume_export.schemas import ExportRequest, ExportResult

if TYPE_CHECKING:
    from functions._shared.edge import Call

app = FunctionApp("resume-export", summary="Résumés as files: PDF, Word, LaTeX, HTML, Markdown, text, JSON Resume, PNG")


@app.post(
    "/",
    request=ExportRequest,
    response=ExportResult,
    per_minute=20,
    errors=(ResumeNotFound, TemplateNotFound, PremiumTemplate, ResumeTooLong, StorageLimitReached),
)
async def export(call: Call[ExportRequest]) -> ExportResult:
    """Write a résumé to a file in storage and return a link to it."""
    tools = service.Tools(wiring.rows(call.caller), wiring.files(), wiring.downloads(), wiring.resumes())
    return await service.export(call.body, call.caller.user_id, tools)


handler = app.lambda_handler()
