"""The ledger adapter against the real metering functions behind the real API."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared.adapters.supabase.ledger import SupabaseLedger
from functions._shared.domain import errors
from functions._shared.domain.effects import Effect, KeepDocument
from functions._shared.domain.metering import ModelCall, Receipt, ReserveRequest
from tests.functions.edge.account import CONTENT
from tests.functions.edge.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.stack import Stack
    from tests.functions.edge.account import Account

    LedgerOn = Callable[[Wire], SupabaseLedger]

CALL = ModelCall(
    provider="gemini",
    model="gemini-x",
    feature="summary",
    input_tokens=1200,
    output_tokens=300,
    estimated_cost=Decimal("0.000345"),
    response_time_ms=812,
    request_summary="summary of a résumé",
    response_summary="ok",
)


def request(account: Account, key: str = "k", **changes: Any) -> ReserveRequest:
    return ReserveRequest(
        **{"user_id": account.user_id, "operation": "summary", "idempotency_key": key, "request_hash": "h", **changes}
    )


def test_reserve_commit_replay(account: Account, ledger_on: LedgerOn) -> None:
    wire = Wire()
    text = '{"text": "Zoë \\u2028 \u2028 \U0001f600 \\"q\\" \\\\n 1.0 1e2 ",   "b":[ ]}\n'

    async def run() -> None:
        ledger = ledger_on(wire)
        held = await ledger.reserve(request(account, resume_id=account.resume_id, job_id=account.job_id))
        assert (held.state, held.operation, held.funding, held.cost, held.balance) == (
            "reserved",
            "summary",
            "credits",
            1,
            4,
        )
        assert held.resume is not None
        assert (held.resume.id, held.resume.version, held.resume.title) == (account.resume_id, 1, "Mine")
        assert held.resume.content == CONTENT
        assert held.job is not None
        assert (held.job.title, held.job.company, held.job.description) == ("Engineer", "ACME", "Needs SQL.")
        assert account.books == (4, 1, 5)
        receipt = await ledger.commit(held.usage_id or "", held.attempt, text, [CALL])
        assert receipt == Receipt(
            usage_id=held.usage_id, operation="summary", charged=1, funding="credits", balance=4, resets_at=None
        )
        again = await ledger.reserve(request(account))
        assert (again.state, again.result, again.receipt) == ("replay", text, receipt)

    asyncio.run(run())
    assert wire.calls == ["usage_reserve", "usage_commit", "usage_reserve"]
    assert account.books == (4, 0, 4)
    booked = account.row("select * from public.ai_usage where user_id = %s", account.user_id)
    assert {name: booked[name] for name in ("provider", "model", "feature", "input_tokens", "output_tokens")} == {
        "provider": "gemini",
        "model": "gemini-x",
        "feature": "summary",
        "input_tokens": 1200,
        "output_tokens": 300,
    }
    assert (booked["estimated_cost"], booked["was_cached"]) == (Decimal("0.000345"), False)
    assert (booked["response_time_ms"], booked["request_summary"]) == (812, "summary of a résumé")


def test_the_secret_key_is_sent_only_as_apikey(account: Account, ledger_on: LedgerOn, stack: Stack) -> None:
    wire = Wire()
    asyncio.run(ledger_on(wire).reserve(request(account, dry_run=True)))
    (sent,) = wire.requests
    assert sent.headers["apikey"] == stack.secret_key
    assert "authorization" not in sent.headers
    assert stack.secret_key not in str(sent.url)


def test_release_returns_credits_and_records_the_cost(account: Account, ledger_on: LedgerOn) -> None:
    async def run() -> Receipt:
        ledger = ledger_on(Wire())
        held = await ledger.reserve(request(account))
        return await ledger.release(held.usage_id or "", held.attempt, "model_refused", [CALL])

    receipt = asyncio.run(run())
    assert (receipt.charged, receipt.balance) == (0, 5)
    assert account.books == (5, 0, 5)
    assert account.events == [("released", 1, "model_refused")]
    booked = account.row("select estimated_cost from public.ai_usage where user_id = %s", account.user_id)
    assert booked["estimated_cost"] == Decimal("0.000345")


def test_a_dry_run_changes_nothing(account: Account, ledger_on: LedgerOn) -> None:
    held = asyncio.run(ledger_on(Wire()).reserve(request(account, dry_run=True, resume_id=account.resume_id)))
    assert (held.state, held.usage_id, held.cost, held.balance) == ("dry_run", None, 1, 4)
    assert (account.books, account.events) == ((5, 0, 5), [])


def test_refusals(account: Account, new_account: Callable[[], Account], ledger_on: LedgerOn) -> None:
    other = new_account()

    async def refusal(**changes: Any) -> errors.DomainError:
        with pytest.raises(errors.DomainError) as caught:
            await ledger_on(Wire()).reserve(request(account, **changes))
        return caught.value

    async def run() -> None:
        assert type(await refusal(operation="nothing")) is errors.UnknownOperation
        assert type(await refusal(resume_id=other.resume_id)) is errors.ResumeNotFound
        assert type(await refusal(job_id=other.job_id)) is errors.JobNotFound
        assert type(await refusal(user_id="5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e")) is errors.UserNotFound
        assert type(await refusal(resume_id="no uuid")) is errors.Unprocessable
        assert account.books == (5, 0, 5)
        await ledger_on(Wire()).reserve(request(account))
        assert type(await refusal()) is errors.InProgress
        assert type(await refusal(request_hash="other")) is errors.IdempotencyConflict
        poor = await refusal(key="k2", operation="interview")
        assert type(poor) is errors.InsufficientCredits
        assert {name: poor.extra[name] for name in ("operation", "cost", "balance")} == {
            "operation": "interview",
            "cost": 5,
            "balance": 4,
        }

    asyncio.run(run())


def test_effects_are_written_with_the_charge_or_not_at_all(account: Account, ledger_on: LedgerOn) -> None:
    letter = KeepDocument(document_type="answer", content="Because of SQL — naïvely.", prompt="Why?")
    unknown = Effect(kind="nothing")

    def letters() -> int:
        statement = "select count(*)::int as n from public.generated_documents where id = %s and job_id = %s"
        return int(account.row(statement, letter.id, account.job_id)["n"])

    async def run() -> None:
        ledger = ledger_on(Wire())
        held = await ledger.reserve(request(account, operation="answer", job_id=account.job_id))
        usage_id = held.usage_id or ""
        with pytest.raises(errors.UnknownEffect):
            await ledger.commit(usage_id, held.attempt, "{}", [], [letter, unknown])
        with pytest.raises(errors.UnknownEffect):
            await ledger.release(usage_id, held.attempt, "x", [], [letter])
        assert (letters(), account.books) == (0, (4, 1, 5))
        receipt = await ledger.commit(usage_id, held.attempt, "{}", [], [letter])
        assert (letters(), receipt.charged) == (1, 1)

    asyncio.run(run())


def test_only_the_current_attempt_can_settle(account: Account, ledger_on: LedgerOn) -> None:
    async def run() -> None:
        ledger = ledger_on(Wire())
        first = await ledger.reserve(request(account))
        usage_id = first.usage_id or ""
        await ledger.release(usage_id, first.attempt, "x", [])
        second = await ledger.reserve(request(account))
        assert second.attempt == first.attempt + 1
        with pytest.raises(errors.HoldLost):
            await ledger.commit(usage_id, first.attempt, "{}", [])
        await ledger.commit(usage_id, second.attempt, "{}", [])
        with pytest.raises(errors.HoldLost):
            await ledger.commit(usage_id, second.attempt, "{}", [])

    asyncio.run(run())
    assert account.books == (4, 0, 4)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("refuse", errors.DatabaseUnavailable),
        ("lose", errors.AnswerLost),
        ("drop", errors.AnswerLost),
    ],
)
def test_broken_connections(account: Account, ledger_on: LedgerOn, fault: str, error: type[errors.DomainError]) -> None:
    wire = Wire([fault])
    with pytest.raises(error) as caught:
        asyncio.run(ledger_on(wire).reserve(request(account)))
    assert type(caught.value) is error
    assert (caught.value.code, caught.value.retry_after) == ("database_unavailable", 2)
    assert len(wire.requests) == 1
    assert account.books == ((4, 1, 5) if fault == "lose" else (5, 0, 5))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (502, "<html>Bad Gateway</html>", errors.DatabaseUnavailable),
        (503, "", errors.DatabaseUnavailable),
        (504, json.dumps({"message": "upstream timeout"}), errors.DatabaseUnavailable),
        (500, "oops", errors.InternalError),
        (401, json.dumps({"message": "Invalid API key", "hint": "secret"}), errors.InternalError),
        (200, "null", errors.AnswerLost),
        (403, json.dumps({"code": "42501", "message": "permission denied for function secret"}), errors.InternalError),
        (403, json.dumps({"code": "PT403", "message": "account_inactive"}), errors.AccountInactive),
        (200, "<html>captive portal</html>", errors.AnswerLost),
    ],
)
def test_answers_from_a_gateway(status: int, body: str, error: type[errors.DomainError]) -> None:
    """A gateway may answer instead of the database; `httpx.MockTransport` simulates it."""
    gateway = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(status, text=body)))
    ledger = SupabaseLedger("http://gateway.test", "key", gateway)
    with pytest.raises(errors.DomainError) as caught:
        asyncio.run(ledger.reserve(ReserveRequest("5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e", "summary", "k", "h")))
    assert type(caught.value) is error
    assert "secret" not in caught.value.detail


def test_no_answer_in_time(account: Account) -> None:
    async def run() -> None:
        peer = await asyncio.start_server(lambda *_: asyncio.sleep(5), "127.0.0.1", 0)
        url = f"http://127.0.0.1:{peer.sockets[0].getsockname()[1]}"
        async with httpx.AsyncClient(transport=Wire(), timeout=0.05) as client:
            with pytest.raises(errors.AnswerLost):
                await SupabaseLedger(url, "key", client).reserve(request(account))
        peer.close()

    asyncio.run(run())
