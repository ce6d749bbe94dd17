"""A request is charged once, whatever the client, the network or the clock does."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from tests.fakes.models import Answer, Error, FakeModels
from tests.functions.generate.writer import SUMMARY, Writer, model_calls, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.models import Behaviour, Request
    from tests.functions.edge.account import Account


async def test_a_replay_has_the_same_bytes_and_is_free(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    first = await writer.summary(account, key="k")
    again = await writer.summary(account, key="k")

    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["idempotency-key"] == "k"
    assert len(fake.requests) == 1
    assert account.books == (4, 0, 4)


async def test_a_request_without_a_key_gets_one(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.always = Answer({"text": SUMMARY})
    first, second = [await writer.summary(account) for _ in range(2)]
    again = await writer.summary(account, key=first.headers["idempotency-key"])

    assert first.headers["idempotency-key"] != second.headers["idempotency-key"]
    assert again.content == first.content
    assert account.books == (3, 0, 3)


async def test_the_same_key_for_another_body(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    await writer.summary(account, key="k")
    body = {"operation": "summary", "resume_id": account.resume_id, "input": {"length": "long"}}
    response = await writer.post(account, body, key="k")

    assert problems(response) == (409, "idempotency_conflict")
    assert len(fake.requests) == 1
    assert account.books == (4, 0, 4)


async def test_two_parallel_requests_for_the_last_credit(writer: Writer, fake: FakeModels, account: Account) -> None:
    fake.always = Answer({"text": SUMMARY})
    for _ in range(4):
        await writer.summary(account)
    assert account.books == (1, 0, 1)

    both = await asyncio.gather(writer.summary(account), writer.summary(account))

    assert sorted(response.status_code for response in both) == [200, 402]
    assert account.books == (0, 0, 0)


async def test_two_parallel_requests_with_one_key(writer: Writer, fake: FakeModels, account: Account) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slowly(_: Request) -> Behaviour:
        reached.set()
        go_on.wait(30)
        return Answer({"text": SUMMARY})

    fake.plan(slowly)
    first = asyncio.create_task(writer.summary(account, key="k"))
    await asyncio.to_thread(reached.wait, 30)
    meanwhile = await writer.summary(account, key="k")
    go_on.set()
    done = await first

    assert problems(meanwhile) == (409, "in_progress")
    assert meanwhile.headers["retry-after"]
    assert done.status_code == 200
    assert len(fake.requests) == 1
    assert account.books == (4, 0, 4)


async def test_a_failed_request_can_be_retried_with_the_same_key(
    writer: Writer, fake: FakeModels, account: Account
) -> None:
    fake.plan(Error(400), Answer({"text": SUMMARY}))
    failed = await writer.summary(account, key="k")
    again = await writer.summary(account, key="k")

    assert problems(failed) == (503, "model_unavailable")
    assert failed.json()["receipt"]["charged"] == 0
    assert again.status_code == 200
    assert "idempotency-replayed" not in again.headers
    assert account.books == (4, 0, 4)
    assert account.events == [("committed", 2, None)]


async def test_a_cancelled_request_releases_its_hold(writer: Writer, fake: FakeModels, account: Account) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slowly(_: Request) -> Behaviour:
        reached.set()
        go_on.wait(30)
        return Answer({"text": SUMMARY})

    fake.plan(slowly)
    task = asyncio.create_task(writer.summary(account))
    await asyncio.to_thread(reached.wait, 30)
    assert account.books == (4, 1, 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    go_on.set()

    assert account.books == (5, 0, 5)
    assert [event[0] for event in account.events] == ["released"]


async def test_a_replay_is_deleted_with_its_resume(
    writer: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    await writer.summary(account, key="k")
    with as_user(account.user_id) as cursor:
        cursor.execute("select public.resume_delete(%s)", (account.resume_id,))
    response = await writer.summary(account, key="k")

    assert problems(response) == (410, "replay_gone")
    assert account.books == (4, 0, 4)


async def test_a_replay_is_kept_for_a_day(writer: Writer, fake: FakeModels, account: Account, clock: Any) -> None:
    fake.plan(Answer({"text": SUMMARY}))
    first = await writer.summary(account, key="k")
    clock.advance("23 hours")
    kept = await writer.summary(account, key="k")
    clock.advance("2 hours")
    gone = await writer.summary(account, key="k")

    assert kept.content == first.content
    assert problems(gone) == (410, "replay_gone")
    assert len(fake.requests) == 1


async def test_a_late_process_cannot_settle_the_hold_of_a_newer_attempt(
    writer: Writer, fake: FakeModels, account: Account, clock: Any
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slowly(_: Request) -> Behaviour:
        reached.set()
        go_on.wait(30)
        return Answer({"text": "Backend engineer in Berlin."})

    fake.plan(slowly, Answer({"text": SUMMARY}))
    late = asyncio.create_task(writer.summary(account, key="k"))
    await asyncio.to_thread(reached.wait, 30)
    clock.advance("1 hour")
    retried = await writer.summary(account, key="k")
    go_on.set()
    lost = await late
    again = await writer.summary(account, key="k")

    assert retried.json()["result"]["text"] == SUMMARY
    assert problems(lost) == (409, "hold_lost")
    assert again.content == retried.content
    assert account.books == (4, 0, 4)
    assert account.events == [("committed", 2, None)]


async def test_keys_are_separate_for_each_user(
    writer: Writer, fake: FakeModels, account: Account, new_account: Callable[..., Account]
) -> None:
    other = new_account()
    fake.plan(Answer({"text": SUMMARY}), Answer({"text": "Backend engineer in Berlin."}))
    mine, theirs = await writer.summary(account, key="k"), await writer.summary(other, key="k")

    assert mine.json()["result"]["text"] != theirs.json()["result"]["text"]
    assert "idempotency-replayed" not in theirs.headers


async def test_model_costs_are_recorded_for_the_user_who_asked(
    writer: Writer, fake: FakeModels, account: Account, new_account: Callable[..., Account], database_rows: Any
) -> None:
    other = new_account()
    fake.always = Answer({"text": SUMMARY})
    await writer.summary(account)

    assert len(model_calls(database_rows, account)) == 1
    assert model_calls(database_rows, other) == []
