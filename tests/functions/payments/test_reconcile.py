"""Reconciliation: what webhooks did not tell is asked for, and a dry run only tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.functions.payments.conftest import CLEANUP_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


@pytest.fixture
def reconcile(base: str, asha: Shopper) -> Callable[..., list[dict[str, Any]]]:
    """Run it, and keep what is about this shopper's things."""

    def _reconcile(*, dry_run: bool = False) -> list[dict[str, Any]]:
        report = httpx.post(
            f"{base}/billing/reconcile",
            headers={"authorization": f"Bearer {CLEANUP_SECRET}"},
            json={"dry_run": dry_run, "limit": 500},
            timeout=60,
        )
        assert report.status_code == 200, report.text
        assert report.json()["complete"] is True
        orders = asha.state()[0]["orders"] or []
        subs = asha.state()[0]["subs"] or []
        own = {o["provider_order_id"] for o in orders} | {o["provider_subscription_id"] for o in orders}
        own |= {s["provider_subscription_id"] for s in subs}
        payments = asha.rows("select provider_payment_id as id from public.payments where user_id = %s", asha.user_id)
        disputes = asha.rows(
            "select d.provider_dispute_id as id from private.payment_disputes as d "
            "join public.payments as p using (provider, provider_payment_id) where p.user_id = %s",
            asha.user_id,
        )
        own |= {row["id"] for row in payments + disputes}
        return [item for item in report.json()["items"] if item["id"] in own]

    return _reconcile


def age(asha: Shopper, column: str = "created_at", table: str = "private.billing_orders", by: str = "1 hour") -> None:
    asha.connection.execute(
        f"update {table} set {column} = {column} - interval '{by}' where user_id = %s", (asha.user_id,)
    )
    if table == "public.subscriptions":
        # The row shows the newest state that was told.
        asha.connection.execute(
            f"update private.subscription_states as t set state_at = t.state_at - interval '{by}' from public.subscriptions as s "
            "where s.user_id = %s and s.provider = t.provider and s.provider_subscription_id = t.provider_subscription_id",
            (asha.user_id,),
        )


def test_only_the_clean_up_and_operators_may(base: str, asha: Shopper) -> None:
    for headers in ({}, {"authorization": "Bearer guess"}, dict(asha.client.headers)):
        assert httpx.post(f"{base}/billing/reconcile", headers=headers, json={}).status_code == 401


@PROVIDERS
@pytest.mark.parametrize(("kind", "item"), [("pack", "pack_20"), ("subscription", "pro")])
def test_a_payment_that_no_webhook_told_is_found(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], provider: str, kind: str, item: str
) -> None:
    before = asha.balance()
    asha.pay(asha.checkout(kind, item, provider=provider))
    asha.providers.untold(provider)
    assert reconcile() == []
    age(asha)
    (dry,) = reconcile(dry_run=True)
    assert (dry["state"], dry["why"]) == ("dry_run", "order still open")
    assert {change["what"].split()[0] for change in dry["changes"]} >= {"order", "payment", "account"}
    assert asha.balance() == before
    (done,) = reconcile()
    assert done["changes"] == dry["changes"]
    assert asha.balance() > before
    assert reconcile() == []


@PROVIDERS
def test_a_dry_run_uses_up_no_receipt_number(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], provider: str
) -> None:
    asha.buy("pack", "pack_20", provider=provider)
    asha.pay(asha.checkout("pack", "pack_60", provider=provider))
    asha.providers.untold(provider)
    age(asha)
    for _ in range(2):
        (dry,) = reconcile(dry_run=True)
        assert dry["state"] == "dry_run"
    reconcile()
    second, first = (int(receipt["number"].rpartition("-")[2]) for receipt in asha.get("/receipts").json()["receipts"])
    assert second == first + 1


@PROVIDERS
def test_a_cancellation_that_no_webhook_told_is_found(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], provider: str
) -> None:
    asha.buy("subscription", "pro", provider=provider)
    identity = asha.subscription()["provider_subscription_id"]
    if provider == "razorpay":
        asha.providers.razorpay.cancel(identity, at_cycle_end=False)
    else:
        asha.providers.stripe.cancel(identity)
    asha.providers.untold(provider)
    age(asha, "state_at", "public.subscriptions")
    asha.connection.execute(
        "update public.subscriptions set current_period_end = now() - interval '2 hours', current_period_start = null "
        "where user_id = %s",
        (asha.user_id,),
    )
    (done,) = reconcile()
    assert done["why"] == "period over, no event"
    status = next(change for change in done["changes"] if change["field"] == "status")
    assert (status["before"], status["after"]) == ("active", "canceled")
    assert asha.subscription()["status"] == "canceled"


