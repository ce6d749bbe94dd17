"""A key that comes again gets what would still be sold now, and never brings back what has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid

    from tests.database.checkout.conftest import Shop
    from tests.database.rows import Clock


def test_the_same_key_gets_the_same_answer(shop: Shop, asha: uuid.UUID) -> None:
    order = shop.sell(asha, "pack_20", "k")
    again = shop.open(asha, "pack_20", "k")
    assert (again["state"], again["order"]["order_id"]) == ("replay", order["order_id"])
    assert again["response"] == shop.one("select response from private.billing_orders where id = %s", order["order_id"])


def test_an_unanswered_key_goes_on_with_its_order(shop: Shop, asha: uuid.UUID) -> None:
    first = shop.open(asha, "pack_20", "k")
    again = shop.open(asha, "pack_20", "k")
    assert (again["state"], again["attempt"]) == ("open", 2)
    assert again["order"]["order_id"] == first["order"]["order_id"]


def test_the_same_key_for_something_else_is_a_conflict(shop: Shop, asha: uuid.UUID) -> None:
    shop.sell(asha, "pack_20", "k")
    with refused("idempotency_conflict", 409):
        shop.open(asha, "pack_60", "k")


def test_keys_belong_to_their_account(shop: Shop, asha: uuid.UUID, ravi: uuid.UUID) -> None:
    assert shop.sell(asha, "pack_20", "k")["order_id"] != shop.sell(ravi, "pack_60", "k")["order_id"]


def test_a_paid_order_is_shown_again_also_when_it_is_sold_no_more(shop: Shop, asha: uuid.UUID, clock: Clock) -> None:
    order = shop.sell(asha, "pack_20", "k")
    shop.pay(order)
    clock.advance("90 days")
    shop.run("update public.credit_packs set is_active = false where slug = 'pack_20'")
    again = shop.open(asha, "pack_20", "k")
    assert (again["state"], again["order"]["status"]) == ("replay", "paid")


@pytest.mark.parametrize("is_bound", [True, False])
def test_example_20_an_order_of_90_days_ago_is_not_reopened_by_its_key(
    shop: Shop, asha: uuid.UUID, clock: Clock, is_bound: bool
) -> None:
    opened = shop.open(asha, "pack_200", "k")
    if is_bound:
        shop.bind(asha, opened)
    clock.advance("90 days")
    again = shop.open(asha, "pack_200", "k")
    assert (again["state"], again["reason"], again["order"]["status"]) == ("ended", "offer_over", "expired")
    assert shop.open(asha, "pack_200", "k")["state"] == "ended"


@pytest.mark.parametrize("is_bound", [True, False])
def test_example_19_an_unanswered_trial_is_not_opened_beside_the_one_that_was_bought(
    shop: Shop, asha: uuid.UUID, is_bound: bool
) -> None:
    first = shop.open(asha, "pro", "k1", trial=True, provider="stripe")
    if is_bound:
        shop.bind(asha, first)
        begun_anew = shop.open(asha, "pro", "k2", trial=True, provider="stripe")
        assert begun_anew["state"] == "cancel_first"
        shop.close(first["order"], for_another=True)
    bought = shop.sell(asha, "pro", "k2", trial=True, provider="stripe")
    shop.pay(bought)
    shop.subscribe(asha, "trialing", trial_end=shop.one("select private.now() + interval '7 days'"))
    again = shop.open(asha, "pro", "k1", trial=True, provider="stripe")
    assert (again["state"], again["order"]["status"]) == ("ended", "superseded")


WITHDRAWALS = {
    "the pack is not sold any more": ("update public.credit_packs set is_active = false", "price_not_found"),
    "the price has changed": ("update public.credit_pack_prices set amount = amount * 10", "price_changed"),
    "the pack holds something else": ("update public.credit_packs set credits = credits + 1", "price_changed"),
    "the code is switched off": ("update private.coupons set is_active = false", "coupon_invalid"),
    "the code is over": ("update private.coupons set valid_until = private.now()", "coupon_invalid"),
    "the code takes less off": ("update private.coupons set percent_off = 5", "price_changed"),
    "the code is for something else": ("update private.coupons set only_for = '{pack_60}'", "coupon_not_applicable"),
}


@pytest.mark.parametrize("name", WITHDRAWALS)
@pytest.mark.parametrize("is_bound", [True, False])
def test_what_would_not_be_sold_now_ends(shop: Shop, asha: uuid.UUID, name: str, is_bound: bool) -> None:
    statement, reason = WITHDRAWALS[name]
    code = shop.coupon()
    opened = shop.open(asha, "pack_200", "k", coupon=code, provider="stripe")
    if is_bound:
        shop.bind(asha, opened)
    shop.run(statement)
    again = shop.open(asha, "pack_200", "k", coupon=code, provider="stripe")
    assert (again["state"], again["reason"]) == ("ended", reason)
    assert [entry["order_id"] for entry in again["superseded"]] == ([opened["order"]["order_id"]] if is_bound else [])
    assert shop.one(
        "select offer_ended_at is not null from private.billing_orders where id = %s", opened["order"]["order_id"]
    )


def test_a_withdrawn_order_stays_withdrawn_when_it_is_sold_again(shop: Shop, asha: uuid.UUID) -> None:
    shop.sell(asha, "pack_20", "k")
    shop.run("update public.credit_packs set is_active = false where slug = 'pack_20'")
    assert shop.open(asha, "pack_20", "k")["state"] == "ended"
    shop.run("update public.credit_packs set is_active = true where slug = 'pack_20'")
    assert shop.open(asha, "pack_20", "k")["state"] == "ended"


def test_a_live_subscription_ends_the_offer_of_another(shop: Shop, asha: uuid.UUID) -> None:
    shop.sell(asha, "unlimited", "k", provider="stripe")
    shop.subscribe(asha, "active")
    assert shop.open(asha, "unlimited", "k", provider="stripe")["reason"] == "subscription_exists"


def test_another_account_at_the_provider_is_another_offer(shop: Shop, asha: uuid.UUID) -> None:
    order = shop.sell(asha, "pack_20", "k")
    shop.run("update private.billing_orders set provider_account = 'acc_before' where id = %s", order["order_id"])
    assert shop.open(asha, "pack_20", "k")["state"] == "ended"


def test_an_offer_too_short_for_a_session_is_not_opened(shop: Shop, asha: uuid.UUID, clock: Clock) -> None:
    shop.open(asha, "pack_20", "k", provider="stripe")
    clock.advance("23 hours 20 minutes")
    assert shop.open(asha, "pack_20", "k", provider="stripe")["state"] == "open"
    clock.advance("15 minutes")
    assert shop.open(asha, "pack_20", "k", provider="stripe")["state"] == "ended"
