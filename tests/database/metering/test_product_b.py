"""Product B, the interview coach: interviews and cover letters per month by plan."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.metering.support import detail
from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, Connect, NewUser

# Interviews and cover letters per month, as the design states them; -1 is unlimited.
FIGURES = {"starter": (1, 0), "pro": (10, 0), "career": (30, 3), "coach": (-1, -1)}
# How far an unlimited allowance is tried.
MANY = 40


@pytest.fixture(autouse=True)
def _on_sale(catalogue: Callable[[str], None]) -> None:
    catalogue("b")


def _status(as_user: AsRole, user: uuid.UUID) -> tuple[str, str, int, int, bool]:
    with as_user(user) as cursor:
        cursor.execute("select * from public.get_user_subscription_status(%s)", (user,))
        row: Row = cursor.fetchone()
        return (
            row["plan_name"], row["status"], row["interviews_remaining"], row["cover_letters_remaining"], row["is_admin"],
        )  # fmt: skip


def _limit(meter: Meter, user: uuid.UUID, operation: str) -> int:
    """How many operations the user can have before one is refused; -1 if none of many is."""
    for done in range(MANY):
        try:
            meter.use(user, operation)
        except psycopg.Error as error:
            if error.diag.message_primary != "insufficient_credits":
                raise
            return done
    return -1


@pytest.mark.parametrize("plan", FIGURES)
@pytest.mark.usefixtures("noon")
def test_each_plan_gives_what_the_design_states(meter: Meter, new_user: NewUser, as_user: AsRole, plan: str) -> None:
    user = new_user()
    meter.subscribe(user, plan, "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    assert _status(as_user, user) == (plan, "active", *FIGURES[plan], False)
    assert (_limit(meter, user, "interview"), _limit(meter, user, "cover_letter")) == FIGURES[plan]
    spent = tuple(min(0, figure) for figure in FIGURES[plan])
    assert _status(as_user, user) == (plan, "active", *spent, False)


def test_without_a_subscription_there_is_nothing(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    assert meter.account(user) == (0, 0, 0)
    assert _status(as_user, user) == ("starter", "none", 0, 0, False)
    assert (_limit(meter, user, "interview"), _limit(meter, user, "cover_letter")) == (0, 0)


def test_an_administrator_has_no_limit(meter: Meter, new_user: NewUser, as_user: AsRole, connect: Connect) -> None:
    user = new_user()
    make_admin(connect, user)
    assert _status(as_user, user) == ("starter", "none", -1, -1, True)
    assert (_limit(meter, user, "interview"), _limit(meter, user, "cover_letter")) == (-1, -1)


def test_a_user_from_sign_up_through_every_plan(meter: Meter, new_user: NewUser, as_user: AsRole, noon: Clock) -> None:
    user = new_user()
    with refused("insufficient_credits", 402):
        meter.reserve(user, "interview")

    # Starter: one interview in March.
    subscription = meter.subscribe(user, "starter", "2027-03-10T12:00:00Z", "2027-04-10T12:00:00Z")
    assert meter.use(user, "interview")["funding"] == "plan"
    with refused("insufficient_credits", 402) as caught:
        meter.reserve(user, "interview")
    told = detail(caught)
    assert (told["limit"], told["used"], told["resets_at"]) == (1, 1, "2027-04-01T00:00:00+00:00")

    # Upgrade within the month: what was used counts against the new plan.
    meter.change(subscription, plan="pro")
    assert _status(as_user, user) == ("pro", "active", 9, 0, False)
    assert _limit(meter, user, "interview") == 9
    meter.change(subscription, plan="career")
    assert _status(as_user, user) == ("career", "active", 20, 3, False)
    assert _limit(meter, user, "cover_letter") == 3

    # Month change: everything anew, by the calendar and not by the billing day.
    noon.set("2027-03-31T23:59:00Z")
    assert _status(as_user, user)[3] == 0
    noon.set("2027-04-01T00:00:01Z")
    assert _status(as_user, user) == ("career", "active", 30, 3, False)

    # Renewal is late: within the grace the plan holds.
    meter.change(subscription, status="past_due")
    noon.set("2027-04-13T11:59:00Z")
    assert _status(as_user, user)[:2] == ("career", "past_due")
    assert meter.use(user, "interview")["funding"] == "plan"
    # A webhook that never came is no eternal plan.
    noon.set("2027-04-13T12:00:01Z")
    assert _status(as_user, user) == ("starter", "none", 0, 0, False)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "interview")

    # Renewed after all, on the largest plan, then down to the smallest: no interview is left of that month.
    meter.change(subscription, status="active", plan="coach", current_period_end="2027-05-10T12:00:00Z")
    meter.use(user, "interview", times=MANY)
    assert _status(as_user, user) == ("coach", "active", -1, -1, False)
    meter.change(subscription, plan="starter")
    assert _status(as_user, user) == ("starter", "active", 0, 0, False)
    noon.set("2027-05-01T00:00:01Z")
    assert _status(as_user, user) == ("starter", "active", 1, 0, False)
    meter.change(subscription, status="expired")
    assert _status(as_user, user) == ("starter", "none", 0, 0, False)


@pytest.mark.usefixtures("noon")
def test_a_held_interview_counts_as_used(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    meter.subscribe(user, "starter", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    held = meter.reserve(user, "interview")
    with refused("insufficient_credits", 402):
        meter.reserve(user, "interview")
    assert _status(as_user, user)[2] == 0
    # Without an answer it is given back.
    meter.release(held)
    assert _status(as_user, user)[2] == 1


@pytest.mark.usefixtures("noon")
def test_increment_usage_counts_in_the_current_month(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    meter.subscribe(user, "career", "2027-03-01T00:00:00Z", "2027-05-01T00:00:00Z")
    for action in ("interview", "interview", "cover_letter"):
        meter.connection.execute("select public.increment_usage(%s, %s)", (user, action))
    meter.connection.execute("select public.increment_usage(%s, 'cover_letter', '2027-03')", (user,))
    assert meter.counters(user) == {("interview", "2027-03"): (2, 0), ("cover_letter", "2027-03"): (2, 0)}
    with refused("period_closed", 422):
        meter.connection.execute("select public.increment_usage(%s, 'interview', '2027-02')", (user,))
    with refused("unknown_operation", 422):
        meter.call("increment_usage", user, "nonsense")
    meter.call("increment_usage", user, "cover_letter")
    with refused("insufficient_credits", 402):
        meter.call("increment_usage", user, "cover_letter")


def test_a_user_asks_about_themself_only(
    meter: Meter, new_user: NewUser, as_user: AsRole, as_anon: AsRole, connect: Connect
) -> None:
    user, other, admin = new_user(), new_user(), new_user()
    make_admin(connect, admin)
    question = "select * from public.get_user_subscription_status(%s)"
    for reader in (other, admin):
        with as_user(reader) as cursor:
            assert cursor.execute(question, (user,)).fetchall() == []
    with pytest.raises(Exception, match="permission denied"), as_anon() as cursor:
        cursor.execute(question, (user,))
    assert meter.connection.execute(question, (uuid.uuid4(),)).fetchall() == []
