"""The rows of exported files, over PostgREST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.ports.downloads import Downloads

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.ports.downloads import Source


class SupabaseDownloads(ServiceCalls, Downloads):
    """Calls the database function that keeps a file."""

    @override
    async def keep(self, user_id: str, source: Source, form: str, path: str, size: int, details: Json) -> str:
        identity = await self.call(
            "download_keep",
            p_user_id=user_id,
            p_resume_id=source.resume_id,
            p_resume_version=source.version,
            p_document_id=source.document_id,
            p_format=form,
            p_path=path,
            p_size=size,
            p_details=details,
        )
        return str(identity)
