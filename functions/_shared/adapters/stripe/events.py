"""Stripe's webhook events: what each means to us, and how it is read into facts.

Envelope: ``{id, object: "event", type, created, livemode, account?, data: {object, previous_attributes?}}``.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from functions._shared.adapters.payment_events import Handling, parse
from functions._shared.adapters.stripe import objects
from functions._shared.domain.payments import Facts, ProviderEvent

if TYPE_CHECKING:
    from collections.abc import Mapping


def _subscription(item: Mapping[str, Any], _: int) -> Facts:
    return Facts(subscriptions=(objects.subscription(item),))


def _session(item: Mapping[str, Any], at: int) -> Facts:
    checkout, payment = objects.session(item, at)
    return Facts(checkouts=(checkout,), payments=(payment,) if payment else ())


def _session_failed(item: Mapping[str, Any], at: int) -> Facts:
    checkout, payment = objects.session(item, at, failed=True)
    return Facts(checkouts=(checkout,), payments=(payment,) if payment else ())


def _invoice_paid(item: Mapping[str, Any], _: int) -> Facts:
    payment = objects.invoice(item, status="paid")
    return Facts(payments=(payment,) if payment else ())


def _invoice_failed(item: Mapping[str, Any], _: int) -> Facts:
    payment = objects.invoice(item, status="failed")
    return Facts(payments=(payment,) if payment else ())


def _invoice_payment(item: Mapping[str, Any], _: int) -> Facts:
    payment = objects.invoice_payment(item)
    return Facts(payments=(payment,) if payment else ())


def _refund(item: Mapping[str, Any], _: int) -> Facts:
    refund = objects.refund(item)
    return Facts(refunds=(refund,) if refund else ())


def _dispute(item: Mapping[str, Any], _: int) -> Facts:
    dispute = objects.dispute(item)
    return Facts(disputes=(dispute,) if dispute else ())


_SESSION_TELLS = "Ignored: the checkout session's or the invoice's event tells it with our order's ids."
_REFUND_TELLS = "Ignored: the refund.* events tell it with the refund's own id."
_NOTHING_PAID = "Ignored: an invoice that is neither paid nor failed changes nothing."

EVENTS: Final[dict[str, Handling]] = {
    "checkout.session.completed": Handling(
        "Links the subscription to its order; a credit pack that is paid (order, amount, currency) is granted.",
        _session,
    ),
    "checkout.session.async_payment_succeeded": Handling("A bank debit arrived: the same.", _session),
    "checkout.session.async_payment_failed": Handling("The order failed; nothing is granted.", _session_failed),
    "checkout.session.expired": Handling("The order expired.", _session),
    "customer.subscription.created": Handling(
        "Its state; incomplete is a checkout in progress and nothing yet.", _subscription
    ),
    "customer.subscription.updated": Handling(
        "Its state: plan, period, past_due, unpaid, cancellation at the period's end, pause (pause_collection).",
        _subscription,
    ),
    "customer.subscription.deleted": Handling(
        "canceled: the free plan at once. Credits stay until they expire.", _subscription
    ),
    "customer.subscription.paused": Handling("paused: the free plan until it is resumed.", _subscription),
    "customer.subscription.resumed": Handling("active again.", _subscription),
    "customer.subscription.pending_update_applied": Handling(
        "An upgrade that is now paid: the new plan.", _subscription
    ),
    "customer.subscription.pending_update_expired": Handling(
        "An upgrade that was not paid: the plan stays.", _subscription
    ),
    "customer.subscription.trial_will_end": Handling("Its state, which still is trialing.", _subscription),
    "invoice.paid": Handling("The payment becomes a receipt and grants the period's first month.", _invoice_paid),
    "invoice.payment_succeeded": Handling("Same payment as invoice.paid; whichever comes first grants.", _invoice_paid),
    "invoice.payment_failed": Handling(
        "Noted as failed; the state follows with subscription.updated.", _invoice_failed
    ),
    "invoice.payment_action_required": Handling(_NOTHING_PAID),
    "invoice.created": Handling(_NOTHING_PAID),
    "invoice.finalized": Handling(_NOTHING_PAID),
    "invoice.finalization_failed": Handling(_NOTHING_PAID),
    "invoice.updated": Handling(_NOTHING_PAID),
    "invoice.upcoming": Handling(_NOTHING_PAID),
    "invoice.voided": Handling(_NOTHING_PAID),
    "invoice.marked_uncollectible": Handling(_NOTHING_PAID),
    "invoice_payment.paid": Handling(
        "Links a payment intent to its invoice, for refunds and disputes.", _invoice_payment
    ),
    "refund.created": Handling("Noted; taken when it succeeded.", _refund),
    "refund.updated": Handling("Succeeded: takes the share of the payment's credits; spent ones become debt.", _refund),
    "refund.failed": Handling("The refund took nothing; what it had taken is given again.", _refund),
    "charge.refunded": Handling(_REFUND_TELLS),
    "charge.refund.updated": Handling("Same as refund.updated.", _refund),
    "charge.dispute.created": Handling("The payment's credits are frozen.", _dispute),
    "charge.dispute.updated": Handling("Still open: frozen.", _dispute),
    "charge.dispute.funds_withdrawn": Handling("Its state, which still is open.", _dispute),
    "charge.dispute.funds_reinstated": Handling("Its state, which is won.", _dispute),
    "charge.dispute.closed": Handling("Won: the credits thaw. Lost: they are taken, spent ones become debt.", _dispute),
    "payment_intent.created": Handling(_SESSION_TELLS),
    "payment_intent.succeeded": Handling(_SESSION_TELLS),
    "payment_intent.payment_failed": Handling(_SESSION_TELLS),
    "charge.succeeded": Handling(_SESSION_TELLS),
    "charge.failed": Handling(_SESSION_TELLS),
    "customer.deleted": Handling("Ignored: its subscriptions end with events of their own; the books stay."),
}
"""The events to subscribe the endpoint to (those with an effect), and those that are known and left alone."""


def read_event(body: bytes, *, account_id: str | None, livemode: bool | None) -> ProviderEvent:
    """Read a verified event.

    Parameters
    ----------
    body : bytes
        The document whose signature was verified.
    account_id : str or None
        Our account. Events of connected accounts carry theirs; our own events carry none.
    livemode : bool or None
        Whether our key is a live one; an event of the other mode is kept and not applied.

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
    common: dict[str, Any] = {
        "provider": "stripe",
        "id": hashlib.sha256(body).hexdigest(),
        "id_is_signed": True,
        "type": "unreadable",
        "occurred_at": 0,
    }
    try:
        document = parse(body)
        kind = str(document["type"])[:100]
        common |= {"id": document["id"], "type": kind, "account": document.get("account") or account_id}
        handling = EVENTS.get(kind)
        if handling is None and isinstance(document["type"], str):
            # Payouts, treasury …: of no concern, whatever their form.
            return ProviderEvent(**common, facts=Facts(), ignored="unknown event")
        at = int(document["created"])
        common["occurred_at"] = datetime.fromtimestamp(at, UTC)
        foreign = document.get("account") is not None and document["account"] != account_id
        if foreign or (livemode is not None and bool(document.get("livemode")) is not livemode):
            return ProviderEvent(**common, facts=None, problem="wrong_account")
        if handling is None or handling.read is None:
            return ProviderEvent(**common, facts=Facts(), ignored=handling.effect if handling else "unknown event")
        return ProviderEvent(**common, facts=handling.read(document["data"]["object"], at))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError):
        # pydantic's ValidationError is a ValueError. Kept as it came, for a person to look at.
        return ProviderEvent(**common, facts=None, problem="unreadable")
