"""Consumers that are killed at each of their requests, and in the middle of many tasks at once.

Each task ends once, what it delivers is charged once, and nothing stays held.
"""

from __future__ import annotations

import random
import time
from itertools import count
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.ports.request import Deadline
from functions.generate import tasks
from tests.database.checks import broken_invariants
from tests.fakes.fuse import Fuse, FusedGateway
from tests.fakes.models import Answer, FakeModels
from tests.functions.generate import consumer_process
from tests.functions.generate.conftest import KEY
from tests.functions.generate.writer import SUMMARY, Writer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from local.stack import Stack
    from tests.fakes.gateway import Moment
    from tests.functions.edge.account import Account


class Nowhere:
    """A queue whose messages are all lost."""

    async def send(self, messages: Any) -> None:
        """Lose them."""


@pytest.fixture(scope="module")
def gateway(stack: Stack) -> Iterator[FusedGateway]:
    with FusedGateway(stack.url) as opened:
        yield opened


@pytest.fixture
def environment(stack: Stack, gateway: FusedGateway, fake: FakeModels) -> dict[str, str]:
    fake.always = Answer({"text": SUMMARY})
    return {
        **stack.env(),
        "SUPABASE_URL": gateway.url,
        "SUPABASE_JWT_ISSUER": f"{stack.url}/auth/v1",
        "RESUMEBASE_AI_PROVIDER": "gemini",
        "RESUMEBASE_VERIFIER": "off",
        "RESUMEBASE_AI_FALLBACKS": "none",
        "GEMINI_API_KEY": KEY,
        "GEMINI_BASE_URL": fake.url,
        "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    }


@pytest.fixture
async def writer(stack: Stack, environment: dict[str, str]) -> AsyncIterator[Writer]:
    """The other consumer, in this process, which takes over what the killed one left."""
    variables = {**environment, "SUPABASE_URL": stack.url}
    async with Writer(stack, variables, Nowhere()) as opened:  # type: ignore[arg-type]
        yield opened


def requests_of(kind: str, account: Account) -> tuple[Any, dict[str, str], int]:
    """Body and headers of a request for a task, and what it costs."""
    summary = {"operation": "summary", "resume_id": account.resume_id}
    if kind == "one text":
        return summary, {"prefer": "respond-async"}, 1
    return {"operation": "batch", "input": {"requests": [summary, summary]}}, {}, 2


@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        ("one text", "during"),
        ("batch", "during"),
        pytest.param("one text", "before", marks=pytest.mark.long),
        pytest.param("one text", "after", marks=pytest.mark.long),
    ],
)
async def test_killed_at_each_request(
    writer: Writer,
    gateway: FusedGateway,
    environment: dict[str, str],
    new_account: Callable[[], Account],
    clock: Any,
    kind: str,
    moment: Moment,
) -> None:
    for at in count(1):
        account = new_account()
        body, headers, price = requests_of(kind, account)
        opened = (await writer.post(account, body, more=headers)).json()
        process, messages = consumer_process.start(environment)
        gateway.fuse = Fuse(at=at, moment=moment, victim=process)
        messages.send(opened["id"])
        wait([messages, process.sentinel])
        gateway.fuse.victim = None
        process.kill()
        process.join()
        gateway.settle()
        # The message comes again while the dead consumer's claim holds: it is left alone.
        before = account.row(
            "select status, lease_until > private.now() as held from public.resume_generations where id = %s",
            opened["id"],
        )
        await tasks.run(opened["id"], Deadline.after(60))
        if before["held"] and before["status"] == "processing":
            clock.advance("121 seconds")
            await tasks.run(opened["id"], Deadline.after(60))
        done = (await writer.task(account, opened["id"])).json()
        assert done["status"] == "completed", (at, done)
        assert account.books == (5 - price, 0, 5 - price), at
        assert [event[0] for event in account.events] == ["committed"] * price, at
        if not gateway.fuse.burnt:
            break
    assert at > 3, "a consumer makes at least three requests"


