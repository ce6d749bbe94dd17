"""The hook and the database message over HTTP, signed as Supabase signs, against the real stack."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from functions._shared import wiring
from functions._shared.settings import Settings
from functions.signup.handler import app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from uuid import UUID

    import psycopg

    from local.stack import Stack

KEY, OLD_KEY, WRONG_KEY = (hashlib.sha256(name).digest() for name in (b"new", b"old", b"wrong"))
SHARED = "s" * 40


def secret(key: bytes) -> str:
    return "v1,whsec_" + base64.b64encode(key).decode()


def signature(body: bytes, key: bytes, message_id: str, moment: int) -> str:
    digest = hmac.new(key, f"{message_id}.{moment}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    environ = {
        **stack.env(),
        "AUTH_HOOK_SECRET": secret(KEY),
        "AUTH_HOOK_SECRET_PREVIOUS": secret(OLD_KEY),
        "DATABASE_WEBHOOK_SECRET": SHARED,
    }
    with wiring.override(settings=Settings(environ)):
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://test/functions/v1/signup"
        ) as made:
            yield made


def question(email: str | None = "ada@example.com", address: str = "") -> bytes:
    message = {
        "metadata": {
            "uuid": str(uuid4()),
            "time": "2026-11-21T10:00:00Z",
            "name": "before-user-created",
            "ip_address": address,
        },
        "user": {"id": str(uuid4()), "aud": "authenticated", "email": email, "user_metadata": {"name": "Zoë"}},
    }
    # Not how json.dumps writes it: a signature over re-serialised JSON would not match.
    return json.dumps(message, ensure_ascii=False, indent=1).encode()


def headers(body: bytes, *keys: bytes, late: int = 0, message_id: str | None = None) -> dict[str, str]:
    message_id, moment = message_id or str(uuid4()), int(time.time()) - late
    signatures = ", ".join(signature(body, key, message_id, moment) for key in keys)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": signatures,
        "content-type": "application/json",
    }


@pytest.mark.parametrize("keys", [(KEY,), (OLD_KEY,), (WRONG_KEY, KEY), (KEY, WRONG_KEY)])
async def test_a_genuine_question_is_answered(client: httpx.AsyncClient, keys: tuple[bytes, ...]) -> None:
    body = question()
    answer = await client.post("/hook", content=body, headers=headers(body, *keys))
    assert (answer.status_code, answer.json()) == (200, {})


async def test_a_refusal_is_a_200_with_an_error(client: httpx.AsyncClient) -> None:
    body = question("ada@mailinator.com")
    answer = await client.post("/hook", content=body, headers=headers(body, KEY))
    assert answer.status_code == 200
    assert answer.json() == {"error": {"http_code": 403, "message": "Please sign up with a permanent email address."}}


@pytest.mark.parametrize("email", [None, ""])
async def test_users_without_an_address_may_sign_up(client: httpx.AsyncClient, email: str | None) -> None:
    body = question(email)
    answer = await client.post("/hook", content=body, headers=headers(body, KEY))
    assert (answer.status_code, answer.json()) == (200, {})


async def test_too_many_from_one_network_are_told_to_wait(
    client: httpx.AsyncClient, connect: Callable[[], psycopg.Connection[dict[str, Any]]]
) -> None:
    row = (
        connect()
        .execute("select (value ->> 'per_address')::int as n from public.global_config where key = 'signup'")
        .fetchone()
    )
    assert row is not None
    address = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::7"
    answers = []
    for _ in range(row["n"] + 1):
        body = question(address=address)
        answers.append((await client.post("/hook", content=body, headers=headers(body, KEY))).json())
    assert answers[:-1] == [{}] * row["n"]
    assert answers[-1]["error"]["http_code"] == 429


def _garbage(given: dict[str, str], **changed: str | None) -> dict[str, str]:
    return {name: value for name, value in {**given, **changed}.items() if value is not None}


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-signature": None},
        {"webhook-id": None},
        {"webhook-timestamp": None},
        {"webhook-signature": "garbage"},
        {"webhook-signature": "v1,!!!"},
        {"webhook-signature": "v2,AAAA"},
        {"webhook-signature": "v1,AAAA,BBBB"},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-id": "another"},
    ],
)
async def test_a_bad_signature_is_a_401(client: httpx.AsyncClient, change: dict[str, str | None]) -> None:
    body = question()
    answer = await client.post("/hook", content=body, headers=_garbage(headers(body, KEY), **change))
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_signature")


@pytest.mark.parametrize(
    ("key", "late", "tampered"), [(WRONG_KEY, 0, False), (KEY, 400, False), (KEY, -400, False), (KEY, 0, True)]
)
async def test_forged_old_future_and_tampered_questions_are_refused(
    client: httpx.AsyncClient, key: bytes, late: int, *, tampered: bool
) -> None:
    body = question()
    given = headers(body, key, late=late)
    if tampered:
        body = body.replace(b"ada@", b"eve@")
    answer = await client.post("/hook", content=body, headers=given)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_signature")


async def test_the_same_question_again_is_answered_alike_without_counting(client: httpx.AsyncClient) -> None:
    body = question(address=f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::9")
    given = headers(body, KEY)
    answers = [await client.post("/hook", content=body, headers=given) for _ in range(25)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, "{}")}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"metadata": {}}'])
async def test_a_signed_message_of_another_shape_is_a_clear_error(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/hook", content=body, headers=headers(body, KEY))
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def message(user_id: UUID | str | None, kind: str = "INSERT") -> dict[str, Any]:
    record = None if user_id is None else {"id": str(user_id), "email": "who@example.com"}
    return {"type": kind, "table": "users", "schema": "auth", "record": record, "old_record": None}


async def test_a_database_message_provisions_once(
    client: httpx.AsyncClient,
    new_user: Callable[..., UUID],
    connect: Callable[[], psycopg.Connection[dict[str, Any]]],
) -> None:
    user_id = new_user(full_name="Zoë Müller")
    bearer = {"authorization": f"Bearer {SHARED}"}
    first = await client.post("/provision", json=message(user_id), headers=bearer)
    again = await client.post("/provision", json=message(user_id, "UPDATE"), headers=bearer)
    assert (first.status_code, first.json()) == (200, {"user_id": str(user_id), "given": ["starter_resume"]})
    assert (again.status_code, again.json()["given"]) == (200, [])
    row = connect().execute("select count(*) as n from public.resumes where user_id = %s", (user_id,)).fetchone()
    assert row == {"n": 1}


@pytest.mark.parametrize("record_id", [None, "not-a-uuid", "11111111-1111-4111-8111-111111111111"])
async def test_a_message_about_nobody_is_no_error(client: httpx.AsyncClient, record_id: str | None) -> None:
    answer = await client.post("/provision", json=message(record_id), headers={"authorization": f"Bearer {SHARED}"})
    assert (answer.status_code, answer.json()["given"]) == (200, [])


@pytest.mark.parametrize("token", [None, "wrong", ""])
async def test_the_database_message_needs_the_shared_secret(
    client: httpx.AsyncClient,
    new_user: Callable[..., UUID],
    connect: Callable[[], psycopg.Connection[dict[str, Any]]],
    token: str | None,
) -> None:
    user_id = new_user()
    bearer = {} if token is None else {"authorization": f"Bearer {token}"}
    answer = await client.post("/provision", json=message(user_id), headers=bearer)
    assert answer.status_code == 401
    row = connect().execute("select count(*) as n from public.resumes where user_id = %s", (user_id,)).fetchone()
    assert row == {"n": 0}
