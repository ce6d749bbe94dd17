"""Accounts that are deleted or suspended: what runs at the provider ends there before the account does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from functions._shared import wiring
from tests.functions.payments.test_clean_up import clean_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper

PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


async def run(*tasks: str) -> dict[str, dict[str, Any]]:
    answer = await clean_up(tasks=list(tasks))
    assert answer.status_code == 200, answer.text
    return {report["task"]: report for report in answer.json()["tasks"]}


def at_provider(asha: Shopper, provider: str, sub: dict[str, Any]) -> dict[str, Any]:
    world = asha.providers.razorpay if provider == "razorpay" else asha.providers.stripe
    found: dict[str, Any] = world.subscriptions[sub["provider_subscription_id"]]
    return found


def state(asha: Shopper) -> dict[str, Any]:
    [row] = asha.rows("select * from public.subscriptions where user_id = %s", asha.user_id)
    return row


def users(asha: Shopper) -> int:
    return len(asha.rows("select from auth.users where id = %s", asha.user_id))


@PROVIDERS
async def test_an_account_is_erased_once_its_subscription_has_ended_at_the_provider(
    asha: Shopper, provider: str
) -> None:
    """Example 23."""
    await run("cancellations")  # what other tests left behind
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    asha.rows(
        "update public.profiles set deleted_at = now() - interval '31 days' where id = %s returning id", asha.user_id
    )

    await run("accounts")
    assert users(asha) == 1, "it waits"
    assert asha.rows("select from private.accounts_waiting where user_id = %s", asha.user_id) != []

    reports = await run("cancellations", "accounts")
    assert reports["cancellations"]["done"] == 1, reports
    assert at_provider(asha, provider, sub)["status"] in {"cancelled", "canceled"}
    assert state(asha)["status"] == "canceled"
    assert users(asha) == 0
    assert len(asha.rows("select from private.closed_accounts where user_id = %s", asha.user_id)) == 1
    # The receipt stays, and what still comes from the provider finds its place.
    asha.deliver()
    assert len(asha.rows("select from public.payments where user_id = %s and status = 'paid'", asha.user_id)) == 1
    assert (
        asha.rows("select body from private.webhook_events where body like %s", f"%{sub['provider_subscription_id']}%")
        == []
    )


@PROVIDERS
@pytest.mark.parametrize("change", ["deleted_at = now()", "is_active = false"])
async def test_deleting_or_suspending_an_account_stops_its_renewal(asha: Shopper, provider: str, change: str) -> None:
    await run("cancellations")  # what other tests left behind
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    asha.rows(f"update public.profiles set {change} where id = %s returning id", asha.user_id)
    first = await run("cancellations")
    again = await run("cancellations")
    assert (first["cancellations"]["done"], again["cancellations"]["done"]) == (1, 0)
    after = state(asha)
    assert (after["status"], after["cancel_at_period_end"]) == ("active", True)
    there = at_provider(asha, provider, sub)
    assert there["status"] == "active"
    if provider == "stripe":
        assert there["cancel_at_period_end"] is True
    asha.rows("update public.profiles set deleted_at = null, is_active = true where id = %s returning id", asha.user_id)


@PROVIDERS
async def test_what_has_ended_at_the_provider_without_our_knowledge_is_looked_up(asha: Shopper, provider: str) -> None:
    await run("cancellations")  # what other tests left behind
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    await wiring.payment_provider(provider).cancel(sub["provider_subscription_id"], at_period_end=False)
    asha.providers.untold(provider)
    assert state(asha)["status"] == "active"
    # What a provider says when asked counts as a little older than it is.
    asha.rows(
        "update private.subscription_states set state_at = state_at - interval '1 minute' "
        "where provider_subscription_id = %s returning status",
        sub["provider_subscription_id"],
    )
    asha.rows(
        "update public.profiles set deleted_at = now() - interval '31 days' where id = %s returning id", asha.user_id
    )
    reports = await run("cancellations", "accounts")
    assert reports["cancellations"]["done"] == 1, reports
    assert (state(asha)["status"], users(asha)) == ("canceled", 0)


@PROVIDERS
async def test_a_provider_that_is_not_there_leaves_the_account_and_the_others_go_on(
    asha: Shopper, provider: str
) -> None:
    await run("cancellations")  # what other tests left behind
    asha.buy("subscription", "pro", provider=provider)
    asha.rows(
        "insert into public.subscriptions (user_id, provider, provider_subscription_id, plan, status) "
        "values (%s, %s, 'sub_00000000000000', 'pro', 'active') returning id",
        asha.user_id,
        provider,
    )
    asha.rows(
        "update public.profiles set deleted_at = now() - interval '31 days' where id = %s returning id", asha.user_id
    )
    reports = await run("cancellations", "accounts")
    assert reports["cancellations"]["done"] == 1
    assert reports["cancellations"]["detail"]["failed"] >= 1
    assert users(asha) == 1
    asha.rows(
        "update public.subscriptions set status = 'canceled' where provider_subscription_id = 'sub_00000000000000' returning id"
    )
    await run("accounts")
    assert users(asha) == 0


async def close_checkouts() -> tuple[int, dict[str, Any]]:
    report = (await run("checkouts"))["checkouts"]
    assert report["complete"], report
    return report["done"], report["detail"]


def checkout_at_provider(shopper: Shopper, provider: str, order: dict[str, Any]) -> str:
    status: str = (
        shopper.providers.razorpay.subscriptions[order["provider_subscription_id"]]["status"]
        if provider == "razorpay"
        else shopper.providers.stripe.sessions[order["provider_order_id"]]["status"]
    )
    return status


def run_out(shopper: Shopper) -> None:
    """Let the offers of a shopper run out."""
    assert shopper.rows(
        "update private.billing_orders set created_at = created_at - interval '25 hours', "
        "offer_ends_at = offer_ends_at - interval '25 hours' where user_id = %s returning id",
        shopper.user_id,
    )


@PROVIDERS
async def test_a_checkout_whose_offer_ran_out_is_closed_and_its_code_is_free_again(
    asha: Shopper, shopper: Callable[[], Shopper], coupon: Callable[..., str], provider: str
) -> None:
    code = coupon(percent_off=50, max_redemptions=1, razorpay_offer_id="offer_local")
    order = asha.checkout("subscription", "pro", provider=provider, coupon=code).json()["order"]
    await close_checkouts()
    assert checkout_at_provider(asha, provider, order) in {"created", "open"}, "the offer still stands"

    run_out(asha)
    ravi = shopper()
    refused = ravi.checkout("subscription", "pro", provider=provider, coupon=code)
    assert (refused.status_code, refused.json()["code"]) == (422, "coupon_used_up"), "the provider still takes money"

    assert await close_checkouts() == (1, {})
    assert checkout_at_provider(asha, provider, order) in {"cancelled", "expired"}
    assert asha.get(f"/orders/{order['order_id']}").json()["status"] == "expired"
    assert await close_checkouts() == (0, {})
    taken = ravi.checkout("subscription", "pro", provider=provider, coupon=code)
    assert taken.status_code == 200, taken.text


@PROVIDERS
async def test_a_checkout_that_the_customer_completed_in_time_is_not_closed_but_applied(
    asha: Shopper, clock: Any, provider: str
) -> None:
    await close_checkouts()
    opened = asha.checkout("subscription", "pro", provider=provider)
    asha.pay(opened)
    asha.providers.untold(provider)
    asha.rows(
        "update private.billing_orders set offer_ends_at = now() + interval '1 minute' where user_id = %s returning id",
        asha.user_id,
    )
    clock.advance("2 minutes")
    _, faults = await close_checkouts()  # others' offers may end as well
    assert faults == {}
    order = opened.json()["order"]
    assert checkout_at_provider(asha, provider, order) in {"active", "complete"}
    assert asha.get(f"/orders/{order['order_id']}").json()["status"] == "paid"
    assert asha.get("/entitlements").json()["plan"] == "pro"


@PROVIDERS
async def test_a_checkout_that_cannot_be_closed_comes_again_and_the_others_are_closed(
    asha: Shopper, shopper: Callable[[], Shopper], clock: Any, provider: str
) -> None:
    await close_checkouts()
    ravi = shopper()
    lost = asha.checkout("subscription", "pro", provider=provider).json()["order"]
    other = ravi.checkout("subscription", "pro", provider=provider).json()["order"]
    column = "provider_subscription_id" if provider == "razorpay" else "provider_order_id"
    set_id = f"update private.billing_orders set {column} = %s where id = %s returning id"
    asha.rows(set_id, f"gone_{lost['order_id']}", lost["order_id"])
    run_out(asha)
    run_out(ravi)
    assert await close_checkouts() == (1, {"failed": 1})
    assert checkout_at_provider(ravi, provider, other) in {"cancelled", "expired"}
    assert checkout_at_provider(asha, provider, lost) in {"created", "open"}
    asha.rows(set_id, lost[column], lost["order_id"])
    assert await close_checkouts() == (0, {}), "it waits an hour"
    clock.advance("61 minutes")
    done, detail = await close_checkouts()
    assert (done > 0, detail) == (True, {})
    assert checkout_at_provider(asha, provider, lost) in {"cancelled", "expired"}


# -- what a suspended account may still do ------------------------------------------------------------------------


@PROVIDERS
def test_a_suspended_account_reads_its_receipts_and_cancels(
    asha: Shopper, providers: ProviderServer, provider: str
) -> None:
    asha.buy("subscription", "pro", provider=provider)
    sub = asha.subscription()
    asha.rows("update public.profiles set is_active = false where id = %s returning id", asha.user_id)
    [receipt] = asha.get("/receipts").json()["receipts"]
    assert receipt["number"]
    assert [row["id"] for row in asha.get("/subscriptions").json()["subscriptions"]] == [sub["id"]]
    for path in ("/balance", "/transactions", "/entitlements", "/usage"):
        hidden = asha.get(path)
        assert (hidden.status_code, hidden.json()["code"]) == (403, "account_inactive"), path
    refused = asha.checkout("pack", "pack_20", provider=provider)
    assert (refused.status_code, refused.json()["code"]) == (403, "account_inactive")
    done = asha.post(f"/subscriptions/{sub['id']}/cancel", {"at_period_end": False})
    assert (done.status_code, done.json()["status"]) == (200, "canceled"), done.text
    del providers