@PROVIDERS
def test_all_that_the_providers_know_of_one_user_can_be_asked_for(asha: Shopper, base: str, provider: str) -> None:
    order = asha.buy("pack", "pack_20", provider=provider)
    had = asha.balance()
    world: Any = asha.providers.razorpay if provider == "razorpay" else asha.providers.stripe
    payment = asha.rows("select provider_payment_id as id from public.payments where order_id = %s", order["order_id"])
    refund = world.refund(payment[0]["id"], None)
    world.process_refund(refund["id"])
    asha.providers.untold(provider)
    report = httpx.post(
        f"{base}/billing/reconcile",
        headers={"authorization": f"Bearer {CLEANUP_SECRET}"},
        json={"dry_run": False, "user_id": asha.user_id},
        timeout=60,
    ).json()
    assert {(item["why"], item["state"]) for item in report["items"]} == {("asked for", "applied")}
    assert asha.balance() == had - 20


def test_two_states_of_one_second_are_asked_about(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], providers: ProviderServer
) -> None:
    asha.buy("subscription", "pro", provider="stripe")
    identity = asha.subscription()["provider_subscription_id"]
    at = providers.clock.now() + 3
    providers.clock.set(at)
    providers.stripe.update(identity, {"cancel_at_period_end": "true"})
    providers.stripe.update(identity, {"cancel_at_period_end": "false"})
    assert {event.created for event in providers.stripe.events[-2:]} == {at}
    asha.deliver()
    flagged = asha.rows("select needs_refetch from public.subscriptions where user_id = %s", asha.user_id)
    assert flagged == [{"needs_refetch": True}]
    age(asha, "state_at", "public.subscriptions", "1 minute")
    (done,) = reconcile()
    assert done["why"] == "two states in one second"
    assert asha.subscription()["cancel_at_period_end"] is False
    assert reconcile() == []


@PROVIDERS
def test_a_verdict_that_no_webhook_told_is_found(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], provider: str
) -> None:
    order = asha.buy("pack", "pack_20", provider=provider)
    had = asha.balance()
    world: Any = asha.providers.razorpay if provider == "razorpay" else asha.providers.stripe
    payment = asha.rows("select provider_payment_id as id from public.payments where order_id = %s", order["order_id"])[
        0
    ]["id"]
    dispute = world.dispute(payment)
    asha.deliver()
    assert asha.balance() == had - 20
    world.rule(dispute["id"], "won")
    asha.providers.untold(provider)
    asha.connection.execute(
        "update private.payment_disputes set state_at = state_at - interval '2 days' where provider_dispute_id = %s",
        (dispute["id"],),
    )
    (done,) = reconcile()
    assert (done["kind"], done["why"]) == ("dispute", "open dispute")
    assert asha.balance() == had


def test_one_that_cannot_be_asked_about_keeps_no_other(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], providers: ProviderServer
) -> None:
    asha.pay(asha.checkout("pack", "pack_20"))
    providers.untold("razorpay")
    gone = asha.checkout("pack", "pack_60").json()["order"]["provider_order_id"]
    del providers.razorpay.orders[gone]
    age(asha)
    found = {item["id"]: item for item in reconcile()}
    assert (found[gone]["state"], found[gone]["error"]) == ("failed", "payment_refused")
    assert sorted(item["state"] for item in found.values()) == ["applied", "failed"]
    asha.connection.execute(
        "update private.billing_orders set status = 'expired' where provider_order_id = %s", (gone,)
    )


@PROVIDERS
def test_a_subscription_of_which_only_the_acceptance_was_told_is_found(
    asha: Shopper, reconcile: Callable[..., list[dict[str, Any]]], provider: str
) -> None:
    before = asha.balance()
    asha.pay(asha.checkout("subscription", "pro", provider=provider))
    first = "checkout.session.completed" if provider == "stripe" else "subscription.authenticated"
    told = [event for event in asha.providers.untold(provider) if event.type == first]
    asha.providers.courier(provider).deliver(told)
    assert asha.rows("select status from private.billing_orders where user_id = %s", asha.user_id) == [
        {"status": "paid"}
    ]
    age(asha, "paid_at")
    (done,) = reconcile()
    assert (done["why"], done["state"]) == ("accepted, no state", "applied")
    assert asha.subscription()["status"] == "active"
    assert asha.balance() > before
