"""The cache of model answers in Postgres, for deployments without Redis. Each call is one round trip."""

from __future__ import annotations

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import DomainError
from functions._shared.ports.answer_cache import AnswerCache


class SupabaseAnswerCache(ServiceCalls, AnswerCache):
    """The answer cache over PostgREST."""

    @override
    async def get(self, user_id: str, key: str) -> str | None:
        try:
            text = await self.call("ai_cache_get", p_user_id=user_id, p_prompt_hash=key)
        except DomainError:
            return None
        return text if isinstance(text, str) else None

    @override
    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        try:
            await self.call("ai_cache_put", p_user_id=user_id, p_prompt_hash=key, p_response=text, p_seconds=seconds)
        except DomainError:
            return
