"""Stripe's objects as facts.

A webhook endpoint keeps the API version with which it was created, so this module reads both layouts: since
2025-03-31 the period of a subscription is on its item and the subscription of an invoice is under ``parent``; before
that, both were on the objects themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from functions._shared.domain.payments.facts import CheckoutFact, DisputeFact, PaymentFact, RefundFact, SubscriptionFact

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.domain.payments.names import SubscriptionStatus

_SUBSCRIPTION: Final[dict[str, SubscriptionStatus]] = {
    "incomplete": "incomplete",
    "incomplete_expired": "expired",
    "trialing": "trialing",
    "active": "active",
    "past_due": "past_due",
    "unpaid": "unpaid",
    "paused": "paused",
    "canceled": "canceled",
}

_REFUND: Final[dict[str, Literal["pending", "processed", "failed"]]] = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "processed",
    "failed": "failed",
    "canceled": "failed",
}

_DISPUTE: Final[dict[str, Literal["open", "won", "lost", "closed"]]] = {
    "warning_needs_response": "open",
    "warning_under_review": "open",
    "warning_closed": "closed",
    "needs_response": "open",
    "under_review": "open",
    "prevented": "closed",
    "won": "won",
    "lost": "lost",
}


def id_of(value: object) -> str | None:
    """Return the id from a field that holds either an id or the expanded object."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) else None


def subscription(item: Json) -> SubscriptionFact:
    """Read a subscription. Our subscriptions have one item."""
    line = item["items"]["data"][0]
    status = _SUBSCRIPTION[item["status"]]
    if item.get("pause_collection") and status in {"trialing", "active", "past_due"}:
        status = "paused"
    return SubscriptionFact(
        id=item["id"],
        customer_id=id_of(item.get("customer")),
        price_id=line["price"]["id"],
        status=status,
        period_start=line.get("current_period_start") or item.get("current_period_start"),
        period_end=line.get("current_period_end") or item.get("current_period_end"),
        trial_end=item.get("trial_end"),
        cancel_at_period_end=bool(item.get("cancel_at_period_end") or item.get("cancel_at")),
        cancelled_at=item.get("canceled_at"),
        ended_at=item.get("ended_at"),
        scheduled_change=item.get("schedule") is not None,
        # Checkout creates it when the customer completes the session.
        accepted_at=item.get("created") if status != "incomplete" else None,
    )


def invoice(item: Json, *, status: Literal["failed", "paid"]) -> PaymentFact | None:
    """Read an invoice as the payment of a subscription; None if nothing was due (a trial)."""
    total = item.get("total") or 0
    if total <= 0:
        return None
    parent = (item.get("parent") or {}).get("subscription_details") or {}
    lines = item.get("lines", {}).get("data", [])
    whole = [line for line in lines if _is_proration(line) is False]
    cycle = whole[0] if len(whole) == 1 else None
    paid = status == "paid"
    return PaymentFact(
        reference=item["id"],
        payment_id=id_of(item.get("payment_intent")),
        invoice_id=item["id"],
        subscription_id=id_of(parent.get("subscription")) or id_of(item.get("subscription")),
        customer_id=id_of(item.get("customer")),
        price_id=_line_price(cycle) if cycle else None,
        upgrade_price_id=None if cycle else _entered_price(lines),
        # Includes the part paid from the customer's credit balance.
        amount=total,
        currency=item["currency"],
        list_amount=cycle["amount"] if cycle else None,
        status=status,
        period_start=cycle["period"]["start"] if cycle else None,
        period_end=cycle["period"]["end"] if cycle else None,
        paid_at=((item.get("status_transitions") or {}).get("paid_at") or item.get("created")) if paid else None,
        receipt_url=item.get("hosted_invoice_url"),
    )


def invoice_payment(item: Json) -> PaymentFact | None:
    """Read which payment intent paid an invoice. Merging adds the intent to the payment of the invoice."""
    intent = id_of((item.get("payment") or {}).get("payment_intent"))
    invoice_id = id_of(item.get("invoice"))
    if intent is None or invoice_id is None:
        return None
    return PaymentFact(
        reference=invoice_id,
        payment_id=intent,
        invoice_id=invoice_id,
        amount=item.get("amount_paid") or item["amount_requested"],
        currency=item["currency"],
        status="pending",
    )


