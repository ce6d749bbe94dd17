"""Product E, the ATS platform: limits per day, more of them on premium, and overrides for one subscriber."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.metering.support import detail
from tests.database.rows import insert, make_admin, refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, Connect, NewUser

# Analyses, AI generations, optimizations per day, and résumés. Free is ours; premium has the design's 50, 100 and 20.
FREE = (5, 10, 3, 3)
PREMIUM = (50, 100, 20, 20)
OPERATIONS = ("analysis", "summary", "optimization")


@pytest.fixture(autouse=True)
def _on_sale(catalogue: Callable[[str], None]) -> None:
    catalogue("e")


def _left(as_user: AsRole, user: uuid.UUID) -> tuple[int, int, int, int]:
    """What is left today of analyses, generations and optimizations, and how many résumés there may be."""
    with as_user(user) as cursor:
        cursor.execute("select public.entitlements() as value")
        value: Row = cursor.fetchone()["value"]
    limits = {limit["quota_group"]: limit for limit in value["limits"]}
    assert {limit["period"] for limit in limits.values()} == {"daily"}
    return (
        limits["analysis"]["remaining"], limits["writing"]["remaining"], limits["optimization"]["remaining"], value["max_resumes"],
    )  # fmt: skip


def _use_up(meter: Meter, user: uuid.UUID, limits: tuple[int, ...]) -> None:
    for operation, limit in zip(OPERATIONS, limits, strict=False):
        meter.use(user, operation, times=limit)
        with refused("insufficient_credits", 402):
            meter.reserve(user, operation)


def test_a_user_from_free_to_premium_and_back_over_days(
    meter: Meter, new_user: NewUser, as_user: AsRole, noon: Clock
) -> None:
    user = new_user()
    assert _left(as_user, user) == FREE
    _use_up(meter, user, FREE[:3])
    with refused("insufficient_credits", 402) as caught:
        meter.reserve(user, "analysis")
    told = detail(caught)
    assert (told["limit"], told["used"], told["resets_at"]) == (5, 5, "2027-03-11T00:00:00+00:00")

    # A new day, in UTC.
    noon.set("2027-03-10T23:59:30Z")
    assert _left(as_user, user) == (0, 0, 0, 3)
    noon.set("2027-03-11T00:00:01Z")
    assert _left(as_user, user) == FREE
    meter.use(user, "analysis", times=2)

    # A trial of premium: today's two analyses count.
    subscription = meter.subscribe(user, "premium", "2027-03-11T00:00:00Z", "2027-03-25T00:00:00Z", status="trialing")
    assert _left(as_user, user) == (48, 100, 20, 20)
    _use_up(meter, user, (48,))

    # It becomes a subscription; months do not matter to daily limits.
    meter.change(subscription, status="active", current_period_end="2027-04-25T00:00:00Z")
    noon.set("2027-04-01T00:00:01Z")
    assert _left(as_user, user) == PREMIUM

    # Overrides for this subscriber, one of them less than the plan's.
    meter.change(subscription, custom_limits={"analysesPerDay": 60, "aiGenerationsPerDay": 5, "maxResumes": 30})
    assert _left(as_user, user) == (60, 5, 20, 30)
    _use_up(meter, user, (60, 5))
    meter.change(subscription, custom_limits={"analysesPerDay": -1})
    assert _left(as_user, user) == (-1, 95, 20, 20)
    assert meter.use(user, "analysis")["funding"] == "plan"

    # The subscription is over: free, with what was used today.
    meter.change(subscription, status="expired")
    assert _left(as_user, user) == (0, 5, 3, 3)
    noon.set("2027-04-02T00:00:01Z")
    assert _left(as_user, user) == FREE


@pytest.mark.usefixtures("noon")
def test_the_designs_example_of_overrides_is_what_premium_gives(
    meter: Meter, new_user: NewUser, as_user: AsRole
) -> None:
    user = new_user()
    meter.subscribe(
        user, "premium", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z",
        custom_limits={"analysesPerDay": 50, "aiGenerationsPerDay": 100, "maxResumes": 20},
    )  # fmt: skip
    assert _left(as_user, user) == PREMIUM
    # Nonsense in an override overrides nothing.
    other = new_user()
    meter.subscribe(
        other, "premium", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z",
        custom_limits={"analysesPerDay": "many", "aiGenerationsPerDay": None, "maxResumes": [1]},
    )  # fmt: skip
    assert _left(as_user, other) == PREMIUM


def test_an_override_of_another_period_adds_a_limit(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    meter.subscribe(
        user, "premium", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z", custom_limits={"analysesPerMonth": 3}
    )
    held = meter.reserve(user, "analysis")
    assert held["resets_at"] == "2027-03-11T00:00:00+00:00"
    meter.commit(held)
    meter.use(user, "analysis", times=2)
    noon.advance("1 day")
    with refused("insufficient_credits", 402) as caught:
        meter.reserve(user, "analysis")
    assert detail(caught)["resets_at"] == "2027-04-01T00:00:00+00:00"
    assert meter.counters(user) == {("analysis", "2027-03"): (3, 0), ("analysis", "2027-03-10"): (3, 0)}


@pytest.mark.usefixtures("noon")
def test_the_number_of_resumes_follows_the_plan(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    for number in range(FREE[3]):
        insert(as_user, user, "resumes", title=f"CV {number}")
    with pytest.raises(psycopg.Error, match="resume_limit_reached"):
        insert(as_user, user, "resumes", title="One too many")
    meter.subscribe(user, "premium", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    insert(as_user, user, "resumes", title="On premium")


def test_an_administrator_has_no_daily_limit(meter: Meter, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    make_admin(connect, user)
    assert meter.use(user, "analysis", times=FREE[0] + 1)["funding"] == "unlimited"


@pytest.mark.usefixtures("noon")
def test_an_allowance_counts_every_unit(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    held = meter.reserve(user, "ats_matrix", units=4)
    assert (held["funding"], _left(as_user, user)[0]) == ("plan", 1)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "ats_matrix", units=2)
    meter.release(held)
    assert _left(as_user, user)[0] == FREE[0]
    meter.commit(meter.reserve(user, "ats_matrix", units=FREE[0]))
    with refused("insufficient_credits", 402):
        meter.reserve(user, "ats_scan")
