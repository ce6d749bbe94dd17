"""Pictures of saved résumés, over PostgREST."""

from __future__ import annotations

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.ports.thumbnails import Sitter, Thumbnails


class SupabaseThumbnails(ServiceCalls, Thumbnails):
    """Calls the database functions of thumbnails."""

    @override
    async def due(self, limit: int) -> list[str]:
        answer = await self.call("thumbnails_due", p_limit=limit)
        if not isinstance(answer, list):
            raise AnswerLost
        return answer

    @override
    async def read(self, entry: str) -> Sitter | None:
        answer = await self.call("thumbnail_read", p_outbox_id=entry)
        if answer is None:
            return None
        if not isinstance(answer, dict):
            raise AnswerLost
        return Sitter(**answer)

    @override
    async def keep(self, entry: str, path: str | None) -> bool:
        return await self.call("thumbnail_keep", p_outbox_id=entry, p_path=path) is True
