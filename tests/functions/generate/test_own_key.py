"""`generate` with the user's own key: only their account at the provider is asked, and nothing is charged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared.adapters.supabase.provider_keys import SupabaseProviderKeys
from tests.fakes.models import Answer, Error, FakeModels
from tests.functions.edge.wire import Wire
from tests.functions.generate.test_verifier import judged
from tests.functions.generate.writer import SUMMARY, Writer, problems

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from local.stack import Stack
    from tests.functions.edge.account import Account

    Give = Callable[..., Awaitable[None]]

OURS, THEIRS = "service-key", "sk-users-own-key-8861"


@pytest.fixture(scope="module")
def their_cloud() -> Iterator[FakeModels]:
    """A vendor that knows the user's key and rejects ours."""
    with FakeModels(key=THEIRS) as fake:
        yield fake


@pytest.fixture
def theirs(their_cloud: FakeModels) -> FakeModels:
    their_cloud.reset()
    return their_cloud


@pytest.fixture
async def shared(stack: Stack, theirs: FakeModels) -> AsyncIterator[Writer]:
    """`generate` with our keys for every vendor, all of which only the user's key opens."""
    environment = {"RESUMEBASE_VERIFIER": "best_effort", "RESUMEBASE_AI_CACHE": "postgres"}
    for vendor in ("GEMINI", "OPENAI", "ANTHROPIC"):
        environment |= {
            f"{vendor}_API_KEY": OURS,
            f"{vendor}_BASE_URL": theirs.url + ("/v1" if vendor == "OPENAI" else ""),
        }
    async with Writer(stack, environment) as opened:
        yield opened


@pytest.fixture
def give(stack: Stack, account: Account) -> Give:
    """Store keys of the account."""

    async def _give(*providers: str, key: str = THEIRS) -> None:
        secrets = [stack.env()["PROVIDER_KEYS_SECRET"]]
        async with httpx.AsyncClient(transport=Wire()) as client:
            for provider in providers:
                keys = SupabaseProviderKeys(stack.url, stack.secret_key, client, secrets)
                await keys.put(account.user_id, provider, key)

    return _give


def body(account: Account) -> dict[str, Any]:
    return {"operation": "summary", "resume_id": account.resume_id, "funding": "own_key"}


def booked(rows: Any, account: Account) -> list[tuple[str, str]]:
    found = rows.execute(
        "select provider, payer from public.ai_usage where user_id = %s order by created_at, id", (account.user_id,)
    )
    return sorted((row["provider"], row["payer"]) for row in found.fetchall())


async def test_their_key_writes_and_judges_and_nothing_is_charged(
    shared: Writer, theirs: FakeModels, account: Account, give: Give, database_rows: Any
) -> None:
    await give("openai")
    theirs.plan(Answer({"text": "Guides half a dozen engineers."}), judged("supported"))
    response = await shared.post(account, body(account), key="k")
    again = await shared.post(account, body(account), key="k")

    assert response.status_code == 200, response.text
    receipt, result = response.json()["receipt"], response.json()["result"]
    assert (receipt["funding"], receipt["charged"], receipt["balance"]) == ("own_key", 0, 5)
    assert (result["model"]["provider"], result["grounding"]["checked"]) == ("openai", "entailment")
    assert booked(database_rows, account) == [("openai", "user"), ("openai", "user")]
    assert again.content == response.content
    assert account.books == (5, 0, 5)


async def test_only_their_keys_are_a_fallback(
    shared: Writer, theirs: FakeModels, account: Account, give: Give, database_rows: Any
) -> None:
    shared.environment["RESUMEBASE_VERIFIER"] = "off"
    await give("openai", "anthropic")
    theirs.plan(Error(400), Answer({"text": SUMMARY}))
    response = await shared.post(account, body(account))

    assert response.json()["result"]["model"]["provider"] == "anthropic"
    assert booked(database_rows, account) == [("anthropic", "user"), ("openai", "user")]


async def test_without_a_fallback_of_theirs_it_fails(
    shared: Writer, theirs: FakeModels, account: Account, give: Give, database_rows: Any
) -> None:
    await give("openai")
    theirs.plan(Error(400))
    response = await shared.post(account, body(account))

    assert problems(response) == (503, "model_unavailable")
    assert response.json()["receipt"]["funding"] == "own_key"
    assert booked(database_rows, account) == [("openai", "user")]


async def test_a_rejected_key_is_told_to_nobody(
    shared: Writer, account: Account, give: Give, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "sk-wrong-key-5517"
    await give("gemini", "openai", "anthropic", key=wrong)
    response = await shared.post(account, body(account))

    assert problems(response) == (503, "model_unavailable")
    seen = response.text + "".join(capsys.readouterr())
    assert wrong not in seen
    assert OURS not in seen


async def test_a_user_without_a_key_is_told_so(shared: Writer, theirs: FakeModels, account: Account) -> None:
    response = await shared.post(account, body(account))

    assert problems(response) == (409, "no_provider_key")
    assert (theirs.requests, account.events) == ([], [])


async def test_a_key_that_no_secret_opens_is_no_key(
    shared: Writer, theirs: FakeModels, account: Account, give: Give
) -> None:
    await give("openai")
    shared.environment["PROVIDER_KEYS_SECRET"] = "another secret, of at least 32 bytes"
    response = await shared.post(account, body(account))

    assert problems(response) == (409, "no_provider_key")
    assert (theirs.requests, account.events) == ([], [("released", 1, "no_provider_key")])


async def test_neither_cache_nor_our_models_answer(
    writer: Writer, fake: FakeModels, theirs: FakeModels, account: Account, give: Give
) -> None:
    writer.environment |= {"RESUMEBASE_AI_CACHE": "postgres", "OPENAI_BASE_URL": f"{theirs.url}/v1"}
    await give("openai")
    fake.plan(Answer({"text": SUMMARY}))
    theirs.plan(Answer({"text": "Backend engineer in Berlin."}))
    ours = await writer.summary(account)
    own = await writer.post(account, body(account))

    assert (ours.json()["receipt"]["funding"], own.json()["receipt"]["funding"]) == ("credits", "own_key")
    assert ours.json()["result"]["text"] != own.json()["result"]["text"]
    assert (len(fake.requests), len(theirs.requests)) == (1, 1)


async def test_the_free_writer_gives_way_to_their_key(
    offline: Writer, theirs: FakeModels, account: Account, give: Give
) -> None:
    offline.environment["OPENAI_BASE_URL"] = f"{theirs.url}/v1"
    await give("openai")
    theirs.plan(Answer({"text": SUMMARY}))
    response = await offline.post(account, body(account))

    assert response.json()["result"]["model"]["provider"] == "openai"


async def test_the_key_of_a_request_covers_who_pays(
    shared: Writer, theirs: FakeModels, account: Account, give: Give
) -> None:
    await give("openai")
    theirs.plan(Answer({"text": SUMMARY}))
    await shared.post(account, body(account), key="k")
    without = {name: value for name, value in body(account).items() if name != "funding"}

    assert problems(await shared.post(account, without, key="k")) == (409, "idempotency_conflict")


@pytest.mark.parametrize("funding", ["offline", "unlimited", "plan", "credits"])
async def test_no_other_funding_is_for_clients_to_choose(shared: Writer, account: Account, funding: str) -> None:
    response = await shared.post(account, {**body(account), "funding": funding})

    assert problems(response) == (422, "validation_failed")
    assert account.events == []
