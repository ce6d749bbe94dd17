"""Many real connections at once, some of them killed in the middle of a transaction: the books balance to the credit."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.database.checks import broken_invariants
from tests.database.metering.support import Meter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.database.rows import Connect, NewUser

WORKERS = 64
KEYS_EACH = 3
CREDITS = 1000
# What a caller may be told while others work on the same account and connections die. A deadlock is not among it.
EXPECTED = {"in_progress", "hold_lost"}
PATIENCE = 240


@pytest.fixture
def _short_holds(connect: Connect) -> Iterator[None]:
    """Holds of a killed worker come back within seconds, and nobody has had too many failures."""
    connection = connect()
    connection.execute("update public.operations set max_runtime_seconds = 4 where slug = 'summary'")
    connection.execute(
        "update public.global_config set value = value || "
        "'{\"hold_margin_seconds\": 0, \"released_attempts_per_day\": 1000000}' where key = 'metering'"
    )
    yield
    connection.execute("update public.operations set max_runtime_seconds = 60 where slug = 'summary'")
    connection.execute(
        "update public.global_config set value = value || "
        "'{\"hold_margin_seconds\": 60, \"released_attempts_per_day\": 50}' where key = 'metering'"
    )


class Worker:
    """A function's process: it retries with the same key until it has its answer.

    Parameters
    ----------
    database
        URL of the database.
    told
        Counts what it was refused with.
    """

    def __init__(self, database: str, told: Counter[str]) -> None:
        self.database = database
        self.told = told
        self.dice = random.Random()
        self.meter = self._connect()

    def _connect(self) -> Meter:
        connection = psycopg.connect(self.database, autocommit=True, row_factory=dict_row, application_name="worker")
        return Meter(connection, connection)

    def finish(self, user: uuid.UUID, key: str) -> str:
        """Return the answer that is stored for the key."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self._try(user, key)
            except psycopg.OperationalError as error:
                # A deadlock is an operational error, too, and nobody may ever be told of one.
                if error.sqlstate not in {None, "57P01"}:
                    raise
                # Killed: whether the statement was carried out is not known. The key knows.
                self.told["connection lost"] += 1
                self._reconnect()
            except psycopg.Error as error:
                self.told[str(error.diag.message_primary)] += 1
                if error.diag.message_primary not in EXPECTED:
                    raise
                time.sleep(self.dice.uniform(0.05, 0.3))
            else:
                if answer is not None:
                    return answer
        pytest.fail(f"no answer for {key} in time")

    def _try(self, user: uuid.UUID, key: str) -> str | None:
        """Do it once; sometimes the model fails, and the hold is given back."""
        held = self.meter.reserve(user, key=key)
        if held["state"] == "replay":
            return str(held["result"])
        if self.dice.random() < 0.15:
            self.meter.release(held)
            return None
        answer = f"{key} by {uuid.uuid4()}"
        self.meter.commit(held, answer, calls=[{"provider": "gemini", "estimated_cost": 0.0001}])
        return answer

    def _reconnect(self) -> None:
        self.meter.connection.close()
        while self.meter.connection.closed:
            with suppress(psycopg.OperationalError):  # killed again, while it connects
                self.meter = self._connect()


def _until(stop: threading.Event, step: Callable[[], Any]) -> None:
    while not stop.wait(0.05):
        step()


def _kill_one(connection: psycopg.Connection[Any]) -> None:
    """End the connection of some worker that is in the middle of a transaction."""
    connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where application_name = 'worker' and state = 'active' order by random() limit 1"
    )


@pytest.mark.usefixtures("_short_holds")
@pytest.mark.parametrize("accounts", [1, WORKERS], ids=["one account", "many accounts"])
def test_the_books_balance_whoever_is_killed(
    database: str, connect: Connect, new_user: NewUser, meter: Meter, accounts: int
) -> None:
    users = [new_user(confirmed=False) for _ in range(accounts)]
    for user in users:
        meter.grant(user, CREDITS, f"pack {user}")
    # Each key is worked on by two workers at once.
    jobs = [(users[number // 2 % accounts], f"key {number // 2}") for number in range(WORKERS * KEYS_EACH)]
    random.shuffle(jobs)
    told: Counter[str] = Counter()
    stop = threading.Event()
    answers: list[tuple[tuple[uuid.UUID, str], str]] = []

    def work(share: list[tuple[uuid.UUID, str]]) -> None:
        worker = Worker(database, told)
        answers.extend((job, worker.finish(*job)) for job in share)
        worker.meter.connection.close()

    killer, keeper = connect(), Meter(connect(), connect())

    def keep_books() -> None:
        """What else happens to accounts meanwhile: clean-up, a grant that is told again, and deriving everything."""
        user = random.choice(users)
        keeper.call("usage_expire", 100)
        keeper.call("credits_expire", 100)
        keeper.grant(user, 7, f"extra {user}")
        keeper.owner.execute("select private.settle_account(%s)", (user,))
        keeper.call("entitlements", user)

    with ThreadPoolExecutor(WORKERS + 2) as pool:
        others = [pool.submit(_until, stop, lambda: _kill_one(killer)), pool.submit(_until, stop, keep_books)]
        try:
            for done in [pool.submit(work, jobs[number::WORKERS]) for number in range(WORKERS)]:
                done.result()
        finally:
            stop.set()
        for other in others:
            other.result()

    assert told["connection lost"] > 0
    # One answer per key, whoever asked, and one charge.
    by_key: dict[tuple[uuid.UUID, str], set[str]] = {}
    for job, answer in answers:
        by_key.setdefault(job, set()).add(answer)
    assert len(answers) == len(jobs)
    assert {len(found) for found in by_key.values()} == {1}
    charged = Counter(user for user, _ in by_key)
    for user in users:
        usage = [row for row in meter.ledger(user) if row[0] == "usage"]
        assert len(usage) == charged[user]
        meter.call("usage_expire", 1000)
        balance, reserved, debt = meter.account(user)
        extra = sum(row[1] for row in meter.ledger(user) if row[0] == "grant") - CREDITS
        assert extra in {0, 7}
        assert (balance - debt, reserved) == (CREDITS + extra - charged[user], 0)
    assert broken_invariants(connect()) == {}
