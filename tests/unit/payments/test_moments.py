"""When a customer acted and when their money came, by the same moment whether we were told or asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from functions._shared.adapters.razorpay import entities
from functions._shared.adapters.razorpay import events as razorpay
from functions._shared.adapters.stripe import objects
from local.providers.events import encode

OPENED, ENDS, COMPLETED, TOLD, DEBITED = 1_795_000_000, 1_795_086_340, 1_795_080_000, 1_795_080_002, 1_795_400_000


def moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def session(intent: Any, *, paid: bool = True) -> dict[str, Any]:
    return {
        "id": "cs_1",
        "mode": "payment",
        "status": "complete",
        "payment_status": "paid" if paid else "unpaid",
        "payment_intent": intent,
        "amount_total": 500,
        "currency": "usd",
        "created": OPENED,
        "expires_at": ENDS,
    }


def charged(method: str) -> dict[str, Any]:
    return {"id": "pi_1", "latest_charge": {"created": COMPLETED, "payment_method_details": {"type": method}}}


@pytest.mark.parametrize(
    ("item", "at", "acted_at", "paid_at"),
    [
        pytest.param(session("pi_1"), TOLD, TOLD, TOLD, id="told of a card"),
        pytest.param(session(charged("card")), None, COMPLETED, COMPLETED, id="asked about a card"),
        pytest.param(session("pi_1", paid=False), TOLD, TOLD, None, id="told of a debit under way"),
        pytest.param(session("pi_1"), DEBITED, ENDS, DEBITED, id="told of a debit, and of nothing before"),
        pytest.param(session(charged("us_bank_account")), None, COMPLETED, None, id="asked about a debit"),
    ],
)
def test_a_session_is_dated_by_its_completion_never_by_its_opening(
    item: dict[str, Any], at: int | None, acted_at: int, paid_at: int | None
) -> None:
    _, payment = objects.session(item, at)
    assert payment is not None
    assert (payment.acted_at, payment.paid_at) == (moment(acted_at), moment(paid_at))


SUBSCRIPTION = {"id": "sub_1", "plan_id": "plan_1", "status": "authenticated", "start_at": None, "created_at": OPENED}


@pytest.mark.parametrize(("event", "accepted_at"), [("authenticated", COMPLETED), ("updated", None)])
def test_razorpay_tells_when_a_subscription_was_authorised(event: str, accepted_at: int | None) -> None:
    body = {
        "event": f"subscription.{event}",
        "payload": {"subscription": {"entity": SUBSCRIPTION}},
        "created_at": COMPLETED,
    }
    read = razorpay.read_event(encode(body), "evt_1", account_id=None)
    assert read.facts is not None
    assert read.facts.subscriptions[0].accepted_at == moment(accepted_at)


@pytest.mark.parametrize(
    ("method", "acted_at"), [("card", COMPLETED), ("upi", COMPLETED), ("emandate", None), ("nach", None)]
)
def test_what_a_bank_pays_under_a_mandate_is_no_act_of_the_customer(method: str, acted_at: int | None) -> None:
    paid = {
        "id": "pay_1",
        "amount": 500,
        "currency": "INR",
        "status": "captured",
        "method": method,
        "created_at": COMPLETED,
    }
    payment = entities.payment(paid)
    assert (payment.acted_at, payment.paid_at) == (moment(acted_at), moment(COMPLETED))


def test_an_invoice_tells_when_it_was_paid_and_not_when_the_customer_acted() -> None:
    invoice = {"id": "inv_1", "payment_id": "pay_1", "amount_paid": 500, "currency": "INR", "paid_at": COMPLETED}
    payment = entities.paid_invoice(invoice)
    assert (payment.acted_at, payment.paid_at) == (None, moment(COMPLETED))


@pytest.mark.parametrize(
    ("status", "accepted_at"), [("active", COMPLETED), ("trialing", COMPLETED), ("incomplete", None)]
)
def test_stripe_creates_a_subscription_when_its_session_is_completed(status: str, accepted_at: int | None) -> None:
    item = {"id": "sub_1", "status": status, "created": COMPLETED, "items": {"data": [{"price": {"id": "price_1"}}]}}
    assert objects.subscription(item).accepted_at == moment(accepted_at)
