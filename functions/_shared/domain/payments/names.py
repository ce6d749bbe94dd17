"""The fixed names in payments: providers, statuses, kinds and intervals."""

from __future__ import annotations

from typing import Final, Literal

ProviderName = Literal["razorpay", "stripe"]
PROVIDERS: Final[tuple[ProviderName, ...]] = ("razorpay", "stripe")

SubscriptionStatus = Literal[
    "incomplete", "trialing", "active", "past_due", "unpaid", "paused", "halted", "canceled", "expired"
]
"""``incomplete`` is a checkout in progress, which never becomes a row of ``subscriptions``."""

Interval = Literal["month", "year"]

OrderKind = Literal["pack", "subscription"]
OrderStatus = Literal["created", "open", "paid", "failed", "expired", "superseded"]

ObjectKind = Literal["order", "subscription", "payment", "dispute"]
"""What can be looked up at a provider."""