def session(item: Json, at: int | None = None, *, failed: bool = False) -> tuple[CheckoutFact, PaymentFact | None]:
    """Read a checkout session, and its one-off payment, if any.

    Parameters
    ----------
    item : mapping
        The session. A look-up expands the charge of its payment: the session does not say when it was completed.
    at : int, optional
        When the event that brought it happened.
    failed : bool
        Whether the event reports that a bank debit failed.
    """
    paid = item.get("payment_status") in {"paid", "no_payment_required"}
    status: Literal["open", "paid", "failed", "expired"] = "open"
    if failed:
        status = "failed"
    elif item.get("status") == "expired":
        status = "expired"
    elif item.get("status") == "complete" and paid:
        status = "paid"
    checkout = CheckoutFact(id=item["id"], status=status, subscription_id=id_of(item.get("subscription")))
    intent = id_of(item.get("payment_intent"))
    if item.get("mode") != "payment" or intent is None:
        return checkout, None
    acted_at, paid_at = _moments(item, at)
    return checkout, PaymentFact(
        reference=intent,
        payment_id=intent,
        order_id=item["id"],
        customer_id=id_of(item.get("customer")),
        amount=item["amount_total"],
        currency=item["currency"],
        status="paid" if status == "paid" else "failed" if failed else "pending",
        acted_at=acted_at if item.get("status") == "complete" and not failed else None,
        paid_at=paid_at if status == "paid" else None,
    )


def _moments(item: Json, at: int | None) -> tuple[Any, Any]:
    """Return when the customer completed a session and when the money came; None where that is not known.

    The charge is created when the customer completes the session, and a card pays at once. A bank debit pays days
    later: its event says when.
    """
    intent = item["payment_intent"]
    charge = intent.get("latest_charge") if isinstance(intent, dict) else None
    if isinstance(charge, dict):
        is_card = (charge.get("payment_method_details") or {}).get("type") == "card"
        return charge["created"], at or (charge["created"] if is_card else None)
    # Nobody completes a session after its end, though the event may come later.
    return (min(at, item["expires_at"]) if at and item.get("expires_at") else at), at


def refund(item: Json) -> RefundFact | None:
    """Read a refund; None if its charge has no payment intent, because we never create such charges."""
    intent = id_of(item.get("payment_intent"))
    if intent is None:
        return None
    return RefundFact(
        id=item["id"],
        payment_id=intent,
        amount=item["amount"],
        currency=item["currency"],
        status=_REFUND[item.get("status") or "pending"],
    )


def dispute(item: Json) -> DisputeFact | None:
    """Read a dispute; None if its charge has no payment intent, because we never create such charges."""
    intent = id_of(item.get("payment_intent"))
    if intent is None:
        return None
    return DisputeFact(
        id=item["id"],
        payment_id=intent,
        amount=item["amount"],
        currency=item["currency"],
        status=_DISPUTE[item["status"]],
        reason=item.get("reason"),
    )


def _is_proration(line: Json) -> bool | None:
    """Return whether a line charges part of a period (True) or a full one (False); None for extras."""
    details = (line.get("parent") or {}).get("subscription_item_details")
    if details is not None:
        return bool(details.get("proration"))
    # API versions before 2025-03-31
    if line.get("proration"):
        return True
    return False if line.get("type") == "subscription" else None


def _entered_price(lines: list[Json]) -> str | None:
    """Return the price of the plan for which an upgrade's invoice charges the rest of the period."""
    entered = [line for line in lines if _is_proration(line) and line["amount"] > 0]
    return _line_price(max(entered, key=lambda line: line["amount"])) if entered else None


def _line_price(line: Json) -> str | None:
    pricing = (line.get("pricing") or {}).get("price_details") or {}
    return id_of(pricing.get("price")) or id_of(line.get("price"))
