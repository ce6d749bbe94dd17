"""The photo of a résumé, from storage to what documents show: a small square JPEG without metadata."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.documents.design import parse_design
from functions._shared.domain.errors import FileTooLarge, StoredFileNotFound

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.ports.documents import ResumeWriter
    from functions._shared.ports.files import Files

BUCKET: Final = "photos"
MAX_BYTES: Final = 5 * 1024 * 1024


async def read_photo(path: str | None, design: Json, files: Files, writer: ResumeWriter) -> bytes | None:
    """Return the photo; None if there is none, the design has no place for it, or it is no picture.

    Parameters
    ----------
    path : str or None
        In the bucket ``photos``, from a row of its owner.
    design : mapping
        Of the template.
    files, writer
        The ports. The writer cuts the picture and makes another file of it, without what cameras note.
    """
    if path is None or parse_design(design).photo == "none":
        return None
    try:
        picture = await files.read(BUCKET, path, limit=MAX_BYTES)
    except (StoredFileNotFound, FileTooLarge):
        logs.logger().info("photo_unreadable")
        return None
    return await asyncio.to_thread(writer.photo, picture)
