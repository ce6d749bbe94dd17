"""What was read becomes a file: `find` the one that was made before, or `make` it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol
from uuid import UUID

from functions._shared.domain.errors import (
    FileTooLarge,
    LetterNotFound,
    ResumeNotFound,
    StorageLimitReached,
    StoredFileNotFound,
)
from functions._shared.ports.documents import FORMATS
from functions.resume_export.schemas import MAX_INLINE, Details, ExportResult, FitReport

if TYPE_CHECKING:
    from functions._shared.ports.documents import Document, Format, ResumeWriter
    from functions._shared.ports.downloads import Downloads, Source
    from functions._shared.ports.files import Files
    from functions._shared.ports.rows import CallerRows

BUCKET: Final = "exports"
LINK_SECONDS: Final = 3600
WRITERS_VERSION: Final = 2
"""Raised when a writer changes, so that stored files of before are not served any more."""
_UNSAFE: Final = re.compile(r"[^\w .,()-]+")


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports that files are made with."""

    files: Files
    downloads: Downloads
    writer: ResumeWriter


class Exportable(Protocol):
    """Something that was read and can be written to a file."""

    @property
    def user_id(self) -> str:
        """Whose it is."""
        ...

    @property
    def form(self) -> Format:
        """The format."""
        ...

    @property
    def inline(self) -> bool:
        """Whether the answer holds the file."""
        ...

    @property
    def source(self) -> Source:
        """What it is made from."""
        ...

    @property
    def path(self) -> str:
        """Where the file is kept."""
        ...

    @property
    def file_name(self) -> str:
        """The name to save it as."""
        ...

    async def write(self, files: Files, writer: ResumeWriter) -> Document:
        """Write the file."""
        ...


async def find(export: Exportable, rows: CallerRows, files: Files) -> ExportResult | None:
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


async def make(export: Exportable, tools: Tools) -> ExportResult:
    """Write the file, store it and keep its row.

    Raises
    ------
    ResumeNotFound, LetterNotFound
        It was deleted meanwhile.
    StorageLimitReached
        The plan stores no more files.
    """
    form, path = export.form, export.path
    written = await export.write(tools.files, tools.writer)
    details, size = _details(written), len(written.content)
    await tools.files.write(BUCKET, path, written.content, FORMATS[form][0])
    try:
        identity = await tools.downloads.keep(
            export.user_id, export.source, form, path, size, details.model_dump(mode="json")
        )
    except (ResumeNotFound, LetterNotFound, StorageLimitReached):
        await tools.files.remove(BUCKET, path)
        raise
    return await _result(export, tools.files, identity, size, details, content=written.content)


def hashed(parts: list[Any]) -> str:
    """Return the hash of what decides about a file's bytes."""
    text = json.dumps([WRITERS_VERSION, *parts], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def plain_name(name: object, otherwise: str) -> str:
    """Return a file name without what file systems refuse."""
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", str(name or "")))
    return " ".join(plain.split())[:80].strip(" .") or otherwise


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
    export: Exportable, files: Files, identity: str, size: int, details: Details, *, content: bytes | None = None
) -> ExportResult:
    """Answer with a link; without ``content`` the file is one that was written before."""
    path, name, form = export.path, export.file_name, export.form
    url = await files.link(BUCKET, path, seconds=LINK_SECONDS, name=name)
    return ExportResult(
        download_id=UUID(identity),
        format=form,
        media_type=FORMATS[form][0],
        file_name=name,
        size=size,
        path=path,
        url=url,
        data=await _inline(path, content, files) if export.inline else None,
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
