"""Changes of plan that are refused, replaced or withdrawn: nothing is lost, and a difference is sold beside a paid period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.adapters.razorpay.provider import RazorpayProvider
from functions._shared.domain.errors import PaymentProviderUnavailable
from tests.functions.payments.periods import renew, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

    from tests.functions.payments.conftest import Shopper

pytestmark = pytest.mark.usefixtures("clocks_agree")
PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def subscribed(asha: Shopper, provider: str, plan: str = "pro", **more: Any) -> str:
    """Subscribe, and let some days pass; the provider's id."""
    asha.buy("subscription", plan, provider=provider, **more)
    asha.providers.clock.advance(5 * 86_400)
    identity: str = asha.subscription()["provider_subscription_id"]
    return identity


def change(asha: Shopper, plan: str) -> httpx.Response:
    asha.providers.clock.advance(5)
    return asha.post(f"/subscriptions/{asha.subscription()['id']}/change", {"plan": plan})


def has_discount(asha: Shopper, provider: str, identity: str) -> bool:
    return bool(world(asha, provider).subscriptions[identity]["offer_id" if provider == "razorpay" else "discounts"])


@pytest.fixture
def best(asha: Shopper, shopper: Callable[[], Shopper]) -> Iterator[str]:
    """A plan above all others, known to the providers."""
    asha.rows(
        "insert into public.plans (slug, name, rank, monthly_credits) values ('best_of_all', 'Best', 9000, 7) "
        "on conflict (slug) do update set is_active = true returning slug"
    )
    for currency, provider in (("INR", "razorpay"), ("USD", "stripe")):
        asha.rows(
            "insert into public.plan_prices (slug, plan, billing_interval, currency, amount) "
            "values (%s, 'best_of_all', 'month', %s, 900000) on conflict (slug) do update set amount = 900000 returning slug",
            f"best_of_all_{currency.lower()}",
            currency,
        )
        assert shopper().checkout("subscription", "best_of_all", provider=provider).status_code == 200
    yield "best_of_all"
    asha.rows("update public.plans set is_active = false where slug = 'best_of_all' returning slug")


# refused ---------------------------------------------------------------------------------------------------------


@PROVIDERS
def test_a_refused_upgrade_keeps_the_discount(asha: Shopper, coupon: Callable[..., str], provider: str) -> None:
    code = coupon(percent_off=50, duration="forever", only_for=["pro"], razorpay_offer_id="offer_local")
    identity = subscribed(asha, provider, coupon=code)
    world(asha, provider).declined.add(identity)
    refused = change(asha, "unlimited")
    assert asha.subscription()["plan"] == "pro", refused.text
    assert has_discount(asha, provider, identity)
    renew(asha, provider, identity)
    if provider == "stripe":
        last = asha.rows("select amount from public.payments where user_id = %s order by paid_at desc", asha.user_id)[0]
        assert last == {"amount": 600}


def test_an_upgrade_that_waits_for_its_payment_takes_the_discount_with_it(
    asha: Shopper, coupon: Callable[..., str]
) -> None:
    code = coupon(percent_off=50, duration="forever", only_for=["pro"])
    identity = subscribed(asha, "stripe", coupon=code)
    asha.providers.stripe.declined.add(identity)
    waiting = change(asha, "unlimited")
    assert (waiting.status_code, waiting.json()["plan"]) == (200, "pro")
    asha.providers.clock.advance(5)
    asha.providers.stripe.pay_pending(identity)
    asha.deliver()
    assert asha.subscription()["plan"] == "unlimited"
    assert not has_discount(asha, "stripe", identity)


def refuse(asha: Shopper, provider: str, identity: str, fault: str) -> None:
    """Let the change itself fail: the fourth call, after a look at the subscription and the end of the schedule."""
    if fault == "declined":
        world(asha, provider).declined.add(identity)
        return
    faults = asha.providers.faults[provider]
    for _ in range(3):
        faults.add(0)
    for _ in range({"razorpay": 1, "stripe": 2}[provider]):  # Stripe's SDK tries twice
        faults.add(503)


@PROVIDERS
@pytest.mark.parametrize("fault", ["declined", "down"])
def test_a_refused_upgrade_keeps_the_downgrade_that_is_scheduled(
    asha: Shopper, best: str, provider: str, fault: str
) -> None:
    identity = subscribed(asha, provider, "unlimited")
    assert change(asha, "pro").json()["scheduled_plan"] == "pro"
    asha.deliver()
    refuse(asha, provider, identity, fault)
    refused = change(asha, best)
    assert refused.status_code == (422 if fault == "declined" else 503), refused.text
    asha.deliver()
    renew(asha, provider, identity)
    assert asha.subscription()["plan"] == "pro"


@PROVIDERS
def test_an_upgrade_replaces_the_downgrade_that_is_scheduled(asha: Shopper, best: str, provider: str) -> None:
    identity = subscribed(asha, provider, "unlimited")
    change(asha, "pro")
    asha.deliver()
    assert change(asha, best).status_code == 200
    asha.deliver()
    after = asha.subscription()
    assert (after["plan"], after["scheduled_plan"]) == (best, None)
    renew(asha, provider, identity)
    assert asha.subscription()["plan"] == best


