"""The path of a scan.

The content comes from the résumé, and a file, if there is one, from storage. Rules judge both; no model takes part. The
flow `run_paid` reserves before and charges after, and each part is kept as a row of ``analyses`` with the charge.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from functions._shared.coverage.compare import coverage
from functions._shared.domain.documents.facts import FileFacts
from functions._shared.domain.effects import KeepAnalysis
from functions._shared.domain.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentTypeUnsupported,
    InternalError,
    NothingToCompare,
)
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.metered import run_paid
from functions._shared.flows.uploads import find_upload, read_upload
from functions.ats_scan.parseability import parseability, refused
from functions.ats_scan.report import report
from functions.ats_scan.schemas import ScanResult

if TYPE_CHECKING:
    from functions._shared.domain.resume.content import ResumeContent
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.document_reader import DocumentReader
    from functions._shared.ports.files import Files
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions._shared.ports.rows import CallerRows
    from functions.ats_scan.schemas import Coverage, Parseability, ScanRequest

OPERATION: Final = "ats_scan"


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports of a scan."""

    ledger: Ledger
    files: Files
    reader: DocumentReader


@dataclass(frozen=True, slots=True)
class Posting:
    """A job: the saved one, or the one in the request."""

    title: str | None
    company: str | None
    description: str


async def path_of(request: ScanRequest, rows: CallerRows) -> str | None:
    """Return where the file is. See `find_upload`."""
    return None if request.upload_id is None else (await find_upload(rows, request.upload_id)).path


async def scan(
    request: ScanRequest, path: str | None, call: PaidCall, tools: Tools, *, today: date | None = None
) -> PaidAnswer:
    """Scan a résumé and charge for it.

    Parameters
    ----------
    request : ScanRequest
        The résumé, and the job, the file or both to scan it with.
    path : str or None
        Where the file is in storage.
    call : PaidCall
        The payer, the idempotency key and the deadline.
    tools : Tools
        Ledger, storage and reader.
    today : datetime.date, optional
        Until when current jobs count; by default the current day (UTC).

    Returns
    -------
    PaidAnswer
        The `ScanResult` and the receipt.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds `NothingToCompare`, `StoredFileNotFound`, `FileTooLarge` and `DocumentUnreadable`.
        None of them is charged.
    """

    async def work(hold: Hold) -> ScanResult:
        return await _scan(request, path, hold, tools, today or datetime.now(UTC).date())

    return await run_paid(
        tools.ledger,
        call,
        work,
        operation=OPERATION,
        resume_id=str(request.resume_id),
        job_id=str(request.job_id) if request.job_id else None,
    )


async def _scan(request: ScanRequest, path: str | None, hold: Hold, tools: Tools, today: date) -> ScanResult:
    began = time.perf_counter()
    resume = hold.reservation.resume
    if resume is None:
        raise InternalError
    content = parse_content(resume.content)
    posting = _posting(request, hold)
    readable = None
    if path is not None:
        data = await read_upload(tools.files, path)
        readable = await asyncio.to_thread(_readability, data, content, tools.reader)
    covered = await asyncio.to_thread(coverage, content, posting.description, today=today) if posting else None
    found = report(readable, covered, posting.description if posting else "")
    milliseconds = round(1000 * (time.perf_counter() - began))
    result = ScanResult(**dict(found), resume_version=resume.version, analysis_ids=[])
    kept: list[KeepAnalysis] = []
    if found.parseability is not None:
        kept.append(_readable(found.parseability, resume.version, milliseconds))
    if found.coverage is not None and posting is not None:
        kept.append(_covered(found.coverage, posting, resume.version, milliseconds))
    for analysis in kept:
        hold.keep(analysis)
    return result.model_copy(update={"analysis_ids": [analysis.id for analysis in kept]})


def _readability(data: bytes, content: ResumeContent, reader: DocumentReader) -> Parseability:
    """Judge the file. One that cannot be opened is a result too."""
    try:
        document = reader.read(data, facts=True)
    except (DocumentDamaged, DocumentEncrypted, DocumentTypeUnsupported) as error:
        return parseability(refused(error, len(data)), None, content)
    return parseability(document.facts or FileFacts(document.kind, len(data)), document, content)


def _posting(request: ScanRequest, hold: Hold) -> Posting | None:
    if request.job is not None:
        return Posting(request.job.title, request.job.company, request.job.description)
    if request.job_id is None:
        return None
    saved = hold.reservation.job
    if saved is None or not (saved.description or "").strip():
        raise NothingToCompare
    return Posting(saved.title, saved.company, saved.description or "")


def _readable(part: Parseability, version: int, milliseconds: int) -> KeepAnalysis:
    failed = [rule for rule in part.rules if rule.status == "fail"]
    return KeepAnalysis(
        analysis_type="ats_score",
        resume_version=version,
        score=part.score,
        issues=[rule.model_dump(mode="json") for rule in failed],
        suggestions=[rule.next_step for rule in failed],
        results=part.model_dump(mode="json", include={"score", "cap", "rules"}),
        processing_time_ms=milliseconds,
    )


def _covered(part: Coverage, posting: Posting, version: int, milliseconds: int) -> KeepAnalysis:
    matched = [each for each in part.requirements if each.verdict in {"found", "variant"}]
    missing = [each for each in part.requirements if each.verdict == "missing"]
    return KeepAnalysis(
        analysis_type="keyword_match",
        resume_version=version,
        job_title=posting.title,
        company=posting.company,
        job_description=posting.description,
        score=part.score,
        keywords_matched=len(matched),
        keywords_missing=len(missing),
        issues=[each.model_dump(mode="json") for each in missing],
        suggestions=[each.next_step for each in missing],
        results=part.model_dump(mode="json"),
        processing_time_ms=milliseconds,
    )
