"""Cancelling, resuming, changing the plan, months, refunds, disputes: through the API, told by webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.functions.payments.periods import end_of_period, give_up, renew, world

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

pytestmark = pytest.mark.usefixtures("clocks_agree")
PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def monthly(asha: Shopper, plan: str) -> int:
    return int(asha.rows("select monthly_credits as n from public.plans where slug = %s", plan)[0]["n"])


@PROVIDERS
def test_cancelled_at_the_end_it_runs_until_then(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    done = asha.post(f"/subscriptions/{sub['id']}/cancel", {})
    assert (done.status_code, done.json()["status"], done.json()["cancel_at_period_end"]) == (200, "active", True)
    asha.deliver()
    assert asha.subscription()["cancel_at_period_end"] is True
    assert asha.get("/entitlements").json()["plan"] == "pro"
    end_of_period(asha, provider, sub["provider_subscription_id"])
    if provider == "razorpay":
        asha.providers.razorpay.cycle_end(sub["provider_subscription_id"])
    else:
        asha.providers.stripe.renew(sub["provider_subscription_id"])
    asha.deliver()
    assert asha.subscription()["status"] == "canceled"
    assert asha.get("/entitlements").json()["plan"] == "free"
    assert asha.checkout("subscription", "pro", provider=provider).status_code == 200


@PROVIDERS
def test_cancelled_now_the_plan_is_gone_and_the_month_s_credits_stay(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider)
    had = asha.balance()
    # A month that begins as the subscription ends would have no credits.
    asha.providers.clock.advance(5)
    done = asha.post(f"/subscriptions/{asha.subscription()['id']}/cancel", {"at_period_end": False})
    assert (done.json()["status"], done.json()["ended_at"] is not None) == ("canceled", True)
    assert asha.get("/entitlements").json()["plan"] == "free"
    assert asha.balance() == had
    asha.deliver()
    assert asha.subscription()["status"] == "canceled"
    again = asha.post(f"/subscriptions/{asha.subscription()['id']}/cancel", {})
    assert (again.status_code, again.json()["code"]) == (409, "subscription_not_changeable")


def test_a_cancellation_is_taken_back_where_the_provider_does(asha: Shopper) -> None:
    asha.buy("subscription", "pro", provider="stripe")
    sub = asha.subscription()["id"]
    assert asha.post(f"/subscriptions/{sub}/resume").json()["code"] == "nothing_to_resume"
    asha.providers.clock.advance(5)
    asha.post(f"/subscriptions/{sub}/cancel", {})
    asha.providers.clock.advance(5)
    back = asha.post(f"/subscriptions/{sub}/resume")
    assert (back.status_code, back.json()["cancel_at_period_end"]) == (200, False)
    asha.deliver()
    assert asha.subscription()["cancel_at_period_end"] is False


def test_razorpay_takes_no_cancellation_back(asha: Shopper) -> None:
    asha.buy("subscription", "pro", provider="razorpay")
    sub = asha.subscription()["id"]
    asha.post(f"/subscriptions/{sub}/cancel", {})
    refused = asha.post(f"/subscriptions/{sub}/resume")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_resume")
    assert asha.subscription()["cancel_at_period_end"] is True


@PROVIDERS
def test_a_pause_takes_the_plan_and_resuming_brings_it_back(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    identity = sub["provider_subscription_id"]
    if provider == "razorpay":
        asha.providers.razorpay.pause(identity)
    else:
        asha.providers.stripe.update(identity, {"pause_collection": {"behavior": "void"}})
    asha.deliver()
    assert asha.get("/entitlements").json()["plan"] == "free"
    back = asha.post(f"/subscriptions/{sub['id']}/resume")
    assert (back.status_code, back.json()["status"]) == (200, "active")
    assert asha.get("/entitlements").json()["plan"] == "pro"


@PROVIDERS
def test_an_upgrade_counts_at_once_and_grants_the_difference(asha: Shopper, provider: str) -> None:
    free = asha.balance()
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    asha.providers.clock.advance(10 * 86_400)
    changed = asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"})
    assert (changed.status_code, changed.json()["plan"]) == (200, "unlimited"), changed.text
    asha.deliver()
    best = max(monthly(asha, "pro"), monthly(asha, "unlimited"))
    assert asha.balance() == free + best
    assert asha.get("/entitlements").json()["plan"] == "unlimited"
    receipts = asha.get("/receipts").json()["receipts"]
    assert [receipt["bought"] for receipt in receipts] == ["plan_change", "period"]
    same = asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"})
    assert (same.status_code, same.json()["code"]) == (409, "plan_unchanged")


@PROVIDERS
def test_a_downgrade_waits_for_the_end_of_the_period(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "unlimited", provider=provider)
    sub = asha.subscription()
    asha.providers.clock.advance(5 * 86_400)
    changed = asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "pro"})
    assert (changed.status_code, changed.json()["plan"], changed.json()["scheduled_plan"]) == (200, "unlimited", "pro")
    asha.deliver()
    assert asha.subscription()["scheduled_plan"] == "pro"
    renew(asha, provider, sub["provider_subscription_id"])
    after = asha.subscription()
    assert (after["plan"], after["scheduled_plan"]) == ("pro", None)
    assert asha.get("/entitlements").json()["plan"] == "pro"


@PROVIDERS
def test_each_month_s_credits_come_with_its_payment_and_go_with_its_end(asha: Shopper, provider: str) -> None:
    free = asha.balance()
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()["provider_subscription_id"]
    for _ in range(3):
        assert asha.balance() == free + monthly(asha, "pro")
        renew(asha, provider, sub)
    assert asha.balance() == free + monthly(asha, "pro")
    granted = asha.rows(
        "select grant_key from public.credit_grants where user_id = %s and source = 'subscription'", asha.user_id
    )
    assert len({row["grant_key"] for row in granted}) == len(granted) == 4


@PROVIDERS
def test_a_year_is_paid_once_and_grants_every_month(asha: Shopper, provider: str, clock: Any) -> None:
    free = asha.balance()
    asha.buy("subscription", "pro", provider=provider, billing_interval="year")
    assert asha.balance() == free + monthly(asha, "pro")
    for _ in range(13):
        asha.connection.execute("select public.subscriptions_sweep(1000)")
        asha.connection.execute("select public.subscriptions_sweep(1000)")
        asha.providers.clock.advance(30 * 86_400)
    granted = asha.rows(
        "select grant_key from public.credit_grants where user_id = %s and source = 'subscription'", asha.user_id
    )
    assert len({row["grant_key"] for row in granted}) == len(granted) == 12
    asha.connection.execute("select public.credits_expire(1000)")
    assert asha.balance() == free
    del clock


@PROVIDERS
def test_a_failed_renewal_is_past_due_for_the_grace_and_then_free(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()["provider_subscription_id"]
    renew(asha, provider, sub, fail=True)
    assert asha.get("/entitlements").json()["status"] == "past_due"
    assert asha.get("/entitlements").json()["plan"] == "pro"
    give_up(asha, provider, sub)
    assert asha.get("/entitlements").json()["plan"] == "free"


def test_a_lost_cancellation_is_no_eternal_plan(asha: Shopper) -> None:
    asha.buy("subscription", "pro")
    sub = asha.subscription()["provider_subscription_id"]
    asha.providers.razorpay.cancel(sub, at_cycle_end=False)
    asha.providers.untold("razorpay")
    asha.providers.clock.advance(45 * 86_400)
    assert asha.get("/entitlements").json()["plan"] == "free"
    mirror = "select plan from public.profiles where id = %s"
    assert asha.rows(mirror, asha.user_id) == [{"plan": "pro"}]
    asha.connection.execute("select public.subscriptions_sweep(1000)")
    assert asha.rows(mirror, asha.user_id) == [{"plan": "free"}]
    # What was told is as old as the database believes; the look at the provider is of today.
    told = "update private.subscription_states set state_at = state_at - interval '45 days' where provider_subscription_id = %s"
    asha.connection.execute(told, (sub,))
    assert asha.checkout("subscription", "pro").status_code == 200


@PROVIDERS
def test_a_refund_takes_what_is_unspent_and_the_rest_is_owed(asha: Shopper, provider: str) -> None:
    before = asha.balance()
    order = asha.buy("pack", "pack_20", provider=provider)
    asha.spend(before + 5)
    assert asha.balance() == 15
    payment = asha.rows("select provider_payment_id as id from public.payments where order_id = %s", order["order_id"])[
        0
    ]["id"]
    owner = world(asha, provider)
    owner.process_refund(owner.refund(payment, order["amount"] // 2)["id"])
    asha.deliver()
    assert asha.get("/balance").json() == {"balance": 5, "reserved": 0, "debt": 0, "next_expiry": None}
    owner.process_refund(owner.refund(payment)["id"])
    asha.deliver()
    assert asha.get("/balance").json() == {"balance": 0, "reserved": 0, "debt": 5, "next_expiry": None}
    receipt = asha.get("/receipts").json()["receipts"][0]
    assert (receipt["amount_refunded"], len(receipt["refunds"])) == (order["amount"], 2)
    asha.buy("pack", "pack_20", provider=provider)
    assert asha.get("/balance").json()["balance"] == 15


@PROVIDERS
@pytest.mark.parametrize("verdict", ["won", "lost"])
def test_a_dispute_freezes_the_lot_until_it_is_decided(asha: Shopper, provider: str, verdict: str) -> None:
    before = asha.balance()
    order = asha.buy("pack", "pack_20", provider=provider)
    payment = asha.rows("select provider_payment_id as id from public.payments where order_id = %s", order["order_id"])[
        0
    ]["id"]
    dispute = world(asha, provider).dispute(payment)
    asha.deliver()
    assert asha.balance() == before
    assert asha.get("/receipts").json()["receipts"][0]["dispute_status"] == "open"
    asha.providers.clock.advance(86_400)
    world(asha, provider).rule(dispute["id"], verdict)
    asha.deliver()
    assert asha.balance() == before + (20 if verdict == "won" else 0)
    assert asha.get("/receipts").json()["receipts"][0]["dispute_status"] == verdict


@PROVIDERS
def test_an_event_of_an_ended_subscription_takes_nothing_from_another(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider)
    first = asha.subscription()
    asha.post(f"/subscriptions/{first['id']}/cancel", {"at_period_end": False})
    late = asha.providers.untold(provider)
    asha.buy("subscription", "unlimited", provider=provider)
    asha.providers.courier(provider).deliver(late)
    assert asha.get("/entitlements").json()["plan"] == "unlimited"
    assert [sub["status"] for sub in asha.get("/subscriptions").json()["subscriptions"]] == ["active", "canceled"]


def test_two_live_subscriptions_at_two_providers_the_better_one_counts(
    asha: Shopper, providers: ProviderServer
) -> None:
    """Both checkouts were open at once, and both were paid."""
    small = asha.checkout("subscription", "pro", provider="razorpay")
    asha.connection.execute("update private.billing_orders set status = 'paid' where user_id = %s", (asha.user_id,))
    large = asha.checkout("subscription", "unlimited", provider="stripe")
    asha.pay(small)
    asha.pay(large)
    asha.deliver()
    assert asha.get("/entitlements").json()["plan"] == "unlimited"
    better = next(s for s in asha.get("/subscriptions").json()["subscriptions"] if s["provider"] == "stripe")
    asha.post(f"/subscriptions/{better['id']}/cancel", {"at_period_end": False})
    assert asha.get("/entitlements").json()["plan"] == "pro"
    del providers


def test_nobody_touches_somebody_elses_subscription(asha: Shopper, shopper: Callable[[], Shopper]) -> None:
    asha.buy("subscription", "pro")
    sub, mallory = asha.subscription()["id"], shopper()
    for path, body in (("cancel", {}), ("resume", None), ("change", {"plan": "unlimited"})):
        refused = mallory.post(f"/subscriptions/{sub}/{path}", body)
        assert (refused.status_code, refused.json()["code"]) == (404, "subscription_not_found"), path
    assert mallory.get("/subscriptions").json() == {"subscriptions": []}
    assert asha.post(f"/subscriptions/{uuid4()}/cancel", {}).status_code == 404
    assert asha.subscription()["status"] == "active"


def test_the_portal_is_stripes(asha: Shopper) -> None:
    request = {"return_url": "https://app.example.com/billing"}
    nothing = asha.post("/portal", request)
    assert (nothing.status_code, nothing.json()["code"]) == (422, "provider_not_configured")
    asha.buy("pack", "pack_20", provider="stripe")
    assert asha.post("/portal", request).json()["url"].startswith("https://billing.stripe.com/")
