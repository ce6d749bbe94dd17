"""Checkout: server-side prices, discounts, one live subscription, nothing granted on the client's word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def test_anybody_sees_what_is_for_sale(base: str) -> None:
    sold = httpx.get(f"{base}/billing/plans").json()
    plans = {plan["slug"]: plan for plan in sold["plans"]}
    assert {"free", "pro"} <= plans.keys()
    assert {price["currency"] for price in plans["pro"]["prices"]} == {"INR", "USD"}
    assert [pack["slug"] for pack in sold["packs"]] == ["pack_20", "pack_60", "pack_200"]
    assert sold["providers"] == ["razorpay", "stripe"]


@PROVIDERS
def test_a_pack_is_paid_and_its_credits_arrive(asha: Shopper, provider: str) -> None:
    before = asha.balance()
    order = asha.buy("pack", "pack_20", provider=provider)
    assert (order["status"], order["credits"]) == ("paid", 20)
    assert (order["currency"], order["amount"]) == (("INR", 19_900) if provider == "razorpay" else ("USD", 500))
    assert asha.balance() == before + 20
    lots = asha.rows(
        "select source, expires_at from public.credit_grants where grant_key = %s", f"order:{order['order_id']}"
    )
    assert lots == [{"source": "pack", "expires_at": None}]


@PROVIDERS
def test_a_subscription_is_paid_and_its_plan_and_credits_arrive(asha: Shopper, provider: str) -> None:
    before = asha.balance()
    asha.buy("subscription", "pro", provider=provider)
    now = asha.get("/entitlements").json()
    assert (now["plan"], now["status"]) == ("pro", "active")
    monthly = asha.rows("select monthly_credits from public.plans where slug = 'pro'")[0]["monthly_credits"]
    assert now["balance"] == before + monthly
    sub = asha.subscription()
    lots = asha.rows(
        "select expires_at from public.credit_grants where source = 'subscription' and user_id = %s", asha.user_id
    )
    assert [lot["expires_at"].isoformat() for lot in lots] == [sub["current_period_end"].replace("Z", "+00:00")]
    mirrored = asha.rows("select plan, subscription_status from public.profiles where id = %s", asha.user_id)
    assert mirrored == [{"plan": "pro", "subscription_status": "active"}]


@PROVIDERS
def test_the_price_is_the_catalogues_whatever_the_client_sends(asha: Shopper, provider: str) -> None:
    refused = asha.checkout("pack", "pack_20", provider=provider, amount=1)
    assert (refused.status_code, refused.json()["code"]) == (422, "validation_failed")
    assert asha.state()[0]["orders"] is None


def test_the_same_key_opens_the_same_checkout_once(asha: Shopper, providers: ProviderServer) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: asha.checkout("pack", "pack_20", key="one key"), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["checkout"]["order_id"] for answer in answers}) == 1
    assert len(asha.state()[0]["orders"]) == 1
    other = asha.checkout("pack", "pack_60", key="one key")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    again = asha.checkout("pack", "pack_20", key="one key").json()
    assert again["checkout"] == answers[0].json()["checkout"]
    del providers


def test_a_repeated_key_header_is_refused_and_opens_nothing(asha: Shopper) -> None:
    headers = [("idempotency-key", "one"), ("idempotency-key", "two")]
    refused = asha.client.post("/billing/checkout", json={"kind": "pack", "item": "pack_20"}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_idempotency_key")
    assert asha.state()[0]["orders"] is None


def test_a_checkout_without_a_key_returns_one_that_repeats_it(asha: Shopper) -> None:
    first = asha.post("/checkout", {"kind": "pack", "item": "pack_20"})
    again = asha.checkout("pack", "pack_20", key=first.headers["idempotency-key"])
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["checkout"] == first.json()["checkout"]
    assert again.headers["idempotency-key"] == first.headers["idempotency-key"]
    assert len(asha.state()[0]["orders"]) == 1


@PROVIDERS
def test_a_provider_in_trouble_leaves_an_order_that_the_same_key_goes_on_with(
    asha: Shopper, providers: ProviderServer, provider: str
) -> None:
    for _ in range({"razorpay": 1, "stripe": 2}[provider]):  # Stripe's SDK tries twice
        providers.faults[provider].add(503)
    failed = asha.checkout("pack", "pack_20", provider=provider, key="patience")
    assert (failed.status_code, failed.json()["code"]) == (503, "provider_unavailable")
    opened = asha.checkout("pack", "pack_20", provider=provider, key="patience")
    assert opened.status_code == 200
    assert len(asha.state()[0]["orders"]) == 1


def test_an_answer_lost_on_its_way_opens_no_second_order(asha: Shopper, providers: ProviderServer) -> None:
    providers.faults["razorpay"].add(502, b"gateway", after=True)
    before = len(providers.razorpay.orders)
    assert asha.checkout("pack", "pack_20", key="lost").status_code == 503
    opened = asha.checkout("pack", "pack_20", key="lost")
    assert opened.status_code == 200
    assert len(providers.razorpay.orders) == before + 1


@PROVIDERS
def test_a_second_live_subscription_is_refused(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider)
    for other in ("razorpay", "stripe"):
        refused = asha.checkout("subscription", "unlimited", provider=other)
        assert (refused.status_code, refused.json()["code"]) == (409, "subscription_exists")
        assert refused.json()["subscription_id"] == asha.subscription()["id"]


@PROVIDERS
def test_beginning_anew_closes_what_was_begun(asha: Shopper, providers: ProviderServer, provider: str) -> None:
    first = asha.checkout("subscription", "pro", provider=provider).json()["order"]
    second = asha.checkout("subscription", "unlimited", provider=provider)
    assert second.status_code == 200
    assert asha.get(f"/orders/{first['order_id']}").json()["status"] == "superseded"
    closed = "select closed_at is not null as closed from private.billing_orders where id = %s"
    assert asha.rows(closed, first["order_id"]) == [{"closed": True}]
    if provider == "razorpay":
        assert providers.razorpay.subscriptions[first["provider_subscription_id"]]["status"] == "cancelled"
    else:
        assert providers.stripe.sessions[first["provider_order_id"]]["status"] == "expired"


def test_unknown_things_are_not_for_sale(asha: Shopper) -> None:
    for body in (
        {"kind": "pack", "item": "pack_9000"},
        {"kind": "subscription", "item": "free"},
        {"kind": "subscription", "item": "pro", "currency": "EUR"},
    ):
        refused = asha.post("/checkout", body)
        assert (refused.status_code, refused.json()["code"]) == (404, "price_not_found"), body
    assert asha.state()[0]["orders"] is None


def test_a_checkout_needs_a_user(base: str) -> None:
    refused = httpx.post(f"{base}/billing/checkout", json={"kind": "pack", "item": "pack_20"})
    assert refused.status_code == 401


def test_stripe_needs_to_know_where_to_return_to(asha: Shopper) -> None:
    refused = asha.post("/checkout", {"kind": "pack", "item": "pack_20", "provider": "stripe"})
    assert (refused.status_code, refused.json()["code"]) == (422, "validation_failed")


@PROVIDERS
def test_a_code_takes_its_share_off_once_per_user(asha: Shopper, coupon: Callable[..., str], provider: str) -> None:
    code = coupon(percent_off=25, applies_to="pack")
    order = asha.buy("pack", "pack_20", provider=provider, coupon=code.lower())
    assert order["amount"] == (14_925 if provider == "razorpay" else 375)
    assert order["status"] == "paid"
    again = asha.checkout("pack", "pack_20", provider=provider, coupon=code)
    assert (again.status_code, again.json()["code"]) == (422, "coupon_used_up")


def test_a_code_of_a_subscription_pays_for_its_month_all_the_same(asha: Shopper, coupon: Callable[..., str]) -> None:
    code = coupon(percent_off=50, applies_to="subscription")
    before = asha.balance()
    asha.buy("subscription", "pro", provider="stripe", coupon=code)
    paid = asha.rows("select amount, list_amount, covers_period from public.payments where user_id = %s", asha.user_id)
    assert paid == [{"amount": 600, "list_amount": 1200, "covers_period": True}]
    assert asha.balance() > before


def test_codes_that_do_not_apply(asha: Shopper, shopper: Callable[[], Shopper], coupon: Callable[..., str]) -> None:
    cases = {
        "NOSUCHCODE": "coupon_invalid",
        coupon(percent_off=10, is_active=False): "coupon_invalid",
        coupon(percent_off=10, valid_until="2020-01-01", valid_from="2019-01-01"): "coupon_invalid",
        coupon(percent_off=10, applies_to="subscription"): "coupon_not_applicable",
        coupon(percent_off=10, only_for=["pack_200"]): "coupon_not_applicable",
        coupon(amount_off=100, currency="EUR"): "coupon_not_applicable",
        coupon(amount_off=99_900, currency="INR"): "coupon_not_applicable",
    }
    for code, reason in cases.items():
        refused = asha.checkout("pack", "pack_20", coupon=code)
        assert (refused.status_code, refused.json()["code"]) == (422, reason), code
    one = coupon(percent_off=10, max_redemptions=1)
    assert asha.checkout("pack", "pack_20", coupon=one).status_code == 200
    late = shopper().checkout("pack", "pack_20", coupon=one)
    assert (late.status_code, late.json()["code"]) == (422, "coupon_used_up")


@PROVIDERS
def test_a_trial_entitles_and_grants_nothing_and_comes_once(asha: Shopper, provider: str) -> None:
    before = asha.balance()
    asha.buy("subscription", "pro", provider=provider, trial=True)
    now = asha.get("/entitlements").json()
    assert (now["plan"], now["status"], now["balance"]) == ("pro", "trialing", before)
    sub = asha.subscription()
    assert sub["trial_end"] == sub["current_period_end"]
    done = asha.post(f"/subscriptions/{sub['id']}/cancel", {"at_period_end": False})
    assert done.json()["status"] == "canceled"
    again = asha.checkout("subscription", "pro", provider=provider, trial=True)
    assert (again.status_code, again.json()["code"]) == (409, "trial_used")
    assert asha.checkout("subscription", "pro", provider=provider).status_code == 200


def test_a_trial_wants_a_confirmed_address_and_a_plan_that_has_one(shopper: Callable[..., Shopper]) -> None:
    ravi = shopper(confirmed=False)
    refused = ravi.checkout("subscription", "pro", trial=True)
    assert (refused.status_code, refused.json()["code"]) == (409, "trial_used")
    refused = ravi.checkout("subscription", "unlimited", trial=True)
    assert (refused.status_code, refused.json()["code"]) == (422, "trial_not_offered")


# offers ----------------------------------------------------------------------------------------------------------


def withdrawn(asha: Shopper, coupon: str) -> None:
    asha.connection.execute("update private.coupons set is_active = false where code = %s", (coupon,))


@PROVIDERS
@pytest.mark.parametrize(("kind", "item"), [("pack", "pack_200"), ("subscription", "pro")])
def test_a_key_does_not_bring_back_what_is_sold_no_more(
    asha: Shopper, providers: ProviderServer, coupon: Callable[..., str], provider: str, kind: str, item: str
) -> None:
    code = coupon(percent_off=95, razorpay_offer_id="offer_local")
    opened = asha.checkout(kind, item, provider=provider, coupon=code, key="old").json()["order"]
    withdrawn(asha, code)
    for _ in range(2):
        again = asha.checkout(kind, item, provider=provider, coupon=code, key="old")
        assert (again.status_code, again.json()["code"]) == (409, "offer_ended")
    assert asha.get(f"/orders/{opened['order_id']}").json()["status"] == "expired"
    if provider == "stripe":
        assert providers.stripe.sessions[opened["provider_order_id"]]["status"] == "expired"
    elif kind == "subscription":
        assert providers.razorpay.subscriptions[opened["provider_subscription_id"]]["status"] == "cancelled"


def test_why_an_offer_has_ended_is_told(asha: Shopper, coupon: Callable[..., str]) -> None:
    code = coupon(percent_off=95)
    asha.checkout("pack", "pack_200", coupon=code, key="old")
    withdrawn(asha, code)
    assert asha.checkout("pack", "pack_200", coupon=code, key="old").json()["reason"] == "coupon_invalid"


@PROVIDERS
def test_an_unanswered_trial_is_not_opened_beside_the_one_that_was_bought(
    asha: Shopper, providers: ProviderServer, provider: str
) -> None:
    for _ in range({"razorpay": 1, "stripe": 2}[provider]):
        providers.faults[provider].add(503)
    assert asha.checkout("subscription", "pro", provider=provider, trial=True, key="k1").status_code == 503
    asha.buy("subscription", "pro", provider=provider, trial=True, key="k2")
    again = asha.checkout("subscription", "pro", provider=provider, trial=True, key="k1")
    assert (again.status_code, again.json()["code"]) == (409, "offer_ended")
    assert len(asha.get("/subscriptions").json()["subscriptions"]) == 1


@PROVIDERS
def test_one_customer_redeems_a_code_of_one_redemption_once(
    asha: Shopper, coupon: Callable[..., str], provider: str
) -> None:
    code = coupon(percent_off=95, max_redemptions=1)
    first = asha.checkout("pack", "pack_200", provider=provider, coupon=code)
    assert first.status_code == 200
    for _ in range(3):
        more = asha.checkout("pack", "pack_200", provider=provider, coupon=code)
        assert (more.status_code, more.json()["code"]) == (422, "coupon_used_up")
    before = asha.balance()
    asha.pay(first)
    asha.deliver()
    assert asha.balance() == before + 200


def test_the_provider_is_told_when_the_offer_ends(asha: Shopper, providers: ProviderServer) -> None:
    from datetime import datetime

    session = asha.checkout("subscription", "pro", provider="stripe").json()["order"]
    ends_at = datetime.fromisoformat(session["offer_ends_at"]).timestamp()
    assert 0 < ends_at - providers.stripe.sessions[session["provider_order_id"]]["expires_at"] <= 61
    sub = asha.checkout("subscription", "pro", provider="razorpay").json()["order"]
    ends_at = datetime.fromisoformat(sub["offer_ends_at"]).timestamp()
    assert 0 <= ends_at - providers.razorpay.subscriptions[sub["provider_subscription_id"]]["expire_by"] <= 1


def test_what_was_closed_cannot_be_paid(asha: Shopper, providers: ProviderServer) -> None:
    from local.providers.razorpay.state import Refused as RazorpayRefused
    from local.providers.stripe.state import Refused as StripeRefused

    for provider, refusal in (("stripe", StripeRefused), ("razorpay", RazorpayRefused)):
        first = asha.checkout("subscription", "pro", provider=provider)
        assert asha.checkout("subscription", "unlimited", provider=provider).status_code == 200
        with pytest.raises(refusal):
            asha.pay(first)
    del providers


@PROVIDERS
def test_a_checkout_that_was_completed_is_not_closed_but_counts(asha: Shopper, provider: str) -> None:
    """Its webhook is still on the way when the customer begins anew."""
    asha.pay(asha.checkout("subscription", "pro", provider=provider))
    late = asha.providers.untold(provider)
    again = asha.checkout("subscription", "unlimited", provider=provider)
    assert (again.status_code, again.json()["code"], again.json()["reason"]) == (
        409,
        "offer_ended",
        "subscription_exists",
    )
    fresh = asha.checkout("subscription", "unlimited", provider=provider)
    assert (fresh.status_code, fresh.json()["code"]) == (409, "subscription_exists")
    asha.providers.courier(provider).deliver(late)
    assert asha.get("/entitlements").json()["plan"] == "pro"


def test_without_an_answer_about_the_earlier_checkout_nothing_is_sold(asha: Shopper, providers: ProviderServer) -> None:
    first = asha.checkout("subscription", "pro", provider="stripe").json()["order"]
    for _ in range(2):  # Stripe's SDK tries twice
        providers.faults["stripe"].add(503)
    refused = asha.checkout("subscription", "unlimited", provider="razorpay", key="again")
    assert (refused.status_code, refused.json()["code"]) == (503, "provider_unavailable")
    assert sorted(order["status"] for order in asha.state()[0]["orders"]) == ["created", "open"]
    assert asha.checkout("subscription", "unlimited", provider="razorpay", key="again").status_code == 200
    assert providers.stripe.sessions[first["provider_order_id"]]["status"] == "expired"


def test_a_checkout_that_ended_while_its_provider_was_slow_is_closed_there(
    asha: Shopper, providers: ProviderServer
) -> None:
    providers.faults["razorpay"].add(0, delay=2)
    before = set(providers.razorpay.subscriptions)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(asha.checkout, "subscription", "pro", provider="razorpay", key="slow")
        while not asha.state()[0]["orders"]:
            assert not slow.done()
        assert asha.checkout("subscription", "unlimited", provider="stripe", key="fast").status_code == 200
        refused = slow.result(30)
    assert (refused.status_code, refused.json()["code"]) == (409, "offer_ended")
    (made,) = set(providers.razorpay.subscriptions) - before
    assert providers.razorpay.subscriptions[made]["status"] == "cancelled"


def test_a_checkout_that_the_provider_refuses_gives_its_code_back(asha: Shopper, coupon: Callable[..., str]) -> None:
    code = coupon(percent_off=95)
    refused = asha.checkout("pack", "pack_20", provider="stripe", coupon=code, currency="USD")
    assert (refused.status_code, refused.json()["code"]) == (422, "payment_refused"), refused.text
    assert asha.checkout("pack", "pack_200", provider="stripe", coupon=code).status_code == 200
