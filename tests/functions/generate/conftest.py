"""Users with a real résumé, and `generate` in front of a fake model vendor."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from functions._shared.ai import structured
from tests.fakes.models import FakeModels
from tests.functions.edge.account import Account
from tests.functions.generate.writer import ENGINEER, Writer, job

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Callable, Iterator

    import psycopg

    from local.stack import Stack

KEY = "test-key"


@pytest.fixture(scope="module")
def cloud() -> Iterator[FakeModels]:
    with FakeModels(key=KEY) as fake:
        yield fake


@pytest.fixture
def fake(cloud: FakeModels, monkeypatch: pytest.MonkeyPatch) -> FakeModels:
    """The fake model vendor, without any planned answers."""
    cloud.reset()
    monkeypatch.setattr(structured, "FIRST_PAUSE", 0.001)
    return cloud


@pytest.fixture
def database_rows(connect: Callable[[], psycopg.Connection[dict[str, Any]]]) -> psycopg.Connection[dict[str, Any]]:
    """A superuser's connection, to read the resulting rows."""
    return connect()


@pytest.fixture
def new_account(
    stack: Stack,
    database_rows: psycopg.Connection[dict[str, Any]],
    new_user: Callable[..., uuid.UUID],
    as_user: Callable[..., Any],
) -> Callable[..., Account]:
    """Factory of users with five welcome credits, a résumé and a job."""

    def insert(user_id: uuid.UUID, statement: str, *values: Any) -> str:
        with as_user(user_id) as cursor:
            cursor.execute(f"{statement} returning id", values)
            return str(cursor.fetchone()["id"])

    def _new_account(content: dict[str, Any] | None = None, description: str | None = None) -> Account:
        user_id = new_user()
        claims = {
            "iss": f"{stack.url}/auth/v1",
            "aud": "authenticated",
            "role": "authenticated",
            "sub": str(user_id),
            "exp": int(time.time()) + 3600,
        }
        resume_id = insert(
            user_id,
            "insert into public.resumes (title, content) values (%s, %s)",
            "Mine",
            json.dumps(ENGINEER if content is None else content),
        )
        job_id = insert(
            user_id,
            "insert into public.jobs (title, company, description) values (%s, %s, %s)",
            "Senior Backend Engineer",
            "Halberd Pay",
            job("backend-engineer") if description is None else description,
        )
        token = jwt.encode(claims, stack.jwt_secret, "HS256")
        return Account(str(user_id), resume_id, job_id, token, database_rows)

    return _new_account


@pytest.fixture
def account(new_account: Callable[..., Account]) -> Account:
    return new_account()


@pytest.fixture
async def writer(stack: Stack, fake: FakeModels) -> AsyncIterator[Writer]:
    """`generate` with Gemini, through google-genai."""
    environment = {
        "RESUMEBASE_AI_PROVIDER": "gemini",
        "RESUMEBASE_AI_FALLBACKS": "none",
        "GEMINI_API_KEY": KEY,
        "GEMINI_BASE_URL": fake.url,
    }
    async with Writer(stack, environment) as opened:
        yield opened


@pytest.fixture
async def offline(stack: Stack) -> AsyncIterator[Writer]:
    """`generate` with the rule-based writer."""
    async with Writer(stack, {"RESUMEBASE_AI_PROVIDER": "offline"}) as opened:
        yield opened
