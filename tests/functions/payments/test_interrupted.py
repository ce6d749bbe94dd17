"""Checkouts that are refused or interrupted on their way: what was begun before goes on until another one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.functions.payments.test_endings import at_provider, checkout_at_provider, close_checkouts, run, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def down(providers: ProviderServer, provider: str) -> None:
    """Let the next call of a provider fail; Stripe's SDK tries twice."""
    for _ in range({"razorpay": 1, "stripe": 2}[provider]):
        providers.faults[provider].add(503)


def can_be_paid(providers: ProviderServer, before: tuple[set[str], set[str]]) -> int:
    """How many checkouts that were opened since are still open at the providers."""
    subscriptions, sessions = before
    open_subscriptions = [id_ for id_, sub in providers.razorpay.subscriptions.items() if sub["status"] == "created"]
    open_sessions = [id_ for id_, session in providers.stripe.sessions.items() if session["status"] == "open"]
    return len(set(open_subscriptions) - subscriptions) + len(set(open_sessions) - sessions)


def opened_before(providers: ProviderServer) -> tuple[set[str], set[str]]:
    return set(providers.razorpay.subscriptions), set(providers.stripe.sessions)


def lose_an_answer(asha: Shopper, providers: ProviderServer, provider: str) -> tuple[set[str], set[str]]:
    """Let the provider open the checkout of the key ``k`` and its answer be lost."""
    # Price and customer are known from an earlier checkout, so that the fault meets this one.
    asha.checkout("subscription", "pro", provider=provider)
    asha.rows(
        "update private.billing_orders set status = 'expired', closed_at = now() where user_id = %s returning id",
        asha.user_id,
    )
    before = opened_before(providers)
    providers.faults[provider].add(502, b"gateway", after=True)
    if provider == "stripe":  # its SDK tries twice
        providers.faults[provider].add(503)
    assert asha.checkout("subscription", "pro", provider=provider, key="k").status_code == 503
    return before


# interrupted -----------------------------------------------------------------------------------------------------


@PROVIDERS
def test_a_checkout_that_could_not_be_closed_for_another_may_be_paid(
    asha: Shopper, providers: ProviderServer, provider: str
) -> None:
    first = asha.checkout("subscription", "pro", provider=provider)
    down(providers, provider)
    other = "stripe" if provider == "razorpay" else "razorpay"
    assert asha.checkout("subscription", "unlimited", provider=other, key="second").status_code == 503
    assert asha.get(f"/orders/{first.json()['order']['order_id']}").json()["status"] == "open"
    asha.pay(first)
    asha.deliver()
    assert asha.get("/entitlements").json()["plan"] == "pro"
    again = asha.checkout("subscription", "unlimited", provider=other, key="second")
    assert (again.status_code, again.json()["code"], again.json()["reason"]) == (
        409,
        "offer_ended",
        "subscription_exists",
    )


@PROVIDERS
def test_the_same_key_goes_on_after_an_interruption_and_one_checkout_is_open(
    asha: Shopper, providers: ProviderServer, provider: str
) -> None:
    before = opened_before(providers)
    other = "stripe" if provider == "razorpay" else "razorpay"
    asha.checkout("subscription", "pro", provider=other)
    down(providers, provider)
    assert asha.checkout("subscription", "unlimited", provider=provider, key="k").status_code == 503
    opened = asha.checkout("subscription", "unlimited", provider=provider, key="k")
    again = asha.checkout("subscription", "unlimited", provider=provider, key="k")
    assert (opened.status_code, again.status_code) == (200, 200)
    assert again.json()["checkout"] == opened.json()["checkout"]
    assert can_be_paid(providers, before) == 1


@PROVIDERS
def test_an_answer_lost_on_its_way_opens_no_second_subscription(
    asha: Shopper, providers: ProviderServer, provider: str
) -> None:
    before = lose_an_answer(asha, providers, provider)
    opened = asha.checkout("subscription", "pro", provider=provider, key="k")
    assert opened.status_code == 200, opened.text
    assert can_be_paid(providers, before) == 1


@PROVIDERS
async def test_a_checkout_whose_answer_was_lost_is_closed_once_its_offer_has_ended(
    asha: Shopper, providers: ProviderServer, clock: Any, provider: str
) -> None:
    await close_checkouts()
    before = lose_an_answer(asha, providers, provider)
    assert can_be_paid(providers, before) == 1
    other = "stripe" if provider == "razorpay" else "razorpay"
    assert asha.checkout("subscription", "unlimited", provider=other).status_code == 200
    clock.advance("10 minutes")
    done, detail = await close_checkouts()
    assert (done > 0, detail) == (True, {})
    assert can_be_paid(providers, before) == 1, "the second one"
    assert await close_checkouts() == (0, {})


# refused ---------------------------------------------------------------------------------------------------------


