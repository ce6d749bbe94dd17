"""Paid work on the real ledger, and every failure between a function and its database."""

from __future__ import annotations

import asyncio
import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from functions._shared.domain import errors
from functions._shared.domain.effects import Effect, KeepDocument
from functions._shared.domain.metering import ModelCall
from functions._shared.flows.metered import Hold, run_paid
from tests.functions.edge.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from functions._shared.adapters.supabase.ledger import SupabaseLedger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from tests.conftest import Clock
    from tests.functions.edge.account import Account

    LedgerOn = Callable[[Wire], SupabaseLedger]
    Work = Callable[[Hold], Awaitable[BaseModel | str]]

SPENT = ModelCall("gemini", "gemini-x", "summary", 10, 5, Decimal("0.000010"), 100)


class Result(BaseModel):
    text: str


class Worker:
    """Work that counts its runs."""

    def __init__(self, result: BaseModel | str | BaseException = '{"text":"Zoë ☃"}', *, takes: float = 0) -> None:
        self.runs = 0
        self.result = result
        self.takes = takes

    async def __call__(self, hold: Hold) -> BaseModel | str:
        self.runs += 1
        hold.record(SPENT)
        await asyncio.sleep(self.takes)
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


def pay(ledger_on: LedgerOn, wire: Wire, call: PaidCall, work: Work, **options: Any) -> PaidAnswer:
    async def run() -> PaidAnswer:
        return await run_paid(ledger_on(wire), call, work, **{"operation": "summary", **options})

    return asyncio.run(run())


def costs(account: Account) -> int:
    """Number of recorded model calls."""
    booked: int = account.row("select count(*) as n from public.ai_usage where user_id = %s", account.user_id)["n"]
    return booked


# -- as it should be ---------------------------------------------------------------------------------------------


def test_two_round_trips_and_one_charge(account: Account, ledger_on: LedgerOn) -> None:
    wire = Wire()
    holds: list[Hold] = []

    async def work(hold: Hold) -> Result:
        holds.append(hold)
        hold.record(SPENT)
        return Result(text="Zoë ☃")

    answer = pay(ledger_on, wire, account.call(), work, resume_id=account.resume_id, job_id=account.job_id)
    assert wire.calls == ["usage_reserve", "usage_commit"]
    (hold,) = holds
    assert hold.reservation.resume is not None
    assert hold.reservation.job is not None
    assert 0 < hold.time_left() < 29
    receipt = {
        "usage_id": hold.reservation.usage_id,
        "operation": "summary",
        "charged": 1,
        "funding": "credits",
        "balance": 4,
        "resets_at": None,
    }
    body = '{"result":{"text":"Zoë ☃"},"receipt":' + json.dumps(receipt, separators=(",", ":")) + "}"
    assert (answer.body.decode(), answer.replayed) == (body, False)
    assert (account.books, account.events, costs(account)) == ((4, 0, 4), [("committed", 1, None)], 1)


def kept(account: Account) -> list[str]:
    """The texts of the kept letters."""
    rows = "select coalesce(array_agg(content), '{}') as all from public.generated_documents where user_id = %s"
    return list(account.row(rows, account.user_id)["all"])


@pytest.mark.parametrize("fault", [None, "refuse", "lose", "drop"])
def test_what_the_work_keeps_is_written_once(account: Account, ledger_on: LedgerOn, fault: str | None) -> None:
    async def work(hold: Hold) -> str:
        letter = KeepDocument(document_type="cover_letter", content="Dear team,")
        hold.keep(letter)
        return f'{{"id":"{letter.id}"}}'

    call = account.call()
    wire = Wire(["ok", fault] if fault else [])
    first = pay(ledger_on, wire, call, work, operation="cover_letter")
    again = pay(ledger_on, Wire(), call, work, operation="cover_letter")
    assert (again.body, kept(account), account.books[0]) == (first.body, ["Dear team,"], 3)


def test_what_failed_work_kept_is_not_written(account: Account, ledger_on: LedgerOn) -> None:
    async def work(hold: Hold) -> str:
        hold.keep(KeepDocument(document_type="cover_letter", content="Dear team,"))
        raise errors.ModelRefused

    with pytest.raises(errors.ModelRefused):
        pay(ledger_on, Wire(), account.call(), work)
    assert (kept(account), account.books) == ([], (5, 0, 5))


