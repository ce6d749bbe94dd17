"""The contract of the `AnswerCache` port, against a real Valkey and the real Postgres behind its API."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from functions._shared.adapters.redis.answer_cache import RedisAnswerCache
from functions._shared.adapters.supabase.answer_cache import SupabaseAnswerCache
from functions._shared.ai.lazy import close

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from functions._shared.ports.answer_cache import AnswerCache
    from local.stack import Stack

KEY, OTHER_KEY = "a" * 64, "b" * 64


@pytest.fixture(params=["redis", "postgres"])
async def cache(request: pytest.FixtureRequest, redis_url: str, stack: Stack) -> AsyncIterator[AnswerCache]:
    async with httpx.AsyncClient() as client:
        answers: AnswerCache = RedisAnswerCache(redis_url)
        if request.param == "postgres":
            answers = SupabaseAnswerCache(stack.url, stack.secret_key, client)
        yield answers
        await close(answers)


@pytest.fixture(params=["redis", "postgres"])
async def broken(request: pytest.FixtureRequest) -> AsyncIterator[AnswerCache]:
    async with httpx.AsyncClient() as client:
        answers: AnswerCache = RedisAnswerCache("redis://127.0.0.1:9/0")
        if request.param == "postgres":
            answers = SupabaseAnswerCache("http://127.0.0.1:9", "key", client)
        yield answers
        await close(answers)


async def test_a_cached_answer_is_returned(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    user = str(new_user())
    text = '{"text": "Zażółć 経験 👩🏽‍💻 \\" \\n"}'
    await cache.put(user, KEY, text, seconds=60)

    assert await cache.get(user, KEY) == text
    assert await cache.get(user, OTHER_KEY) is None


async def test_users_cannot_see_answers_of_other_users(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    mine, theirs = str(new_user()), str(new_user())
    await cache.put(mine, KEY, "mine", seconds=60)

    assert await cache.get(theirs, KEY) is None


async def test_the_latest_answer_wins(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    user = str(new_user())
    await cache.put(user, KEY, "old", seconds=60)
    await cache.put(user, KEY, "new", seconds=60)

    assert await cache.get(user, KEY) == "new"


async def test_an_answer_expires(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    user = str(new_user())
    await cache.put(user, KEY, "brief", seconds=1)
    async with asyncio.timeout(30):
        while await cache.get(user, KEY) is not None:  # noqa: ASYNC110 - the server's clock decides
            await asyncio.sleep(0.1)


async def test_an_unknown_user_has_no_answers(cache: AnswerCache) -> None:
    assert await cache.get(str(uuid4()), KEY) is None


async def test_a_broken_cache_acts_like_an_empty_one(broken: AnswerCache) -> None:
    await broken.put(str(uuid4()), KEY, "lost", seconds=60)

    assert await broken.get(str(uuid4()), KEY) is None
