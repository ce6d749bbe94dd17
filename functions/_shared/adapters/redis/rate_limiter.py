"""Rate limits in Redis: one key per subject and endpoint, and one script per call."""

from __future__ import annotations

from typing import Final

from typing_extensions import override

from functions._shared import logs
from functions._shared.adapters.redis.client import RedisAdapter
from functions._shared.domain.errors import RateLimited
from functions._shared.domain.rate import Rate
from functions._shared.ports.rate_limiter import RateLimiter

# The same window as `public.rate_limit_hit`: this one and the share of the previous one that it still overlaps.
_SCRIPT: Final = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local start = math.floor(now / window) * window
local seen = redis.call('HMGET', KEYS[1], 'start', 'hits', 'before')
local hits, before = 0, 0
if seen[1] and tonumber(seen[1]) == start then
  hits, before = tonumber(seen[2]), tonumber(seen[3])
elseif seen[1] and tonumber(seen[1]) == start - window then
  before = tonumber(seen[2])
end
local estimate = hits + before * (1 - (now - start) / window)
if estimate + 1 > limit then
  if hits + 1 > limit then
    return {0, 0, math.ceil(start + window - now)}
  end
  return {0, 0, math.ceil(window * (estimate + 1 - limit) / before)}
end
redis.call('HSET', KEYS[1], 'start', start, 'hits', hits + 1, 'before', before)
redis.call('EXPIRE', KEYS[1], window * 2)
return {1, math.floor(limit - estimate - 1), 0}
"""


class RedisRateLimiter(RedisAdapter, RateLimiter):
    """The rate limiter in Redis."""

    seconds = 0.5  # a call does not wait longer for its turn

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._script = self._client.register_script(_SCRIPT)

    @override
    async def hit(self, subject: str, endpoint: str, *, limit: int, window: int) -> Rate | None:
        from redis.exceptions import RedisError

        try:
            allowed, remaining, wait = await self._script(
                keys=[f"ratelimit:{subject}:{endpoint}"], args=[limit, window]
            )
        except (RedisError, OSError) as error:
            logs.logger().warning("rate_limiter_failed", extra={"type": type(error).__name__})
            return None
        if not allowed:
            raise RateLimited.beyond(endpoint, limit, window, int(wait))
        return Rate(endpoint, limit, window, int(remaining))
