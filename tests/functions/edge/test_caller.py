"""The caller's rows through the real API: row level security applies inside functions too."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from functions._shared.domain import errors
from tests.functions.edge.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from functions._shared.adapters.supabase.caller import SupabaseRows
    from local.stack import Stack
    from tests.functions.edge.account import Account

    RowsOn = Callable[[Wire, str], SupabaseRows]


def test_read_and_write_own_rows(account: Account, rows_on: RowsOn) -> None:
    wire = Wire()

    async def run() -> None:
        rows = rows_on(wire, account.token)
        (mine,) = await rows.select("resumes", columns="id,title,version", match={"id": account.resume_id})
        assert mine == {"id": account.resume_id, "title": "Mine", "version": 1}
        job = await rows.insert("jobs", {"title": 'Second, with (odd) "text"', "company": None})
        assert job["user_id"] == account.user_id
        titles = [row["title"] for row in await rows.select("jobs", columns="title", order="created_at.desc", limit=1)]
        assert titles == ['Second, with (odd) "text"']
        assert len(await rows.select("jobs", match={"company": None})) == 1
        assert len(await rows.select("resumes", match={"is_public": False, "is_active": True})) == 1
        (changed,) = await rows.update("jobs", {"status": "applied"}, match={"id": job["id"]})
        assert changed["status"] == "applied"
        assert len(await rows.delete("jobs", match={"id": job["id"]})) == 1
        assert await rows.select("jobs", match={"id": job["id"]}) == []

    asyncio.run(run())
    assert len(wire.requests) == 8


def test_functions_run_with_the_callers_rights(account: Account, rows_on: RowsOn) -> None:
    """`resume_save` acts for the user in the token."""

    async def run() -> None:
        rows = rows_on(Wire(), account.token)
        arguments = {"id": account.resume_id, "base_version": 7, "content": {}, "change_type": "ai_optimized"}
        with pytest.raises(errors.VersionConflict):
            await rows.call("resume_save", arguments)

    asyncio.run(run())


def test_the_request_carries_key_and_token(account: Account, rows_on: RowsOn, stack: Stack) -> None:
    wire = Wire()
    asyncio.run(rows_on(wire, account.token).select("resumes"))
    (sent,) = wire.requests
    assert (sent.headers["apikey"], sent.headers["authorization"]) == (stack.publishable_key, f"Bearer {account.token}")


def test_other_users_rows_are_invisible(account: Account, new_account: Callable[[], Account], rows_on: RowsOn) -> None:
    other = new_account()

    async def run() -> None:
        rows = rows_on(Wire(), account.token)
        assert await rows.select("resumes", match={"id": other.resume_id}) == []
        assert await rows.update("resumes", {"title": "stolen"}, match={"id": other.resume_id}) == []
        assert await rows.delete("resumes", match={"id": other.resume_id}) == []
        with pytest.raises(errors.Forbidden):
            await rows.insert("jobs", {"title": "x", "user_id": other.user_id})

    asyncio.run(run())
    assert other.row("select title from public.resumes where id = %s", other.resume_id)["title"] == "Mine"


def test_refusals(account: Account, rows_on: RowsOn, stack: Stack) -> None:
    def refused(token: str, ask: Callable[[SupabaseRows], Coroutine[Any, Any, object]]) -> type[errors.DomainError]:
        with pytest.raises(errors.DomainError) as caught:
            asyncio.run(ask(rows_on(Wire(), token)))
        return type(caught.value)

    assert refused(account.token, lambda rows: rows.insert("jobs", {"title": None})) is errors.Unprocessable
    assert refused(account.token, lambda rows: rows.select("jobs", match={"id": "x"})) is errors.Unprocessable
    assert refused(account.token, lambda rows: rows.select("no_such_table")) is errors.InternalError
    assert (
        refused(account.token, lambda rows: rows.update("user_credits", {"balance": 9}, match={"debt": 0}))
        is errors.Forbidden
    )
    claims = {"sub": account.user_id, "role": "authenticated", "aud": "authenticated", "exp": int(time.time()) - 600}
    expired = jwt.encode(claims, stack.jwt_secret, "HS256")
    assert refused(expired, lambda rows: rows.select("resumes")) is errors.ExpiredToken


def test_a_change_needs_a_filter(account: Account, rows_on: RowsOn) -> None:
    async def run() -> None:
        rows = rows_on(Wire(), account.token)
        with pytest.raises(ValueError, match="filter"):
            await rows.update("jobs", {"title": "all"}, match={})
        with pytest.raises(ValueError, match="filter"):
            await rows.delete("jobs", match={})

    asyncio.run(run())


def test_reads_are_retried_and_writes_are_not(account: Account, rows_on: RowsOn) -> None:
    async def run(fault: str, ask: Callable[[SupabaseRows], Coroutine[Any, Any, object]]) -> int:
        wire = Wire([fault])
        try:
            await ask(rows_on(wire, account.token))
        except errors.AnswerLost:
            return -len(wire.requests)
        return len(wire.requests)

    assert asyncio.run(run("lose", lambda rows: rows.select("jobs"))) == 2
    assert asyncio.run(run("lose", lambda rows: rows.insert("jobs", {"title": "once"}))) == -1
    assert account.row("select count(*) as n from public.jobs where user_id = %s", account.user_id)["n"] == 2
