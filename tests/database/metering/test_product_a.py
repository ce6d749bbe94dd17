"""Product A, the résumé generator: five credits to start with, one for each AI operation, premium by subscription."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, NewUser

MONTHLY_CREDITS = 100


@pytest.fixture(autouse=True)
def _on_sale(catalogue: Callable[[str], None]) -> None:
    catalogue("a")


def _summary(as_user: AsRole, user: uuid.UUID) -> tuple[int, int, bool]:
    with as_user(user) as cursor:
        cursor.execute("select credits_total, credits_used, is_premium from public.credit_summary")
        row: Row = cursor.fetchone()
        return row["credits_total"], row["credits_used"], row["is_premium"]


def test_a_user_from_sign_up_to_premium_and_back(meter: Meter, new_user: NewUser, as_user: AsRole, noon: Clock) -> None:
    # Sign-up.
    user = new_user()
    assert _summary(as_user, user) == (5, 0, False)

    # The five credits, by the names that this product's clients use; failures are free.
    for name in ("GENERATE_SUMMARY", "IMPROVE_BULLET", "GENERATE_SUMMARY"):
        assert meter.use(user, name)["charged"] == 1
    meter.release(meter.reserve(user, "IMPROVE_BULLET"))
    assert _summary(as_user, user) == (5, 3, False)
    meter.use(user, "IMPROVE_BULLET", times=2)
    assert _summary(as_user, user) == (5, 5, False)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "GENERATE_SUMMARY")

    # Upgrade: the first month's credits.
    subscription = meter.subscribe(user, "pro", "2027-03-10T12:00:00Z", "2027-04-10T12:00:00Z")
    meter.grant(user, MONTHLY_CREDITS, f"{subscription}:2027-03", "subscription", expires_at="2027-04-10T12:00:00Z")
    assert _summary(as_user, user) == (105, 5, True)
    meter.use(user, "IMPROVE_BULLET", times=10)
    assert _summary(as_user, user) == (105, 15, True)

    # Renewal: what is left of the first month goes, the second month comes, once.
    noon.set("2027-04-10T12:00:01Z")
    meter.change(subscription, current_period_end="2027-05-10T12:00:00Z")
    for _ in range(2):
        meter.grant(user, MONTHLY_CREDITS, f"{subscription}:2027-04", "subscription", expires_at="2027-05-10T12:00:00Z")
    assert meter.use(user, "GENERATE_SUMMARY")["balance"] == 99
    assert meter.ledger(user)[-3:] == [("expiry", -90, 0), ("grant", 100, 100), ("usage", -1, 99)]

    # Cancelled: the paid month is used to its end, then the credits are over and the account is free again.
    meter.change(subscription, status="canceled", cancelled_at="2027-04-20T00:00:00Z")
    assert _summary(as_user, user)[2] is False
    noon.set("2027-05-10T12:00:01Z")
    with refused("insufficient_credits", 402):
        meter.reserve(user, "GENERATE_SUMMARY")
    while meter.call("credits_expire", 10):
        pass
    total, used, premium = _summary(as_user, user)
    assert (total - used, used, premium) == (0, 16, False)


def test_credits_do_not_come_back_with_a_new_month(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    meter.use(user, times=5)
    noon.set("2027-04-01T00:00:01Z")
    with refused("insufficient_credits", 402):
        meter.reserve(user)


def test_a_user_cannot_give_themselves_credits(new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    for statement in (
        "update public.user_credits set balance = 1000",
        "update public.token_balances set current_balance = 1000",
        "insert into public.credit_grants (user_id, source, grant_key, amount, remaining) values (auth.uid(), 'pack', 'x', 9, 9)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user) as cursor:
            cursor.execute(statement)


def test_both_plan_names_are_sold(meter: Meter) -> None:
    rows = meter.owner.execute(
        "select slug, plan, billing_interval from public.plan_prices where is_active order by slug"
    ).fetchall()
    assert [tuple(row.values()) for row in rows] == [("monthly-pro", "pro", "month"), ("yearly-pro", "pro", "year")]
