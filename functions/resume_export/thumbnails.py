"""Pictures of saved résumés: the first page, small, as the résumé's own template has it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from functions._shared import logs
from functions._shared.domain.documents.lengths import check_length
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.errors import ResumeTooLong
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.photo import read_photo
from functions._shared.ports.documents import FORMATS
from functions.resume_export.files import BUCKET

if TYPE_CHECKING:
    from functions._shared.ports.documents import ResumeWriter
    from functions._shared.ports.files import Files
    from functions._shared.ports.thumbnails import Thumbnails


async def draw(entry: str, thumbnails: Thumbnails, files: Files, writer: ResumeWriter) -> None:
    """Draw the first page of a saved résumé, and name the picture on it. One that is too long has none.

    Parameters
    ----------
    entry : str
        Id of its entry in the outbox. Each save makes another one, so the path of a picture is never used again.
    thumbnails, files, writer
        The ports.
    """
    sitter = await thumbnails.read(entry)
    if sitter is None:
        logs.logger().info("thumbnail_not_needed", extra={"outbox_id": entry})
        return
    try:
        check_length(sitter.content)
    except ResumeTooLong:
        await thumbnails.keep(entry, None)
        return
    photo = await read_photo(sitter.photo_path, sitter.design, files, writer)
    view = build_view(parse_content(sitter.content), sitter.design, sitter.layout, photo=photo)
    picture = await asyncio.to_thread(writer.thumbnail, view)
    path = f"{sitter.user_id}/{entry}.png"
    await files.write(BUCKET, path, picture, FORMATS["png"][0])
    await thumbnails.keep(entry, path)
