"""Checkouts, subscriptions and receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StrictBool, model_validator

from functions._shared.domain.payments.names import Interval, ProviderName
from functions.billing.schemas.account import Entitlements
from functions.billing.schemas.base import Short, Slug, Strict, WebAddress

# ---------------------------------------------------------------------------------------------------------
# Buying
# ---------------------------------------------------------------------------------------------------------


class CheckoutRequest(Strict):
    """The item to buy. The price always comes from the catalogue.

    Attributes
    ----------
    item : str
        Slug of the pack or plan.
    currency : str or None
        A currency that the item is sold in; by default the provider's home currency.
    provider : str or None
        By default the preferred provider of this deployment.
    trial : bool
        Start with the plan's trial. Each user can do so once, with a confirmed email address.
    success_url, cancel_url : str or None
        The pages to return to from Stripe. Razorpay's checkout does not need them.
    """

    kind: Literal["pack", "subscription"]
    item: Slug
    billing_interval: Interval = "month"
    currency: Annotated[str, Field(pattern=r"^[A-Za-z]{3}$")] | None = None
    provider: ProviderName | None = None
    coupon: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$")] | None = None
    trial: StrictBool = False
    success_url: WebAddress | None = None
    cancel_url: WebAddress | None = None


class Order(BaseModel):
    """An order of the user. It can be paid until `offer_ends_at`."""

    order_id: UUID
    kind: Literal["pack", "subscription"]
    status: Literal["created", "open", "paid", "failed", "expired", "superseded"]
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


class Checkout(BaseModel):
    """An open checkout: our order, and the data with which the client opens the provider's checkout."""

    order: Order
    checkout: dict[str, Any]


class VerifyRequest(Strict):
    """The result that the provider's checkout passed to the page. It must be signed, and grants nothing on its own."""

    razorpay_order_id: Short | None = None
    razorpay_subscription_id: Short | None = None
    razorpay_payment_id: Short | None = None
    razorpay_signature: Short | None = None
    stripe_session_id: Short | None = None

    @model_validator(mode="after")
    def _one_provider(self) -> VerifyRequest:
        razorpay = self.razorpay_payment_id and self.razorpay_signature
        named = (self.razorpay_order_id is None) != (self.razorpay_subscription_id is None)
        if bool(self.stripe_session_id) == bool(razorpay and named):
            raise ValueError(
                "required: a stripe_session_id, or Razorpay's payment id, signature and one order or subscription id"
            )
        return self


class Verified(BaseModel):
    """The order after a look-up at the provider, and the user's entitlements.

    Attributes
    ----------
    order : Order
        ``paid`` if the provider has confirmed it. If not, the webhook or a later call will update it.
    """

    order: Order
    entitlements: Entitlements


# ---------------------------------------------------------------------------------------------------------
# Subscriptions
# ---------------------------------------------------------------------------------------------------------


class Subscription(BaseModel):
    """A subscription of the user."""

    id: UUID
    provider: str
    provider_subscription_id: str
    plan: str
    billing_interval: Interval | None
    currency: str | None
    status: str
    current_period_start: datetime | None
    current_period_end: datetime | None
    cancel_at_period_end: bool
    cancelled_at: datetime | None
    ended_at: datetime | None
    trial_end: datetime | None
    scheduled_plan: str | None


class Subscriptions(BaseModel):
    """All subscriptions of the user, newest first."""

    subscriptions: list[Subscription]


class CancelRequest(Strict):
    """When to cancel: at the end of the paid period, or immediately."""

    at_period_end: StrictBool = True


class ChangeRequest(Strict):
    """The new plan. An upgrade takes effect immediately, a downgrade at the end of the period."""

    plan: Slug


class PortalRequest(Strict):
    """The page to return to from the customer portal."""

    return_url: WebAddress


class BillingCustomer(BaseModel):
    """The caller's row of ``billing_customers`` for one provider."""

    provider_customer_id: str


class Portal(BaseModel):
    """A link to the provider's customer portal. It is for this user only and expires soon."""

    url: str


# ---------------------------------------------------------------------------------------------------------
# Receipts
# ---------------------------------------------------------------------------------------------------------


class ReceiptQuery(Strict):
    """A page of receipts: at most ``limit``, older than the receipt ``before``."""

    before: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Refund(BaseModel):
    """A refund."""

    amount: int
    at: datetime


class PaymentReceipt(BaseModel):
    """A receipt for one payment."""

    id: UUID
    number: str
    kind: Literal["pack", "subscription"]
    paid_at: datetime
    item: str | None
    credits: int | None
    plan: str | None
    billing_interval: Interval | None
    bought: Literal["pack", "period", "plan_change", "nothing_more", "nothing"]
    period_start: datetime | None
    period_end: datetime | None
    amount: int
    currency: str
    list_amount: int
    coupon: str | None
    amount_refunded: int
    amount_lost: int
    dispute_status: str
    provider: ProviderName
    provider_payment_id: str
    method: str | None
    provider_url: str | None
    refunds: list[Refund]


class Receipts(BaseModel):
    """A page of receipts, newest first. Pass ``next_before`` as ``before`` for the next page; null is the end."""

    receipts: list[PaymentReceipt]
    next_before: UUID | None


class ReconcileRequest(Strict):
    """How many stale payments and subscriptions to check, and whether only to report what would change.

    With `user_id`: everything of one user, stale or not.
    """

    dry_run: StrictBool = True
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    user_id: UUID | None = None