@PROVIDERS
def test_a_refused_checkout_ends_nothing(
    asha: Shopper, shopper: Callable[[], Shopper], coupon: Callable[..., str], provider: str
) -> None:
    used_up = coupon(percent_off=50, max_redemptions=1, razorpay_offer_id="offer_local")
    assert shopper().checkout("pack", "pack_20", coupon=used_up).status_code == 200
    first = asha.checkout("subscription", "pro", provider=provider).json()["order"]
    refusals: list[tuple[dict[str, Any], str]] = [
        ({"item": "unlimited", "coupon": used_up}, "coupon_used_up"),
        ({"item": "unlimited", "coupon": "NOSUCHCODE"}, "coupon_invalid"),
        ({"item": "unlimited", "trial": True}, "trial_not_offered"),
        ({"item": "unlimited", "coupon": coupon(percent_off=5), "provider": "razorpay"}, "coupon_not_applicable"),
    ]
    for request, code in refusals:
        refused = asha.checkout("subscription", **{"provider": provider, **request})
        assert refused.json()["code"] == code, refused.text
    no_way_back = asha.post("/checkout", {"kind": "subscription", "item": "unlimited", "provider": "stripe"})
    assert no_way_back.json()["code"] == "validation_failed"
    assert checkout_at_provider(asha, provider, first) in {"created", "open"}
    assert [order["status"] for order in asha.state()[0]["orders"]] == ["open"]


@PROVIDERS
def test_a_refused_checkout_cancels_no_subscription(
    asha: Shopper, shopper: Callable[[], Shopper], coupon: Callable[..., str], provider: str
) -> None:
    used_up = coupon(percent_off=50, max_redemptions=1, razorpay_offer_id="offer_local")
    assert shopper().checkout("pack", "pack_20", coupon=used_up).status_code == 200
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    asha.rows("update public.subscriptions set status = 'unpaid' where user_id = %s returning id", asha.user_id)
    refused = asha.checkout("subscription", "unlimited", provider=provider, coupon=used_up)
    assert (refused.status_code, refused.json()["code"]) == (422, "coupon_used_up")
    assert at_provider(asha, provider, sub)["status"] == "active"
    asha.rows("update public.subscriptions set status = 'active' where user_id = %s returning id", asha.user_id)


# paid too late ---------------------------------------------------------------------------------------------------


def pay_late(asha: Shopper, provider: str) -> dict[str, Any]:
    """Pay a checkout whose offer has ended in our books, while the provider still takes the money."""
    opened = asha.checkout("subscription", "pro", provider=provider)
    asha.rows(
        "update private.billing_orders set status = 'expired', offer_ended_at = now() - interval '1 hour' "
        "where user_id = %s returning id",
        asha.user_id,
    )
    asha.pay(opened)
    asha.deliver()
    sub = asha.subscription()
    assert (sub["status"], state(asha)["accepted_late"]) == ("active", True)
    assert asha.get("/entitlements").json()["plan"] == "free"
    return sub


@PROVIDERS
async def test_a_subscription_that_was_accepted_too_late_is_cancelled(asha: Shopper, provider: str) -> None:
    await run("cancellations")  # what other tests left behind
    sub = pay_late(asha, provider)
    reports = await run("cancellations")
    assert reports["cancellations"]["done"] == 1, reports
    assert at_provider(asha, provider, sub)["status"] in {"cancelled", "canceled"}
    assert state(asha)["status"] == "canceled"
    assert (await run("cancellations"))["cancellations"]["done"] == 0
    await close_checkouts()
    assert asha.rows("select from private.billing_orders where user_id = %s and closed_at is null", asha.user_id) == []


@PROVIDERS
def test_a_subscription_that_was_accepted_too_late_does_not_stand_in_the_way(asha: Shopper, provider: str) -> None:
    sub = pay_late(asha, provider)
    opened = asha.checkout("subscription", "unlimited", provider=provider)
    assert opened.status_code == 200, opened.text
    assert at_provider(asha, provider, sub)["status"] in {"cancelled", "canceled"}
    asha.pay(opened)
    asha.deliver()
    assert asha.get("/entitlements").json()["plan"] == "unlimited"


# accounts that may not buy ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["deleted_at = now()", "is_active = false"])
async def test_an_account_that_is_not_active_neither_starts_nor_continues_a_charge(asha: Shopper, change: str) -> None:
    asha.buy("subscription", "pro", provider="stripe")
    sub = asha.subscription()["id"]
    asha.rows(f"update public.profiles set {change} where id = %s returning id", asha.user_id)
    await run("cancellations")
    for path, body in (
        (f"/subscriptions/{sub}/resume", None),
        (f"/subscriptions/{sub}/change", {"plan": "unlimited"}),
        ("/portal", {"return_url": "https://app.example.com/billing"}),
    ):
        refused = asha.post(path, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "account_inactive"), path
    assert state(asha)["cancel_at_period_end"] is True
    # What was bought stays in sight, and can be given up.
    for path in ("/receipts", "/subscriptions"):
        assert asha.get(path).status_code == 200, path
    assert asha.post(f"/subscriptions/{sub}/cancel", {"at_period_end": False}).json()["status"] == "canceled"
    asha.rows("update public.profiles set deleted_at = null, is_active = true where id = %s returning id", asha.user_id)
