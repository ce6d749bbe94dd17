"""The answers of the payment functions become models, or an error of ours where they have another shape."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from typing import Any

import pytest

from functions._shared.adapters.supabase.payment_answers import binding, checkout_state, parse, plan_change
from functions._shared.domain.errors import InternalError
from functions._shared.domain.payments.checkouts import (
    BoundCheckout,
    CancelFirst,
    EarlierSubscription,
    EndedOffer,
    OpenCheckout,
    ReplayedCheckout,
    UnclosedCheckout,
)
from functions._shared.domain.payments.orders import CatalogPrice, Coupon, Customer, OpenedAtProvider, Order
from functions._shared.domain.payments.reconciliation import StaleObject
from functions._shared.domain.payments.subscriptions import PlanChange, WithdrawnDowngrade

UNCLOSED = {
    "order_id": "order-1",
    "provider": "stripe",
    "provider_order_id": "cs_1",
    "provider_subscription_id": None,
}


def order(**columns: Any) -> dict[str, Any]:
    return {
        "order_id": "order-1",
        "kind": "subscription",
        "status": "created",
        "provider": "stripe",
        "pack": None,
        "credits": None,
        "plan": "pro",
        "billing_interval": "month",
        "trial_days": 7,
        "coupon": "HALF",
        "list_amount": 1200,
        "amount": 600,
        "currency": "USD",
        "provider_order_id": None,
        "provider_subscription_id": None,
        "created_at": "2026-11-21T10:00:00+00:00",
        "offer_ends_at": "2026-11-22T10:00:00+00:00",
        "paid_at": None,
        **columns,
    }


def opened(**fields: Any) -> dict[str, Any]:
    return {
        "state": "open",
        "order": order(),
        "attempt": 1,
        "name": "Pro",
        "price": "pro_monthly",
        "provider_price_id": None,
        "customer_id": "cus_1",
        "email": "asha@example.com",
        "full_name": None,
        "coupon": {
            "code": "HALF",
            "percent_off": 50,
            "amount_off": None,
            "currency": None,
            "duration": "once",
            "razorpay_offer_id": None,
        },
        "superseded": [],
        **fields,
    }


def test_a_subscription_asks_the_provider_for_its_list_price_and_coupon() -> None:
    state = checkout_state("user-1", opened())
    assert isinstance(state, OpenCheckout)
    assert state.customer == Customer("user-1", "cus_1", "asha@example.com", None)
    assert state.price == CatalogPrice("pro_monthly", "Pro", 1200, "USD", "month")
    assert not state.is_retry
    asked = state.subscription_order(state.price, "price_1")
    assert (asked.price_id, asked.amount, asked.trial_days) == ("price_1", 1200, 7)
    assert asked.coupon == Coupon("HALF", 50, None, None, "once", None)
    assert asked.ends_at == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert not asked.is_retry


def test_a_pack_asks_the_provider_for_the_reduced_amount() -> None:
    pack = order(kind="pack", pack="pack_20", credits=20, plan=None, billing_interval=None, trial_days=0)
    state = checkout_state("user-1", opened(order=pack, price=None, name="20 credits", attempt=2))
    assert isinstance(state, OpenCheckout)
    assert state.price is None
    asked = state.pack_order()
    assert (asked.name, asked.amount, asked.currency, asked.is_retry) == ("20 credits", 600, "USD", True)


def test_an_order_is_open_under_the_ids_of_the_provider_and_does_not_change_itself() -> None:
    booked = parse(Order, order())
    now_open = booked.opened(OpenedAtProvider("cs_1", None, {"url": "https://pay.example.com"}))
    assert (now_open.status, now_open.provider_order_id) == ("open", "cs_1")
    assert (booked.status, booked.provider_order_id) == ("created", None)
    with pytest.raises(FrozenInstanceError):
        booked.amount = 0  # type: ignore[misc]


def test_the_other_states_of_a_checkout() -> None:
    replay = checkout_state("user-1", {"state": "replay", "order": order(status="open"), "response": {"url": "x"}})
    assert isinstance(replay, ReplayedCheckout)
    assert (replay.order.status, replay.checkout) == ("open", {"url": "x"})

    unclosed = UnclosedCheckout("order-1", "stripe", "cs_1", None)
    ended = checkout_state(
        "user-1", {"state": "ended", "reason": "offer_over", "order": order(), "superseded": [UNCLOSED]}
    )
    assert ended == EndedOffer((unclosed,), "offer_over")
    assert unclosed.provider_object == ("order", "cs_1")

    subscription = {
        "subscription_id": "sub-1",
        "provider": "razorpay",
        "provider_subscription_id": "sub_1",
        "status": "halted",
        "action": "cancel",
    }
    first = checkout_state("user-1", {"state": "cancel_first", "subscriptions": [subscription], "superseded": []})
    assert first == CancelFirst((), (EarlierSubscription("razorpay", "sub_1", "cancel"),))


def test_a_checkout_is_bound_or_its_offer_has_ended() -> None:
    assert binding({"state": "open", "response": {"url": "x"}}) == BoundCheckout({"url": "x"})
    assert binding({"state": "ended", "superseded": []}) == EndedOffer((), None)


@pytest.mark.parametrize(("direction", "is_downgrade"), [("upgrade", False), ("downgrade", True)])
def test_a_change_of_plan(direction: str, is_downgrade: bool) -> None:
    change = plan_change(
        {
            "direction": direction,
            "provider": "stripe",
            "provider_subscription_id": "sub_1",
            "name": "Unlimited",
            "price": "unlimited_monthly",
            "amount": 2900,
            "currency": "USD",
            "billing_interval": "month",
            "provider_price_id": None,
            "drop_discount": True,
        }
    )
    assert isinstance(change, PlanChange)
    assert (change.is_downgrade, change.drops_discount) == (is_downgrade, True)
    assert change.price == CatalogPrice("unlimited_monthly", "Unlimited", 2900, "USD", "month")


def test_a_downgrade_that_is_withdrawn() -> None:
    answer = {"direction": "stay", "provider": "razorpay", "provider_subscription_id": "sub_1"}
    assert plan_change(answer) == WithdrawnDowngrade("razorpay", "sub_1")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"state": "new"},
        opened(order={**order(), "amount": "much"}),
        opened(order={**order(), "status": "lost"}),
        {"state": "ended", "superseded": [{"order_id": "order-1"}]},
    ],
)
def test_an_answer_of_another_shape_is_our_fault(answer: object) -> None:
    with pytest.raises(InternalError):
        checkout_state("user-1", answer)


def test_a_list_is_parsed_row_by_row() -> None:
    row = {"provider": "stripe", "kind": "dispute", "id": "dp_1", "why": "open dispute"}
    assert parse(list[StaleObject], [row]) == [StaleObject("stripe", "dispute", "dp_1", "open dispute")]
    with pytest.raises(InternalError):
        parse(list[StaleObject], [{**row, "kind": "invoice"}])
