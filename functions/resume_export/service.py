"""The path of an export: `read` it, `find` the file that was written before, or `make` it, now or as a task.

The résumé and its template are read with the caller's rights, so nobody exports what they cannot read. The path of the
file is the hash of everything that decides about its bytes: the same export is made once, and then served from storage.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from pydantic import BaseModel

from functions._shared.domain.documents.lengths import check_length
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.errors import (
    FileTooLarge,
    PremiumTemplate,
    ResumeNotFound,
    StorageLimitReached,
    StoredFileNotFound,
    TemplateNotFound,
)
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.tasks import TaskPlan
from functions._shared.ports.documents import FORMATS
from functions.resume_export.schemas import MAX_INLINE, Details, ExportRequest, ExportResult, FitReport

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.ports.documents import Document, ResumeWriter
    from functions._shared.ports.downloads import Downloads
    from functions._shared.ports.files import Files
    from functions._shared.ports.rows import CallerRows

OPERATION: Final = "resume_export"
"""Of tasks, in the registry."""
BUCKET: Final = "exports"
DEFAULT_TEMPLATE: Final = "modern-1"
LINK_SECONDS: Final = 3600
WRITERS_VERSION: Final = 1
"""Raised when a writer changes, so that stored files of before are not served any more."""
_OPTIONS: Final = {
    "pdf": {"format", "language", "max_pages"},
    "png": {"format", "language", "max_pages", "page"},
    "json": {"format"},
}
"""Which options decide about the bytes of a format."""
_UNSAFE: Final = re.compile(r"[^\w .,()-]+")


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports that files are made with."""

    files: Files
    downloads: Downloads
    writer: ResumeWriter


class Export(BaseModel):
    """An export that was read: the request, and the résumé and the design as they were. The input of its task."""

    request: ExportRequest
    user_id: str
    resume: dict[str, Any]
    design: dict[str, Any]

    @property
    def path(self) -> str:
        """Where the file is kept."""
        return f"{self.user_id}/{_fingerprint(self)}.{FORMATS[self.request.format][1]}"

    @property
    def file_name(self) -> str:
        """The name to save it as."""
        return f"{_file_name(self.resume)}.{FORMATS[self.request.format][1]}"


async def read(request: ExportRequest, user_id: str, rows: CallerRows) -> Export:
    """Read what is to be exported.

    Raises
    ------
    ResumeNotFound, TemplateNotFound
        The caller cannot read it.
    PremiumTemplate
        The caller's plan does not include the template.
    ResumeTooLong
        The content is longer than what is set.
    """
    resume = await _resume(request, rows)
    check_length(resume["content"])
    design = await _design(request.template, resume["template_id"], rows)
    return Export(request=request, user_id=user_id, resume=resume, design=dict(design))


async def find(export: Export, rows: CallerRows, files: Files) -> ExportResult | None:
    """Return the file that was written before; None if there is none."""
    known = await rows.select(
        "resume_downloads", columns="id,file_size_bytes,details", match={"file_path": export.path}, limit=1
    )
    if not known:
        return None
    details = Details.model_validate(known[0]["details"])
    try:
        return await _result(export, files, known[0]["id"], known[0]["file_size_bytes"], details)
    except StoredFileNotFound:
        return None


async def make(export: Export, tools: Tools) -> ExportResult:
    """Write the file, store it and keep its row.

    Raises
    ------
    ResumeNotFound
        The résumé was deleted meanwhile.
    StorageLimitReached
        The plan stores no more files.
    """
    resume, form, path = export.resume, export.request.format, export.path
    written = await asyncio.to_thread(_write, export, tools.writer)
    details, size = _details(written), len(written.content)
    await tools.files.write(BUCKET, path, written.content, FORMATS[form][0])
    try:
        identity = await tools.downloads.keep(
            export.user_id, resume["id"], resume["version"], form, path, size, details.model_dump(mode="json")
        )
    except (ResumeNotFound, StorageLimitReached):
        await tools.files.remove(BUCKET, path)
        raise
    return await _result(export, tools.files, identity, size, details, content=written.content)


