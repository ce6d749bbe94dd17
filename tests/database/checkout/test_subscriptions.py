"""One live subscription, one trial per mailbox, and what a plan change may not do."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    from tests.database.checkout.conftest import Shop
    from tests.database.rows import Clock, NewUser


# a second subscription -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["trialing", "active", "past_due", "paused"])
def test_a_live_subscription_refuses_a_second(shop: Shop, asha: uuid.UUID, status: str) -> None:
    shop.subscribe(asha, status)
    with refused("subscription_exists", 409):
        shop.open(asha, "unlimited")


@pytest.mark.parametrize("status", ["canceled", "expired"])
def test_one_that_has_ended_does_not(shop: Shop, asha: uuid.UUID, status: str) -> None:
    shop.subscribe(asha, status)
    assert shop.open(asha, "unlimited")["state"] == "open"


@pytest.mark.parametrize("status", ["unpaid", "halted"])
def test_example_37_one_that_may_come_alive_again_is_cancelled_first(shop: Shop, asha: uuid.UUID, status: str) -> None:
    old = shop.subscribe(asha, status)
    for _ in range(2):  # nothing is sold before the provider has confirmed
        answer = shop.open(asha, "unlimited", "k")
        assert answer == {
            "state": "cancel_first",
            "superseded": [],
            "subscriptions": [
                {
                    "subscription_id": str(old["id"]),
                    "provider": "stripe",
                    "provider_subscription_id": old["provider_subscription_id"],
                    "status": status,
                    "action": "cancel",
                }
            ],
        }
    assert shop.one("select status from private.billing_orders where user_id = %s", asha) == "created"
    shop.run("update public.subscriptions set status = 'canceled' where id = %s", old["id"])
    assert shop.open(asha, "unlimited", "k")["state"] == "open"


def test_one_whose_period_is_over_is_looked_up_first(shop: Shop, asha: uuid.UUID, clock: Clock) -> None:
    shop.subscribe(asha, "active")
    clock.advance("30 days")
    (entry,) = shop.open(asha, "unlimited")["subscriptions"]
    assert entry["action"] == "look_up"
    # The provider was asked, and it runs on.
    shop.run("update public.subscriptions set refetched_at = private.now() where user_id = %s", asha)
    with refused("subscription_exists", 409):
        shop.open(asha, "unlimited")


def test_an_open_subscription_checkout_may_be_paid_until_it_is_closed_for_another(shop: Shop, asha: uuid.UUID) -> None:
    first = shop.sell(asha, "pro", provider="stripe")
    for _ in range(2):
        answer = shop.open(asha, "unlimited", "k")
        assert (answer["state"], answer["subscriptions"]) == ("cancel_first", [])
        assert [entry["order_id"] for entry in answer["superseded"]] == [first["order_id"]]
        assert shop.order(first)["status"] == "open"
        assert first["order_id"] not in {entry["order_id"] for entry in shop.to_close()}
    shop.close(first, for_another=True)
    assert shop.open(asha, "unlimited", "k")["state"] == "open"
    assert shop.order(first)["status"] == "superseded"


def test_a_code_is_free_again_for_whoever_begins_anew(shop: Shop, asha: uuid.UUID) -> None:
    code = shop.coupon(applies_to="subscription", max_redemptions=1)
    first = shop.sell(asha, "pro", coupon=code, provider="stripe")
    assert shop.open(asha, "pro", "k", coupon=code)["state"] == "cancel_first"
    shop.close(first)
    assert shop.open(asha, "pro", "k", coupon=code)["state"] == "open"


def test_a_code_of_an_unanswered_checkout_is_free_for_whoever_begins_anew(shop: Shop, asha: uuid.UUID) -> None:
    code = shop.coupon(applies_to="subscription", max_redemptions=1)
    shop.open(asha, "pro", coupon=code)
    assert shop.open(asha, "pro", coupon=code)["state"] == "open"


def test_a_pack_supersedes_nothing(shop: Shop, asha: uuid.UUID) -> None:
    subscription = shop.sell(asha, "pro", provider="stripe")
    shop.sell(asha, "pack_20")
    assert shop.order(subscription)["status"] == "open"


def test_one_that_entitles_to_nothing_is_cancelled_first(shop: Shop, asha: uuid.UUID) -> None:
    old = shop.subscribe(asha, "active", accepted_late=True)
    (entry,) = shop.open(asha, "unlimited")["subscriptions"]
    assert (entry["subscription_id"], entry["action"]) == (str(old["id"]), "cancel")
    listed = shop.one("select public.subscriptions_to_cancel(1000)")
    assert [(e["reason"], e["at_period_end"]) for e in listed if e["user_id"] == str(asha)] == [("late", False)]


def test_what_was_completed_before_its_order_was_bound_is_shown_though_the_offer_has_ended(
    shop: Shop, asha: uuid.UUID
) -> None:
    slow = shop.open(asha, "pro", provider="razorpay")
    shop.sell(asha, "unlimited", provider="stripe")
    shop.run(
        "insert into private.provider_prices (provider, provider_price_id, price, plan, billing_interval, currency, amount) "
        "values ('razorpay', 'plan_bound_late', 'pro_monthly_inr', 'pro', 'month', 'INR', 1)"
    )
    shop.bind(asha, slow)
    sub = shop.order(slow)["provider_subscription_id"]
    shop.run(
        "insert into private.subscription_states (provider, provider_subscription_id, state_at, source, state_key, price_id, status) "
        "values ('razorpay', %s, private.now() + interval '1 second', 'event', '1', 'plan_bound_late', 'active')",
        sub,
    )
    shop.one("select private.note_acceptance('razorpay', %s, private.now() + interval '1 second')", sub)
    shop.one("select private.settle_waiting(1000)")
    assert shop.one("select accepted_late from public.subscriptions where provider_subscription_id = %s", sub) is True


# trials ----------------------------------------------------------------------------------------------------------


def test_a_plan_without_trial_days_has_no_trial(shop: Shop, asha: uuid.UUID) -> None:
    with refused("trial_not_offered", 422):
        shop.open(asha, "unlimited", trial=True)


def test_a_plan_that_has_lost_its_trial_is_not_tried_with_an_old_key(shop: Shop, asha: uuid.UUID) -> None:
    shop.open(asha, "pro", "k", trial=True)
    shop.run("update public.plans set trial_days = 0 where slug = 'pro'")
    assert shop.open(asha, "pro", "k", trial=True)["reason"] == "trial_not_offered"


def test_a_trial_wants_a_confirmed_mailbox(shop: Shop, new_user: NewUser) -> None:
    with refused("trial_used", 409):
        shop.open(new_user(confirmed=False), "pro", trial=True)


def mailbox(new_user: NewUser) -> tuple[uuid.UUID, uuid.UUID]:
    """Two accounts whose addresses lead to one mailbox."""
    name = uuid.uuid4().hex[:12]
    return new_user(f"{name}+a@gmail.com"), new_user(f"{name}+b@gmail.com")


def test_an_open_order_holds_the_trial_of_its_mailbox(shop: Shop, new_user: NewUser, clock: Clock) -> None:
    one, other = mailbox(new_user)
    order = shop.sell(one, "pro", trial=True, provider="stripe")
    with refused("trial_used", 409):
        shop.open(other, "pro", trial=True)
    clock.advance("25 hours")
    with refused("trial_used", 409):
        shop.open(other, "pro", trial=True)
    shop.close(order)
    assert shop.open(other, "pro", trial=True)["state"] == "open"


def test_a_trial_that_was_accepted_is_used(shop: Shop, new_user: NewUser) -> None:
    one, other = mailbox(new_user)
    shop.pay(shop.sell(one, "pro", trial=True, provider="stripe"))
    for account in (one, other):
        with refused("trial_used", 409):
            shop.open(account, "pro", trial=True)
    assert shop.open(other, "pro")["state"] == "open"


def test_two_accounts_of_one_mailbox_open_one_trial_at_once(database: str, new_user: NewUser) -> None:
    start = Barrier(2)

    def account(user: Any) -> str:
        with psycopg.connect(database, autocommit=True) as connection:
            start.wait()
            try:
                row = connection.execute(
                    "select public.checkout_open(%s, 'stripe', 'acc', 'subscription', 'pro', null, null, null, true, 'k', 'hash')",
                    (user,),
                ).fetchone()
            except psycopg.Error as error:
                return str(error.diag.message_primary)
            assert row is not None
            return str(row[0]["state"])

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(account, mailbox(new_user))) == ["open", "trial_used"]


# plan changes ----------------------------------------------------------------------------------------------------


def test_example_21_a_plan_does_not_change_in_a_trial(shop: Shop, asha: uuid.UUID) -> None:
    sub = shop.subscribe(asha, "trialing", trial_end=shop.one("select private.now() + interval '7 days'"))
    for plan in ("unlimited", "pro"):
        with refused("subscription_not_changeable", 409):
            shop.one("select public.plan_change(%s, %s, %s)", asha, sub["id"], plan)


@pytest.mark.parametrize(
    "columns",
    [{"paid_until": None}, {"paid_until": "2020-01-01"}, {"accepted_late": True}],
    ids=["never", "over", "late"],
)
def test_a_plan_changes_only_beside_what_is_paid(shop: Shop, asha: uuid.UUID, columns: dict[str, Any]) -> None:
    sub = shop.subscribe(asha, "active", **columns)
    with refused("subscription_not_changeable", 409):
        shop.one("select public.plan_change(%s, %s, 'unlimited')", asha, sub["id"])


@pytest.mark.parametrize("change", ["is_active = false", "deleted_at = now()"])
def test_an_account_that_is_not_active_changes_no_plan(shop: Shop, asha: uuid.UUID, change: str) -> None:
    sub = shop.subscribe(asha, "active")
    shop.run(f"update public.profiles set {change} where id = %s", asha)
    with refused("account_inactive", 403):
        shop.one("select public.plan_change(%s, %s, 'unlimited')", asha, sub["id"])
    with refused("account_inactive", 403):
        shop.one("select public.account_require_active(%s)", asha)


def test_the_present_plan_withdraws_a_downgrade(shop: Shop, asha: uuid.UUID) -> None:
    sub = shop.subscribe(asha, "active", "unlimited", scheduled_plan="pro")
    change = "select public.plan_change(%s, %s, 'unlimited')"
    assert shop.one(change, asha, sub["id"])["direction"] == "stay"
    shop.run("update public.subscriptions set scheduled_plan = null where id = %s", sub["id"])
    with refused("plan_unchanged", 409):
        shop.one(change, asha, sub["id"])


def bought_with(shop: Shop, user: uuid.UUID, plan: str, **coupon: Any) -> Any:
    code = shop.coupon(percent_off=90, duration="forever", **coupon)
    order = shop.sell(user, plan, coupon=code, provider="stripe")
    sub = shop.subscribe(user, "active", plan)
    shop.run(
        "update private.billing_orders set status = 'paid', provider_subscription_id = %s where id = %s",
        sub["provider_subscription_id"],
        order["order_id"],
    )
    return sub["id"]


@pytest.mark.parametrize(("start", "end"), [("pro", "unlimited"), ("unlimited", "pro")])
def test_example_22_a_discount_for_one_plan_does_not_go_along_to_another(
    shop: Shop, asha: uuid.UUID, start: str, end: str
) -> None:
    sub = bought_with(shop, asha, start, only_for=[start])
    assert shop.one("select public.plan_change(%s, %s, %s)", asha, sub, end)["drop_discount"] is True


@pytest.mark.parametrize("coupon", [{}, {"only_for": ["pro", "unlimited"]}, {"applies_to": "subscription"}])
def test_a_discount_for_both_plans_stays(shop: Shop, asha: uuid.UUID, coupon: dict[str, Any]) -> None:
    sub = bought_with(shop, asha, "pro", **coupon)
    assert shop.one("select public.plan_change(%s, %s, 'unlimited')", asha, sub)["drop_discount"] is False


def test_without_a_code_there_is_no_discount_to_drop(shop: Shop, asha: uuid.UUID) -> None:
    sub = shop.subscribe(asha, "active")
    assert shop.one("select public.plan_change(%s, %s, 'unlimited')", asha, sub["id"])["drop_discount"] is False


def test_a_late_subscription_that_has_ended_holds_nothing(shop: Shop, asha: uuid.UUID) -> None:
    code = shop.coupon(max_redemptions=1)
    order = shop.sell(asha, "pro", provider="stripe", coupon=code)
    shop.run(
        "update private.billing_orders set status = 'expired', offer_ended_at = now() where id = %s", order["order_id"]
    )
    sub = shop.order(order)["provider_subscription_id"] or f"sub_{uuid.uuid4().hex}"
    shop.run("update private.billing_orders set provider_subscription_id = %s where id = %s", sub, order["order_id"])
    with refused("coupon_used_up", 422):
        shop.open(asha, "pack_20", coupon=code)
    shop.run(
        "insert into public.subscriptions (user_id, provider, provider_subscription_id, plan, status, accepted_late) "
        "values (%s, 'stripe', %s, 'pro', 'canceled', true)",
        asha,
        sub,
    )
    assert shop.open(asha, "pack_20", coupon=code)["state"] == "open"
    assert order["order_id"] not in {due["order_id"] for due in shop.one("select public.checkouts_to_close(1000)")}
