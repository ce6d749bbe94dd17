"""Razorpay's webhook events: what each means to us, and how it is read into facts.

Envelope: ``{entity, account_id, event, contains, payload: {<kind>: {entity}}, created_at}``.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from functions._shared.adapters.payment_events import Handling, parse
from functions._shared.adapters.razorpay import entities
from functions._shared.domain.payments import Facts, ProviderEvent

if TYPE_CHECKING:
    from collections.abc import Mapping


def _subscription(parts: Mapping[str, Any], at: int) -> Facts:
    state = entities.subscription(parts["subscription"], at)
    return Facts(subscriptions=(state,)) + _payments(parts, at)


def _charged(parts: Mapping[str, Any], at: int) -> Facts:
    sub = parts["subscription"]
    paid = entities.payment(parts["payment"], cycle_of=sub)
    return Facts(subscriptions=(entities.subscription(sub, at),), payments=(paid,))


def _payment(parts: Mapping[str, Any], _: int) -> Facts:
    return Facts(payments=(entities.payment(parts["payment"]),))


def _payments(parts: Mapping[str, Any], at: int) -> Facts:
    """Read the payment that comes along with something else, where one does."""
    return _payment(parts, at) if "payment" in parts else Facts()


def _invoice(parts: Mapping[str, Any], _: int) -> Facts:
    return Facts(payments=(entities.payment(parts["payment"], invoice=parts["invoice"]),))


def _refund(parts: Mapping[str, Any], at: int) -> Facts:
    return Facts(refunds=(entities.refund(parts["refund"]),)) + _payments(parts, at)


def _dispute(parts: Mapping[str, Any], at: int) -> Facts:
    return Facts(disputes=(entities.dispute(parts["dispute"]),)) + _payments(parts, at)


EVENTS: Final[dict[str, Handling]] = {
    "subscription.authenticated": Handling(
        "With a start in the future: trialing until then. Otherwise nothing yet: the first charge is on its way.",
        _subscription,
    ),
    "subscription.activated": Handling("active; the order it came from is paid.", _subscription),
    "subscription.charged": Handling(
        "active with the new period; the payment becomes a receipt and grants the period's first month.", _charged
    ),
    "subscription.completed": Handling(
        "The last charge is made: active until the period ends, then expired.", _subscription
    ),
    "subscription.updated": Handling(
        "The new plan; a better one grants the month's difference, once the period is paid.", _subscription
    ),
    "subscription.pending": Handling("past_due: entitled until period end and grace.", _subscription),
    "subscription.halted": Handling("halted: the free plan, until a charge succeeds again.", _subscription),
    "subscription.cancelled": Handling(
        "canceled: the free plan at once. Credits stay until they expire.", _subscription
    ),
    "subscription.paused": Handling("paused: the free plan until it is resumed.", _subscription),
    "subscription.resumed": Handling("active again.", _subscription),
    "payment.authorized": Handling(
        "Noted; grants nothing. Our orders are captured automatically; reconciliation asks about what is not.",
        _payment,
    ),
    "payment.captured": Handling(
        "Paid. For a credit pack's order of that amount and currency: grants the pack.", _payment
    ),
    "payment.failed": Handling("Noted as failed, with the reason. The order stays open.", _payment),
    "payment.dispute.created": Handling("The payment's credits are frozen.", _dispute),
    "payment.dispute.under_review": Handling("Still open: frozen.", _dispute),
    "payment.dispute.action_required": Handling("Still open: frozen.", _dispute),
    "payment.dispute.won": Handling("Ours: the credits thaw.", _dispute),
    "payment.dispute.lost": Handling("Lost: the credits are taken, spent ones become debt.", _dispute),
    "payment.dispute.closed": Handling("Over without a loss: the credits thaw.", _dispute),
    "order.paid": Handling("Same payment as payment.captured; whichever comes first grants.", _payment),
    "refund.created": Handling("Noted; the money is still with us.", _refund),
    "refund.processed": Handling("Takes the share of the payment's credits; spent ones become debt.", _refund),
    "refund.failed": Handling("The refund took nothing; what it had taken is given again.", _refund),
    "refund.speed_changed": Handling("Ignored: how fast the bank works changes neither money nor credits."),
    "invoice.partially_paid": Handling(
        "Ignored: our subscriptions allow no part payments, and any payment is told by payment.captured."
    ),
    "invoice.paid": Handling("Links the payment to its subscription and period: the receipt, and the grant.", _invoice),
    "invoice.expired": Handling("Ignored: nothing was paid; what it means comes as subscription.pending or .halted."),
}
"""Every event that Razorpay sends for orders, payments, refunds, disputes, invoices and subscriptions."""


def read_event(body: bytes, event_id: str | None, *, account_id: str | None) -> ProviderEvent:
    """Read a verified event.

    Parameters
    ----------
    body : bytes
        The document whose signature was verified.
    event_id : str or None
        Header ``x-razorpay-event-id``, which is not signed. Without it the body's hash stands in.
    account_id : str or None
        Our account; an event of another one is kept and not applied. None where it is not configured.

    Returns
    -------
    ProviderEvent
        With ``facts=None`` and a `problem` where it could not be read or is not for us; of a kind that we do not
        know, with nothing to apply.

    Raises
    ------
    InvalidJson
        It is nested too deep.
    """
    digest = hashlib.sha256(body).hexdigest()
    common: dict[str, Any] = {
        "provider": "razorpay",
        "id": (event_id or "")[:255] or digest,
        "id_is_signed": False,
        "type": "unreadable",
        "occurred_at": 0,
    }
    try:
        document = parse(body)
        kind = str(document["event"])[:100]
        common |= {"type": kind, "account": document.get("account_id")}
        handling = EVENTS.get(kind)
        if handling is None and isinstance(document["event"], str):
            # Payouts, settlements …: their documents may be of any form, and of another account.
            return ProviderEvent(**common, facts=Facts(), ignored="unknown event")
        # Some events carry the moment inside the payload.
        at = int(document.get("created_at") or document["payload"]["created_at"])
        common["occurred_at"] = datetime.fromtimestamp(at, UTC)
        if account_id is not None and document.get("account_id") != account_id:
            return ProviderEvent(**common, facts=None, problem="wrong_account")
        if handling is None or handling.read is None:
            return ProviderEvent(**common, facts=Facts(), ignored=handling.effect if handling else "unknown event")
        parts = {name: part["entity"] for name, part in document["payload"].items() if isinstance(part, dict)}
        return ProviderEvent(**common, facts=handling.read(parts, at))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
        # pydantic's ValidationError is a ValueError. Kept as it came, for a person to look at.
        return ProviderEvent(**common, facts=None, problem="unreadable")
