"""What a subscription's provider does as time passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.functions.payments.conftest import Shopper


def world(asha: Shopper, provider: str) -> Any:
    return asha.providers.razorpay if provider == "razorpay" else asha.providers.stripe


def end_of_period(asha: Shopper, provider: str, subscription_id: str) -> None:
    if provider == "razorpay":
        end = asha.providers.razorpay.subscriptions[subscription_id]["current_end"]
    else:
        end = asha.providers.stripe.subscriptions[subscription_id]["items"]["data"][0]["current_period_end"]
    asha.providers.clock.set(end + 5)


def renew(asha: Shopper, provider: str, subscription_id: str, *, fail: bool = False) -> None:
    end_of_period(asha, provider, subscription_id)
    if provider == "razorpay":
        asha.providers.razorpay.cycle_end(subscription_id)
        asha.providers.clock.advance(5)
        asha.providers.razorpay.charge(subscription_id, fail=fail)
    else:
        asha.providers.stripe.renew(subscription_id, fail=fail)
    assert {d.status for d in asha.deliver()} == {200}


def give_up(asha: Shopper, provider: str, subscription_id: str) -> None:
    """The provider's last attempt at collecting a failed renewal fails: the subscription is halted or unpaid."""
    if provider == "razorpay":
        asha.providers.razorpay.subscriptions[subscription_id]["auth_attempts"] = 3
        asha.providers.razorpay.charge(subscription_id, fail=True)
    else:
        asha.providers.stripe.retry(subscription_id, fail=True, then="unpaid")
    asha.deliver()
