"""Razorpay's entities as facts. Only reads the fields it needs, because shapes vary between events and API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from functions._shared.domain.payments.facts import DisputeFact, PaymentFact, RefundFact, SubscriptionFact

if TYPE_CHECKING:
    from datetime import datetime

    from functions._shared.domain.json import Json
    from functions._shared.domain.payments.names import SubscriptionStatus

_SUBSCRIPTION: Final[dict[str, SubscriptionStatus]] = {
    "created": "incomplete",
    "authenticated": "incomplete",
    "active": "active",
    "pending": "past_due",
    "halted": "halted",
    "cancelled": "canceled",
    "completed": "expired",
    "expired": "expired",
    "paused": "paused",
}

_PAYMENT: Final[dict[str, Literal["pending", "failed", "authorized", "paid"]]] = {
    "created": "pending",
    "authorized": "authorized",
    "captured": "paid",
    # Refunds are separate facts: a refunded payment was paid.
    "refunded": "paid",
    "failed": "failed",
}

_DISPUTE: Final[dict[str, Literal["open", "won", "lost", "closed"]]] = {
    "open": "open",
    "under_review": "open",
    "action_required": "open",
    "won": "won",
    "lost": "lost",
    "closed": "closed",
}


_MANDATES: Final = frozenset({"emandate", "nach"})
"""Methods by which the customer's bank pays a day or more after the customer agreed."""


def subscription(entity: Json, at: int, *, accepted_at: datetime | None = None) -> SubscriptionFact:
    """Read a subscription as it was at a point in time (Unix seconds). Only an event tells when it was accepted."""
    status = _SUBSCRIPTION[entity["status"]]
    start, end, trial_end, ending = entity.get("current_start"), entity.get("current_end"), None, None
    if entity["status"] == "authenticated" and (entity.get("start_at") or 0) > at:
        # Authorised but charged later: a trial, which ends with the first charge.
        status, trial_end = "trialing", entity["start_at"]
        start, end = entity.get("created_at"), trial_end
    elif entity["status"] == "completed" and (end or 0) > at:
        # The last charge has been made, but its period is not over.
        status, ending = "active", True
    return SubscriptionFact(
        id=entity["id"],
        customer_id=entity.get("customer_id"),
        price_id=entity["plan_id"],
        status=status,
        period_start=start,
        period_end=end,
        trial_end=trial_end,
        cancel_at_period_end=ending,
        cancelled_at=entity.get("ended_at") if status == "canceled" else None,
        ended_at=_ended_at(entity, status),
        scheduled_change=bool(entity.get("has_scheduled_changes")),
        accepted_at=accepted_at,
    )


def _ended_at(entity: Json, status: SubscriptionStatus) -> Any:  # noqa: ANN401 - Unix seconds; the fact parses them
    if status not in {"canceled", "expired"}:
        return None
    # Razorpay ends a completed subscription with its last charge, which pays until the end of the period.
    moments = [entity.get("ended_at"), entity.get("current_end") if entity["status"] == "completed" else None]
    return max((moment for moment in moments if moment), default=None)


def payment(entity: Json, *, cycle_of: Json | None = None, invoice: Json | None = None) -> PaymentFact:
    """Read a payment.

    Parameters
    ----------
    entity : mapping
        The payment.
    cycle_of : mapping, optional
        The subscription whose cycle the payment covers.
    invoice : mapping, optional
        The invoice that the payment settles.
    """
    subscription_id, price_id, start, end = None, None, None, None
    if cycle_of is not None:
        subscription_id, price_id = cycle_of["id"], cycle_of["plan_id"]
        start, end = cycle_of.get("current_start"), cycle_of.get("current_end")
    elif invoice is not None and invoice.get("subscription_id"):
        subscription_id = invoice["subscription_id"]
        start, end = invoice.get("billing_start"), invoice.get("billing_end")
    status = _PAYMENT[entity["status"]]
    return PaymentFact(
        reference=entity["id"],
        payment_id=entity["id"],
        invoice_id=entity.get("invoice_id"),
        order_id=entity.get("order_id"),
        subscription_id=subscription_id,
        customer_id=entity.get("customer_id"),
        price_id=price_id,
        amount=entity["amount"],
        currency=entity["currency"],
        list_amount=entity["amount"] if subscription_id else None,
        status=status,
        method=entity.get("method"),
        error_code=entity.get("error_reason") or entity.get("error_code"),
        error_description=(entity.get("error_description") or "")[:500] or None,
        period_start=start,
        period_end=end,
        acted_at=entity.get("created_at") if entity.get("method") not in _MANDATES else None,
        paid_at=entity.get("created_at") if status == "paid" else None,
    )


def paid_invoice(invoice: Json) -> PaymentFact:
    """Read the payment of a paid subscription invoice from the invoice alone, which saves one request per payment.

    The invoice tells when it was paid, not when the customer acted.
    """
    paid = {
        "id": invoice["payment_id"],
        "amount": invoice["amount_paid"],
        "currency": invoice["currency"],
        "status": "captured",
        "invoice_id": invoice["id"],
        "order_id": invoice.get("order_id"),
        "customer_id": invoice.get("customer_id"),
        "created_at": invoice.get("paid_at") or invoice.get("created_at"),
    }
    return payment(paid, invoice=invoice).model_copy(update={"acted_at": None})


def refund(entity: Json) -> RefundFact:
    """Read a refund."""
    status = entity.get("status", "processed")
    return RefundFact(
        id=entity["id"],
        payment_id=entity["payment_id"],
        amount=entity["amount"],
        currency=entity["currency"],
        status=status if status in {"processed", "failed"} else "pending",
    )


def dispute(entity: Json) -> DisputeFact:
    """Read a dispute. A lost one took what the bank deducted."""
    deducted = entity.get("amount_deducted") if entity["status"] == "lost" else None
    return DisputeFact(
        id=entity["id"],
        payment_id=entity["payment_id"],
        amount=deducted or entity["amount"],
        currency=entity["currency"],
        status=_DISPUTE[entity["status"]],
        reason=entity.get("reason_code"),
    )
