"""Razorpay's webhook events: what each one means to us, and how to read its facts.

Envelope: ``{entity, account_id, event, contains, payload: {<kind>: {entity}}, created_at}``.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from functions._shared.adapters.razorpay import entities
from functions._shared.domain.payments.events import (
    UNREADABLE,
    Handling,
    ProviderEvent,
    id_or_none,
    parse_event,
    seconds,
)
from functions._shared.domain.payments.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping


def _subscription(parts: Mapping[str, Any], at: int) -> Facts:
    state = entities.subscription(parts["subscription"], at)
    return Facts(subscriptions=(state,)) + _payments(parts, at)


def _authenticated(parts: Mapping[str, Any], at: int) -> Facts:
    state = entities.subscription(parts["subscription"], at, accepted_at=datetime.fromtimestamp(at, UTC))
    return Facts(subscriptions=(state,)) + _payments(parts, at)


def _charged(parts: Mapping[str, Any], at: int) -> Facts:
    sub = parts["subscription"]
    paid = entities.payment(parts["payment"], cycle_of=sub)
    return Facts(subscriptions=(entities.subscription(sub, at),), payments=(paid,))


def _payment(parts: Mapping[str, Any], _: int) -> Facts:
    return Facts(payments=(entities.payment(parts["payment"]),))


def _payments(parts: Mapping[str, Any], at: int) -> Facts:
    """Read the payment that accompanies another entity, if there is one."""
    return _payment(parts, at) if "payment" in parts else Facts()


def _invoice(parts: Mapping[str, Any], _: int) -> Facts:
    return Facts(payments=(entities.payment(parts["payment"], invoice=parts["invoice"]),))


def _refund(parts: Mapping[str, Any], at: int) -> Facts:
    return Facts(refunds=(entities.refund(parts["refund"]),)) + _payments(parts, at)


def _dispute(parts: Mapping[str, Any], at: int) -> Facts:
    return Facts(disputes=(entities.dispute(parts["dispute"]),)) + _payments(parts, at)


EVENTS: Final[dict[str, Handling]] = {
    "subscription.authenticated": Handling(
        "The customer accepted. With a start date in the future: trialing until then.",
        _authenticated,
    ),
    "subscription.activated": Handling("active; its order is paid.", _subscription),
    "subscription.charged": Handling(
        "active with the new period; the payment becomes a receipt and grants the period's first month.", _charged
    ),
    "subscription.completed": Handling(
        "The last charge is done: active until the period ends, then expired.", _subscription
    ),
    "subscription.updated": Handling(
        "Changes the plan; an upgrade grants the month's difference in credits, once the period is paid.", _subscription
    ),
    "subscription.pending": Handling(
        "past_due: the plan remains until the period and the grace period end.", _subscription
    ),
    "subscription.halted": Handling("halted: the free plan, until a charge succeeds again.", _subscription),
    "subscription.cancelled": Handling(
        "canceled: the free plan at once. Credits stay until they expire.", _subscription
    ),
    "subscription.paused": Handling("paused: the free plan until it is resumed.", _subscription),
    "subscription.resumed": Handling("active again.", _subscription),
    "payment.authorized": Handling(
        "Recorded; grants nothing. Our orders are captured automatically; reconciliation looks up the others.",
        _payment,
    ),
    "payment.captured": Handling("Paid. Grants the credit pack, if amount and currency match its order.", _payment),
    "payment.failed": Handling("Recorded as failed, with the reason. The order stays open.", _payment),
    "payment.dispute.created": Handling("The payment's credits are frozen.", _dispute),
    "payment.dispute.under_review": Handling("Still open: the credits stay frozen.", _dispute),
    "payment.dispute.action_required": Handling("Still open: the credits stay frozen.", _dispute),
    "payment.dispute.won": Handling("Won: the credits are unfrozen.", _dispute),
    "payment.dispute.lost": Handling("Lost: the credits are removed; spent credits become debt.", _dispute),
    "payment.dispute.closed": Handling("Closed without a loss: the credits are unfrozen.", _dispute),
    "order.paid": Handling("Same payment as payment.captured; whichever arrives first grants the credits.", _payment),
    "refund.created": Handling("Recorded; the money has not left our account yet.", _refund),
    "refund.processed": Handling(
        "Removes the refunded share of the payment's credits; spent credits become debt.", _refund
    ),
    "refund.failed": Handling("The refund failed; credits that it removed are granted again.", _refund),
    "refund.speed_changed": Handling("Ignored: the speed of a refund changes neither money nor credits."),
    "invoice.partially_paid": Handling(
        "Ignored: our subscriptions allow no partial payments, and payment.captured reports every payment."
    ),
    "invoice.paid": Handling(
        "Links the payment to its subscription and period, which creates the receipt and grants the credits.", _invoice
    ),
    "invoice.expired": Handling("Ignored: nothing was paid; subscription.pending or .halted reports the consequence."),
}
"""Every event that Razorpay sends for orders, payments, refunds, disputes, invoices and subscriptions."""


def read_event(body: bytes, event_id: str | None, *, account_id: str | None) -> ProviderEvent:
    """Read a verified event.

    Parameters
    ----------
    body : bytes
        The body, whose signature has been verified.
    event_id : str or None
        Header ``x-razorpay-event-id``, which is not signed. Without it, the hash of the body is the id.
    account_id : str or None
        Our account; events of other accounts are stored but not applied. None if it is not configured.

    Returns
    -------
    ProviderEvent
        With ``facts=None`` and a ``problem`` if it could not be read or is not for our account; with empty facts if
        we do not know its type.

    Raises
    ------
    InvalidJson
        It is nested too deeply.
    """
    digest = hashlib.sha256(body).hexdigest()
    common: dict[str, Any] = {
        "provider": "razorpay",
        "id": id_or_none((event_id or "")[:255]) or digest,
        "id_is_signed": False,
        "type": "unreadable",
        "occurred_at": 0,
    }
    try:
        document = parse_event(body)
        kind: str = document["event"]
        handling = EVENTS.get(kind)
        common |= {"type": kind[:100], "account": id_or_none(document.get("account_id"))}
        if handling is None:
            # Payouts, settlements and the like: their documents may have any form and name another account.
            return ProviderEvent(**common, facts=Facts(), ignored="unknown event")
        # Some events carry the time inside the payload.
        at = seconds(document.get("created_at") or document["payload"]["created_at"])
        common["occurred_at"] = at
        if account_id is not None and document.get("account_id") != account_id:
            return ProviderEvent(**common, facts=None, problem="wrong_account")
        if handling.read is None:
            return ProviderEvent(**common, facts=Facts(), ignored=handling.effect)
        parts = {name: part["entity"] for name, part in document["payload"].items() if isinstance(part, dict)}
        return ProviderEvent(**common, facts=handling.read(parts, at))
    except UNREADABLE:
        # The event is stored as received, for a person to look at.
        return ProviderEvent(**common, facts=None, problem="unreadable")
