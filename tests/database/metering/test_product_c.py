"""Product C, the job tracker: operations counted for life on free, per month on pro, without end on unlimited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.metering.support import detail
from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter
    from tests.database.rows import AsRole, Clock, NewUser

OPERATIONS = ("resume_parse", "match", "cover_letter", "answer", "outreach")
# The numbers are ours: the design states the tiers, the operations and the kinds of period.
FREE = {"resume_parse": 2, "match": 5, "cover_letter": 3, "answer": 5, "outreach": 5}
PRO = {"resume_parse": 20, "match": 100, "cover_letter": 50, "answer": 100, "outreach": 100}


@pytest.fixture(autouse=True)
def _on_sale(catalogue: Callable[[str], None]) -> None:
    catalogue("c")


def _periods(meter: Meter, user: uuid.UUID) -> list[tuple[str, str, str]]:
    rows = meter.owner.execute(
        "select operation_type, period_type, period_key from public.usage_events where user_id = %s order by created_at",
        (user,),
    )
    return [(row["operation_type"], row["period_type"], row["period_key"]) for row in rows]


def test_tier_limits_has_the_shape_of_a_configuration_row(as_service: AsRole) -> None:
    with as_service() as cursor:
        cursor.execute("select * from public.tier_limits")
        [row] = cursor.fetchall()
    assert set(row) == {"key", "value", "description", "created_at", "updated_at"}
    assert row["key"] == "tier_limits"
    assert set(row["value"]) == {"free", "pro", "unlimited"}
    groups = dict(zip(OPERATIONS, ("resume_import", "analysis", "cover_letter", "answer", "outreach"), strict=True))
    for operation in OPERATIONS:
        assert row["value"]["free"][groups[operation]] == {"lifetime": FREE[operation]}
        assert row["value"]["pro"][groups[operation]] == {"monthly": PRO[operation]}
        assert row["value"]["unlimited"][groups[operation]] == {"monthly": -1}


def test_configuration_is_for_the_secret_key_alone(as_user: AsRole, new_user: NewUser) -> None:
    for table in ("global_config", "tier_limits"):
        with pytest.raises(Exception, match="permission denied"), as_user(new_user()) as cursor:
            cursor.execute(f"select * from public.{table}")


def test_a_user_from_free_through_pro_to_unlimited_and_back(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()

    # Free: for life.
    for operation in OPERATIONS:
        meter.use(user, operation, times=FREE[operation])
        with refused("insufficient_credits", 402) as caught:
            meter.reserve(user, operation)
        told = detail(caught)
        assert (told["limit"], told["used"], told["resets_at"]) == (FREE[operation], FREE[operation], None)
    assert {period[1:] for period in _periods(meter, user)} == {("lifetime", "lifetime")}
    noon.set("2027-04-01T00:00:01Z")
    with refused("insufficient_credits", 402):
        meter.reserve(user, "match")

    # Pro: per month, counted on its own.
    subscription = meter.subscribe(user, "pro", "2027-04-01T00:00:00Z", "2027-05-01T00:00:00Z")
    receipt = meter.use(user, "cover_letter", times=PRO["cover_letter"])
    assert (receipt["charged"], receipt["resets_at"]) == (0, "2027-05-01T00:00:00+00:00")
    assert _periods(meter, user)[-1] == ("cover_letter", "monthly", "2027-04")
    with refused("insufficient_credits", 402):
        meter.reserve(user, "cover_letter")

    # Month change with renewal.
    noon.set("2027-05-01T00:00:01Z")
    meter.change(subscription, current_period_end="2027-06-01T00:00:00Z")
    meter.use(user, "cover_letter")
    assert _periods(meter, user)[-1] == ("cover_letter", "monthly", "2027-05")
    assert meter.counters(user)["cover_letter", "2027-04"] == (50, 0)
    assert meter.counters(user)["cover_letter", "2027-05"] == (1, 0)

    # Unlimited, and down to pro: what was used this month counts.
    meter.change(subscription, plan="unlimited")
    receipt = meter.use(user, "cover_letter", times=PRO["cover_letter"])
    assert (receipt["funding"], receipt["resets_at"]) == ("plan", None)
    meter.change(subscription, plan="pro")
    with refused("insufficient_credits", 402):
        meter.reserve(user, "cover_letter")

    # Free again: the lifetime allowance of before is as it was, and nothing of pro is counted in it.
    meter.change(subscription, status="canceled")
    assert meter.counters(user)["cover_letter", "lifetime"] == (3, 0)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "cover_letter")


def test_users_see_their_events_and_write_none(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    meter.use(user, "answer")
    with as_user(user) as cursor:
        cursor.execute("select operation_type, ai_provider, period_type, period_key from public.usage_events")
        assert [tuple(row.values()) for row in cursor.fetchall()] == [("answer", "gemini", "lifetime", "lifetime")]
    with pytest.raises(Exception, match="permission denied"), as_user(user) as cursor:
        cursor.execute(
            "insert into public.usage_events (user_id, operation_type, quota_group, idempotency_key, request_hash, funding, "
            "period_type, period_key, expires_at) values (%s, 'answer', 'answer', 'k', 'h', 'plan', 'lifetime', 'lifetime', now())",
            (user,),
        )
