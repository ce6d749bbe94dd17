"""The rows of exported files, over PostgREST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.ports.downloads import Downloads

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


class SupabaseDownloads(ServiceCalls, Downloads):
    """Calls the database function that keeps a file."""

    @override
    async def keep(
        self, user_id: str, resume_id: str, version: int, form: str, path: str, size: int, details: Json
    ) -> str:
        identity = await self.call(
            "download_keep",
            p_user_id=user_id,
            p_resume_id=resume_id,
            p_resume_version=version,
            p_format=form,
            p_path=path,
            p_size=size,
            p_details=details,
        )
        return str(identity)
