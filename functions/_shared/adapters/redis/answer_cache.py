"""Cached answers of models in Redis."""

from __future__ import annotations

from typing import Final

_SECONDS: Final = 1.0
"""A cache that takes longer is no help."""


class RedisAnswerCache:
    """`AnswerCache` in Redis, one key an answer, which Redis forgets by itself.

    Parameters
    ----------
    url : str
        Such as ``rediss://user:password@host:6379/0``.
    """

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis

        self._client = Redis.from_url(
            url, decode_responses=True, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
        )

    async def get(self, user_id: str, key: str) -> str | None:
        """See `AnswerCache.get`."""
        from redis.exceptions import RedisError

        try:
            found = await self._client.get(_name(user_id, key))
        except (RedisError, OSError):
            return None
        return found if isinstance(found, str) else None

    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        """See `AnswerCache.put`."""
        from redis.exceptions import RedisError

        try:
            await self._client.set(_name(user_id, key), text, ex=seconds)
        except (RedisError, OSError):
            return

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _name(user_id: str, key: str) -> str:
    return f"ai:cache:{user_id}:{key}"
