"""The cache of model answers in Redis."""

from __future__ import annotations

import hashlib
from typing import Final

from typing_extensions import override

from functions._shared.ports.answer_cache import AnswerCache

_SECONDS: Final = 1.0
"""Timeout: a slower cache is of no use."""


class RedisAnswerCache(AnswerCache):
    """The answer cache in Redis: one key per answer, which Redis expires.

    Parameters
    ----------
    url : str
        For example ``rediss://user:password@host:6379/0``.
    """

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis

        self._client = Redis.from_url(
            url, decode_responses=True, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
        )

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

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _name(user_id: str, key: str) -> str:
    return f"ai:cache:{hashlib.sha256(f'{user_id}:{key}'.encode()).hexdigest()}"
