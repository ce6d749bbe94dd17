"""The route of `resume_import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    ContentInvalid,
    DocumentDamaged,
    DocumentEncrypted,
    DocumentHasNoText,
    DocumentTooLarge,
    DocumentTooSlow,
    DocumentTypeUnsupported,
    FileTooLarge,
    ResumeLimitReached,
    ResumeNotFound,
    StorageLimitReached,
    StoredFileNotFound,
    UploadNotFound,
)
from functions._shared.edge import FunctionApp
from functions._shared.flows.task import open_task
from functions.resume_import import service
from functions.resume_import.schemas import ImportRequest, ImportResult

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.request import PaidAnswer, TaskAnswer

app = FunctionApp("resume-import", summary="Résumés from files: PDF, Word, LinkedIn, JSON Resume, pasted text")


@app.post(
    "/",
    request=ImportRequest,
    response=ImportResult,
    paid=True,
    tasks=True,
    max_body=5_600_000,
    errors=(
        UploadNotFound,
        StoredFileNotFound,
        FileTooLarge,
        ResumeNotFound,
        ResumeLimitReached,
        StorageLimitReached,
        DocumentHasNoText,
        DocumentDamaged,
        DocumentEncrypted,
        DocumentTooLarge,
        DocumentTooSlow,
        DocumentTypeUnsupported,
        ContentInvalid,
    ),
)
async def import_resume(call: Call[ImportRequest]) -> PaidAnswer | TaskAnswer:
    """Make a résumé from a file or a text, or propose a patch for one. An upload can be imported as a task."""
    request = call.body
    what = await service.source(request, wiring.rows(call.caller))
    if call.prefers_task and request.file is None:
        return await open_task(
            wiring.tasks(),
            wiring.queue(),
            service.plan_task(what),
            call.paid,
            function=app.name,
            request_id=call.request_id,
        )
    body = None if request.file is None else request.file.content()
    return await service.import_resume(what, body, call.paid, tools())


def tools() -> service.Tools:
    """Return the ports of an import."""
    return service.Tools(wiring.ledger(), wiring.files(), wiring.document_reader())


handler = app.lambda_handler()