def test_a_result_that_cannot_be_kept_is_not_charged(account: Account, ledger_on: LedgerOn) -> None:
    async def work(hold: Hold) -> str:
        hold.keep(KeepDocument(document_type="cover_letter", content="Dear team,"))
        hold.keep(Effect(kind="nothing"))
        return "{}"

    with pytest.raises(errors.UnknownEffect) as caught:
        pay(ledger_on, Wire(), account.call(), work)
    assert caught.value.extra["receipt"]["charged"] == 0
    assert (kept(account), account.books) == ([], (5, 0, 5))
    assert account.events == [("released", 1, "unknown_effect")]


def test_the_same_key_returns_the_same_bytes_without_work(account: Account, ledger_on: LedgerOn) -> None:
    text = '{ "text":"1.0 \\u2603 ☃",\t"n":1.50 }'
    worker, call = Worker(text), account.call()
    first = pay(ledger_on, Wire(), call, worker)
    wire = Wire()
    second = pay(ledger_on, wire, call, worker)
    assert text.encode() in first.body
    assert (second.body, second.replayed) == (first.body, True)
    assert (worker.runs, wire.calls, account.books) == (1, ["usage_reserve"], (4, 0, 4))


def test_a_dry_run_says_what_it_would_cost(account: Account, ledger_on: LedgerOn) -> None:
    worker, wire = Worker(), Wire()
    answer = json.loads(pay(ledger_on, wire, account.call(dry_run=True), worker).body)
    assert answer == {
        "result": None,
        "receipt": {
            "usage_id": None,
            "operation": "summary",
            "charged": 1,
            "funding": "credits",
            "balance": 4,
            "resets_at": None,
        },
    }
    assert (worker.runs, wire.calls, account.books, account.events) == (0, ["usage_reserve"], (5, 0, 5), [])


def test_one_credit_and_two_parallel_calls(account: Account, ledger_on: LedgerOn) -> None:
    for _ in range(4):
        pay(ledger_on, Wire(), account.call(), Worker())

    async def run() -> list[PaidAnswer | BaseException]:
        ledger = ledger_on(Wire())
        calls = [run_paid(ledger, account.call(), Worker(takes=0.2), operation="summary") for _ in range(2)]
        return await asyncio.gather(*calls, return_exceptions=True)

    kinds = sorted(type(answer).__name__ for answer in asyncio.run(run()))
    assert (kinds, account.books) == (["InsufficientCredits", "PaidAnswer"], (0, 0, 0))


def test_two_parallel_calls_with_one_key(account: Account, ledger_on: LedgerOn) -> None:
    async def run() -> list[PaidAnswer | BaseException]:
        ledger, call, worker = ledger_on(Wire()), account.call(), Worker(takes=0.3)
        calls = [run_paid(ledger, call, worker, operation="summary") for _ in range(2)]
        return await asyncio.gather(*calls, return_exceptions=True)

    kinds = sorted(type(answer).__name__ for answer in asyncio.run(run()))
    assert (kinds, account.books) == (["InProgress", "PaidAnswer"], (4, 0, 4))


# -- the work fails ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "reason", "booked"),
    [
        (errors.ModelRefused("No.", calls=[SPENT]), "model_refused", 2),
        (errors.ModelTimeout(), "model_timeout", 1),
        (errors.VersionConflict(current_version=3), "version_conflict", 1),
        (RuntimeError("hunter2"), "RuntimeError", 1),
        (TimeoutError("its own"), "TimeoutError", 1),
    ],
)
def test_a_failure_is_not_charged_and_can_be_retried(
    account: Account, ledger_on: LedgerOn, failure: Exception, reason: str, booked: int
) -> None:
    call, wire = account.call(), Wire()
    with pytest.raises(type(failure)) as caught:
        pay(ledger_on, wire, call, Worker(failure))
    assert caught.value is failure
    assert wire.calls == ["usage_reserve", "usage_release"]
    assert (account.books, account.events, costs(account)) == ((5, 0, 5), [("released", 1, reason)], booked)
    if isinstance(failure, errors.DomainError):
        receipt = failure.extra["receipt"]
        assert (receipt["charged"], receipt["balance"], receipt["operation"]) == (0, 5, "summary")
    assert not pay(ledger_on, Wire(), call, Worker()).replayed
    assert (account.books, account.events) == ((4, 0, 4), [("committed", 2, None)])


