"""The builder of the limiter of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from functions._shared.ports.rate_limiter import RateLimiter
    from functions._shared.settings import Settings


def limiter_of_calls(config: Settings, client: httpx.AsyncClient) -> RateLimiter:
    """Return the limiter in Redis, or else in Postgres."""
    if config.optional_secret("REDIS_URL"):
        from functions._shared.adapters.redis.rate_limiter import RedisRateLimiter

        return RedisRateLimiter(config.redis_url)
    from functions._shared.adapters.supabase.rate_limiter import SupabaseRateLimiter

    return SupabaseRateLimiter(config.supabase_url, config.secret_key, client)
