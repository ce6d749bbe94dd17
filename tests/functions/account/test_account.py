"""Deleting and restoring an account, and own provider keys, over HTTP and on the real database."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import jwt
import pytest

from functions._shared import wiring
from functions._shared.adapters.model_accounts.key_checks import HttpKeyChecks
from functions._shared.domain.errors import AccountInactive, ModelUnavailable
from functions._shared.flows.metered import run_paid
from functions.account.handler import app
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from functions._shared.flows.metered import Hold
    from local.stack import Stack
    from tests.functions.edge.account import Account

CONFIRM = {"confirm": True}
KEY = "sk-live-0123456789abcdefWXYZ"


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app) as opened:
        yield opened


def state(account: Account) -> dict[str, Any]:
    return account.row("select deleted_at, is_active from public.profiles where id = %s", account.user_id)


def sign_in_again(stack: Stack, account: Account, age: int = 0) -> None:
    """Take a token that was issued that many seconds ago, or in a second that has just begun: tokens tell no less."""
    if age == 0:
        time.sleep(1 - time.time() % 1)
    claims = jwt.decode(account.token, options={"verify_signature": False})
    account.token = jwt.encode({**claims, "iat": int(time.time()) - age}, stack.jwt_secret, "HS256")


def read_resume(stack: Stack, account: Account) -> list[Any]:
    headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"}
    answer = httpx.get(f"{stack.url}/rest/v1/resumes?select=id", headers=headers)
    rows: list[Any] = answer.raise_for_status().json()
    return rows


# -- deleting and restoring -----------------------------------------------------------------------------------------


async def test_a_deleted_account_opens_nothing_and_comes_back(
    stack: Stack, client: FunctionClient, account: Account
) -> None:
    active = (await client.get(account, "/")).json()
    assert (active["state"], active["can_be_restored"], active["erased_after"]) == ("active", False, None)
    deleted = await client.post(account, CONFIRM, path="/delete")
    assert deleted.status_code == 200, deleted.text
    assert (deleted.json()["state"], deleted.json()["can_be_restored"]) == ("deleted", True)
    assert read_resume(stack, account) == []
    assert (await client.get(account, "/")).json() == deleted.json()

    sign_in_again(stack, account)
    restored = await client.post(account, None, path="/restore")
    assert (restored.status_code, restored.json()["state"]) == (200, "active"), restored.text
    assert len(read_resume(stack, account)) == 1
    actions = {row["action"] for row in account.run("select action from public.audit_logs where user_id = %s", account.user_id)}  # fmt: skip
    assert {"account_deleted", "account_restored"} <= actions


async def test_only_a_sign_in_after_the_deletion_restores(
    stack: Stack, client: FunctionClient, account: Account
) -> None:
    for age in (None, 3600, 5):
        if age is not None:
            sign_in_again(stack, account, age)
        await client.post(account, CONFIRM, path="/delete")
        stale = await client.post(account, None, path="/restore")
        assert (stale.status_code, stale.json()["code"]) == (403, "sign_in_again")
        assert (await client.get(account, "/")).json()["state"] == "deleted"
    sign_in_again(stack, account)
    assert (await client.post(account, None, path="/restore")).json()["state"] == "active"


@pytest.mark.parametrize("restored", [False, True])
async def test_work_that_ends_after_the_deletion_is_not_charged(
    stack: Stack, client: FunctionClient, account: Account, restored: bool
) -> None:
    ledger = wiring.ledger()

    async def work(_: Hold) -> str:
        await client.post(account, CONFIRM, path="/delete")
        return '"late"'

    with pytest.raises(AccountInactive) as refused:
        await run_paid(ledger, account.call("late"), work, operation="summary", resume_id=account.resume_id)
    assert refused.value.extra["receipt"]["charged"] == 0
    assert account.books == (5, 0, 5)
    assert [(status, reason) for status, _, reason in account.events] == [("released", "account_inactive")]
    if restored:
        sign_in_again(stack, account)
        await client.post(account, None, path="/restore")

        async def again(_: Hold) -> str:
            return '"in time"'

        answer = await run_paid(ledger, account.call("late"), again, operation="summary", resume_id=account.resume_id)
        assert (answer.replayed, account.books) == (False, (4, 0, 4)), "nothing is kept of what was not charged"


async def test_a_repeated_deletion_does_not_end_an_account_that_was_restored(
    stack: Stack, client: FunctionClient, account: Account
) -> None:
    assert (await client.post(account, CONFIRM, path="/delete", key="old")).json()["state"] == "deleted"
    first = state(account)
    assert (await client.post(account, CONFIRM, path="/delete", key="old")).json()["state"] == "deleted"
    assert (await client.post(account, CONFIRM, path="/delete", key="another")).json()["state"] == "deleted"
    assert state(account) == first, "the thirty days begin once"
    sign_in_again(stack, account)
    assert (await client.post(account, None, path="/restore", key="back")).json()["state"] == "active"
    assert (await client.post(account, CONFIRM, path="/delete", key="old")).json()["state"] == "active"
    conflict = await client.post(account, None, path="/restore", key="old")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "idempotency_conflict")


@pytest.mark.parametrize("body", [{}, {"confirm": False}, {"confirm": True, "user_id": str(uuid4())}, None])
async def test_nobody_deletes_by_mistake_or_for_somebody_else(
    client: FunctionClient, account: Account, body: Any
) -> None:
    answer = await client.post(account, body, path="/delete")
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    assert state(account)["deleted_at"] is None


def auth(stack: Stack, path: str, body: dict[str, str]) -> httpx.Response:
    return httpx.post(f"{stack.url}/auth/v1/{path}", headers={"apikey": stack.publishable_key}, json=body)


def refreshed(stack: Stack, session: dict[str, Any]) -> httpx.Response:
    return auth(stack, "token?grant_type=refresh_token", {"refresh_token": session["refresh_token"]})


async def test_deleting_signs_out_everywhere(stack: Stack, client: FunctionClient, account: Account) -> None:
    person = {"email": f"out-{uuid4().hex[:10]}@example.com", "password": "correct horse battery"}
    again = refreshed(stack, auth(stack, "signup", person).json()).json()
    account.user_id, account.token = again["user"]["id"], again["access_token"]
    assert (await client.post(account, CONFIRM, path="/delete")).json()["state"] == "deleted"
    assert refreshed(stack, again).status_code == 400
    # The owner signs in again to restore it.
    await asyncio.sleep(1 - time.time() % 1)  # a token of the second of the deletion may be older than it
    account.token = auth(stack, "token?grant_type=password", person).json()["access_token"]
    assert (await client.post(account, None, path="/restore")).json()["state"] == "active"


def page_status(stack: Stack, slug: str) -> int:
    return httpx.get(f"{stack.url}/functions/v1/share/{slug}/json").status_code


async def test_deleting_ends_shared_pages_and_open_tasks(
    stack: Stack, client: FunctionClient, account: Account
) -> None:
    account.run("update public.resumes set is_public = true where id = %s", account.resume_id)
    slug = account.row("select share_slug from public.resumes where id = %s", account.resume_id)["share_slug"]
    assert page_status(stack, slug) == 200
    task = account.row(
        "select public.task_open(%s, 'generate', 'summary', 'k', 'h', '{}', %s::jsonb) as task",
        account.user_id,
        f'[{{"operation": "summary", "resume_id": "{account.resume_id}"}}]',
    )["task"]
    await client.post(account, CONFIRM, path="/delete")
    assert page_status(stack, slug) == 404
    row = account.row("select status, error_code from public.resume_generations where id = %s", task["id"])
    assert row == {"status": "failed", "error_code": "cancelled"}
    assert account.books[1] == 0


async def test_after_thirty_days_nobody_comes_back(client: FunctionClient, account: Account) -> None:
    await client.post(account, CONFIRM, path="/delete")
    account.run(
        "update public.profiles set deleted_at = now() - interval '30 days 1 minute' where id = %s", account.user_id
    )
    late = await client.post(account, None, path="/restore")
    assert (late.status_code, late.json()["code"]) == (409, "recovery_over")
    assert (await client.get(account, "/")).json()["can_be_restored"] is False
    begun = account.row("select public.account_erasure_step(%s, 'begin') as step", account.user_id)["step"]
    assert begun["next"] == "list"
    assert (await client.get(account, "/")).json()["state"] == "erasing"
    late = await client.post(account, None, path="/restore")
    assert (late.status_code, late.json()["code"]) == (409, "account_erased")
    with pytest.raises(Exception, match="account_erased"):
        account.run("update public.profiles set deleted_at = null where id = %s", account.user_id)
    for step in ("list", "files", "user", "confirm"):
        account.row("select public.account_erasure_step(%s, %s)", account.user_id, step)
    for answer in (
        await client.post(account, None, path="/restore"),
        await client.post(account, CONFIRM, path="/delete"),
        await client.get(account, "/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "account_erased")


async def test_a_suspended_account_can_be_deleted_and_stays_suspended(
    stack: Stack, client: FunctionClient, account: Account
) -> None:
    account.run("update public.profiles set is_active = false where id = %s", account.user_id)
    assert (await client.get(account, "/")).json()["state"] == "suspended"
    assert (await client.post(account, CONFIRM, path="/delete")).json()["state"] == "deleted"
    sign_in_again(stack, account)
    assert (await client.post(account, None, path="/restore")).json()["state"] == "suspended"
    assert read_resume_count(account) == 1


def read_resume_count(account: Account) -> int:
    return int(account.row("select count(*) as n from public.resumes where user_id = %s", account.user_id)["n"])


# -- provider keys --------------------------------------------------------------------------------------------------


@dataclass
class Providers:
    """What the providers answer."""

    status: int = 200
    asked: list[httpx.Request] = field(default_factory=list)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(self.status, json={})


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch) -> Providers:
    told = Providers()
    outside = httpx.AsyncClient(transport=httpx.MockTransport(told))
    monkeypatch.setattr("functions._shared.wiring.privacy.key_checks", lambda: HttpKeyChecks(outside, {}))
    return told


async def test_a_key_is_set_tested_shown_by_its_end_and_removed(
    client: FunctionClient, account: Account, providers: Providers
) -> None:
    put = await client.send(account, "PUT", "/keys/openai", {"key": KEY})
    assert put.status_code == 200, put.text
    assert (put.json()["provider"], put.json()["hint"]) == ("openai", "WXYZ")
    assert put.json()["tested_at"] is not None
    assert providers.asked[0].headers["authorization"] == f"Bearer {KEY}"
    listed = await client.get(account, "/keys")
    assert listed.json() == {"keys": [put.json()]}
    assert KEY not in put.text + listed.text
    tested = await client.send(account, "POST", "/keys/openai/test")
    assert tested.json() == {"provider": "openai", "accepted": True}
    providers.status = 401
    assert (await client.send(account, "POST", "/keys/openai/test")).json()["accepted"] is False
    assert (await client.send(account, "DELETE", "/keys/openai")).status_code == 204
    for method, path in (("DELETE", "/keys/openai"), ("POST", "/keys/openai/test")):
        gone = await client.send(account, method, path)
        assert (gone.status_code, gone.json()["code"]) == (404, "provider_key_not_found")


async def test_a_key_that_the_provider_refuses_replaces_none(
    client: FunctionClient, account: Account, providers: Providers
) -> None:
    await client.send(account, "PUT", "/keys/anthropic", {"key": KEY})
    providers.status = 401
    refused = await client.send(account, "PUT", "/keys/anthropic", {"key": "x" * 40})
    assert (refused.status_code, refused.json()["code"]) == (422, "provider_key_rejected")
    assert (await client.get(account, "/keys")).json()["keys"][0]["hint"] == "WXYZ"
    providers.status = 500
    untested = await client.send(account, "PUT", "/keys/anthropic", {"key": "y" * 40})
    assert (untested.status_code, untested.json()["hint"], untested.json()["tested_at"]) == (200, "yyyy", None)
    down = await client.send(account, "POST", "/keys/anthropic/test")
    assert (down.status_code, down.json()["code"]) == (503, ModelUnavailable.code)


@pytest.mark.parametrize("key", ["short", "with space " + "x" * 20, "x" * 513, "line\nbreak" + "x" * 20, "ümlaut" * 5])
async def test_what_is_no_key_is_refused_and_not_repeated(
    client: FunctionClient, account: Account, providers: Providers, key: str
) -> None:
    answer = await client.send(account, "PUT", "/keys/gemini", {"key": key})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    assert key not in answer.text
    assert providers.asked == []


async def test_other_providers_and_other_users(
    client: FunctionClient, account: Account, new_account: Callable[[], Account], providers: Providers
) -> None:
    assert (await client.send(account, "PUT", "/keys/stripe", {"key": KEY})).status_code == 404
    assert providers.asked == []
    await client.send(account, "PUT", "/keys/openrouter", {"key": KEY})
    other = new_account()
    assert (await client.get(other, "/keys")).json() == {"keys": []}
    assert (await client.send(other, "DELETE", "/keys/openrouter")).status_code == 404
    assert (await client.send(other, "POST", "/keys/openrouter/test")).status_code == 404


async def test_a_deleted_account_keeps_no_keys_busy(
    client: FunctionClient, account: Account, providers: Providers
) -> None:
    await client.send(account, "PUT", "/keys/openai", {"key": KEY})
    await client.post(account, CONFIRM, path="/delete")
    asked = len(providers.asked)
    for method, path, body in (
        ("GET", "/keys", None),
        ("PUT", "/keys/openai", {"key": KEY}),
        ("POST", "/keys/openai/test", None),
        ("DELETE", "/keys/openai", None),
        ("POST", "/export", {}),
        ("GET", "/exports", None),
        ("DELETE", f"/exports/{uuid4()}", None),
    ):
        answer = await client.send(account, method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "account_inactive"), (method, path)
    assert len(providers.asked) == asked


@pytest.mark.parametrize(
    ("provider", "status", "accepted"),
    [
        ("gemini", 400, False),
        ("gemini", 200, True),
        ("openai", 401, False),
        ("anthropic", 403, False),
        ("openrouter", 200, True),
    ],
)
async def test_what_the_providers_answer_about_a_key(
    providers: Providers, provider: str, status: int, accepted: bool
) -> None:
    providers.status = status
    checks = HttpKeyChecks(httpx.AsyncClient(transport=httpx.MockTransport(providers)), {})
    assert await checks.accepts(provider, KEY) is accepted
    assert KEY not in str(providers.asked[0].url)
    for unclear in (400, 429, 500) if provider != "gemini" else (429, 500):
        providers.status = unclear
        with pytest.raises(ModelUnavailable):
            await checks.accepts(provider, KEY)