def test_a_refused_reservation_holds_nothing(account: Account, ledger_on: LedgerOn) -> None:
    worker, wire = Worker(), Wire()
    with pytest.raises(errors.UnknownOperation):
        pay(ledger_on, wire, account.call(), worker, operation="nothing")
    assert (worker.runs, wire.calls, account.events) == (0, ["usage_reserve"], [])


def test_work_that_takes_too_long(account: Account, ledger_on: LedgerOn) -> None:
    with pytest.raises(errors.DeadlineExceeded) as caught:
        pay(ledger_on, Wire(), account.call(seconds=3.3), Worker(takes=60))
    assert caught.value.extra["receipt"]["charged"] == 0
    assert (account.books, account.events) == ((5, 0, 5), [("released", 1, "deadline_exceeded")])


def test_work_that_blocks_beyond_its_time_is_not_charged(account: Account, ledger_on: LedgerOn) -> None:
    async def work(_hold: Hold) -> str:
        time.sleep(0.6)  # noqa: ASYNC251 - as a computation does
        return "{}"

    wire = Wire()
    with pytest.raises(errors.DeadlineExceeded) as caught:
        pay(ledger_on, wire, account.call(seconds=3.5), work)
    assert caught.value.extra["receipt"]["charged"] == 0
    assert (wire.calls, account.books) == (["usage_reserve", "usage_release"], (5, 0, 5))


def test_no_time_left_at_all(account: Account, ledger_on: LedgerOn) -> None:
    with pytest.raises(errors.DeadlineExceeded):
        pay(ledger_on, Wire(), account.call(seconds=0), Worker(takes=60))
    assert (account.books, len(account.events)) == ((5, 0, 5), 1)


# -- the request is cancelled ------------------------------------------------------------------------------------


def cancel_when(ledger_on: LedgerOn, wire: Wire, call: PaidCall, work: Work, when: asyncio.Event | float) -> None:
    """Run, cancel at that moment, and check that the cancellation arrives."""

    async def run() -> None:
        task = asyncio.create_task(run_paid(ledger_on(wire), call, work, operation="summary"))
        if isinstance(when, asyncio.Event):
            await when.wait()
        else:
            await asyncio.sleep(when)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_cancelled_while_working(account: Account, ledger_on: LedgerOn) -> None:
    started = asyncio.Event()

    async def work(_: Hold) -> str:
        started.set()
        await asyncio.sleep(60)
        return "{}"

    cancel_when(ledger_on, Wire(), account.call(), work, started)
    assert (account.books, account.events) == ((5, 0, 5), [("released", 1, "CancelledError")])


def test_cancelled_while_reserving(account: Account, ledger_on: LedgerOn) -> None:
    worker, wire = Worker(), Wire(["slow"])
    cancel_when(ledger_on, wire, account.call(), worker, wire.executed)
    assert (worker.runs, account.books, account.events) == (0, (5, 0, 5), [("released", 1, "CancelledError")])


def test_cancelled_while_committing(account: Account, ledger_on: LedgerOn) -> None:
    wire, call = Wire(["ok", "slow"]), account.call()
    cancel_when(ledger_on, wire, call, Worker('{"n":1}'), wire.executed)
    assert (account.books, account.events) == ((4, 0, 4), [("committed", 1, None)])
    again = pay(ledger_on, Wire(), call, Worker('{"n":2}'))
    assert (again.replayed, json.loads(again.body)["result"]) == (True, {"n": 1})


# -- the connection breaks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["refuse", "drop"])
def test_a_reservation_that_was_not_received_is_repeated(account: Account, ledger_on: LedgerOn, fault: str) -> None:
    answer = pay(ledger_on, Wire([fault]), account.call(), Worker())
    assert (answer.replayed, account.books) == (False, (4, 0, 4))


def test_a_reservation_whose_answer_is_lost_expires(account: Account, ledger_on: LedgerOn, clock: Clock) -> None:
    worker, call = Worker(), account.call()
    with pytest.raises(errors.InProgress):
        pay(ledger_on, Wire(["lose"]), call, worker)
    assert (worker.runs, account.books) == (0, (4, 1, 5))
    clock.advance("3 minutes")
    pay(ledger_on, Wire(), call, worker)
    assert (account.books, account.events) == ((4, 0, 4), [("committed", 2, None)])


