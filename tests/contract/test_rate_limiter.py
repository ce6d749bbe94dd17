"""The contract of the `RateLimiter` port, against a real Valkey and the real Postgres behind its API."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import pytest

from functions._shared.adapters.redis.rate_limiter import RedisRateLimiter
from functions._shared.adapters.supabase.rate_limiter import SupabaseRateLimiter
from functions._shared.ai.lazy import close
from functions._shared.domain.errors import RateLimited

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from functions._shared.ports.rate_limiter import RateLimiter
    from local.stack import Stack


@pytest.fixture(params=["redis", "postgres"])
async def limiter(request: pytest.FixtureRequest, redis_url: str, stack: Stack) -> AsyncIterator[RateLimiter]:
    async with httpx.AsyncClient() as client:
        chosen: RateLimiter = RedisRateLimiter(redis_url)
        if request.param == "postgres":
            chosen = SupabaseRateLimiter(stack.url, stack.secret_key, client)
        yield chosen
        await close(chosen)


@pytest.fixture(params=["redis", "postgres"])
async def broken(request: pytest.FixtureRequest) -> AsyncIterator[RateLimiter]:
    async with httpx.AsyncClient() as client:
        chosen: RateLimiter = RedisRateLimiter("redis://127.0.0.1:9/0")
        if request.param == "postgres":
            chosen = SupabaseRateLimiter("http://127.0.0.1:9", "key", client)
        yield chosen
        await close(chosen)


async def test_so_many_calls_are_allowed_and_no_more(limiter: RateLimiter) -> None:
    subject = str(uuid4())
    rates = [await limiter.hit(subject, "billing/plans", limit=3, window=86_400) for _ in range(3)]
    assert [rate and rate.remaining for rate in rates] == [2, 1, 0]
    with pytest.raises(RateLimited) as caught:
        await limiter.hit(subject, "billing/plans", limit=3, window=86_400)
    wait = caught.value.retry_after
    assert wait is not None
    assert 0 < wait <= 86_400
    assert caught.value.headers == {
        "retry-after": str(wait),
        "ratelimit-policy": '"billing/plans";q=3;w=86400',
        "ratelimit": f'"billing/plans";r=0;t={wait}',
    }


async def test_subjects_and_endpoints_are_counted_apart(limiter: RateLimiter) -> None:
    subject = str(uuid4())
    for one, endpoint in ((subject, "a"), (subject, "b"), ("2001:db8::1" + subject, "a")):
        rate = await limiter.hit(one, endpoint, limit=1, window=86_400)
        assert rate is not None
        assert (rate.policy, rate.remaining) == (endpoint, 0)


async def test_a_limiter_that_is_out_of_order_lets_calls_through(broken: RateLimiter) -> None:
    assert await broken.hit(str(uuid4()), "a", limit=1, window=60) is None


async def test_the_key_in_redis_has_the_designs_form(redis_url: str) -> None:
    from redis.asyncio import Redis

    limiter, subject = RedisRateLimiter(redis_url), str(uuid4())
    await limiter.hit(subject, "billing/plans", limit=1, window=60)
    client = Redis.from_url(redis_url)
    assert 60 < await client.ttl(f"ratelimit:{subject}:billing/plans") <= 120
    await client.aclose()
    await limiter.aclose()
