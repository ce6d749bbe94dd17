"""Payments in terms that both providers share. The `PaymentProvider` and `PaymentBooks` ports speak them.

What a provider reports
    A `ProviderEvent` carries `Facts`: `SubscriptionFact`, `PaymentFact`, `RefundFact`, `DisputeFact`, `CheckoutFact`.
    Adapters read events and API objects into facts. The database merges facts in any order and derives plans,
    receipts and credits from them. Facts name no user: we find the user through our rows for the order, subscription
    or customer.

What we ask of a provider
    `PackOrder`, `SubscriptionOrder` with a `Coupon`, `CatalogPrice`, `Customer` and `Return`; the answer is `Opened`.

How an adapter reads events
    A table of `Handling` by event type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ProviderName = Literal["razorpay", "stripe"]
PROVIDERS: Final[tuple[ProviderName, ...]] = ("razorpay", "stripe")

SubscriptionStatus = Literal[
    "incomplete", "trialing", "active", "past_due", "unpaid", "paused", "halted", "canceled", "expired"
]
"""``incomplete`` is a checkout in progress, which never becomes a row of ``subscriptions``."""

Interval = Literal["month", "year"]


def _from_unix_seconds(value: object) -> object:
    """Convert Unix seconds to an aware UTC datetime; leave other values to validation."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str) and re.fullmatch(r"\d{1,12}", value):
        return datetime.fromtimestamp(int(value), UTC)
    return value


Moment = Annotated[datetime, BeforeValidator(_from_unix_seconds)]
ProviderId = Annotated[str, Field(min_length=1, max_length=255)]
Currency = Annotated[
    str, BeforeValidator(lambda v: v.upper() if isinstance(v, str) else v), Field(pattern="^[A-Z]{3}$")
]
Minor = Annotated[int, Field(ge=0, description="In the smallest unit of the currency, such as paise or cents.")]


# What a provider reports.


class Fact(BaseModel):
    """Base class of all facts. Immutable; rejects unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubscriptionFact(Fact):
    """The state of a subscription at the provider at one point in time.

    Attributes
    ----------
    price_id : str
        The provider's plan (Razorpay) or price (Stripe), which identifies our plan.
    cancel_at_period_end, scheduled_change : bool or None
        None if the provider does not report it; our own record of the request is then used.
    """

    id: ProviderId
    customer_id: ProviderId | None = None
    price_id: ProviderId
    status: SubscriptionStatus
    period_start: Moment | None = None
    period_end: Moment | None = None
    trial_end: Moment | None = None
    cancel_at_period_end: bool | None = None
    cancelled_at: Moment | None = None
    ended_at: Moment | None = None
    scheduled_change: bool | None = None


class PaymentFact(Fact):
    """A payment, successful or not.

    Attributes
    ----------
    reference : str
        Merge key: the id of the payment (Razorpay), or of the invoice or else the payment intent (Stripe).
    amount : int
        The amount paid, in the smallest unit of the currency.
    list_amount : int or None
        The subscription price for the period before discounts and credits; decides whether the payment covers the
        period. None for payments that cover no period, such as a pack or the difference of an upgrade.
    period_start, period_end : datetime or None
        The period that the payment covers.
    """

    reference: ProviderId
    payment_id: ProviderId | None = None
    invoice_id: ProviderId | None = None
    order_id: ProviderId | None = None
    subscription_id: ProviderId | None = None
    customer_id: ProviderId | None = None
    price_id: ProviderId | None = None
    amount: Minor
    currency: Currency
    list_amount: Minor | None = None
    status: Literal["pending", "failed", "authorized", "paid"]
    method: Annotated[str, Field(max_length=50)] | None = None
    error_code: Annotated[str, Field(max_length=100)] | None = None
    error_description: Annotated[str, Field(max_length=500)] | None = None
    period_start: Moment | None = None
    period_end: Moment | None = None
    paid_at: Moment | None = None
    receipt_url: Annotated[str, Field(pattern="^https://", max_length=1000)] | None = None


class RefundFact(Fact):
    """A refund of a payment, in full or in part."""

    id: ProviderId
    payment_id: ProviderId
    amount: Annotated[int, Field(gt=0)]
    currency: Currency
    status: Literal["pending", "processed", "failed"]


class DisputeFact(Fact):
    """A dispute that the cardholder's bank opened about a payment."""

    id: ProviderId
    payment_id: ProviderId
    amount: Minor
    currency: Currency
    status: Literal["open", "won", "lost", "closed"]
    reason: Annotated[str, Field(max_length=100)] | None = None


