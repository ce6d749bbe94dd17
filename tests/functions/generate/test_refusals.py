"""Bad input returns a problem with a stable code. Nothing is charged or written, and no model is asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.writer import SUMMARY, Writer, model_calls, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.stack import Stack
    from tests.functions.edge.account import Account

UNKNOWN = "7b0b1d0e-6f1c-4a57-9f0a-6d2f5f3c1a11"
"""Id of no row. Fixed, because parallel workers must collect the same test names."""

UNTOUCHED = (5, 0, 5)


def token(stack: Stack, account: Account, *, secret: str | None = None, **changes: Any) -> str:
    claims = {
        "iss": f"{stack.url}/auth/v1",
        "aud": "authenticated",
        "role": "authenticated",
        "sub": account.user_id,
        "exp": int(time.time()) + 600,
        **changes,
    }
    return jwt.encode(claims, secret or stack.jwt_secret, "HS256")


async def test_no_token(writer: Writer, fake: FakeModels, account: Account) -> None:
    response = await writer.post(None, {"operation": "summary", "resume_id": account.resume_id})

    assert problems(response) == (401, "missing_token")
    assert (account.books, account.events, fake.requests) == (UNTOUCHED, [], [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"exp": int(time.time()) - 600}, "expired_token"),
        ({"secret": "f" * 40}, "invalid_token"),
        ({"aud": "somebody-else"}, "invalid_token"),
        ({"iss": "https://evil.example/auth/v1"}, "invalid_token"),
        ({"sub": "not-a-uuid"}, "invalid_token"),
    ],
    ids=["expired", "forged", "for another audience", "of another issuer", "of nobody"],
)
async def test_a_bad_token(
    stack: Stack, writer: Writer, fake: FakeModels, account: Account, changes: dict[str, Any], code: str
) -> None:
    bearer = token(stack, account, **changes)
    response = await writer.post(None, {"operation": "summary", "resume_id": account.resume_id}, token=bearer)

    assert problems(response) == (401, code)
    assert (account.books, account.events, fake.requests) == (UNTOUCHED, [], [])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b'{"operation": ', 400, "invalid_json"),
        (b'{"operation": "summary", "operation": "bullets"}', 400, "invalid_json"),
        (b"[]", 422, "validation_failed"),
        ({}, 422, "validation_failed"),
        ({"operation": "summary"}, 422, "validation_failed"),
        ({"operation": "bullets", "input": {}}, 422, "validation_failed"),
        ({"operation": "improve", "input": {"path": "/personalInfo/name"}}, 422, "validation_failed"),
        ({"operation": "resume_import", "resume_id": UNKNOWN}, 422, "unknown_operation"),
        ({"operation": "keyword_match", "resume_id": UNKNOWN}, 422, "unknown_operation"),
        ({"operation": "drop table"}, 422, "unknown_operation"),
        ({"operation": "summary", "resume_id": UNKNOWN}, 404, "resume_not_found"),
        ({"operation": "improve", "job_id": UNKNOWN, "input": {"text": "x"}}, 404, "job_not_found"),
        ({"operation": "improve", "input": {"text": "x" * 1024 * 1024}}, 413, "payload_too_large"),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_bad_input(writer: Writer, fake: FakeModels, account: Account, body: Any, status: int, code: str) -> None:
    response = await writer.post(account, body)

    assert problems(response) == (status, code)
    assert (account.books, account.events, fake.requests) == (UNTOUCHED, [], [])


async def test_another_users_resume_and_job_do_not_exist(
    writer: Writer, fake: FakeModels, account: Account, new_account: Callable[..., Account]
) -> None:
    other = new_account()
    foreign = await writer.post(account, {"operation": "summary", "resume_id": other.resume_id})
    mixed = await writer.post(account, {"operation": "summary", "resume_id": account.resume_id, "job_id": other.job_id})

    assert problems(foreign) == (404, "resume_not_found")
    assert problems(mixed) == (404, "job_not_found")
    assert (account.books, account.events, fake.requests) == (UNTOUCHED, [], [])
    assert (other.books, other.events) == (UNTOUCHED, [])


async def test_a_deleted_resume_does_not_exist(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    with as_user(account.user_id) as cursor:
        cursor.execute("select public.resume_delete(%s)", (account.resume_id,))
    response = await writer.summary(account)

    assert problems(response) == (404, "resume_not_found")
    assert (account.books, account.events, fake.requests) == (UNTOUCHED, [], [])


@pytest.mark.parametrize(
    ("content", "given", "status", "code"),
    [
        ({}, {"operation": "summary"}, 422, "nothing_to_write_from"),
        ({"personalInfo": {"name": "Ada"}}, {"operation": "summary"}, 422, "nothing_to_write_from"),
        ({}, {"operation": "bullets", "input": {"experience": 0}}, 404, "item_not_found"),
        (
            {"experience": [{"company": "ACME"}]},
            {"operation": "bullets", "input": {"experience": 0}},
            422,
            "nothing_to_write_from",
        ),
        ({}, {"operation": "improve", "input": {"path": "/summary"}}, 404, "item_not_found"),
        (
            {"summary": "x"},
            {"operation": "improve", "input": {"path": "/projects/0/description"}},
            404,
            "item_not_found",
        ),
    ],
    ids=str,
)
async def test_a_missing_entry_is_found_after_reserving_and_releases_the_hold(
    writer: Writer,
    fake: FakeModels,
    new_account: Callable[..., Account],
    content: dict[str, Any],
    given: dict[str, Any],
    status: int,
    code: str,
) -> None:
    account = new_account(content)
    response = await writer.post(account, {**given, "resume_id": account.resume_id})

    assert problems(response) == (status, code)
    assert response.json()["receipt"]["charged"] == 0
    assert (account.books, fake.requests) == (UNTOUCHED, [])
    assert account.events == [("released", 1, code)]


async def test_no_credits(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.always = Answer({"text": SUMMARY})
    for _ in range(5):
        assert (await writer.summary(account)).status_code == 200
    asked = len(fake.requests)
    response = await writer.summary(account)

    assert problems(response) == (402, "insufficient_credits")
    assert (response.json()["cost"], response.json()["balance"]) == (1, 0)
    assert len(fake.requests) == asked
    assert account.books == (0, 0, 0)


async def test_a_refusal_leaks_nothing(writer: Writer, account: Account, database_rows: Any) -> None:
    secret = "my salary is 123456 and my number is 0123456789"
    response = await writer.post(account, {"operation": "improve", "input": {"text": secret, "path": "/summary"}})

    assert problems(response) == (422, "validation_failed")
    assert "123456" not in response.text
    assert model_calls(database_rows, account) == []
