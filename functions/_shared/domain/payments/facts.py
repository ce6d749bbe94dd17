"""What a provider reports, in terms that both providers share.

Adapters read events and API objects into facts. The database merges facts in any order and derives plans, receipts and
credits from them. Facts name no user: we find the user through our rows for the order, subscription or customer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from functions._shared.domain.payments.names import SubscriptionStatus


def _from_unix_seconds(value: object) -> object:
    """Convert Unix seconds to an aware UTC datetime; leave other values to validation."""
    if isinstance(value, bool):
        raise ValueError("a moment is a number of seconds")  # noqa: TRY004 - pydantic expects ValueError
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str) and re.fullmatch(r"\d{1,12}", value):
        return datetime.fromtimestamp(int(value), UTC)
    return value


def _storable(value: object) -> object:
    """Remove what JSON can say and PostgreSQL text cannot: null characters and halves of surrogate pairs."""
    return re.sub("[\x00\ud800-\udfff]", "", value) if isinstance(value, str) else value


Moment = Annotated[
    datetime,
    BeforeValidator(_from_unix_seconds),
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
]
ProviderId = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
Prose = Annotated[str, BeforeValidator(_storable)]
"""Text for people."""
Currency = Annotated[
    str, BeforeValidator(lambda v: v.upper() if isinstance(v, str) else v), Field(pattern="^[A-Z]{3}$")
]
LARGEST_AMOUNT: Final = 2**53 - 1
"""Up to here every JSON parser reads whole numbers exactly."""
Minor = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=LARGEST_AMOUNT,
        description="In the smallest unit of the currency, such as paise or cents.",
    ),
]


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
    accepted_at : datetime or None
        When the customer accepted the subscription, if the report tells it.
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
    accepted_at: Moment | None = None


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
    upgrade_price_id : str or None
        For an upgrade's charge: the price of the new plan, if the provider names it.
    period_start, period_end : datetime or None
        The period that the payment covers.
    acted_at : datetime or None
        When the customer acted, which decides whether the offer was still open. None if the report does not tell it.
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
    method: Annotated[Prose, Field(max_length=50)] | None = None
    error_code: Annotated[Prose, Field(max_length=100)] | None = None
    error_description: Annotated[Prose, Field(max_length=500)] | None = None
    period_start: Moment | None = None
    period_end: Moment | None = None
    acted_at: Moment | None = None
    paid_at: Moment | None = None
    receipt_url: Annotated[Prose, Field(pattern="^https://", max_length=1000)] | None = None


class RefundFact(Fact):
    """A refund of a payment, in full or in part."""

    id: ProviderId
    payment_id: ProviderId
    amount: Annotated[Minor, Field(gt=0)]
    currency: Currency
    status: Literal["pending", "processed", "failed"]


class DisputeFact(Fact):
    """A dispute that the cardholder's bank opened about a payment."""

    id: ProviderId
    payment_id: ProviderId
    amount: Minor
    currency: Currency
    status: Literal["open", "won", "lost", "closed"]
    reason: Annotated[Prose, Field(max_length=100)] | None = None


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