def plan_task(export: Export) -> TaskPlan:
    """Plan the task that makes the file. Its result has a link, and never the file itself."""
    slim = export.model_copy(update={"request": export.request.model_copy(update={"inline": False})})
    return TaskPlan(OPERATION, slim.model_dump(mode="json"), [], str(export.request.resume_id))


async def _resume(request: ExportRequest, rows: CallerRows) -> dict[str, Any]:
    found = await rows.select(
        "resumes",
        columns="id,title,content,layout,template_id,version",
        match={"id": str(request.resume_id)},
        limit=1,
    )
    if not found:
        raise ResumeNotFound
    return found[0]


async def _design(template: str | None, chosen: str | None, rows: CallerRows) -> Json:
    """Return the design of the template that was asked for, or of the résumé's own, or of the usual one."""
    asked = template or chosen or DEFAULT_TEMPLATE
    column = "id" if _is_uuid(asked) else "slug"
    found = await rows.select(
        "resume_templates", columns="id,design,is_premium,based_on", match={column: asked}, limit=1
    )
    if not found:
        raise TemplateNotFound
    row = found[0]
    premium = row["id"] if row["is_premium"] else row["based_on"]
    design: Json | None = row["design"]
    if premium is not None:
        designs = await rows.select("premium_designs", columns="design", match={"template_id": premium}, limit=1)
        if not designs:
            raise PremiumTemplate
        design = design or designs[0]["design"]
    if design is None:
        raise TemplateNotFound
    return design


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _fingerprint(export: Export) -> str:
    """Return the hash of everything that decides about the bytes."""
    request, resume = export.request, export.resume
    parts = [
        WRITERS_VERSION,
        resume["id"],
        resume["content"],
        resume["layout"],
        export.design,
        request.model_dump(mode="json", include=_OPTIONS.get(request.format, {"format", "language"})),
    ]
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _file_name(resume: dict[str, Any]) -> str:
    person = (resume["content"] or {}).get("personalInfo") or {}
    name = person.get("name") or person.get("fullName") or resume["title"] or "Résumé"
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", str(name)))
    return " ".join(plain.split())[:80].strip(" .") or "Résumé"


def _write(export: Export, writer: ResumeWriter) -> Document:
    request, resume = export.request, export.resume
    view = build_view(parse_content(resume["content"]), export.design, resume["layout"], language=request.language)
    return writer.write(view, request.format, max_pages=request.max_pages, page=request.page)


def _details(written: Document) -> Details:
    fit = written.fit
    return Details(
        pages=written.pages,
        fit=None
        if fit is None
        else FitReport(
            requested=fit.requested, pages=fit.pages, fits=fit.fits, size=fit.size, line_height=fit.line_height
        ),
        missing_glyphs=written.missing_glyphs[:500],
        replaced_fonts=written.replaced_fonts[:20],
    )


async def _result(
    export: Export, files: Files, identity: str, size: int, details: Details, *, content: bytes | None = None
) -> ExportResult:
    """Answer with a link; without ``content`` the file is one that was written before."""
    path, name, form = export.path, export.file_name, export.request.format
    url = await files.link(BUCKET, path, seconds=LINK_SECONDS, name=name)
    return ExportResult(
        download_id=UUID(identity),
        format=form,
        media_type=FORMATS[form][0],
        file_name=name,
        size=size,
        path=path,
        url=url,
        data=await _inline(path, content, files) if export.request.inline else None,
        is_new=content is not None,
        details=details,
    )


async def _inline(path: str, content: bytes | None, files: Files) -> str | None:
    if content is None:
        try:
            content = await files.read(BUCKET, path, limit=MAX_INLINE)
        except FileTooLarge:
            return None
    return base64.b64encode(content).decode() if len(content) <= MAX_INLINE else None
