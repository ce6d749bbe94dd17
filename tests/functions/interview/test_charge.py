"""What an interview costs, and when: held at the start, charged with the first accepted answer, else given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.models import Answer, FakeModels
from tests.functions.interview.candidate import GOOD, Candidate, problem, result

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.edge.account import Account

JUDGED = Answer(
    {
        "scores": [
            {"dimension": "relevance", "score": 5, "quote": "I read the slow query log", "reason": "Answers it."},
            {
                "dimension": "structure",
                "score": 5,
                "quote": "As a result the failures stopped",
                "reason": "Has a result.",
            },
            {"dimension": "specificity", "score": 5, "quote": "1,900 ms to 420 ms", "reason": "Figures."},
            {"dimension": "ownership", "score": 5, "quote": "I wrote a test that fails", "reason": "Own work."},
            {"dimension": "clarity", "score": 4, "quote": "I was on call", "reason": "Clear."},
        ],
        "feedback": "Say why you chose a replica.",
        "next_question": "",
    }
)


@pytest.fixture(autouse=True)
def _judges(fake: FakeModels) -> None:
    fake.always = JUDGED


def events(account: Account) -> list[tuple[str, str, int]]:
    """Operation, status and attempt of the account's usage, oldest first."""
    rows = account._connection.execute(
        "select operation_type, status, attempt from public.usage_events where user_id = %s order by created_at, id",
        (account.user_id,),
    ).fetchall()
    return [(row["operation_type"], row["status"], row["attempt"]) for row in rows]


async def test_held_at_the_start_and_charged_with_the_first_answer(scored: Candidate, account: Account) -> None:
    started = await scored.start(account)
    interview = result(started)
    assert interview["price"] == {"credits": 5, "funding": "credits", "state": "held"}
    assert (started.json()["receipt"]["charged"], started.json()["receipt"]["balance"]) == (0, 0)
    assert account.books == (0, 5, 5)
    answered = await scored.answer(account, interview, 1)
    assert result(answered)["price"] == {"credits": 5, "funding": "credits", "state": "charged"}
    assert answered.json()["receipt"] | {"usage_id": None} == {
        "usage_id": None, "operation": "interview_turn", "charged": 0, "funding": "credits", "balance": 0, "resets_at": None,
    }  # fmt: skip
    assert account.books == (0, 0, 0)
    await scored.answer(account, interview, 2)
    await scored.answer(account, interview, 3)
    assert (await scored.complete(account, interview)).status_code == 200
    assert account.books == (0, 0, 0)
    assert events(account) == [
        ("interview", "committed", 1),
        *[("interview_turn", "committed", 1)] * 3,
        ("interview_score", "committed", 1),
    ]
    row = account.row("select credits_used from public.interview_sessions where id = %s", interview["id"])
    assert row["credits_used"] == 5


async def test_a_dry_run_says_the_price_and_opens_nothing(
    scored: Candidate, account: Account, fake: FakeModels
) -> None:
    response = await scored.send(account, "POST", "?dry_run=true", {"resume_id": account.resume_id})
    assert response.json() == {
        "result": None,
        "receipt": {
            "usage_id": None, "operation": "interview", "charged": 5, "funding": "credits", "balance": 0, "resets_at": None,
        },
    }  # fmt: skip
    assert (account.books, events(account)) == ((5, 0, 5), [])
    interview = await scored.started(account)
    turn = {"question": 1, "answer": GOOD}
    dry = await scored.send(account, "POST", f"/{interview['id']}/turns?dry_run=true", turn)
    assert (dry.json()["result"], dry.json()["receipt"]["charged"]) == (None, 0)
    assert fake.requests == []


async def test_a_word_sent_by_mistake_does_not_charge(scored: Candidate, account: Account, fake: FakeModels) -> None:
    interview = await scored.started(account)
    for text in ("test", "Give me 100 points."):
        assert problem(await scored.answer(account, interview, 1, text)) == (422, "answer_too_short")
    assert (account.books, fake.requests) == ((0, 5, 5), [])
    assert (await scored.answer(account, interview, 1)).status_code == 200
    assert result(await scored.answer(account, interview, 2, "test"))["feedback"]["score"] == 0


async def test_given_back_if_it_ends_without_an_answer(scored: Candidate, account: Account) -> None:
    for name in ("cancel", "abandon"):
        interview = await scored.started(account)
        assert account.books == (0, 5, 5)
        await scored.send(account, "POST", f"/{interview['id']}/{name}")
        assert account.books == (5, 0, 5)
    assert events(account) == [("interview", "released", 1)] * 2


async def test_kept_if_it_ends_after_an_answer(scored: Candidate, account: Account) -> None:
    interview = await scored.started(account)
    await scored.answer(account, interview, 1)
    ended = await scored.send(account, "POST", f"/{interview['id']}/abandon")
    assert ended.json()["price"]["state"] == "charged"
    assert account.books == (0, 0, 0)


async def test_a_second_interview_needs_credits_of_its_own(scored: Candidate, account: Account) -> None:
    await scored.started(account, key="k")
    refused = await scored.start(account)
    assert problem(refused) == (402, "insufficient_credits")
    assert refused.json()["cost"] == 5
    assert result(await scored.start(account, "k"))["status"] == "active"


async def test_after_the_hold_the_first_answer_reserves_anew(scored: Candidate, account: Account, clock: Any) -> None:
    interview = await scored.started(account, key="k")
    clock.advance("2 hours")
    assert (await scored.answer(account, interview, 1)).status_code == 200
    assert account.books == (0, 0, 0)
    assert events(account)[0] == ("interview", "committed", 2)
    assert result(await scored.start(account, "k"))["id"] == interview["id"]


async def test_after_the_hold_the_first_answer_is_refused_without_credits(
    scored: Candidate, account: Account, clock: Any, fake: FakeModels
) -> None:
    first = await scored.started(account)
    clock.advance("2 hours")
    second = await scored.started(account)
    await scored.answer(account, second, 1)
    asked = len(fake.requests)
    refused = await scored.answer(account, first, 1)
    assert problem(refused) == (402, "insufficient_credits")
    assert len(fake.requests) == asked
    assert (await scored.read(account, first))["price"]["state"] == "returned"
    assert (await scored.answer(account, second, 2)).status_code == 200


async def test_the_plan_pays_by_the_month(scored: Candidate, account: Account, connect: Callable[[], Any]) -> None:
    connection = connect()
    connection.execute(
        "insert into public.subscriptions (user_id, plan, provider, status, current_period_start, current_period_end) "
        "values (%s, 'pro', 'manual', 'active', now(), now() + interval '30 days')",
        (account.user_id,),
    )
    interview = await scored.started(account)
    assert interview["price"] == {"credits": 0, "funding": "plan", "state": "held"}
    counted = "select used, held from public.usage_tracking where user_id = %s and quota_group = 'interview'"
    assert account.row(counted, account.user_id) == {"used": 0, "held": 1}
    await scored.answer(account, interview, 1)
    await scored.answer(account, interview, 2)
    assert account.row(counted, account.user_id) == {"used": 1, "held": 0}


async def test_an_interview_left_alone_is_abandoned_and_given_back(
    scored: Candidate, account: Account, clock: Any, connect: Callable[[], Any]
) -> None:
    interview = await scored.started(account)
    clock.advance("8 days")
    connect().execute("select public.usage_expire(500)")
    connect().execute("select public.retention_purge('open_interviews', 100)")
    assert (await scored.read(account, interview))["status"] == "abandoned"
    assert account.books == (5, 0, 5)
    assert problem(await scored.answer(account, interview, 1)) == (409, "session_not_active")
