"""A paid function from HTTP to the ledger, over ASGI and as a Lambda event, on the real stack."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest
from pydantic import BaseModel

from functions._shared import wiring
from functions._shared.domain import errors
from functions._shared.edge import Call, FunctionApp
from functions._shared.flows.metered import Hold, run_paid
from functions._shared.settings import Settings
from local.lambda_runtime.events import HttpAnswer, http_answer, http_event
from tests.functions.edge.wire import Wire
from tests.unit.edge.test_lambda import Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ports.request import PaidAnswer
    from local.stack import Stack
    from tests.functions.edge.account import Account


class Ask(BaseModel):
    operation: str = "summary"
    resume_id: str | None = None
    then: Literal["answer", "refuse", "fail"] = "answer"


class Told(BaseModel):
    title: str | None


def make_app() -> FunctionApp:
    app = FunctionApp("paid", summary="A paid function.")

    @app.post("/", request=Ask, response=Told, paid=True, errors=(errors.ResumeNotFound, errors.ModelRefused))
    async def tell(call: Call[Ask]) -> PaidAnswer:
        """Return the title of a résumé."""

        async def work(hold: Hold) -> Told:
            if call.body.then == "refuse":
                raise errors.ModelRefused
            if call.body.then == "fail":
                raise RuntimeError("hunter2")
            resume = hold.reservation.resume
            return Told(title=resume.title if resume else None)

        ledger, body = wiring.ledger(), call.body
        return await run_paid(ledger, call.paid, work, operation=body.operation, resume_id=body.resume_id)

    return app


class Door:
    """Calls the function, over ASGI or as Lambda, and records its database requests."""

    def __init__(self, stack: Stack, kind: str) -> None:
        self.settings = Settings(stack.env())
        self.kind = kind
        self.app = make_app()
        self.handler = self.app.lambda_handler()
        self.wire = Wire()

    def post(self, account: Account | None, body: Any, query: str = "", **headers: str) -> HttpAnswer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["content-type"] = "application/json"
        if account is not None:
            named["authorization"] = f"Bearer {account.token}"
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path = f"/functions/v1/paid{query}"
        self.wire = Wire()
        with wiring.override(settings=self.settings, http=httpx.AsyncClient(transport=self.wire)):
            if self.kind == "lambda":
                event = http_event("POST", path, route="/functions/v1/paid", headers=named.items(), body=content)
                return http_answer(self.handler(event, Context()))  # type: ignore[arg-type]
            return asyncio.run(self._asgi(path, named, content))

    async def _asgi(self, path: str, headers: dict[str, str], content: bytes) -> HttpAnswer:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://edge") as client:
            answer = await client.post(path, headers=headers, content=content)
            return HttpAnswer(answer.status_code, list(answer.headers.items()), answer.content)


@pytest.fixture(params=["asgi", "lambda"])
def door(stack: Stack, request: pytest.FixtureRequest) -> Door:
    return Door(stack, request.param)


def test_a_paid_request_takes_two_round_trips_and_authentication_none(door: Door, account: Account) -> None:
    answer = door.post(account, {"resume_id": account.resume_id}, idempotency_key="k")
    assert (answer.status, answer.json()["result"]) == (200, {"title": "Mine"})
    assert (answer.json()["receipt"]["charged"], answer.json()["receipt"]["balance"]) == (1, 4)
    assert (answer.header("idempotency-key"), answer.header("idempotency-replayed")) == ("k", None)
    assert (answer.header("content-type"), answer.header("cache-control")) == ("application/json", "no-store")
    assert door.wire.calls == ["usage_reserve", "usage_commit"]

    again = door.post(account, {"resume_id": account.resume_id}, idempotency_key="k")
    assert (again.body, again.header("idempotency-replayed")) == (answer.body, "true")
    assert account.books == (4, 0, 4)


def test_dry_run(door: Door, account: Account) -> None:
    answer = door.post(account, {}, "?dry_run=true").json()
    assert (answer["result"], answer["receipt"]["charged"], answer["receipt"]["balance"]) == (None, 1, 4)
    assert (account.books, account.events) == ((5, 0, 5), [])


def test_bad_input_changes_nothing(door: Door, account: Account, new_account: Callable[[], Account]) -> None:
    other = new_account()
    cases: list[tuple[Account | None, Any, int, str]] = [
        (None, {}, 401, "missing_token"),
        (account, {"operation": "nothing"}, 422, "unknown_operation"),
        (account, {"then": "x"}, 422, "validation_failed"),
        (account, {"resume_id": other.resume_id}, 404, "resume_not_found"),
        (account, {"resume_id": "5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e"}, 404, "resume_not_found"),
        (account, b"{", 400, "invalid_json"),
        (account, {"then": "x" * 1024 * 1024}, 413, "payload_too_large"),
    ]
    for caller, body, status, code in cases:
        answer = door.post(caller, body)
        assert (answer.status, answer.json()["code"]) == (status, code)
        assert answer.header("content-type") == "application/problem+json"
    assert (account.books, account.events) == ((5, 0, 5), [])


def test_no_credits_left(door: Door, account: Account) -> None:
    for _ in range(5):
        assert door.post(account, {}).status == 200
    answer = door.post(account, {})
    assert (answer.status, answer.json()["code"]) == (402, "insufficient_credits")
    assert {name: answer.json()[name] for name in ("operation", "cost", "balance")} == {
        "operation": "summary",
        "cost": 1,
        "balance": 0,
    }
    assert account.books == (0, 0, 0)


def test_failures_say_that_nothing_was_charged(door: Door, account: Account) -> None:
    refused = door.post(account, {"then": "refuse"})
    assert (refused.status, refused.json()["code"]) == (422, "model_refused")
    assert (refused.json()["receipt"]["charged"], refused.json()["receipt"]["balance"]) == (0, 5)
    failed = door.post(account, {"then": "fail"})
    assert (failed.status, failed.json()["code"]) == (500, "internal_error")
    assert b"hunter2" not in failed.body
    assert account.books == (5, 0, 5)
    assert {event[0] for event in account.events} == {"released"}


def test_the_same_key_for_another_body(door: Door, account: Account) -> None:
    door.post(account, {}, idempotency_key="k")
    answer = door.post(account, {"operation": "bullets"}, idempotency_key="k")
    assert (answer.status, answer.json()["code"]) == (409, "idempotency_conflict")
    assert account.books == (4, 0, 4)


def test_keys_are_separate_for_each_user(door: Door, account: Account, new_account: Callable[[], Account]) -> None:
    other = new_account()
    mine = door.post(account, {"resume_id": account.resume_id}, idempotency_key="k")
    theirs = door.post(other, {}, idempotency_key="k")
    assert (theirs.status, theirs.header("idempotency-replayed")) == (200, None)
    assert theirs.json()["result"] != mine.json()["result"]


def test_the_database_is_down(door: Door, account: Account) -> None:
    nowhere = {"SUPABASE_URL": "http://127.0.0.1:9", "SUPABASE_JWT_ISSUER": door.settings.jwt_issuer}
    door.settings = Settings({**door.settings.environ, **nowhere})
    answer = door.post(account, {})
    assert (answer.status, answer.json()["code"], answer.header("retry-after")) == (503, "database_unavailable", "2")
