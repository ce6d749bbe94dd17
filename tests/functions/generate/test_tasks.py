"""Long work of `generate`: a batch, or one text that the client does not wait for, from the request to the result."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from functions._shared.domain.errors import QueueUnavailable
from functions._shared.ports.queue import Queue
from functions._shared.ports.request import Deadline
from functions.generate import tasks
from functions.generate.operations import REGISTRY
from local.queue import LocalQueue
from tests.fakes.models import Answer, FakeModels, Refusal
from tests.functions.generate.conftest import KEY
from tests.functions.generate.writer import SUMMARY, Writer, problems

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from functions._shared.ports.queue import Message
    from local.stack import Stack
    from tests.functions.edge.account import Account

ASYNC = {"prefer": "respond-async"}


def environment(fake: FakeModels) -> dict[str, str]:
    return {
        "RESUMEBASE_AI_PROVIDER": "gemini",
        "RESUMEBASE_AI_FALLBACKS": "none",
        "GEMINI_API_KEY": KEY,
        "GEMINI_BASE_URL": fake.url,
    }


@pytest.fixture
async def queue() -> LocalQueue:
    return LocalQueue({"generate": tasks.consume}, pause=0.01)


@pytest.fixture
async def writer(stack: Stack, fake: FakeModels, queue: LocalQueue) -> AsyncIterator[Writer]:
    fake.always = Answer({"text": SUMMARY})
    async with Writer(stack, environment(fake), queue) as opened:
        yield opened


def summary(account: Account) -> dict[str, Any]:
    return {"operation": "summary", "resume_id": account.resume_id}


def batch(account: Account, count: int) -> dict[str, Any]:
    return {"operation": "batch", "input": {"requests": [summary(account) for _ in range(count)]}}


def test_the_registry_says_what_is_answered_with_a_task(database_rows: Any) -> None:
    rows = database_rows.execute("select slug, answers from public.operations where answers <> 'now'")
    assert {row["slug"]: row["answers"] for row in rows} == {
        "batch": "task",
        "account_export": "task",
        **dict.fromkeys([*REGISTRY, "resume_export", "resume_import", "interview_audio"], "either"),
        "full_resume": "task",
    }


async def test_a_batch_from_request_to_result(writer: Writer, queue: LocalQueue, account: Account) -> None:
    response = await writer.post(account, batch(account, 3), key="b")
    task = response.json()
    assert response.status_code == 202, response.text
    assert (task["status"], task["progress"]) == ("waiting", 0)
    assert response.headers["location"] == f"/functions/v1/generate/tasks/{task['id']}"
    assert response.headers["retry-after"] == "2"
    assert "result" not in task

    await queue.drained()
    done = (await writer.task(account, task["id"])).json()
    assert (done["status"], done["progress"]) == ("completed", 100), done
    items = done["result"]["items"]
    assert [item["result"]["text"] for item in items] == [SUMMARY] * 3
    assert [item["receipt"]["charged"] for item in items] == [1, 1, 1]
    assert account.books == (2, 0, 2)
    keys = account.row(
        "select string_agg(idempotency_key, ' ' order by idempotency_key) as keys from public.usage_events where user_id = %s",
        account.user_id,
    )
    assert keys["keys"] == "b:1 b:2 b:3"

    again = await writer.post(account, batch(account, 3), key="b")
    assert (again.status_code, again.headers["idempotency-replayed"]) == (200, "true")
    assert again.json() == done
    assert account.books == (2, 0, 2)


async def test_the_result_of_a_batch_is_deleted_with_a_resume_of_it(
    writer: Writer, queue: LocalQueue, account: Account, as_user: Any
) -> None:
    task = (await writer.post(account, batch(account, 2), key="b")).json()
    await queue.drained()
    with as_user(account.user_id) as cursor:
        cursor.execute("select public.resume_delete(%s)", (account.resume_id,))
    assert problems(await writer.task(account, task["id"])) == (410, "replay_gone")
    assert problems(await writer.post(account, batch(account, 2), key="b")) == (410, "replay_gone")
    assert account.books == (3, 0, 3)


async def test_one_item_that_fails_leaves_the_others_alone(
    writer: Writer, queue: LocalQueue, account: Account, fake: FakeModels
) -> None:
    body = batch(account, 2)
    body["input"]["requests"].append({"operation": "improve", "input": {"text": "Built it."}})
    fake.always = Answer({"text": SUMMARY})
    task = (await writer.post(account, body)).json()
    await queue.drained()
    items = (await writer.task(account, task["id"])).json()["result"]["items"]
    assert [set(item) for item in items] == [{"result", "receipt"}, {"result", "receipt"}, {"error"}]
    assert items[2]["error"]["code"] == "model_answer_invalid"
    assert items[2]["error"]["receipt"]["charged"] == 0
    assert account.books == (3, 0, 3)


async def test_the_price_of_a_batch_is_known_before(writer: Writer, account: Account) -> None:
    dry = await writer.post(account, batch(account, 4), query="?dry_run=true")
    assert dry.status_code == 200
    assert dry.json()["result"] is None
    assert (dry.json()["receipt"]["charged"], dry.json()["receipt"]["balance"]) == (4, 1)
    assert problems(await writer.post(account, batch(account, 6))) == (402, "insufficient_credits")
    assert problems(await writer.post(account, batch(account, 21))) == (422, "validation_failed")
    assert (
        account.row("select count(*) as n from public.resume_generations where user_id = %s", account.user_id)["n"] == 0
    )


async def test_a_client_that_does_not_wait_gets_the_same_answer(
    writer: Writer, queue: LocalQueue, account: Account
) -> None:
    response = await writer.post(account, summary(account), key="k", more=ASYNC)
    assert response.status_code == 202
    await queue.drained()
    done = await writer.task(account, response.json()["id"])
    assert done.json()["status"] == "completed"
    assert done.json()["receipt"]["charged"] == 1
    assert account.books == (4, 0, 4)
    # With the same key and without the preference, the usual answer.
    plain = await writer.post(account, summary(account), key="k")
    assert (plain.status_code, plain.headers["idempotency-replayed"]) == (200, "true")
    assert plain.json() == {"result": done.json()["result"], "receipt": done.json()["receipt"]}
    known = await writer.post(account, summary(account), key="k", more={"prefer": 'wait=5, Respond-Async; x="y"'})
    assert known.status_code == 200
    assert known.json() == done.json()


async def test_work_that_fails_ends_its_task_with_the_release(
    writer: Writer, queue: LocalQueue, account: Account, fake: FakeModels
) -> None:
    fake.always = Refusal()
    task = (await writer.post(account, summary(account), key="k", more=ASYNC)).json()
    await queue.drained()
    done = (await writer.task(account, task["id"])).json()
    assert (done["status"], done["error"]["code"], done["error"]["status"]) == ("failed", "model_refused", 422)
    assert account.books == (5, 0, 5)
    row = account.row("select usage_id, attempts from public.resume_generations where id = %s", task["id"])
    assert row["usage_id"] is not None, "it ended in the transaction that gave the credit back"
    fake.always = Answer({"text": SUMMARY})
    second = (await writer.post(account, summary(account), key="k", more=ASYNC)).json()
    assert second["id"] != task["id"]
    await queue.drained()
    assert account.books == (4, 0, 4)


async def test_a_reserve_that_is_refused_ends_the_task(writer: Writer, queue: LocalQueue, account: Account) -> None:
    first = (await writer.post(account, batch(account, 5), key="a")).json()
    second = (await writer.post(account, summary(account), key="b", more=ASYNC)).json()
    await queue.drained()
    ended = [(await writer.task(account, task["id"])).json() for task in (first, second)]
    refused = [each["error"]["code"] for each in ended if each["status"] == "failed"]
    refused += [item["error"]["code"] for item in ended[0]["result"]["items"] if "error" in item]
    assert refused == ["insufficient_credits"], "whichever came last"
    assert account.books == (0, 0, 0)


async def test_cancelling_stops_the_work(writer: Writer, queue: LocalQueue, account: Account, fake: FakeModels) -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(_: Any) -> Answer:
        loop.call_soon_threadsafe(asked.set)
        time.sleep(0.5)
        return Answer({"text": SUMMARY})

    fake.always = slow
    task = (await writer.post(account, batch(account, 5))).json()
    await asked.wait()
    cancelled = await writer.task(account, task["id"], "DELETE")
    assert cancelled.status_code == 200
    assert cancelled.json()["error"]["code"] == "cancelled"
    await queue.drained()
    after = (await writer.task(account, task["id"])).json()
    assert (after["status"], after["error"]["code"]) == ("failed", "cancelled")
    balance, reserved, _ = account.books
    assert reserved == 0
    assert balance >= 4, "what was not done is not charged"


async def test_nobody_sees_or_cancels_the_task_of_another_user(
    writer: Writer, queue: LocalQueue, new_account: Any
) -> None:
    owner, other = new_account(), new_account()
    task = (await writer.post(owner, batch(owner, 1))).json()
    for method in ("GET", "DELETE"):
        assert problems(await writer.task(other, task["id"], method)) == (404, "task_not_found")
    assert problems(await writer.task(owner, str(uuid4()))) == (404, "task_not_found")
    assert problems(await writer.task(owner, "not-an-id")) == (404, "not_found")
    await queue.drained()


async def test_one_request_id_from_the_request_to_the_consumers_log(
    writer: Writer, queue: LocalQueue, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    await writer.post(account, batch(account, 1), more={"x-request-id": "traced-42"})
    await queue.drained()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    mine = {line["message"] for line in lines if line.get("request_id") == "traced-42"}
    assert {"request", "task"} <= mine


class Broken(Queue):
    async def send(self, messages: Sequence[Message]) -> None:
        raise QueueUnavailable(str(len(messages)))


async def test_a_queue_that_is_away_changes_nothing_for_the_client(
    stack: Stack, fake: FakeModels, account: Account
) -> None:
    fake.always = Answer({"text": SUMMARY})
    async with Writer(stack, environment(fake), Broken()) as writer:  # type: ignore[arg-type]
        response = await writer.post(account, batch(account, 1))
        assert response.status_code == 202
        # Later, the clean-up finds it and sends it again.
        await tasks.run(response.json()["id"], Deadline.after(30))
        assert (await writer.task(account, response.json()["id"])).json()["status"] == "completed"


async def test_a_message_that_comes_twice_is_done_once(
    writer: Writer, queue: LocalQueue, account: Account, fake: FakeModels
) -> None:
    task = (await writer.post(account, summary(account), more=ASYNC)).json()
    await asyncio.gather(*(tasks.run(task["id"], Deadline.after(30)) for _ in range(4)))
    await queue.drained()
    assert len(fake.requests) == 1
    assert account.books == (4, 0, 4)


async def test_a_poisoned_message_comes_again_and_fails_no_other(
    writer: Writer, queue: LocalQueue, account: Account
) -> None:
    task = (await writer.post(account, batch(account, 1))).json()
    await queue.drained()
    records = [
        {"messageId": "poison", "body": "not json"},
        {"messageId": "foreign", "body": json.dumps({"id": 7})},
        {"messageId": "unknown", "body": json.dumps({"task_id": str(uuid4())})},
        {"messageId": "done", "body": json.dumps({"task_id": task["id"]})},
    ]
    answer = await tasks.consume({"Records": records}, Deadline.after(30))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "poison"}, {"itemIdentifier": "foreign"}]}


async def test_what_is_cancelled_before_its_parts_begin_is_not_charged(
    writer: Writer, queue: LocalQueue, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()
    write = tasks._write

    async def late(request: Any, call: Any) -> Any:
        begun.set()
        await goes_on.wait()
        return await write(request, call)

    monkeypatch.setattr(tasks, "_write", late)
    task = (await writer.post(account, batch(account, 4))).json()
    await begun.wait()
    cancelled = (await writer.task(account, task["id"], "DELETE")).json()
    assert (cancelled["status"], cancelled["error"]["code"]) == ("failed", "cancelled")
    goes_on.set()
    await queue.drained()
    assert account.books == (5, 0, 5)
