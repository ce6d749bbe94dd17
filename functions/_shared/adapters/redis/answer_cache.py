"""The cache of model answers in Redis."""

from __future__ import annotations

import hashlib

from typing_extensions import override

from functions._shared.adapters.redis.client import RedisAdapter
from functions._shared.ports.answer_cache import AnswerCache


class RedisAnswerCache(RedisAdapter, AnswerCache):
    """The answer cache in Redis: one key per answer, which Redis expires."""

    seconds = 1.0  # a slower cache is of no use

    @override
    async def get(self, user_id: str, key: str) -> str | None:
        from redis.exceptions import RedisError

        try:
            text = await self._client.get(_name(user_id, key))
        except (RedisError, OSError):
            return None
        return text if isinstance(text, str) else None

    @override
    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        from redis.exceptions import RedisError

        try:
            await self._client.set(_name(user_id, key), text, ex=seconds)
        except (RedisError, OSError):
            return


def _name(user_id: str, key: str) -> str:
    return f"ai:cache:{hashlib.sha256(f'{user_id}:{key}'.encode()).hexdigest()}"
