"""Commit and release: what settles a hold, what does not, and what is written down of the models."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from tests.database.metering.support import CALL
from tests.database.rows import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, NewUser


def _calls(meter: Meter, held: Row) -> list[Row]:
    return meter.owner.execute(
        "select * from public.ai_usage where usage_id = %s order by input_tokens", (held["usage_id"],)
    ).fetchall()


def test_a_commit_charges_once_and_says_so(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user)
    receipt = meter.commit(held)
    assert receipt == {
        "usage_id": held["usage_id"],
        "operation": "summary",
        "charged": 1,
        "funding": "credits",
        "balance": 4,
        "resets_at": None,
    }
    assert meter.account(user) == (4, 0, 0)
    assert meter.ledger(user) == [("grant", 5, 5), ("usage", -1, 4)]
    event = meter.event(held)
    assert (event["status"], event["credits_used"], event["ai_provider"]) == ("committed", 1, "gemini")


def test_a_second_commit_is_lost(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user)
    meter.commit(held)
    with refused("hold_lost", 409):
        meter.commit(held)
    assert meter.account(user) == (4, 0, 0)


def test_a_commit_after_the_hold_ran_out_is_lost_though_nobody_swept_it(
    meter: Meter, new_user: NewUser, noon: Clock
) -> None:
    user = new_user()
    held = meter.reserve(user)
    noon.advance("121 seconds")
    with refused("hold_lost", 409):
        meter.commit(held)
    assert _calls(meter, held) == []
    # What it cost is written down by the release that follows, and the user is not charged.
    receipt = meter.release(held, "the hold ran out", [CALL])
    assert (receipt["charged"], receipt["balance"]) == (0, 5)
    assert len(_calls(meter, held)) == 1


@pytest.mark.parametrize("attempt", [0, 2, 99])
def test_a_commit_with_another_attempt_is_lost(meter: Meter, new_user: NewUser, attempt: int) -> None:
    user = new_user()
    held = meter.reserve(user)
    with refused("hold_lost", 409):
        meter.commit(held | {"attempt": attempt})
    assert meter.account(user) == (4, 1, 0)


def test_a_commit_or_release_of_nothing_is_lost(meter: Meter) -> None:
    nothing = {"usage_id": str(uuid.uuid4()), "attempt": 1}
    with refused("hold_lost", 409):
        meter.commit(nothing)
    with refused("hold_lost", 409):
        meter.release(nothing)


def test_every_model_call_is_written_down(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    held = meter.reserve(user)
    noon.set("2027-03-10T23:59:59Z")
    held = meter.reserve(user, key="late")
    meter.commit(
        held,
        calls=[
            CALL | {"feature": "rewrite", "was_cached": True, "request_summary": "x" * 900, "prompt_version": "3"},
            {"provider": "openai", "model": "gpt", "input_tokens": 1},
        ],
    )
    first, second = _calls(meter, held)
    assert (first["provider"], first["feature"], first["estimated_cost"], first["was_cached"]) == (
        "openai",
        "summary",
        None,
        False,
    )
    assert (second["feature"], second["was_cached"], len(second["request_summary"])) == ("rewrite", True, 500)
    assert (first["prompt_version"], second["prompt_version"]) == (None, "3")
    assert str(second["date"]) == str(second["created_at"].date()) == "2027-03-10"
    assert second["user_id"] == user
    assert meter.event(held)["ai_provider"] == "openai"


def test_what_models_cost_adds_up_to_the_spend_of_the_day(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    noon.set("2027-04-10T12:00:00Z")
    users = [new_user() for _ in range(3)]
    for user in users:
        meter.commit(meter.reserve(user), calls=[CALL, CALL])
        meter.release(meter.reserve(user), calls=[CALL])
    row = meter.owner.execute(
        "select (select sum(cost) from private.model_spend where day = '2027-04-10') as spend, "
        "(select sum(estimated_cost) from public.ai_usage where date = '2027-04-10') as calls"
    ).fetchone()
    assert row is not None
    assert row["spend"] == row["calls"]
    assert float(row["spend"]) == pytest.approx(9 * 0.0004)


def test_an_answer_may_be_long_and_need_not_be_kept(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    long = '{"text":"' + "é" * 200_000 + '"}'
    meter.commit(meter.reserve(user, key="long"), long)
    assert meter.reserve(user, key="long")["result"] == long
    meter.commit(meter.reserve(user, key="none"), None)
    with refused("replay_gone", 410):
        meter.reserve(user, key="none")


def test_a_release_gives_back_and_says_not_charged(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user, "interview")
    receipt = meter.release(held, "the model refused", [CALL])
    assert (receipt["charged"], receipt["balance"], receipt["operation"]) == (0, 5, "interview")
    assert meter.account(user) == (5, 0, 0)
    assert meter.ledger(user) == [("grant", 5, 5)]
    event = meter.event(held)
    assert (event["status"], event["release_reason"], event["credits_used"]) == ("released", "the model refused", 0)
    assert len(_calls(meter, held)) == 1


def test_a_repeated_release_changes_and_records_nothing(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user)
    first = meter.release(held, "once", [CALL])
    assert meter.release(held, "twice", [CALL]) == first
    assert len(_calls(meter, held)) == 1
    assert meter.event(held)["release_reason"] == "once"
    assert meter.account(user) == (5, 0, 0)


def test_what_is_committed_cannot_be_released(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user)
    meter.commit(held)
    with refused("hold_lost", 409):
        meter.release(held)
    assert meter.account(user) == (4, 0, 0)


def test_a_late_release_leaves_the_attempt_that_took_its_place_alone(
    meter: Meter, new_user: NewUser, noon: Clock
) -> None:
    user = new_user()
    late = meter.reserve(user, key="k")
    noon.advance("3 minutes")
    current = meter.reserve(user, key="k")
    receipt = meter.release(late, "late", [CALL])
    assert receipt["charged"] == 0
    assert len(_calls(meter, late)) == 1
    assert meter.account(user) == (4, 1, 0)
    assert meter.commit(current)["charged"] == 1


def test_a_release_counts_against_nobody_elses_plan(
    meter: Meter, new_user: NewUser, noon: Clock, catalogue: Callable[[str], None]
) -> None:
    catalogue("b")
    user = new_user()
    meter.subscribe(user, "starter", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    held = meter.reserve(user, "interview")
    assert (held["funding"], held["resets_at"]) == ("plan", "2027-04-01T00:00:00+00:00")
    assert meter.counters(user) == {("interview", "2027-03"): (0, 1)}
    # The month ends between the two: what was held in March is used in March.
    noon.set("2027-03-31T23:50:00Z")
    meter.release(held)
    held = meter.reserve(user, "interview")
    noon.set("2027-04-01T00:10:00Z")
    receipt = meter.commit(held)
    assert (receipt["funding"], receipt["resets_at"]) == ("plan", "2027-04-01T00:00:00+00:00")
    assert meter.counters(user) == {("interview", "2027-03"): (1, 0)}
    assert meter.reserve(user, "interview")["funding"] == "plan"


def test_expired_holds_are_given_back_by_the_clean_up_too(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    users = [new_user() for _ in range(3)]
    held = [meter.reserve(user) for user in users]
    while meter.call("usage_expire", 100):
        pass
    assert {meter.event(one)["status"] for one in held} == {"reserved"}
    noon.advance("3 minutes")
    swept = 0
    while ended := meter.call("usage_expire", 2):
        swept += ended
    assert swept >= len(users)
    assert [meter.account(user) for user in users] == [(5, 0, 0)] * 3
    assert {meter.event(one)["status"] for one in held} == {"expired"}
    receipt = meter.release(held[0], "late")
    assert receipt["charged"] == 0
    assert meter.event(held[0])["status"] == "released"


def test_usage_cannot_be_written_directly_not_even_with_the_secret_key(
    as_service: AsRole, as_user: AsRole, meter: Meter, new_user: NewUser
) -> None:
    user = new_user()
    meter.use(user)
    statements = [
        f"{verb} {table}{rest}"
        for table in (
            "user_credits",
            "credit_grants",
            "credit_transactions",
            "usage_events",
            "usage_tracking",
            "ai_usage",
        )
        for verb, rest in (
            ("delete from public.", ""),
            ("update public.", " set user_id = user_id"),
            ("truncate public.", ""),
        )
    ]
    for role in (as_service(), as_user(user)):
        with role as cursor:
            for statement in statements:
                cursor.execute("savepoint here")
                with refused("permission denied for table " + statement.split("public.")[1].split()[0]):
                    cursor.execute(statement)
                cursor.execute("rollback to here")
