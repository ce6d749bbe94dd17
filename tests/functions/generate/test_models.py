"""Model failures: nothing is charged, but the cost of the calls is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.models import (
    Answer,
    Drop,
    Empty,
    Error,
    FakeModels,
    Hang,
    PromptBlocked,
    Refusal,
    Truncated,
)
from tests.functions.generate.writer import SUMMARY, Writer, model_calls, problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.models import Step
    from tests.functions.edge.account import Account


@pytest.mark.parametrize(
    ("step", "status", "code", "tokens"),
    [
        (Refusal(input_tokens=640), 422, "model_refused", 640),
        (PromptBlocked(input_tokens=641), 422, "model_refused", 641),
        (Empty(input_tokens=512), 502, "model_answer_invalid", 512),
        (Answer({"text": " \n "}, input_tokens=513), 502, "model_answer_invalid", 513),
        (Answer({"text": '""'}, input_tokens=514), 502, "model_answer_invalid", 514),
        (Truncated('{"text": "Senior', input_tokens=515), 502, "model_answer_invalid", 515),
        (Answer("I cannot do that.", input_tokens=516), 502, "model_answer_invalid", 516),
        (Answer({"summary": SUMMARY}, input_tokens=517), 502, "model_answer_invalid", 517),
        (Error(400), 503, "model_unavailable", 0),
        (Error(403), 503, "model_unavailable", 0),
        (Error(429, retry_after=600), 503, "model_unavailable", 0),
    ],
    ids=["refusal", "blocked", "empty", "blank", "quotes", "cut off", "prose", "other form", "400", "403", "429"],
)
async def test_a_failure_is_not_charged_but_its_cost_is_recorded(
    writer: Writer,
    fake: FakeModels,
    account: Account,
    database_rows: Any,
    step: Step,
    status: int,
    code: str,
    tokens: int,
) -> None:
    fake.plan(step)
    response = await writer.summary(account)

    assert problems(response) == (status, code)
    assert (response.json()["receipt"]["charged"], response.json()["receipt"]["balance"]) == (0, 5)
    assert account.books == (5, 0, 5)
    assert account.events == [("released", 1, code)]
    (call,) = model_calls(database_rows, account)
    assert call["input_tokens"] == tokens
    assert (call["estimated_cost"] > 0) == (tokens > 0)


async def test_a_persistent_outage_is_an_error_and_not_charged(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.always = Error(503)
    response = await writer.summary(account)

    assert problems(response) == (503, "model_unavailable")
    assert response.headers["retry-after"]
    assert account.books == (5, 0, 5)
    assert len(model_calls(database_rows, account)) == len(fake.requests)


@pytest.mark.parametrize("step", [Error(429), Error(503), Drop()], ids=["429", "503", "dropped"])
async def test_a_temporary_fault_is_hidden_from_the_user(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any, step: Step
) -> None:
    fake.plan(step, Answer({"text": SUMMARY}))
    response = await writer.summary(account)

    assert response.json()["result"]["text"] == SUMMARY
    assert account.books == (4, 0, 4)
    failed, good = sorted(model_calls(database_rows, account), key=lambda call: call["input_tokens"])
    assert failed["response_summary"].startswith("failed: ")
    assert good["output_tokens"] > 0


async def test_an_unresponsive_vendor_times_out_before_the_request(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    # Six seconds for the request, three of which are reserved to settle it.
    writer.environment["RESUMEBASE_REQUEST_SECONDS"] = "6"
    fake.plan(Hang())
    response = await writer.summary(account)

    assert problems(response) == (504, "model_timeout")
    assert response.json()["receipt"]["charged"] == 0
    assert account.books == (5, 0, 5)
    (call,) = model_calls(database_rows, account)
    assert call["estimated_cost"] is None


@pytest.mark.parametrize("tokens", [10**12, -5])
async def test_token_counts_that_cannot_be_true_leave_the_cost_unknown(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any, tokens: int
) -> None:
    fake.plan(Answer({"text": SUMMARY}, input_tokens=tokens, output_tokens=90))
    response = await writer.summary(account)

    assert response.status_code == 200, response.text
    assert account.books == (4, 0, 4)
    (call,) = model_calls(database_rows, account)
    assert (call["input_tokens"], call["output_tokens"], call["estimated_cost"]) == (0, 0, None)
    assert call["response_summary"].endswith("token counts out of range")


async def test_a_wrong_key_is_an_error_of_ours_and_free(writer: Writer, fake: FakeModels, account: Account) -> None:
    writer.environment["GEMINI_API_KEY"] = "wrong-key"
    response = await writer.summary(account)

    assert problems(response) == (503, "model_unavailable")
    assert "wrong-key" not in response.text
    assert account.books == (5, 0, 5)
    assert fake.requests == []


# Other vendors and fallbacks


@pytest.fixture
def vendors(fake: FakeModels) -> dict[str, str]:
    """Keys and hosts of all vendors."""
    return {
        "GEMINI_API_KEY": fake.key,
        "GEMINI_BASE_URL": fake.url,
        "OPENAI_API_KEY": fake.key,
        "OPENAI_BASE_URL": f"{fake.url}/v1",
        "ANTHROPIC_API_KEY": fake.key,
        "ANTHROPIC_BASE_URL": fake.url,
        "OPENROUTER_API_KEY": fake.key,
        "OPENROUTER_BASE_URL": f"{fake.url}/api/v1",
        "OPENROUTER_MODEL": "openai/gpt-6-luna",
    }


@pytest.mark.parametrize(
    ("provider", "vendor"),
    [
        ("gemini", "gemini"),
        ("gemini_legacy", "gemini"),
        ("openai", "openai"),
        ("openrouter", "openai"),
        ("anthropic", "anthropic"),
        ("claude", "anthropic"),
    ],
)
async def test_every_vendor_supports_all_operations(
    writer: Writer,
    fake: FakeModels,
    account: Account,
    database_rows: Any,
    vendors: dict[str, str],
    provider: str,
    vendor: str,
) -> None:
    writer.environment = {**vendors, "RESUMEBASE_AI_PROVIDER": provider, "RESUMEBASE_AI_FALLBACKS": "none"}
    fake.plan(Answer({"text": SUMMARY}, input_tokens=900, output_tokens=90))
    response = await writer.summary(account)

    assert response.status_code == 200, response.text
    assert [request.vendor for request in fake.requests] == [vendor]
    booked_as = {"gemini_legacy": "gemini", "claude": "anthropic"}.get(provider, provider)
    assert response.json()["result"]["model"]["provider"] == booked_as
    (call,) = model_calls(database_rows, account)
    assert (call["provider"], call["input_tokens"], call["output_tokens"]) == (booked_as, 900, 90)


async def test_the_next_vendor_answers_and_both_costs_are_recorded(
    writer: Writer, fake: FakeModels, account: Account, database_rows: Any, vendors: dict[str, str]
) -> None:
    writer.environment = {**vendors, "RESUMEBASE_AI_FALLBACKS": "openai,anthropic"}
    fake.plan(Truncated("{", input_tokens=700), Error(400), Answer({"text": SUMMARY}, input_tokens=900))
    response = await writer.summary(account)

    assert response.json()["result"]["model"]["provider"] == "anthropic"
    assert [request.vendor for request in fake.requests] == ["gemini", "openai", "anthropic"]
    calls = model_calls(database_rows, account)
    assert {(call["provider"], call["input_tokens"]) for call in calls} == {
        ("gemini", 700),
        ("openai", 0),
        ("anthropic", 900),
    }
    assert account.books == (4, 0, 4)


async def test_the_users_own_choice_comes_first(
    writer: Writer, fake: FakeModels, account: Account, vendors: dict[str, str], as_user: Any
) -> None:
    writer.environment = vendors
    with as_user(account.user_id) as cursor:
        cursor.execute("update public.profiles set preferred_ai_provider = 'claude' where id = %s", (account.user_id,))
    fake.plan(Error(400), Answer({"text": SUMMARY}))
    response = await writer.summary(account)

    assert [request.vendor for request in fake.requests] == ["anthropic", "gemini"]
    assert response.json()["result"]["model"]["provider"] == "gemini"


async def test_a_refusal_is_not_sent_to_another_vendor(
    writer: Writer, fake: FakeModels, account: Account, vendors: dict[str, str]
) -> None:
    writer.environment = vendors
    fake.plan(Refusal())
    response = await writer.summary(account)

    assert problems(response) == (422, "model_refused")
    assert len(fake.requests) == 1


async def test_failed_attempts_are_limited(
    writer: Writer, fake: FakeModels, account: Account, connect: Callable[[], Any]
) -> None:
    connect().execute(
        "update public.user_credits set released_on = (private.now() at time zone 'UTC')::date, released_count = 50 "
        "where user_id = %s",
        (account.user_id,),
    )
    response = await writer.summary(account)

    assert problems(response) == (429, "too_many_releases")
    assert fake.requests == []
