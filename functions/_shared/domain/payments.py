"""What payment providers say, in one vocabulary.

An adapter reads a provider's event or API object into `Facts`; the database merges facts, in whatever
order they come, and derives plan, receipts and credits from them. Nothing here names a user: whose a fact
is follows from the order, the subscription or the customer id, all of which are in rows of ours.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ProviderName = Literal["razorpay", "stripe"]
PROVIDERS: Final[tuple[ProviderName, ...]] = ("razorpay", "stripe")

SubscriptionStatus = Literal[
    "incomplete", "trialing", "active", "past_due", "unpaid", "paused", "halted", "canceled", "expired"
]
"""`incomplete` is a checkout in progress: it never becomes a row of ``subscriptions``."""

Interval = Literal["month", "year"]


def moment(value: object) -> object:
    """Turn Unix seconds into an aware UTC datetime; leave everything else to validation."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str) and re.fullmatch(r"\d{1,12}", value):
        return datetime.fromtimestamp(int(value), UTC)
    return value


Moment = Annotated[datetime, BeforeValidator(moment)]
ProviderId = Annotated[str, Field(min_length=1, max_length=255)]
Currency = Annotated[
    str, BeforeValidator(lambda v: v.upper() if isinstance(v, str) else v), Field(pattern="^[A-Z]{3}$")
]
Minor = Annotated[int, Field(ge=0, description="Smallest unit of the currency: paise, cents.")]


class Fact(BaseModel):
    """Base of all facts: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubscriptionFact(Fact):
    """A subscription as its provider had it at one moment.

    Attributes
    ----------
    price_id : str
        The provider's plan (Razorpay) or price (Stripe); names our plan.
    cancel_at_period_end, scheduled_change : bool or None
        None where the provider does not tell: what we asked for stands.
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
        Merge key: the payment (Razorpay), the invoice or, without one, the payment intent (Stripe).
    amount : int
        What the customer paid, in the currency's smallest unit.
    list_amount : int or None
        What the subscription's price asks for the period before discounts and credits; decides whether the
        payment pays for the period. None for what is no period's charge (an upgrade's difference, a pack).
    upgrade_price_id : str or None
        Of an upgrade's charge: the price that was entered, where the provider names it.
    period_start, period_end : datetime or None
        The period it pays for.
    acted_at : datetime or None
        When the customer acted, which decides whether the offer was still open. None: when it was paid.
    """

    reference: ProviderId
    payment_id: ProviderId | None = None
    invoice_id: ProviderId | None = None
    order_id: ProviderId | None = None
    subscription_id: ProviderId | None = None
    customer_id: ProviderId | None = None
    price_id: ProviderId | None = None
    upgrade_price_id: ProviderId | None = None
    amount: Minor
    currency: Currency
    list_amount: Minor | None = None
    status: Literal["pending", "failed", "authorized", "paid"]
    method: Annotated[str, Field(max_length=50)] | None = None
    error_code: Annotated[str, Field(max_length=100)] | None = None
    error_description: Annotated[str, Field(max_length=500)] | None = None
    period_start: Moment | None = None
    period_end: Moment | None = None
    acted_at: Moment | None = None
    paid_at: Moment | None = None
    receipt_url: Annotated[str, Field(pattern="^https://", max_length=1000)] | None = None


class RefundFact(Fact):
    """Money given back for a payment."""

    id: ProviderId
    payment_id: ProviderId
    amount: Annotated[int, Field(gt=0)]
    currency: Currency
    status: Literal["pending", "processed", "failed"]


class DisputeFact(Fact):
    """A payment that the cardholder's bank questions."""

    id: ProviderId
    payment_id: ProviderId
    amount: Minor
    currency: Currency
    status: Literal["open", "won", "lost", "closed"]
    reason: Annotated[str, Field(max_length=100)] | None = None


class CheckoutFact(Fact):
    """A checkout that ended: Stripe's session, Razorpay's order.

    Attributes
    ----------
    id : str
        The id under which our order knows it.
    """

    id: ProviderId
    status: Literal["open", "paid", "failed", "expired"]
    subscription_id: ProviderId | None = None


class Facts(Fact):
    """Everything one event or one look at the provider's API tells."""

    subscriptions: tuple[SubscriptionFact, ...] = ()
    payments: tuple[PaymentFact, ...] = ()
    refunds: tuple[RefundFact, ...] = ()
    disputes: tuple[DisputeFact, ...] = ()
    checkouts: tuple[CheckoutFact, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is told at all."""
        return any(getattr(self, name) for name in type(self).model_fields)

    def __add__(self, other: Facts) -> Facts:
        """Both sides' facts."""
        return Facts(
            subscriptions=self.subscriptions + other.subscriptions,
            payments=self.payments + other.payments,
            refunds=self.refunds + other.refunds,
            disputes=self.disputes + other.disputes,
            checkouts=self.checkouts + other.checkouts,
        )


class ProviderEvent(Fact):
    """A verified webhook event, read.

    Attributes
    ----------
    id : str
        The provider's event id.
    id_is_signed : bool
        Whether the signature covers the id. Razorpay sends it in a header that anybody can change.
    account : str or None
        The provider's account that the event names.
    occurred_at : datetime
        When, by the provider's clock, to the second.
    facts : Facts or None
        None for an event that could not be read; then `problem` says why.
    ignored : str or None
        Why an event that tells something is left alone.
    problem : str or None
        Machine code of what is wrong with it.
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
