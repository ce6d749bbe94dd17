"""Funding `offline`: what the rule-based writer does is free, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.metering.support import CALL, detail
from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, Connect, NewUser

RULES = {"provider": "offline", "model": "rule-based-writer", "estimated_cost": 0}


@pytest.fixture
def configure(meter: Meter) -> Iterator[Callable[..., None]]:
    """Change metering settings; put back after the test."""
    row = meter.owner.execute("select value from public.global_config where key = 'metering'").fetchone()
    assert row is not None
    write = "update public.global_config set value = %s where key = 'metering'"

    def change(**values: Any) -> None:
        meter.owner.execute(write, (json.dumps({**row["value"], **values}),))

    yield change
    meter.owner.execute(write, (json.dumps(row["value"]),))


def problems(meter: Meter, user: uuid.UUID) -> list[str]:
    rows = meter.owner.execute(
        "select problem from private.check_usage where subject = %(u)s "
        "union all select problem from private.check_ledger where subject = %(u)s",
        {"u": user},
    )
    return [row["problem"] for row in rows]


def free(meter: Meter, user: uuid.UUID, **more: Any) -> Row:
    return meter.commit(meter.reserve(user, funding="offline", **more), calls=[RULES])


def test_free_work_is_done_at_balance_0_and_shows_as_0(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    meter.use(user, times=5)
    with refused("insufficient_credits", 402):
        meter.reserve(user)
    ledger = meter.ledger(user)
    held = meter.reserve(user, funding="offline")
    assert (held["funding"], held["cost"], held["balance"]) == ("offline", 0, 0)
    receipt = meter.commit(held, calls=[RULES])
    assert (receipt["funding"], receipt["charged"], receipt["balance"]) == ("offline", 0, 0)
    assert (meter.account(user), meter.ledger(user), meter.counters(user)) == ((0, 0, 0), ledger, {})
    with as_user(user) as cursor:
        rows = cursor.execute("select operations, credits_used from public.usage_by_period()").fetchall()
        event = cursor.execute(
            "select status, funding, cost, credits_used, ai_provider from public.usage_events where id = %s",
            (receipt["usage_id"],),
        ).fetchone()
    assert [(row["operations"], row["credits_used"]) for row in rows] == [(6, 5)]
    assert event == {
        "status": "committed",
        "funding": "offline",
        "cost": 0,
        "credits_used": 0,
        "ai_provider": "offline",
    }
    assert problems(meter, user) == []


def test_free_work_counts_against_no_plan(meter: Meter, new_user: NewUser, catalogue: Callable[[str], None]) -> None:
    catalogue("e")
    user = new_user()
    assert meter.use(user, "analysis")["funding"] == "plan"
    counters = meter.counters(user)
    assert [free(meter, user, operation="analysis")["funding"] for _ in range(20)] == ["offline"] * 20
    assert meter.counters(user) == counters
    assert meter.use(user, "analysis")["funding"] == "plan"
    assert problems(meter, user) == []


def test_free_work_of_an_administrator_is_free_work(meter: Meter, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    make_admin(connect, user)
    assert free(meter, user)["funding"] == "offline"


def test_a_repeated_key_is_answered_as_before(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    receipt = free(meter, user, key="k")
    again = meter.reserve(user, key="k", funding="offline")
    assert (again["state"], again["receipt"]) == ("replay", receipt)


@pytest.mark.parametrize("calls", [[CALL], [CALL, RULES], [RULES, CALL], [{**CALL, "was_cached": True}]])
def test_a_model_call_is_never_free(meter: Meter, new_user: NewUser, calls: list[Row]) -> None:
    user = new_user()
    held = meter.reserve(user, funding="offline")
    with refused("funding_mismatch", 500):
        meter.commit(held, calls=calls)
    receipt = meter.release(held, calls=calls)
    assert (receipt["charged"], receipt["balance"]) == (0, 5)
    assert problems(meter, user) == []


def test_rules_are_never_charged(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user)
    with refused("funding_mismatch", 500):
        meter.commit(held, calls=[CALL, RULES])
    meter.release(held)
    assert meter.account(user) == (5, 0, 0)


@pytest.mark.parametrize(
    ("free_one", "change"),
    [
        (False, "ai_provider = 'offline'"),
        (False, "funding = 'offline'"),
        (True, "ai_provider = 'gemini'"),
        (True, "funding = 'credits'"),
        (True, "cost = 1"),
    ],
)
def test_the_check_of_the_books_finds_free_work_that_was_not(
    meter: Meter, new_user: NewUser, free_one: bool, change: str
) -> None:
    user = new_user()
    receipt = free(meter, user) if free_one else meter.use(user)
    with meter.owner.transaction(force_rollback=True):
        meter.owner.execute(f"update public.usage_events set {change} where id = %s", (receipt["usage_id"],))
        assert "a free operation was not done by the rule-based writer, or was charged" in problems(meter, user)


def test_free_work_is_limited_by_rate(meter: Meter, new_user: NewUser, noon: Clock, configure: Any) -> None:
    configure(free_per_hour=2)
    user, other = new_user(), new_user()
    free(meter, user, key="k")
    free(meter, user)
    with refused("rate_limited", 429) as caught:
        meter.reserve(user, funding="offline")
    assert 0 < detail(caught)["retry_after"] <= 3600
    # Neither the stored answer, nor another user, nor paid work waits.
    assert meter.reserve(user, key="k", funding="offline")["state"] == "replay"
    assert free(meter, other)["charged"] == 0
    assert meter.use(user)["charged"] == 1
    noon.advance("2 hours")
    assert free(meter, user)["charged"] == 0


def test_free_failures_and_paid_ones_do_not_stand_in_each_others_way(
    meter: Meter, new_user: NewUser, noon: Clock, configure: Any
) -> None:
    configure(released_attempts_per_day=1)
    user = new_user()
    for _ in range(3):
        meter.release(meter.reserve(user, funding="offline"))
    meter.release(meter.reserve(user))
    with refused("too_many_releases", 429):
        meter.reserve(user)
    assert free(meter, user)["charged"] == 0
    assert noon.now()


def test_free_work_goes_on_when_the_money_of_the_day_is_spent(meter: Meter, new_user: NewUser, configure: Any) -> None:
    configure(daily_spend_ceiling=0)
    user = new_user()
    with refused("spend_ceiling_reached", 503):
        meter.reserve(user)
    assert free(meter, user)["charged"] == 0


def test_clients_cannot_reserve_and_so_cannot_choose_who_pays(new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    with as_user(user) as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute("select public.usage_reserve(%s, 'summary', 'k', 'h', p_funding => 'offline')", (user,))