def test_the_database_is_down(account: Account, ledger_on: LedgerOn) -> None:
    worker = Worker()
    with pytest.raises(errors.DatabaseUnavailable) as caught:
        pay(ledger_on, Wire(["refuse"] * 9), account.call(), worker)
    assert (caught.value.status, caught.value.retry_after, worker.runs) == (503, 2, 0)
    assert (account.books, account.events) == ((5, 0, 5), [])


# Fault of the commit and later ledger calls; then whether there is an answer, the calls, and the usage events.
COMMITS: dict[str, tuple[list[str], bool, list[str], str]] = {
    "did not arrive, once": (["refuse"], True, ["usage_commit"] * 2, "committed"),
    "broke on the way, once": (["drop"], True, ["usage_commit"] * 2, "committed"),
    "answer lost": (["lose"], True, ["usage_commit", "usage_commit", "usage_reserve"], "committed"),
    "answer lost twice": (
        ["lose", "lose"],
        True,
        ["usage_commit", "usage_commit", "usage_release", "usage_reserve"],
        "committed",
    ),
    "answer lost, then no connection": (
        ["lose", "refuse", "ok"],
        True,
        ["usage_commit", "usage_commit", "usage_release", "usage_reserve"],
        "committed",
    ),
    "broke on the way, twice": (["drop", "drop"], False, ["usage_commit"] * 2 + ["usage_release"], "released"),
    "no connection, twice": (["refuse", "refuse"], False, ["usage_commit"] * 2 + ["usage_release"], "released"),
    "no connection any more": (["refuse"] * 9, False, ["usage_commit"] * 2 + ["usage_release"] * 2, "reserved"),
    "release lost": (
        ["refuse", "refuse", "lose"],
        False,
        ["usage_commit"] * 2 + ["usage_release"] * 2,
        "released",
    ),
}


@pytest.mark.parametrize(("faults", "answered", "calls", "status"), COMMITS.values(), ids=COMMITS.keys())
def test_commits_on_a_bad_connection(
    account: Account, ledger_on: LedgerOn, faults: list[str], answered: bool, calls: list[str], status: str
) -> None:
    wire, call, worker = Wire(["ok", *faults]), account.call(), Worker('{"n":1}')
    if answered:
        answer = pay(ledger_on, wire, call, worker)
        assert (json.loads(answer.body)["result"], answer.replayed) == ({"n": 1}, False)
        assert pay(ledger_on, Wire(), call, worker).body == answer.body
    else:
        with pytest.raises(errors.DatabaseUnavailable):
            pay(ledger_on, wire, call, worker)
    assert wire.calls == ["usage_reserve", *calls]
    assert [event[0] for event in account.events] == [status]
    assert (worker.runs, costs(account)) == (1, 0 if status == "reserved" else 1)
    assert account.books == {"committed": (4, 0, 4), "released": (5, 0, 5), "reserved": (4, 1, 5)}[status]


def test_the_hold_expired_meanwhile(account: Account, ledger_on: LedgerOn, clock: Clock) -> None:
    call = account.call()

    async def work(hold: Hold) -> str:
        hold.record(SPENT)
        clock.advance("3 minutes")
        return "{}"

    with pytest.raises(errors.HoldLost) as caught:
        pay(ledger_on, Wire(), call, work)
    assert caught.value.extra["receipt"]["charged"] == 0
    assert (account.books, costs(account)) == ((5, 0, 5), 1)
    pay(ledger_on, Wire(), call, Worker())
    assert account.books == (4, 0, 4)


def test_a_later_attempt_took_over(account: Account, ledger_on: LedgerOn, clock: Clock) -> None:
    """A slow process resumes after its hold expired and another process answered the same key."""
    call = account.call()

    async def slow(_: Hold) -> str:
        clock.advance("3 minutes")
        other = await run_paid(ledger_on(Wire()), call, Worker('{"by":"other"}'), operation="summary")
        assert not other.replayed
        return '{"by":"slow"}'

    with pytest.raises(errors.HoldLost):
        pay(ledger_on, Wire(), call, slow)
    again = pay(ledger_on, Wire(), call, Worker())
    assert (again.replayed, json.loads(again.body)["result"]) == (True, {"by": "other"})
    assert (account.books, account.events) == ((4, 0, 4), [("committed", 2, None)])
