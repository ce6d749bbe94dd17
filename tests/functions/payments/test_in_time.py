"""Who acted in time is not late, however late the money or the news comes; who acted late is late by every way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.functions.payments.periods import renew, world
from tests.functions.payments.test_endings import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.functions.payments.conftest import Shopper

pytestmark = pytest.mark.usefixtures("clocks_agree")
PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])
HOUR = 3_600


def end_offers(asha: Shopper) -> None:
    """What the clean-up does with offers that ran out."""
    asha.rows("select public.checkouts_to_close(1000)")


def listed(asha: Shopper) -> list[str]:
    rows = asha.rows("select code from private.payment_reviews where user_id = %s order by code", asha.user_id)
    return [row["code"] for row in rows]


@PROVIDERS
@pytest.mark.parametrize("trial", [False, True])
def test_a_subscription_that_only_a_look_up_finds_after_the_offer(asha: Shopper, provider: str, *, trial: bool) -> None:
    opened = asha.checkout("subscription", "pro", provider=provider, trial=trial)
    claim = asha.pay(opened)
    asha.providers.untold(provider)
    asha.providers.clock.advance(30 * HOUR)
    end_offers(asha)
    assert asha.post("/verify", claim).json()["order"]["status"] == "paid"
    assert (asha.get("/entitlements").json()["plan"], listed(asha)) == ("pro", [])


@pytest.mark.parametrize("is_told", [True, False])
def test_a_mandate_that_the_bank_debits_after_the_offer(asha: Shopper, *, is_told: bool) -> None:
    opened = asha.checkout("subscription", "pro", provider="razorpay").json()["order"]
    identity = opened["provider_subscription_id"]
    asha.providers.clock.advance(23 * HOUR)
    asha.providers.razorpay.authenticate(identity, mandate=True)
    if is_told:
        asha.deliver()
        again = asha.checkout("subscription", "pro", provider="razorpay")
        assert (again.status_code, again.json()["code"]) == (409, "subscription_exists")
    asha.providers.untold("razorpay")
    asha.providers.clock.advance(26 * HOUR)
    end_offers(asha)
    asha.providers.razorpay.charge(identity)
    assert {delivery.status for delivery in asha.deliver()} == {200}
    assert asha.get(f"/orders/{opened['order_id']}").json()["status"] == "paid"
    assert (asha.get("/entitlements").json()["plan"], listed(asha)) == ("pro", [])


async def test_a_mandate_can_be_cancelled_before_the_bank_confirms_it(
    asha: Shopper, shopper: Callable[[], Shopper]
) -> None:
    ravi = shopper()
    orders = {}
    for buyer in (asha, ravi):
        orders[buyer.user_id] = buyer.checkout("subscription", "pro", provider="razorpay").json()["order"]
        buyer.providers.razorpay.authenticate(orders[buyer.user_id]["provider_subscription_id"], mandate=True)
        buyer.deliver()
    there = asha.providers.razorpay.subscriptions
    stranger = ravi.post(f"/subscriptions/{orders[asha.user_id]['order_id']}/cancel", {"at_period_end": True})
    assert (stranger.status_code, stranger.json()["code"]) == (404, "subscription_not_found")
    cancelled = asha.post(f"/subscriptions/{orders[asha.user_id]['order_id']}/cancel", {"at_period_end": True})
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "canceled"), cancelled.text
    assert there[orders[asha.user_id]["provider_subscription_id"]]["status"] == "cancelled"
    # Nor is a suspended customer debited.
    ravi.rows("update public.profiles set is_active = false where id = %s returning id", ravi.user_id)
    assert (await run("cancellations"))["cancellations"]["done"] >= 1
    assert there[orders[ravi.user_id]["provider_subscription_id"]]["status"] == "cancelled"


@pytest.mark.parametrize("way", ["told", "asked", "asked, then told"])
def test_a_pack_paid_after_its_offer_is_late_by_every_way(asha: Shopper, way: str) -> None:
    before = asha.balance()
    opened = asha.checkout("pack", "pack_20", provider="stripe")
    order = opened.json()["order"]["order_id"]
    asha.providers.clock.advance(600)
    # The customer's way to the session is open until Stripe is told.
    asha.rows("select private.end_offer(%s, private.now(), false)", order)
    asha.providers.clock.advance(HOUR)
    claim = asha.pay(opened)
    asha.providers.clock.advance(HOUR)
    if "asked" in way:
        assert asha.post("/verify", claim).json()["order"]["status"] == "expired"
    if "told" in way:
        asha.deliver()
    asha.providers.untold("stripe")
    assert (asha.balance(), listed(asha)) == (before, ["late_payment"])


@pytest.mark.parametrize("way", ["told", "told of the money alone", "asked"])
def test_a_pack_that_a_bank_debits_days_later_is_in_time(asha: Shopper, way: str) -> None:
    before = asha.balance()
    opened = asha.checkout("pack", "pack_20", provider="stripe")
    stripe = asha.providers.stripe
    identity = opened.json()["order"]["provider_order_id"]
    asha.providers.clock.advance(23 * HOUR)
    stripe.complete_payment(stripe.sessions[identity], debit=True)
    if way == "told":
        asha.deliver()
    asha.providers.untold("stripe")
    asha.providers.clock.advance(96 * HOUR)
    end_offers(asha)
    stripe.settle_debit(identity)
    if way == "asked":
        asha.providers.untold("stripe")
        asha.post("/verify", {"stripe_session_id": identity})
    else:
        asha.deliver()
    assert (asha.balance(), listed(asha)) == (before + 20, [])


def test_razorpay_renews_another_plan_at_its_reduced_price(
    asha: Shopper, coupon: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    razorpay = world(asha, "razorpay")
    monkeypatch.setitem(razorpay.offers, "offer_half", {"percent_off": 50, "cycles": None})
    code = coupon(percent_off=50, duration="forever", razorpay_offer_id="offer_half", only_for=["pro", "unlimited"])
    asha.buy("subscription", "pro", provider="razorpay", coupon=code)
    sub: dict[str, Any] = asha.subscription()
    asha.providers.clock.advance(10 * 24 * HOUR)
    assert asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"}).status_code == 200
    asha.deliver()
    renew(asha, "razorpay", sub["provider_subscription_id"])
    paid = asha.rows(
        "select p.amount, p.plan, p.covers_period, p.problem from public.payments as p where p.user_id = %s order by p.paid_at",
        asha.user_id,
    )
    prices = {
        row["plan"]: row["amount"]
        for row in asha.rows(
            "select plan, amount from public.plan_prices where currency = 'INR' and billing_interval = 'month' and is_active"
        )
    }
    assert [(row["plan"], row["covers_period"], row["problem"]) for row in paid] == [
        ("pro", True, None),
        ("unlimited", False, None),
        ("unlimited", True, None),
    ]
    assert (paid[0]["amount"], paid[2]["amount"]) == (prices["pro"] // 2, prices["unlimited"] // 2)
    assert (asha.get("/entitlements").json()["plan"], listed(asha)) == ("unlimited", [])
