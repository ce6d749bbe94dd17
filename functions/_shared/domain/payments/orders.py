"""Our orders, and what we ask of a provider to have one paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003 - parsers evaluate the annotations
from typing import Literal, NamedTuple

from functions._shared.domain.json import Json  # noqa: TC001 - parsers evaluate the annotations
from functions._shared.domain.payments.names import (  # noqa: TC001 - parsers evaluate the annotations
    Interval,
    ObjectKind,
    OrderKind,
    OrderStatus,
    ProviderName,
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order in our books.

    Parameters
    ----------
    list_amount, amount : int
        The price before and after the discount, in the smallest unit of the currency.
    provider_order_id, provider_subscription_id : str or None
        The provider's ids, once the provider has opened the checkout.
    offer_ends_at : datetime
        Until when the order can be paid.
    """

    order_id: str
    kind: OrderKind
    status: OrderStatus
    provider: ProviderName
    pack: str | None
    credits: int | None
    plan: str | None
    billing_interval: Interval | None
    trial_days: int
    coupon: str | None
    list_amount: int
    amount: int
    currency: str
    provider_order_id: str | None
    provider_subscription_id: str | None
    created_at: datetime
    offer_ends_at: datetime
    paid_at: datetime | None

    def opened(self, checkout: OpenedAtProvider) -> Order:
        """Return the order as it is once the provider has opened its checkout."""
        return replace(
            self,
            status="open",
            provider_order_id=checkout.order_id,
            provider_subscription_id=checkout.subscription_id,
        )


class ProviderObject(NamedTuple):
    """An object at a provider that can be looked up."""

    kind: ObjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Customer:
    """The paying customer, as we describe them to a provider."""

    user_id: str
    customer_id: str | None
    email: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Coupon:
    """A discount, in percent or in the smallest unit of the currency, on the first charge or on every charge."""

    code: str
    percent_off: int | None
    amount_off: int | None
    currency: str | None
    duration: Literal["once", "forever"]
    razorpay_offer_id: str | None


@dataclass(frozen=True, slots=True)
class PackOrder:
    """An order for a credit pack, which is paid once.

    Parameters
    ----------
    order_id : str
        Our order id. It keeps the provider from creating the same order twice.
    name : str
        The name that the customer sees.
    amount : int
        The amount to pay after any discount, in the smallest unit of the currency.
    ends_at : datetime
        When the offer ends.
    is_retry : bool
        Whether an earlier call for this order may have reached the provider.
    """

    order_id: str
    name: str
    amount: int
    currency: str
    ends_at: datetime
    is_retry: bool


@dataclass(frozen=True, slots=True)
class SubscriptionOrder:
    """An order for a subscription, which the customer must authorise before ``ends_at``.

    ``amount`` is the list price per period; ``is_retry`` tells whether an earlier call may have reached the provider.
    """

    order_id: str
    name: str
    price_id: str
    amount: int
    currency: str
    interval: Interval
    trial_days: int
    coupon: Coupon | None
    created_at: datetime
    ends_at: datetime
    is_retry: bool


@dataclass(frozen=True, slots=True)
class CatalogPrice:
    """A recurring catalogue price to register with the provider."""

    slug: str
    name: str
    amount: int
    currency: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class OpenedAtProvider:
    """A checkout that the provider opened for an order.

    Parameters
    ----------
    order_id, subscription_id : str or None
        The provider's ids, which match its events to our order.
    checkout : mapping
        Everything the client needs to open the provider's checkout. Contains no secrets. Each provider has a format of
        its own, which we store and pass on unread.
    """

    order_id: str | None
    subscription_id: str | None
    checkout: Json


@dataclass(frozen=True, slots=True)
class ReturnUrls:
    """The URLs to which the provider's checkout page sends the customer back."""

    success_url: str
    cancel_url: str