@PROVIDERS
def test_a_refused_downgrade_keeps_the_one_before(asha: Shopper, best: str, provider: str) -> None:
    identity = subscribed(asha, provider, best)
    assert change(asha, "unlimited").json()["scheduled_plan"] == "unlimited"
    asha.deliver()
    faults = asha.providers.faults[provider]
    for _ in range({"razorpay": 3, "stripe": 2}[provider]):
        faults.add(0)
    for _ in range({"razorpay": 1, "stripe": 2}[provider]):
        faults.add(503)
    assert change(asha, "pro").status_code == 503
    asha.deliver()
    renew(asha, provider, identity)
    assert asha.subscription()["plan"] == "unlimited"


def test_a_downgrade_ends_the_discount_with_the_old_plan(asha: Shopper, coupon: Callable[..., str]) -> None:
    code = coupon(percent_off=50, duration="forever", only_for=["unlimited"])
    identity = subscribed(asha, "stripe", "unlimited", coupon=code)
    change(asha, "pro")
    assert has_discount(asha, "stripe", identity), "until the period ends"
    renew(asha, "stripe", identity)
    assert not has_discount(asha, "stripe", identity)


def test_a_discount_for_both_plans_goes_along_with_a_downgrade(asha: Shopper, coupon: Callable[..., str]) -> None:
    code = coupon(percent_off=50, duration="forever", applies_to="subscription")
    identity = subscribed(asha, "stripe", "unlimited", coupon=code)
    change(asha, "pro")
    renew(asha, "stripe", identity)
    assert has_discount(asha, "stripe", identity)


# withdrawn -------------------------------------------------------------------------------------------------------


@PROVIDERS
def test_a_downgrade_is_withdrawn_by_a_change_to_the_present_plan(
    asha: Shopper, coupon: Callable[..., str], provider: str
) -> None:
    code = coupon(percent_off=50, duration="forever", only_for=["unlimited"], razorpay_offer_id="offer_local")
    identity = subscribed(asha, provider, "unlimited", coupon=code)
    assert change(asha, "pro").json()["scheduled_plan"] == "pro"
    asha.deliver()
    back = change(asha, "unlimited")
    assert (back.status_code, back.json()["plan"], back.json()["scheduled_plan"]) == (200, "unlimited", None), back.text
    again = change(asha, "unlimited")
    assert (again.status_code, again.json()["code"]) == (409, "plan_unchanged")
    asha.deliver()
    assert asha.subscription()["scheduled_plan"] is None
    # Razorpay has taken the offer off by then.
    assert has_discount(asha, provider, identity) is (provider == "stripe")
    renew(asha, provider, identity)
    assert asha.subscription()["plan"] == "unlimited"


# beside a paid period --------------------------------------------------------------------------------------------


@PROVIDERS
def test_no_upgrade_is_sold_on_a_period_whose_money_went_back(asha: Shopper, provider: str) -> None:
    subscribed(asha, provider)
    (payment,) = asha.rows(
        "select provider_payment_id as id from public.payments where user_id = %s and status = 'paid'", asha.user_id
    )
    refund = world(asha, provider).refund(payment["id"])
    world(asha, provider).process_refund(refund["id"])
    asha.deliver()
    refused = change(asha, "unlimited")
    assert (refused.status_code, refused.json()["code"]) == (409, "subscription_not_changeable")
    assert asha.subscription()["plan"] == "pro"


# answers that are lost, and overdue subscriptions ------------------------------------------------------------------


def test_a_change_whose_answer_was_lost_counts_as_accepted(
    asha: Shopper, best: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = subscribed(asha, "razorpay", "unlimited")
    assert change(asha, "pro").status_code == 200
    edit = RazorpayProvider._edit

    async def lost(*arguments: Any, **options: Any) -> Any:
        await edit(*arguments, **options)
        raise PaymentProviderUnavailable

    monkeypatch.setattr(RazorpayProvider, "_edit", lost)
    changed = change(asha, best)
    assert (changed.status_code, changed.json()["plan"]) == (200, best), changed.text
    # The downgrade that it replaced does not come back.
    assert identity not in asha.providers.razorpay.scheduled
    again = change(asha, "unlimited")
    assert (again.status_code, asha.subscription()["scheduled_plan"]) == (200, "unlimited")


@PROVIDERS
def test_an_overdue_subscription_is_cancelled_at_once(asha: Shopper, provider: str) -> None:
    identity = subscribed(asha, provider)
    asha.rows("update public.subscriptions set status = 'past_due' where user_id = %s returning id", asha.user_id)
    cancelled = asha.post(f"/subscriptions/{asha.subscription()['id']}/cancel", {"at_period_end": True})
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "canceled"), cancelled.text
    assert world(asha, provider).subscriptions[identity]["status"] in {"cancelled", "canceled"}