class CheckoutFact(Fact):
    """The state of a checkout: a Stripe session or a Razorpay order.

    Attributes
    ----------
    id : str
        The provider's id, which our order stores.
    """

    id: ProviderId
    status: Literal["open", "paid", "failed", "expired"]
    subscription_id: ProviderId | None = None


class Facts(Fact):
    """All facts from one event or one look-up at the provider."""

    subscriptions: tuple[SubscriptionFact, ...] = ()
    payments: tuple[PaymentFact, ...] = ()
    refunds: tuple[RefundFact, ...] = ()
    disputes: tuple[DisputeFact, ...] = ()
    checkouts: tuple[CheckoutFact, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any facts."""
        return any(getattr(self, name) for name in type(self).model_fields)

    def __add__(self, other: Facts) -> Facts:
        """Return the facts of both sides."""
        return Facts(
            subscriptions=self.subscriptions + other.subscriptions,
            payments=self.payments + other.payments,
            refunds=self.refunds + other.refunds,
            disputes=self.disputes + other.disputes,
            checkouts=self.checkouts + other.checkouts,
        )


class ProviderEvent(Fact):
    """A verified webhook event.

    Attributes
    ----------
    id : str
        The provider's event id.
    id_is_signed : bool
        Whether the signature covers the id. Razorpay sends the id in a header, which it does not sign.
    account : str or None
        The provider account that the event names.
    occurred_at : datetime
        When it happened by the provider's clock, to the second.
    facts : Facts or None
        None for an event that could not be read; `problem` then says why.
    ignored : str or None
        Why an event is ignored.
    problem : str or None
        Machine-readable code of the problem with the event.
    """

    provider: ProviderName
    id: ProviderId
    id_is_signed: bool
    type: Annotated[str, Field(max_length=100)]
    account: ProviderId | None = None
    occurred_at: Moment
    facts: Facts | None
    ignored: str | None = None
    problem: str | None = None


# What we ask of a provider.


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
    is_retry : bool
        Whether an earlier call for this order may have reached the provider.
    """

    order_id: str
    name: str
    amount: int
    currency: str
    is_retry: bool


@dataclass(frozen=True, slots=True)
class SubscriptionOrder:
    """An order for a subscription, which the customer must authorise; ``amount`` is the list price per period."""

    order_id: str
    name: str
    price_id: str
    amount: int
    currency: str
    interval: Interval
    trial_days: int
    coupon: Coupon | None


@dataclass(frozen=True, slots=True)
class CatalogPrice:
    """A recurring catalogue price to register with the provider."""

    slug: str
    name: str
    amount: int
    currency: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkout that the provider opened for an order.

    Parameters
    ----------
    order_id, subscription_id : str or None
        The provider's ids, which match its events to our order.
    checkout : dict
        Everything the client needs to open the provider's checkout. Contains no secrets.
    """

    order_id: str | None
    subscription_id: str | None
    checkout: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Return:
    """The URLs to which the provider's checkout page sends the customer back."""

    success_url: str
    cancel_url: str


# How an adapter reads events.

Reader = Callable[[Mapping[str, Any], int], Facts]
"""Reads facts from the content of an event and its time (Unix seconds)."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How one type of event is handled.

    Parameters
    ----------
    effect : str
        What the event does here, or why it is ignored; shown in docs/payments.md.
    read : callable or None
        Reads the facts; None for an event that is stored but ignored.
    """

    effect: str
    read: Reader | None = None
