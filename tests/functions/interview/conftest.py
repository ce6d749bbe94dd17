"""Users with a real résumé and a job, and `interview` with rules alone or in front of a fake model vendor."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from functions._shared.ai import structured
from tests.fakes.models import FakeModels
from tests.functions.edge.account import Account
from tests.functions.interview.candidate import DATA, ENGINEER, Candidate

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Callable, Iterator

    import psycopg

    from local.stack import Stack

KEY = "test-key"


@pytest.fixture
def new_account(
    stack: Stack,
    connect: Callable[[], psycopg.Connection[dict[str, Any]]],
    new_user: Callable[..., uuid.UUID],
    as_user: Callable[..., Any],
) -> Callable[..., Account]:
    """Factory of users with five welcome credits, a résumé and a job."""
    connection = connect()

    def insert(user_id: uuid.UUID, statement: str, *values: Any) -> str:
        with as_user(user_id) as cursor:
            cursor.execute(f"{statement} returning id", values)
            return str(cursor.fetchone()["id"])

    def _new_account(content: dict[str, Any] | None = None) -> Account:
        user_id = new_user()
        claims = {
            "iss": f"{stack.url}/auth/v1",
            "aud": "authenticated",
            "role": "authenticated",
            "sub": str(user_id),
            "exp": int(time.time()) + 36_000,
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
            (DATA / "jobs" / "backend-engineer.txt").read_text(),
        )
        return Account(str(user_id), resume_id, job_id, jwt.encode(claims, stack.jwt_secret, "HS256"), connection)

    return _new_account


@pytest.fixture
def account(new_account: Callable[..., Account]) -> Account:
    return new_account()


@pytest.fixture
async def free(stack: Stack) -> AsyncIterator[Candidate]:
    """`interview` without a model."""
    async with Candidate(stack, {"RESUMEBASE_AI_PROVIDER": "offline"}) as opened:
        yield opened


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
def vendor(cloud: FakeModels) -> dict[str, str]:
    """Settings that ask the fake vendor, through google-genai."""
    return {
        "RESUMEBASE_AI_PROVIDER": "gemini",
        "RESUMEBASE_AI_FALLBACKS": "none",
        "GEMINI_API_KEY": KEY,
        "GEMINI_BASE_URL": cloud.url,
    }


@pytest.fixture
async def scored(stack: Stack, fake: FakeModels, vendor: dict[str, str]) -> AsyncIterator[Candidate]:
    """`interview` with a model."""
    assert fake.url == vendor["GEMINI_BASE_URL"]
    async with Candidate(stack, vendor) as opened:
        yield opened
