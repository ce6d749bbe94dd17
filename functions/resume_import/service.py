"""The path of an import.

The file comes from storage or from the request, the reader turns it into a document, and rules turn that into content.
The flow `run_paid` reserves before and charges after; the new résumé and the row of the upload are effects of the
charge. A file that cannot be read costs nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4, uuid5

import jsonpatch

from functions._shared.domain.effects import FailUpload, KeepResume, KeepUpload
from functions._shared.domain.errors import (
    DocumentHasNoText,
    DocumentUnreadable,
    ResumeLimitReached,
    StorageLimitReached,
)
from functions._shared.domain.tasks import Part, TaskPlan
from functions._shared.flows.metered import run_paid
from functions._shared.flows.uploads import BUCKET, find_upload, read_upload
from functions.resume_import.importer import import_document
from functions.resume_import.schemas import ImportedField, ImportInput, ImportResult

if TYPE_CHECKING:
    from functions._shared.domain.metering import ResumeSnapshot
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.document_reader import DocumentReader
    from functions._shared.ports.files import Files
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions._shared.ports.rows import CallerRows
    from functions.resume_import.importer import Imported
    from functions.resume_import.schemas import ImportRequest, ReadStatus

OPERATION: Final = "resume_import"
KEPT_FIELDS: Final = 2_000
"""Fields that are kept with the upload; the content is kept whole."""
_TYPES: Final = {
    "pdf": ("pdf", "application/pdf"),
    "attachment": ("pdf", "application/pdf"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "linkedin": ("zip", "application/zip"),
    "text": ("txt", "text/plain"),
    "rendercv": ("txt", "text/plain"),
}
_DATA: Final = ("json", "application/json")


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports of an import."""

    ledger: Ledger
    files: Files
    reader: DocumentReader


async def source(request: ImportRequest, rows: CallerRows) -> ImportInput:
    """Find out where the file is.

    Raises
    ------
    UploadNotFound
        The caller has no such upload.
    """
    found = ImportInput(text=request.text, resume_id=request.resume_id, title=request.title)
    if request.upload_id is not None:
        upload = await find_upload(rows, request.upload_id)
        return found.model_copy(
            update={"upload_id": request.upload_id, "file_name": upload.file_name, "path": upload.path}
        )
    if request.file is not None:
        return found.model_copy(update={"file_name": request.file.name})
    return found


def plan_task(what: ImportInput) -> TaskPlan:
    """Return the task that does an import later. Its file must be in storage."""
    resume_id = str(what.resume_id) if what.resume_id else None
    return TaskPlan(
        OPERATION,
        what.model_dump(mode="json"),
        [Part(OPERATION, resume_id=resume_id, new_resume=resume_id is None)],
        resume_id=resume_id,
    )


async def import_resume(what: ImportInput, body: bytes | None, call: PaidCall, tools: Tools) -> PaidAnswer:
    """Import a résumé and charge for it.

    Parameters
    ----------
    what : ImportInput
        What to import.
    body : bytes or None
        The file, if it came with the request.
    call : PaidCall
        The payer, the idempotency key and the deadline.
    tools : Tools
        Ledger, storage and reader.

    Returns
    -------
    PaidAnswer
        The `ImportResult` and the receipt.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds `DocumentUnreadable` and its subclasses, `StoredFileNotFound`, `FileTooLarge` and
        `ContentInvalid`. None of them is charged, and nothing is stored but the reason, on the row of the upload.
    """
    stored: list[str] = []

    async def work(hold: Hold) -> ImportResult:
        try:
            return await _import(what, body, call.caller.user_id, hold, tools, stored)
        except DocumentUnreadable as error:
            if what.upload_id is not None:
                hold.keep_failure(FailUpload(id=what.upload_id, message=error.detail))
            raise

    try:
        return await run_paid(
            tools.ledger,
            call,
            work,
            operation=OPERATION,
            resume_id=str(what.resume_id) if what.resume_id else None,
            new_resume=what.resume_id is None,
            # A pasted text is kept nowhere, and an upload has its row.
            needs={"room": "resume_uploads"} if body is not None else None,
        )
    except (ResumeLimitReached, StorageLimitReached):
        for path in stored:
            await tools.files.remove(BUCKET, path)
        raise


