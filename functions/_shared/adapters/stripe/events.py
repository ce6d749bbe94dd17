"""Stripe's webhook events: what each one means to us, and how to read its facts.

Envelope: ``{id, object: "event", type, created, livemode, account?, data: {object, previous_attributes?}}``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from functions._shared.adapters.stripe import objects
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


_IN_SESSION_EVENT = "Ignored: the event of the checkout session or invoice reports it with the ids of our order."
_IN_REFUND_EVENT = "Ignored: the refund.* events report it with the id of the refund."
_NOTHING_PAID = "Ignored: an invoice that is neither paid nor failed changes nothing."

EVENTS: Final[dict[str, Handling]] = {
    "checkout.session.completed": Handling(
        "Links the subscription to its order, or grants a paid credit pack if amount and currency match its order.",
        _session,
    ),
    "checkout.session.async_payment_succeeded": Handling(
        "A bank debit arrived: same as checkout.session.completed.", _session
    ),
    "checkout.session.async_payment_failed": Handling("The order failed; nothing is granted.", _session_failed),
    "checkout.session.expired": Handling("The order expired.", _session),
    "customer.subscription.created": Handling(
        "Records its state; incomplete means that the checkout is still in progress.", _subscription
    ),
    "customer.subscription.updated": Handling(
        "Records its state: plan, period, past_due, unpaid, cancellation at period end, pause (pause_collection).",
        _subscription,
    ),
    "customer.subscription.deleted": Handling(
        "canceled: the free plan at once. Credits stay until they expire.", _subscription
    ),
    "customer.subscription.paused": Handling("paused: the free plan until it is resumed.", _subscription),
    "customer.subscription.resumed": Handling("active again.", _subscription),
    "customer.subscription.pending_update_applied": Handling("An upgrade was paid: changes the plan.", _subscription),
    "customer.subscription.pending_update_expired": Handling("An upgrade was not paid: the plan stays.", _subscription),
    "customer.subscription.trial_will_end": Handling("Records its state, which is still trialing.", _subscription),
    "invoice.paid": Handling("The payment becomes a receipt and grants the period's first month.", _invoice_paid),
    "invoice.payment_succeeded": Handling(
        "Same payment as invoice.paid; whichever arrives first grants the credits.", _invoice_paid
    ),
    "invoice.payment_failed": Handling(
        "Recorded as failed; customer.subscription.updated reports the new state.", _invoice_failed
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
    "refund.created": Handling("Recorded; credits are removed when it succeeds.", _refund),
    "refund.updated": Handling(
        "If it succeeded: removes the refunded share of the payment's credits; spent credits become debt.", _refund
    ),
    "refund.failed": Handling("The refund failed; credits that it removed are granted again.", _refund),
    "charge.refunded": Handling(_IN_REFUND_EVENT),
    "charge.refund.updated": Handling("Same as refund.updated.", _refund),
    "charge.dispute.created": Handling("The payment's credits are frozen.", _dispute),
    "charge.dispute.updated": Handling("Still open: the credits stay frozen.", _dispute),
    "charge.dispute.funds_withdrawn": Handling("Records its state, which is still open.", _dispute),
    "charge.dispute.funds_reinstated": Handling("Records its state, which is won.", _dispute),
    "charge.dispute.closed": Handling(
        "Won: the credits are unfrozen. Lost: they are removed; spent credits become debt.", _dispute
    ),
    "payment_intent.created": Handling(_IN_SESSION_EVENT),
    "payment_intent.succeeded": Handling(_IN_SESSION_EVENT),
    "payment_intent.payment_failed": Handling(_IN_SESSION_EVENT),
    "charge.succeeded": Handling(_IN_SESSION_EVENT),
    "charge.failed": Handling(_IN_SESSION_EVENT),
    "customer.deleted": Handling("Ignored: its subscriptions end with their own events, and our records stay."),
}
"""The events to subscribe the endpoint to (those with an effect), and the known events that are ignored."""


def read_event(body: bytes, *, account_id: str | None, livemode: bool | None) -> ProviderEvent:
    """Read a verified event.

    Parameters
    ----------
    body : bytes
        The body, whose signature has been verified.
    account_id : str or None
        Our account. Events of connected accounts name their account; our own events name none.
    livemode : bool or None
        Whether our key is a live key; events of the other mode are stored but not applied.

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
    common: dict[str, Any] = {
        "provider": "stripe",
        "id": hashlib.sha256(body).hexdigest(),
        "id_is_signed": True,
        "type": "unreadable",
        "occurred_at": 0,
    }
    try:
        document = parse_event(body)
        kind: str = document["type"]
        handling = EVENTS.get(kind)
        common |= {
            "id": id_or_none(document.get("id")) or common["id"],
            "type": kind[:100],
            "account": id_or_none(document.get("account")) or account_id,
        }
        if handling is None:
            # Payouts, treasury and the like: of no concern, whatever their form.
            return ProviderEvent(**common, facts=Facts(), ignored="unknown event")
        at = seconds(document["created"])
        common["occurred_at"] = at
        if common["id"] != document["id"]:
            return ProviderEvent(**common, facts=None, problem="unreadable")
        foreign = document.get("account") is not None and document["account"] != account_id
        if foreign or (livemode is not None and bool(document.get("livemode")) is not livemode):
            return ProviderEvent(**common, facts=None, problem="wrong_account")
        if handling.read is None:
            return ProviderEvent(**common, facts=Facts(), ignored=handling.effect)
        return ProviderEvent(**common, facts=handling.read(document["data"]["object"], at))
    except UNREADABLE:
        # The event is stored as received, for a person to look at.
        return ProviderEvent(**common, facts=None, problem="unreadable")
