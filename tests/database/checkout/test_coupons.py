"""A coupon's limit holds over everything that was paid with it or can still be paid."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.rows import refused

if TYPE_CHECKING:
    from tests.database.checkout.conftest import Shop
    from tests.database.rows import Clock, Connect, NewUser


def test_example_18_one_customer_opens_a_code_of_one_redemption_once(shop: Shop, asha: uuid.UUID) -> None:
    code = shop.coupon(max_redemptions=1)
    first = shop.sell(asha, "pack_200", coupon=code)
    assert first["amount"] == 149_900 - 142_405
    for _ in range(4):
        with refused("coupon_used_up", 422):
            shop.open(asha, "pack_200", coupon=code)
    shop.pay(first)
    with refused("coupon_used_up", 422):
        shop.open(asha, "pack_200", coupon=code)


def test_a_code_without_a_limit_is_for_each_customer_once(shop: Shop, asha: uuid.UUID, ravi: uuid.UUID) -> None:
    code = shop.coupon()
    shop.sell(asha, "pack_20", coupon=code)
    with refused("coupon_used_up", 422):
        shop.open(asha, "pack_60", coupon=code)
    assert shop.sell(ravi, "pack_20", coupon=code)["coupon"] == code


def test_somebody_elses_open_order_holds_a_redemption(shop: Shop, asha: uuid.UUID, ravi: uuid.UUID) -> None:
    code = shop.coupon(max_redemptions=1)
    shop.open(asha, "pack_20", coupon=code)
    with refused("coupon_used_up", 422):
        shop.open(ravi, "pack_20", coupon=code)


@pytest.mark.parametrize("item", ["pack_20", "pro"])
def test_a_session_holds_its_redemption_until_its_provider_has_closed_it(
    shop: Shop, asha: uuid.UUID, ravi: uuid.UUID, clock: Clock, item: str
) -> None:
    code = shop.coupon(max_redemptions=1)
    order = shop.sell(asha, item, coupon=code, provider="stripe")
    clock.advance("25 hours")
    # Completed in its last minute, it may be paid days later.
    with refused("coupon_used_up", 422):
        shop.open(ravi, item, coupon=code)
    shop.close(order)
    assert shop.open(ravi, item, coupon=code)["state"] == "open"


def test_an_order_that_razorpay_cannot_close_holds_its_redemption_for_its_24_hours(
    shop: Shop, asha: uuid.UUID, ravi: uuid.UUID, clock: Clock
) -> None:
    code = shop.coupon(max_redemptions=1)
    shop.sell(asha, "pack_20", "k", coupon=code)
    shop.run("update public.credit_pack_prices set amount = amount + 100 where pack = 'pack_20'")
    assert shop.open(asha, "pack_20", "k", coupon=code)["state"] == "ended"
    with refused("coupon_used_up", 422):
        shop.open(ravi, "pack_20", coupon=code)
    clock.advance("24 hours 1 minute")
    assert shop.open(ravi, "pack_20", coupon=code)["state"] == "open"


def test_five_customers_a_day_apart_with_one_redemption_pay_once(shop: Shop, new_user: NewUser, clock: Clock) -> None:
    """What is open cannot be paid after the hold, so patience wins nothing."""
    code = shop.coupon(max_redemptions=1)
    orders = []
    for _ in range(5):
        orders.append(shop.sell(new_user(), "pack_200", coupon=code))
        clock.advance("24 hours 12 minutes")
    payable = [
        order
        for order in orders
        if shop.one(
            "select private.order_can_be_paid(o, private.now() - interval '12 hours') from private.billing_orders as o where o.id = %s",
            order["order_id"],
        )
    ]
    assert payable == orders[-1:]


def test_money_that_is_authorised_holds_the_redemption(
    shop: Shop, asha: uuid.UUID, ravi: uuid.UUID, clock: Clock
) -> None:
    code = shop.coupon(max_redemptions=1)
    order = shop.sell(asha, "pack_20", coupon=code)
    shop.run(
        "insert into public.payments (user_id, provider, provider_reference, order_id, kind, amount, currency, status) "
        "values (%s, 'razorpay', %s, %s, 'pack', 1, 'INR', 'authorized')",
        asha,
        f"pay_{asha.hex}",
        order["order_id"],
    )
    clock.advance("30 hours")
    with refused("coupon_used_up", 422):
        shop.open(ravi, "pack_20", coupon=code)


def test_a_checkout_that_failed_frees_its_redemption(shop: Shop, asha: uuid.UUID) -> None:
    code = shop.coupon(max_redemptions=1)
    order = shop.sell(asha, "pack_20", coupon=code, provider="stripe")
    shop.one("select private.end_offer(%s, private.now(), true, 'failed')", order["order_id"])
    assert shop.open(asha, "pack_20", coupon=code)["state"] == "open"


@pytest.mark.parametrize("told", ["failed", "expired"])
def test_an_attempt_that_failed_ends_no_order_that_razorpay_cannot_close(
    shop: Shop, asha: uuid.UUID, ravi: uuid.UUID, told: str
) -> None:
    """A second attempt may pay it, so nobody else gets its redemption."""
    code = shop.coupon(max_redemptions=1)
    order = shop.sell(asha, "pack_20", coupon=code)
    facts = {"checkouts": [{"id": order["provider_order_id"], "status": told, "subscription_id": None}]}
    shop.one("select private.apply_facts('razorpay', 'acc', private.now(), 'event', %s)", Jsonb(facts))
    shop.one("select private.end_offer(%s, private.now(), true)", order["order_id"])
    with refused("coupon_used_up", 422):
        shop.open(ravi, "pack_20", coupon=code)
    with pytest.raises(psycopg.errors.CheckViolation), shop.connection.transaction():
        shop.run("update private.billing_orders set closed_at = now() where id = %s", order["order_id"])


def test_a_code_is_taken_before_anything_ends_for_it(shop: Shop, asha: uuid.UUID, ravi: uuid.UUID) -> None:
    code = shop.coupon(max_redemptions=1)
    first = shop.sell(asha, "pro", provider="stripe")
    assert shop.open(asha, "unlimited", "k", coupon=code)["state"] == "cancel_first"
    with refused("coupon_used_up", 422):
        shop.open(ravi, "unlimited", coupon=code)
    shop.close(first, for_another=True)
    assert shop.open(asha, "unlimited", "k", coupon=code)["state"] == "open"


@pytest.mark.parametrize("closed", [False, True])
def test_another_account_of_the_same_mailbox_used_the_code(shop: Shop, new_user: NewUser, closed: bool) -> None:
    code, name = shop.coupon(), uuid.uuid4().hex
    first, second = new_user(f"{name}@example.com"), new_user(f"{name}+again@example.com")
    shop.pay(shop.sell(first, "pack_20", coupon=code))
    if closed:
        shop.run("delete from auth.users where id = %s", first)
    with refused("coupon_used_up", 422):
        shop.open(second, "pack_20", coupon=code)
    assert shop.open(new_user(f"{name}@example.org"), "pack_20", coupon=code)["state"] == "open"


@pytest.mark.parametrize("same_customer", [True, False])
def test_two_tabs_open_a_code_of_one_redemption_once(
    connect: Connect, database: str, new_user: NewUser, same_customer: bool
) -> None:
    code = f"R{uuid.uuid4().hex[:12].upper()}"
    connect().execute("insert into private.coupons (code, percent_off, max_redemptions) values (%s, 95, 1)", (code,))
    tabs = 8
    users = [new_user()] * tabs if same_customer else [new_user() for _ in range(tabs)]
    start = Barrier(tabs)

    def tab(user: Any) -> str:
        with psycopg.connect(database, autocommit=True) as connection:
            start.wait()
            try:
                row = connection.execute(
                    "select public.checkout_open(%s, 'stripe', 'acc', 'pack', 'pack_200', null, null, %s, false, %s, 'hash')",
                    (user, code, str(uuid.uuid4())),
                ).fetchone()
            except psycopg.Error as error:
                return str(error.diag.message_primary)
            assert row is not None
            return str(row[0]["state"])

    with ThreadPoolExecutor(tabs) as pool:
        answers = sorted(pool.map(tab, users))
    assert answers == ["coupon_used_up"] * (tabs - 1) + ["open"]