class Fleet:
    """Consumers, some of which are killed at random; their messages come again."""

    def __init__(self, environ: dict[str, str], size: int, chance: random.Random) -> None:
        self._environ, self._chance = environ, chance
        self._members = [consumer_process.start(environ) for _ in range(size)]
        self.kills = 0

    def work(self, ids: list[str], mortality: float) -> None:
        """Deliver each message once, or more often where its consumer is killed."""
        waiting, busy = list(ids), dict[Any, tuple[int, str]]()
        deadlines: dict[Any, float] = {}
        while waiting or busy:
            for place, (_, messages) in enumerate(self._members):
                if messages not in busy and waiting:
                    busy[messages] = (place, waiting.pop())
                    messages.send(busy[messages][1])
                    dies = self._chance.random() < mortality
                    deadlines[messages] = time.monotonic() + (self._chance.uniform(0, 0.15) if dies else 60)
            ready = wait(list(busy), timeout=max(0, min(deadlines[each] for each in busy) - time.monotonic()))
            for each in ready:
                _, task_id = busy.pop(each)
                if each.recv():  # type: ignore[union-attr, call-arg]
                    waiting.insert(0, task_id)
            for messages in [each for each in busy if deadlines[each] <= time.monotonic()]:
                place, _ = busy.pop(messages)
                self._replace(place)

    def _replace(self, place: int) -> None:
        process, messages = self._members[place]
        process.kill()
        process.join()
        messages.close()
        self._members[place] = consumer_process.start(self._environ)
        self.kills += 1

    def close(self) -> None:
        for process, messages in self._members:
            messages.close()
            process.kill()
            process.join()


@pytest.mark.parametrize(
    ("users", "each"),
    [
        (10, 3),
        pytest.param(20, 10, marks=pytest.mark.long),
        pytest.param(100, 20, marks=pytest.mark.long),
    ],
    ids=["30 tasks", "200 tasks", "2000 tasks"],
)
async def test_many_tasks_with_random_kills_leave_sound_books(
    stack: Stack,
    environment: dict[str, str],
    new_account: Callable[[], Account],
    database_rows: Any,
    clock: Any,
    users: int,
    each: int,
) -> None:
    chance = random.Random(7)
    accounts = [new_account() for _ in range(users)]
    opened: dict[str, Account] = {}
    for account in accounts:
        database_rows.execute("select public.credits_grant(%s, 'pack', 100, %s)", (account.user_id, account.user_id))
        for _ in range(each):
            row = database_rows.execute(
                "select public.task_open(%s, 'generate', 'summary', gen_random_uuid()::text, 'hash', %s, %s, 'r', %s) ->> 'id' as id",
                (
                    account.user_id,
                    f'{{"operation": "summary", "resume_id": "{account.resume_id}"}}',
                    f'[{{"operation": "summary", "resume_id": "{account.resume_id}"}}]',
                    account.resume_id,
                ),
            ).fetchone()
            opened[row["id"]] = account
    fleet = Fleet({**environment, "SUPABASE_URL": stack.url}, 4, chance)
    try:
        ids = list(opened)
        chance.shuffle(ids)
        for mortality in (0.1, 0.1, 0.1, 0):
            # Some messages come twice.
            fleet.work(ids + ids[: len(ids) // 10], mortality)
            clock.advance("3 minutes")
            rows = database_rows.execute("select public.tasks_due(5000) as due").fetchone()
            ids = [row["id"] for row in rows["due"] if row["id"] in opened]
    finally:
        fleet.close()
    assert fleet.kills
    ended = database_rows.execute(
        "select user_id::text, status, count(*) as n, count(usage_id) as charged from public.resume_generations "
        "where id = any(%s::uuid[]) group by user_id, status",
        (list(opened),),
    ).fetchall()
    assert {row["status"] for row in ended} <= {"completed", "failed"}
    assert sum(row["n"] for row in ended) == len(opened)
    assert [row for row in ended if row["charged"] != (row["n"] if row["status"] == "completed" else 0)] == []
    completed = {row["user_id"]: row["n"] for row in ended if row["status"] == "completed"}
    for account in accounts:
        done = completed.get(account.user_id, 0)
        assert account.books == (105 - done, 0, 105 - done)
    assert sum(completed.values()) > len(opened) * 0.9, "three deaths at one task are rare"
    assert (
        database_rows.execute(
            "select from private.task_inputs where task_id = any(%s::uuid[])", (list(opened),)
        ).fetchall()
        == []
    )
    assert not broken_invariants(database_rows).keys() & {"books.sql", "ledger.sql", "usage.sql"}
