"""A user with five credits, a résumé and a job."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from tests.functions.edge.account import CONTENT, Account

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    import psycopg

    from local.stack import Stack


@pytest.fixture
def new_account(
    stack: Stack, connect: Callable[[], psycopg.Connection[dict[str, Any]]], new_user: Callable[..., uuid.UUID]
) -> Callable[[], Account]:
    connection = connect()

    def _new_account() -> Account:
        user_id = new_user()
        claims = {
            "iss": f"{stack.url}/auth/v1",
            "aud": "authenticated",
            "role": "authenticated",
            "sub": str(user_id),
            "exp": int(time.time()) + 600,
        }
        token = jwt.encode(claims, stack.jwt_secret, "HS256")
        headers = {
            "apikey": stack.publishable_key,
            "authorization": f"Bearer {token}",
            "prefer": "return=representation",
        }

        def insert(table: str, row: dict[str, Any]) -> str:
            response = httpx.post(f"{stack.url}/rest/v1/{table}", headers=headers, json=row)
            assert response.status_code == 201, response.text
            identity: str = response.json()[0]["id"]
            return identity

        resume_id = insert("resumes", {"title": "Mine", "content": CONTENT})
        job_id = insert("jobs", {"title": "Engineer", "company": "ACME", "description": "Needs SQL."})
        return Account(str(user_id), resume_id, job_id, token, connection)

    return _new_account


@pytest.fixture
def account(new_account: Callable[[], Account]) -> Account:
    return new_account()
