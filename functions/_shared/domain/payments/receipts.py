"""Receipts for payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - parsers evaluate the annotations
from typing import Literal

from functions._shared.domain.payments.names import (  # noqa: TC001 - parsers evaluate the annotations
    Interval,
    OrderKind,
    ProviderName,
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """The buyer's name and email address; None once the account is erased."""

    name: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ReceiptRefund:
    """A refund that has been paid out."""

    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt for one payment.

    Parameters
    ----------
    item : str or None
        Name of the pack or plan.
    bought : str
        ``pack``, ``period``, ``plan_change`` (the difference in price), ``nothing_more`` (the same thing was paid
        before) or ``nothing`` (the payment matches nothing that is sold, or came too late).
    list_amount, amount : int
        The price before the discount, and the amount paid, in the smallest unit of the currency.
    amount_refunded, amount_lost : int
        Returned by us, and taken back by the customer's bank, in the smallest unit of the currency.
    provider_url : str or None
        The provider's own receipt.
    """

    id: str
    number: str
    kind: OrderKind
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
    buyer: Buyer
    refunds: tuple[ReceiptRefund, ...]
