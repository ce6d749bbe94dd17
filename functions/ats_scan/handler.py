"""The routes of `ats_scan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    DocumentTooSlow,
    FileTooLarge,
    JobNotFound,
    NothingToCompare,
    ResumeNotFound,
    StorageLimitReached,
    StoredFileNotFound,
    UploadNotFound,
)
from functions._shared.edge import FunctionApp
from functions.ats_scan import matrix, service
from functions.ats_scan.schemas import MatrixRequest, MatrixResult, ScanRequest, ScanResult

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.request import PaidAnswer

app = FunctionApp("ats-scan", summary="How machines read a résumé file, and how far a résumé covers a job")


@app.post(
    "/",
    request=ScanRequest,
    response=ScanResult,
    paid=True,
    errors=(
        ResumeNotFound,
        JobNotFound,
        NothingToCompare,
        UploadNotFound,
        StoredFileNotFound,
        FileTooLarge,
        DocumentTooSlow,
        StorageLimitReached,
    ),
)
async def scan(call: Call[ScanRequest]) -> PaidAnswer:
    """Scan a résumé by rules: its file, a job, or both."""
    path = await service.path_of(call.body, wiring.rows(call.caller))
    tools = service.Tools(wiring.ledger(), wiring.files(), wiring.document_reader())
    return await service.scan(call.body, path, call.paid, tools)


@app.post(
    "/matrix",
    request=MatrixRequest,
    response=MatrixResult,
    paid=True,
    errors=(ResumeNotFound, JobNotFound, NothingToCompare),
)
async def compare(call: Call[MatrixRequest]) -> PaidAnswer:
    """Compare up to ten résumés with up to ten jobs: which one for which job, and what to fix first."""
    return await matrix.compare(call.body, call.paid, wiring.ledger(), wiring.rows(call.caller))


handler = app.lambda_handler()