async def _import(
    what: ImportInput, body: bytes | None, user_id: str, hold: Hold, tools: Tools, stored: list[str]
) -> ImportResult:
    if what.text is not None:
        data = what.text.encode()
    elif body is not None:
        data = body
    else:
        data = await read_upload(tools.files, what.path or "")
    document = await asyncio.to_thread(tools.reader.read, data)
    imported = await asyncio.to_thread(import_document, document)
    status = imported.status
    if status == "no_text":
        raise DocumentHasNoText(" ".join(imported.notes), notes=list(imported.notes))
    resume = hold.reservation.resume
    resume_id = None
    if resume is None:
        made = KeepResume(title=_title(what, imported), content=imported.content)
        hold.keep(made)
        resume_id = made.id
    result = _result(imported, status, resume, resume_id)
    if what.text is None:
        upload = await _upload(what, body, data, imported, user_id, hold, tools.files)
        stored += [upload.path] if body is not None else []
        upload = upload.model_copy(update={"resume_id": resume_id or what.resume_id, "parsed_data": _parsed(result)})
        hold.keep(upload)
        result = result.model_copy(update={"upload_id": upload.id})
    return result


async def _upload(
    what: ImportInput, body: bytes | None, data: bytes, imported: Imported, user_id: str, hold: Hold, files: Files
) -> KeepUpload:
    """Return the row that keeps the file. A file that came with the request goes to storage first."""
    path = what.path
    upload_id = what.upload_id
    if body is not None:
        ending, media_type = _TYPES.get(imported.source, _DATA)
        # The same for each attempt with one key, so that a repeated request does not leave a second file behind.
        file_id = uuid5(UUID(hold.reservation.usage_id), "file") if hold.reservation.usage_id else uuid4()
        path, upload_id = f"{user_id}/{file_id}.{ending}", file_id
        await files.write(BUCKET, path, body, media_type)
    return KeepUpload(
        id=upload_id or uuid4(),
        is_new=body is not None,
        file_name=what.file_name or "résumé",
        path=path or "",
        file_size_bytes=len(data),
        parsed_data={},
        confidence=imported.confidence,
    )


def _title(what: ImportInput, imported: Imported) -> str:
    name = (imported.content.get("personalInfo") or {}).get("name") or ""
    return (what.title or name or (what.file_name or "").rpartition(".")[0] or "Imported résumé")[:255]


def _result(
    imported: Imported, status: ReadStatus, resume: ResumeSnapshot | None, resume_id: UUID | None
) -> ImportResult:
    return ImportResult(
        status=status,
        resume_id=resume_id,
        upload_id=None,
        content=imported.content,
        patch=None if resume is None else proposal(resume.content, imported.content),
        base_version=None if resume is None else resume.version,
        confidence=imported.confidence,
        fields=[
            ImportedField(
                pointer=pointer,
                confidence=value.confidence,
                page=None if value.page is None else value.page + 1,
                box=None if value.box is None else [round(edge, 1) for edge in value.box],
            )
            for pointer, value in imported.fields.items()
        ],
        review=list(imported.review),
        notes=list(imported.notes),
        source=imported.source,
        design=imported.design,
    )


def proposal(stored: Any, found: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Return the patch that puts each section of a file in the place of the résumé's own.

    A section that the file does not have stays, and so does each contact detail.
    """
    merged = dict(stored)
    for section, value in found.items():
        if isinstance(value, dict) and isinstance(stored.get(section), dict):
            merged[section] = {**stored[section], **{key: each for key, each in value.items() if each}}
        elif value:
            merged[section] = value
    patch: list[dict[str, Any]] = jsonpatch.make_patch(stored, merged).patch
    return patch


def _parsed(result: ImportResult) -> dict[str, Any]:
    """Return what the row of the upload keeps."""
    kept = result.model_dump(
        mode="json", include={"status", "content", "confidence", "fields", "review", "notes", "source"}
    )
    kept["fields"] = kept["fields"][:KEPT_FIELDS]
    return kept
