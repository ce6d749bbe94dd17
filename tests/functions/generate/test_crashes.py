"""Kill the process of `generate` at each step, then repeat the request: it is charged once and has one result.

The process is a real server. It is killed from outside, by the gateway in front of the Supabase API or by the fake
vendor, when its request arrives there.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from tests.fakes.gateway import Gateway, Moment
from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.server_process import Server
from tests.functions.generate.writer import SUMMARY, model_calls, problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.stack import Stack
    from tests.fakes.models import Behaviour, Request
    from tests.functions.edge.account import Account


@pytest.fixture(scope="module")
def gateway(stack: Stack) -> Iterator[Gateway]:
    with Gateway(stack.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def serve(stack: Stack, gateway: Gateway, cloud: FakeModels) -> Callable[[], Any]:
    """`with serve() as server:` a separate process of `generate`."""

    @contextmanager
    def _serve() -> Iterator[Server]:
        environment = {
            **stack.env(),
            "SUPABASE_URL": gateway.url,
            "SUPABASE_JWT_ISSUER": f"{stack.url}/auth/v1",
            "RESUMEBASE_AI_PROVIDER": "gemini",
            "RESUMEBASE_VERIFIER": "off",
            "RESUMEBASE_AI_FALLBACKS": "none",
            "GEMINI_API_KEY": cloud.key,
            "GEMINI_BASE_URL": cloud.url,
            "POWERTOOLS_LOG_LEVEL": "CRITICAL",
        }
        server = Server(environment)
        try:
            yield server
        finally:
            server.kill()

    return _serve


@pytest.fixture(scope="module")
def survivor(serve: Callable[[], Any]) -> Iterator[Server]:
    """Another process, which stays alive and receives the client's retry."""
    with serve() as server:
        yield server


@pytest.fixture(autouse=True)
def _clean(fake: FakeModels, gateway: Gateway) -> None:
    fake.always = Answer({"text": SUMMARY})
    gateway.seen.clear()


def die_at(server: Server, gateway: Gateway, rpc: str, moment: Moment) -> None:
    gateway.trap(f"/rpc/{rpc}", moment, server.kill)


def crash(server: Server, gateway: Gateway, account: Account, key: str) -> None:
    """Send the request, and check that no answer arrives because the process is dead."""
    with pytest.raises(httpx.TransportError):
        server.summary(account, key)
    server.process.join()
    assert server.process.exitcode == -signal.SIGKILL
    gateway.settle()  # requests that the process had sent are still executed


def assert_charged_once(survivor: Server, account: Account, key: str, response: httpx.Response) -> None:
    assert response.status_code == 200, response.text
    assert response.json()["result"]["text"] == SUMMARY
    assert response.json()["receipt"]["charged"] == 1
    assert account.books == (4, 0, 4)
    assert [event[0] for event in account.events] == ["committed"]
    again = survivor.summary(account, key)
    assert again.content == response.content
    assert again.headers["idempotency-replayed"] == "true"
    assert account.books == (4, 0, 4)


def test_a_paid_request_takes_two_round_trips(survivor: Server, gateway: Gateway, account: Account) -> None:
    survivor.summary(account, "warm")  # only opens connections
    gateway.seen.clear()
    response = survivor.summary(account, "k")

    assert response.status_code == 200
    assert gateway.seen == ["POST /rest/v1/rpc/usage_reserve", "POST /rest/v1/rpc/usage_commit"]


def test_killed_before_reserve(
    serve: Callable[[], Any], survivor: Server, gateway: Gateway, fake: FakeModels, account: Account
) -> None:
    key = str(uuid4())
    with serve() as server:
        die_at(server, gateway, "usage_reserve", "before")
        crash(server, gateway, account, key)

    assert (account.books, account.events) == ((5, 0, 5), [])
    assert_charged_once(survivor, account, key, survivor.summary(account, key))
    assert len(fake.requests) == 1


@pytest.mark.parametrize(
    ("step", "model_asked"),
    [
        (("usage_reserve", "during"), 0),
        (("usage_reserve", "after"), 0),
        ("model", 1),
        (("usage_commit", "before"), 1),
    ],
    ids=["during reserve", "after reserve", "during the model call", "after the model"],
)
def test_killed_between_reserve_and_commit(
    serve: Callable[[], Any],
    survivor: Server,
    gateway: Gateway,
    fake: FakeModels,
    account: Account,
    clock: Any,
    step: Any,
    model_asked: int,
) -> None:
    key = str(uuid4())
    with serve() as server:
        if step == "model":

            def kill(_: Request) -> Behaviour:
                server.kill()
                return Answer({"text": SUMMARY})

            fake.plan(kill)
        else:
            die_at(server, gateway, *step)
        crash(server, gateway, account, key)

    assert len(fake.requests) == model_asked
    assert account.books == (4, 1, 5)
    # While the hold is valid, the ledger cannot know that its process is dead.
    early = survivor.summary(account, key)
    assert problems(early) == (409, "in_progress")
    assert account.books == (4, 1, 5)

    clock.advance("3 minutes")
    assert_charged_once(survivor, account, key, survivor.summary(account, key))
    assert account.events == [("committed", 2, None)]
    assert len(fake.requests) == model_asked + 1


@pytest.mark.parametrize("moment", ["during", "after"], ids=["during commit", "after commit, before the answer"])
def test_killed_after_sending_the_commit(
    serve: Callable[[], Any],
    survivor: Server,
    gateway: Gateway,
    fake: FakeModels,
    account: Account,
    database_rows: Any,
    moment: Moment,
) -> None:
    key = str(uuid4())
    with serve() as server:
        die_at(server, gateway, "usage_commit", moment)
        crash(server, gateway, account, key)

    # The answer was stored with the charge, so the retry gets it without asking the model.
    assert account.books == (4, 0, 4)
    assert_charged_once(survivor, account, key, survivor.summary(account, key))
    assert len(fake.requests) == 1
    assert len(model_calls(database_rows, account)) == 1


def test_killed_repeatedly_until_it_succeeds(
    serve: Callable[[], Any], survivor: Server, gateway: Gateway, account: Account, clock: Any
) -> None:
    key = str(uuid4())
    for rpc, moment in (("usage_reserve", "after"), ("usage_commit", "before"), ("usage_reserve", "before")):
        with serve() as server:
            die_at(server, gateway, rpc, moment)  # type: ignore[arg-type]
            crash(server, gateway, account, key)
        clock.advance("3 minutes")

    assert_charged_once(survivor, account, key, survivor.summary(account, key))
    assert account.events == [("committed", 3, None)]


def test_a_killed_process_does_not_cost_the_user_a_credit(
    serve: Callable[[], Any], survivor: Server, gateway: Gateway, fake: FakeModels, account: Account, clock: Any
) -> None:
    with serve() as server:
        die_at(server, gateway, "usage_commit", "before")
        crash(server, gateway, account, "given-up")
    assert account.books == (4, 1, 5)
    clock.advance("3 minutes")

    # The user's next request, whatever it is, expires the hold.
    other = survivor.summary(account, "another")
    assert other.status_code == 200
    assert account.books == (4, 0, 4)
    assert sorted(event[0] for event in account.events) == ["committed", "expired"]
    assert len(fake.requests) == 2
