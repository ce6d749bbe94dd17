"""What must not happen with odd clocks, odd figures and one account whose books are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    from tests.database.metering.support import Meter
    from tests.database.rows import Clock, Connect, NewUser


def account(meter: Meter, user: object) -> tuple[int, int, int]:
    row = meter.owner.execute(
        "select balance, reserved, debt from public.user_credits where user_id = %s", (user,)
    ).fetchone()
    assert row is not None
    return row["balance"], row["reserved"], row["debt"]


@pytest.mark.parametrize("operation", ["summary", "interview"])
def test_a_hold_made_under_a_clock_that_stepped_back_ends(
    meter: Meter, new_user: NewUser, noon: Clock, operation: str
) -> None:
    user = new_user()
    before = account(meter, user)
    meter.grant(user, 20)
    meter.reserve(user)
    noon.advance("-2 seconds")
    meter.reserve(user, operation, key="early")
    noon.advance("3 days")
    assert meter.call("usage_expire", 500) >= 1
    assert account(meter, user) == (before[0] + 20, 0, 0)
    assert meter.reserve(user, operation, key="early")["attempt"] == 2


def test_one_account_with_wrong_books_stops_nobody_elses_sweep(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    wrong, right = new_user(), new_user()
    with meter.owner.transaction(force_rollback=True):
        for user, end in ((wrong, "2027-03-10T13:00:00Z"), (right, "2027-03-10T13:30:00Z")):
            meter.grant(user, 10, source="promo", expires_at=end)
        left = account(meter, right)[0]
        meter.owner.execute("update public.user_credits set balance = balance + 1 where user_id = %s", (wrong,))
        noon.advance("2 hours")
        swept = meter.owner.execute("select public.usage_expire(500) as n").fetchone()
        assert swept is not None
        assert swept["n"] >= 1
        assert account(meter, right)[0] == left - 10
        assert meter.owner.execute(
            "select wake_at > private.now() as waits from public.user_credits where user_id = %s", (wrong,)
        ).fetchone() == {"waits": True}


def test_an_account_that_another_transaction_was_in_the_way_of_stays_due(
    meter: Meter, new_user: NewUser, noon: Clock
) -> None:
    """An hour is for wrong books. A deadlock is over at once, and its holds end with the next sweep."""
    user = new_user()
    with meter.owner.transaction(force_rollback=True):
        meter.grant(user, 10, source="promo", expires_at="2027-03-10T13:00:00Z")
        meter.owner.execute(
            "create or replace function private.sweep_account(p_user_id uuid, p_at timestamptz) returns void language plpgsql "
            "as $$ begin raise exception using errcode = 'deadlock_detected'; end $$"
        )
        noon.advance("2 hours")
        meter.owner.execute("select public.usage_expire(500)")
        assert meter.owner.execute(
            "select wake_at <= private.now() as due from public.user_credits where user_id = %s", (user,)
        ).fetchone() == {"due": True}


def test_a_ceiling_of_nothing_refuses_the_first_call_of_the_day(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    noon.set("2027-05-01T12:00:00Z")
    with meter.owner.transaction(force_rollback=True):
        meter.owner.execute(
            "update public.global_config set value = value || '{\"daily_spend_ceiling\": 0}' where key = 'metering'"
        )
        with refused("spend_ceiling_reached", 503):
            meter.owner.execute("select public.usage_reserve(%s, 'summary', 'k', 'hash')", (new_user(),))


def test_a_cost_that_is_no_number_is_refused(meter: Meter, new_user: NewUser) -> None:
    held = meter.reserve(new_user())
    with pytest.raises(Exception, match="us_dollars"):
        meter.commit(held, calls=[{"provider": "gemini", "model": "m", "estimated_cost": "NaN"}])


@pytest.mark.parametrize("attempt", [0, -1, 2])
def test_attempts_that_never_were_cost_nothing(meter: Meter, new_user: NewUser, attempt: int) -> None:
    held = meter.reserve(new_user())
    with refused("hold_lost", 409):
        meter.release({**held, "attempt": attempt}, calls=[{"provider": "gemini", "estimated_cost": 0.1}])


@pytest.mark.parametrize(
    "wrong", ["operation_type = 'cover_letter'", "reserved_at = reserved_at + interval '1 hour'", "user_id = %(other)s"]
)
def test_a_charge_that_names_something_else_is_found(
    meter: Meter, new_user: NewUser, connect: Connect, wrong: str
) -> None:
    user, other = new_user(), new_user()
    meter.use(user)
    owner = connect()
    with owner.transaction(force_rollback=True):
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            f"update public.usage_events set {wrong} where user_id = %(user)s", {"user": user, "other": other}
        )
        found = {row["problem"] for row in owner.execute("select problem from private.check_usage").fetchall()}
    assert "the charge of an operation names another user, operation or moment" in found


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (
            "update public.usage_tracking set used = used + 1, period_type = 'monthly'",
            "a counter holds units that no open operation uses",
        ),
        (
            """update private.usage_results set receipt = receipt || '{"charged": 7}'""",
            "a stored receipt says another charge",
        ),
    ],
)
def test_figures_that_no_operation_bears_out_are_found(
    meter: Meter, new_user: NewUser, wrong: str, problem: str
) -> None:
    user = new_user()
    meter.commit(meter.reserve(user, "resume_import"))
    meter.use(user)
    with meter.owner.transaction(force_rollback=True):
        before = meter.owner.execute("select problem from private.check_usage").fetchall()
        meter.owner.execute(wrong)
        found = {row["problem"] for row in meter.owner.execute("select problem from private.check_usage").fetchall()}
    assert before == []
    assert problem in found
