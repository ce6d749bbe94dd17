"""What may be bought or changed beside a subscription: one at a time, trials of one plan, discounts for what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functions.payments.periods import give_up, renew, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.functions.payments.conftest import Shopper

pytestmark = pytest.mark.usefixtures("clocks_agree")
PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def unpaid(asha: Shopper, provider: str) -> str:
    """A subscription that its provider has given up collecting for, and may still collect for."""
    asha.buy("subscription", "pro", provider=provider)
    sub: str = asha.subscription()["provider_subscription_id"]
    renew(asha, provider, sub, fail=True)
    asha.providers.clock.advance(5)
    give_up(asha, provider, sub)
    assert asha.subscription()["status"] == ("halted" if provider == "razorpay" else "unpaid")
    return sub


@PROVIDERS
def test_an_unpaid_subscription_is_cancelled_before_another_is_sold(asha: Shopper, provider: str) -> None:
    sub = unpaid(asha, provider)
    opened = asha.checkout("subscription", "unlimited", provider=provider)
    assert opened.status_code == 200, opened.text
    ended = {"razorpay": "cancelled", "stripe": "canceled"}[provider]
    assert world(asha, provider).subscriptions[sub]["status"] == ended
    assert asha.subscription()["status"] == "canceled"


@PROVIDERS
def test_without_a_confirmation_that_it_is_cancelled_nothing_is_sold(asha: Shopper, provider: str) -> None:
    sub = unpaid(asha, provider)
    for _ in range({"razorpay": 1, "stripe": 2}[provider]):
        asha.providers.faults[provider].add(503)
    refused = asha.checkout("subscription", "unlimited", provider=provider, key="again")
    assert (refused.status_code, refused.json()["code"]) == (503, "provider_unavailable")
    assert sorted(order["status"] for order in asha.state()[0]["orders"]) == ["created", "paid"]
    assert world(asha, provider).subscriptions[sub]["status"] in {"halted", "unpaid"}
    assert asha.checkout("subscription", "unlimited", provider=provider, key="again").status_code == 200


@PROVIDERS
def test_a_trial_of_one_plan_does_not_become_a_trial_of_another(asha: Shopper, provider: str) -> None:
    asha.buy("subscription", "pro", provider=provider, trial=True)
    refused = asha.post(f"/subscriptions/{asha.subscription()['id']}/change", {"plan": "unlimited"})
    assert (refused.status_code, refused.json()["code"]) == (409, "subscription_not_changeable")
    assert asha.get("/entitlements").json()["plan"] == "pro"


@pytest.fixture
def code(asha: Shopper) -> Iterator[Callable[..., str]]:
    """Codes of 90 % for ever."""
    made: list[str] = []

    def _code(only_for: list[str]) -> str:
        made.append(f"F{asha.user_id[:8].upper()}{len(made)}")
        asha.connection.execute(
            "insert into private.coupons (code, percent_off, duration, only_for, razorpay_offer_id) "
            "values (%s, 90, 'forever', %s, 'offer_local')",
            (made[-1], only_for),
        )
        return made[-1]

    yield _code
    asha.connection.execute("update private.billing_orders set coupon = null where coupon = any(%s)", (made,))
    asha.connection.execute("delete from private.coupons where code = any(%s)", (made,))


def charges(asha: Shopper) -> list[int]:
    rows = asha.rows(
        "select amount from public.payments where user_id = %s and status = 'paid' order by paid_at, amount",
        asha.user_id,
    )
    return [row["amount"] for row in rows]


def test_a_discount_for_one_plan_ends_before_another_is_charged(asha: Shopper, code: Callable[..., str]) -> None:
    asha.buy("subscription", "pro", provider="stripe", coupon=code(["pro"]))
    sub = asha.subscription()
    assert charges(asha) == [120]
    asha.providers.clock.advance(10 * 86_400)
    changed = asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"})
    assert (changed.status_code, changed.json()["plan"]) == (200, "unlimited"), changed.text
    asha.deliver()
    # The rest of the month at the full price, less what was paid for the rest of the plan that was left.
    (_, upgrade) = charges(asha)
    left = upgrade / (2_900 - 120)
    assert 0.6 < left < 0.7
    renew(asha, "stripe", sub["provider_subscription_id"])
    assert charges(asha)[-1] == 2_900


def test_the_answer_to_a_change_beats_the_events_that_the_change_causes(
    asha: Shopper, code: Callable[..., str]
) -> None:
    asha.buy("subscription", "pro", provider="stripe", coupon=code(["pro"]))
    sub = asha.subscription()
    assert asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"}).status_code == 200
    asha.deliver()
    # The end of the discount and the new price are two events of one second.
    assert asha.subscription()["plan"] == "unlimited"
    assert asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "pro"}).status_code == 200
    assert asha.post(f"/subscriptions/{sub['id']}/cancel", {"at_period_end": True}).status_code == 200
    asha.deliver()
    assert asha.subscription()["cancel_at_period_end"] is True
    asha.providers.clock.advance(1)
    assert asha.post(f"/subscriptions/{sub['id']}/resume").json()["cancel_at_period_end"] is False
    asha.deliver()
    assert asha.subscription()["cancel_at_period_end"] is False


def test_a_discount_for_both_plans_goes_along(asha: Shopper, code: Callable[..., str]) -> None:
    asha.buy("subscription", "pro", provider="stripe", coupon=code(["pro", "unlimited"]))
    sub = asha.subscription()
    asha.providers.clock.advance(10 * 86_400)
    assert asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"}).status_code == 200
    asha.deliver()
    renew(asha, "stripe", sub["provider_subscription_id"])
    assert charges(asha)[-1] == 290


def test_razorpay_takes_the_offer_off_before_the_plan_changes(asha: Shopper, code: Callable[..., str]) -> None:
    asha.buy("subscription", "pro", provider="razorpay", coupon=code(["pro"]))
    sub = asha.subscription()
    asha.providers.clock.advance(86_400)
    assert asha.post(f"/subscriptions/{sub['id']}/change", {"plan": "unlimited"}).status_code == 200
    assert asha.providers.razorpay.subscriptions[sub["provider_subscription_id"]]["offer_id"] is None
