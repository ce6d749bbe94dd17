"""The base class of adapters in Redis: its client, which waits only shortly."""

from __future__ import annotations

from typing import ClassVar


class RedisAdapter:
    """Holds the connections to a Redis server.

    Parameters
    ----------
    url : str
        For example ``rediss://user:password@host:6379/0``.
    """

    seconds: ClassVar[float]
    """Timeout."""

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis

        self._client = Redis.from_url(
            url, decode_responses=True, socket_timeout=self.seconds, socket_connect_timeout=self.seconds
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
