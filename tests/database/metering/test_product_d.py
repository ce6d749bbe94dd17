"""Product D, tokens: everything is bought; a scan costs 10 and an interview 25."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, NewUser

SCAN, INTERVIEW, PACK = 10, 25, 100


@pytest.fixture(autouse=True)
def _on_sale(catalogue: Callable[[str], None]) -> None:
    catalogue("d")


def _balance(as_user: AsRole, user: uuid.UUID) -> tuple[int, int]:
    with as_user(user) as cursor:
        cursor.execute("select current_balance, total_purchased from public.token_balances")
        row: Row = cursor.fetchone()
        return row["current_balance"], row["total_purchased"]


def _transactions(as_user: AsRole, user: uuid.UUID) -> list[tuple[int, int | None, str, str | None, str]]:
    with as_user(user) as cursor:
        cursor.execute("select * from public.token_transactions order by created_at")
        return [
            (row["amount"], row["balance_after"], row["transaction_type"], row["feature_type"], row["status"])
            for row in cursor.fetchall()
        ]


def test_a_user_from_sign_up_through_two_packs(meter: Meter, new_user: NewUser, as_user: AsRole, noon: Clock) -> None:
    # Sign-up: nothing is given.
    user = new_user()
    assert _balance(as_user, user) == (0, 0)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "resume_scan")

    first = meter.sell(user, "tokens_100")
    assert _balance(as_user, user) == (100, 100)

    # Three scans, two interviews, and there is no third.
    meter.use(user, "resume_scan", times=3)
    assert _balance(as_user, user) == (PACK - 3 * SCAN, PACK)
    meter.use(user, "interview_prep", times=2)
    assert _balance(as_user, user) == (20, 100)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "interview_prep")
    assert _transactions(as_user, user) == [
        (100, 100, "purchase", None, "completed"),
        (-10, 90, "usage", "ats_scan", "completed"),
        (-10, 80, "usage", "ats_scan", "completed"),
        (-10, 70, "usage", "ats_scan", "completed"),
        (-25, 45, "usage", "interview", "completed"),
        (-25, 20, "usage", "interview", "completed"),
    ]

    # Tokens that were bought do not end with the month, or the year.
    noon.set("2028-05-01T00:00:01Z")
    assert meter.use(user, "resume_scan")["balance"] == 10

    # A second pack; then the first is refunded: what was spent of it is owed, and the second pays it.
    meter.sell(user, "tokens_100")
    assert _balance(as_user, user) == (110, 200)
    meter.refund(first)
    assert meter.account(user) == (10, 0, 0)
    meter.sell(user, "tokens_100")
    assert meter.account(user) == (110, 0, 0)


def test_a_hold_is_a_pending_transaction_and_a_failure_a_failed_one(
    meter: Meter, new_user: NewUser, as_user: AsRole, noon: Clock
) -> None:
    user = new_user()
    meter.grant(user, PACK)
    noon.advance("1 second")
    first = meter.reserve(user, "interview_prep")
    assert _transactions(as_user, user)[-1] == (-25, 75, "usage", "interview", "pending")
    meter.release(first)
    assert _transactions(as_user, user)[-1] == (-25, None, "usage", "interview", "failed")
    assert _balance(as_user, user) == (100, 100)
    noon.advance("1 second")
    meter.commit(meter.reserve(user, "interview_prep"))
    assert _transactions(as_user, user)[-1] == (-25, 75, "usage", "interview", "completed")


def test_usage_events_say_what_was_used(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    meter.grant(user, PACK)
    meter.use(user, "resume_scan")
    meter.use(user, "interview_prep")
    with as_user(user) as cursor:
        cursor.execute("select operation_type, credits_used from public.usage_events order by created_at")
        assert [tuple(row.values()) for row in cursor.fetchall()] == [("ats_scan", SCAN), ("interview", INTERVIEW)]


def test_a_matrix_of_three_units_costs_three_scans(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    meter.sell(user, "tokens_100")
    held = meter.reserve(user, "ats_matrix", units=3)
    assert (held["cost"], held["balance"]) == (3 * SCAN, PACK - 3 * SCAN)
    meter.release(held)
    assert _balance(as_user, user) == (PACK, PACK)
    meter.commit(meter.reserve(user, "ats_matrix", units=3))
    assert _balance(as_user, user) == (PACK - 3 * SCAN, PACK)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "ats_matrix", units=8)
