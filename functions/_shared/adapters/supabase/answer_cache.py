"""Cached answers of models in Postgres, where there is no Redis. Each call is a round trip."""

from __future__ import annotations

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import DomainError


class SupabaseAnswerCache(ServiceCalls):
    """`AnswerCache` over PostgREST."""

    async def get(self, user_id: str, key: str) -> str | None:
        """See `AnswerCache.get`."""
        try:
            found = await self.call("ai_cache_get", p_user_id=user_id, p_prompt_hash=key)
        except DomainError:
            return None
        return found if isinstance(found, str) else None

    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        """See `AnswerCache.put`."""
        try:
            await self.call("ai_cache_put", p_user_id=user_id, p_prompt_hash=key, p_response=text, p_seconds=seconds)
        except DomainError:
            return
