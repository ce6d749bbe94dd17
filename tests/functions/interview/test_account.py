"""What becomes of interviews when an account is suspended, an interview is deleted, or too many attempts were given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.database.test_storage_limits import limits
from tests.functions.interview.candidate import Candidate, problem, result
from tests.functions.interview.test_charge import JUDGED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.models import FakeModels
    from tests.functions.edge.account import Account


@pytest.fixture(autouse=True)
def _judges(fake: FakeModels) -> None:
    fake.always = JUDGED


def given_back(account: Account) -> int:
    """How many attempts of today count as given back."""
    row = account.row("select released_count as n from public.user_credits where user_id = %s", account.user_id)
    found: int = row["n"]
    return found


@pytest.mark.parametrize("state", ["is_active = false", "deleted_at = now()"])
async def test_every_route_refuses_an_account_that_is_not_active(free: Candidate, account: Account, state: str) -> None:
    interview = await free.started(account, key="k")
    await free.answer(account, interview, 1, key="t")
    account.run(f"update public.profiles set {state} where id = %s", account.user_id)
    here = f"/{interview['id']}"
    replies = [
        await free.start(account, "k"),
        await free.start(account),
        await free.answer(account, interview, 1, key="t"),
        await free.answer(account, interview, 2),
        await free.complete(account, interview),
        *[await free.send(account, "POST", here + end) for end in ("/abandon", "/cancel")],
        *[await free.send(account, "GET", path) for path in ("", here, f"{here}/report")],
    ]
    assert [problem(each) for each in replies] == [(403, "account_inactive")] * len(replies)


async def test_interviews_and_answers_have_a_limit(
    scored: Candidate, account: Account, connect: Callable[[], Any]
) -> None:
    interview = await scored.started(account, key="k")
    with limits(connect, "interview_sessions", "free", max_rows=1):
        assert problem(await scored.start(account)) == (413, "storage_limit_reached")
        assert result(await scored.start(account, "k"))["id"] == interview["id"]
    with limits(connect, "interview_turns", "free", max_rows=1):
        assert problem(await scored.answer(account, interview, 1)) == (413, "storage_limit_reached")
    with limits(connect, "interview_turns", "free", max_bytes=100):
        assert problem(await scored.answer(account, interview, 1)) == (413, "storage_limit_reached")
    assert account.books == (0, 5, 5)
    result(await scored.answer(account, interview, 1))


async def test_deleting_an_interview_gives_back_what_it_holds(
    scored: Candidate, account: Account, as_user: Callable[..., Any]
) -> None:
    interview = await scored.started(account, key="k")
    assert account.books == (0, 5, 5)
    with as_user(account.user_id) as cursor:
        cursor.execute("delete from public.interview_sessions where id = %s", (interview["id"],))
    assert account.books == (5, 0, 5)
    assert account.events == [("released", 1, "interview deleted")]
    assert account.run("select * from private.check_usage as c where c::text like %s", f"%{account.user_id}%") == []
    assert result(await scored.start(account, "k"))["id"] != interview["id"]


async def test_deleting_an_interview_forgets_its_answers(
    scored: Candidate, account: Account, as_user: Callable[..., Any]
) -> None:
    interview = await scored.started(account)
    await scored.answer(account, interview, 1)
    await scored.complete(account, interview)
    kept = (
        "select count(*)::int as n from private.usage_results as r "
        "inner join public.usage_events as e on e.id = r.usage_id where e.user_id = %s"
    )
    assert account.row(kept, account.user_id)["n"] == 2
    with as_user(account.user_id) as cursor:
        cursor.execute("delete from public.interview_sessions where id = %s", (interview["id"],))
    assert account.row(kept, account.user_id)["n"] == 0
    assert account.books == (0, 0, 0)


async def test_what_no_model_was_asked_for_is_no_attempt_given_back(
    scored: Candidate, account: Account, fake: FakeModels
) -> None:
    interview = await scored.started(account)
    assert problem(await scored.answer(account, interview, 1, "test")) == (422, "answer_too_short")
    assert problem(await scored.answer(account, interview, 3)) == (409, "turn_taken")
    assert problem(await scored.complete(account, interview)) == (409, "nothing_answered")
    assert (given_back(account), fake.requests) == (0, [])
    await scored.answer(account, interview, 1, key="t")
    again = await scored.answer(account, interview, 1, key="t")
    assert again.headers["idempotency-replayed"] == "true"
    assert problem(await scored.answer(account, interview, 1)) == (409, "turn_taken")
    assert given_back(account) == 0


async def test_an_interview_that_is_paid_for_goes_on_when_too_many_attempts_were_given_back(
    scored: Candidate, account: Account
) -> None:
    capped = "update public.user_credits set released_on = now()::date, released_count = %s where user_id = %s"
    interview = await scored.started(account, questions=3)
    account.run(capped, 50, account.user_id)
    assert problem(await scored.answer(account, interview, 1)) == (429, "too_many_releases")
    account.run(capped, 0, account.user_id)
    await scored.answer(account, interview, 1)
    account.run(capped, 99, account.user_id)
    assert (await scored.answer(account, interview, 2)).status_code == 200
    # What models are asked for in it is bounded as well.
    account.run(capped, 100, account.user_id)
    assert problem(await scored.answer(account, interview, 3)) == (429, "too_many_releases")
    account.run(capped, 99, account.user_id)
    assert (await scored.complete(account, interview)).status_code == 200
