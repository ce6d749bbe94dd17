"""Files that users uploaded: where they are, and what is in them. Used by `resume_import` and `ats_scan`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import UploadNotFound

if TYPE_CHECKING:
    from uuid import UUID

    from functions._shared.ports.files import Files
    from functions._shared.ports.rows import CallerRows

BUCKET: Final = "resumes"
MAX_BYTES: Final = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the bucket ``resumes``: the name that the user knows, and its path."""

    file_name: str
    path: str


async def find_upload(rows: CallerRows, upload_id: UUID) -> Upload:
    """Return where an upload of the caller is.

    Raises
    ------
    UploadNotFound
        The caller has no such upload.
    """
    found = await rows.select("resume_uploads", columns="file_name,path", match={"id": str(upload_id)}, limit=1)
    if not found:
        raise UploadNotFound
    return Upload(found[0]["file_name"], found[0]["path"])


async def read_upload(files: Files, path: str) -> bytes:
    """Return the bytes of an uploaded file, whose path comes from a row of its user. See `Files.read`."""
    return await files.read(BUCKET, path, limit=MAX_BYTES)
