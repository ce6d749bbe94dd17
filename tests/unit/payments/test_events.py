"""Events of both providers: each one is handled, documented, and readable in every format."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from functions._shared.adapters.razorpay import events as razorpay
from functions._shared.adapters.stripe import events as stripe
from local.providers.clock import Clock
from local.providers.events import encode
from local.providers.ids import Ids
from local.providers.lifecycles import LIFECYCLES
from local.providers.razorpay.desk import RazorpayDesk
from local.providers.stripe.desk import StripeDesk

DOC = Path(__file__).resolve().parents[3] / "docs" / "payments.md"
AT = 1_795_253_400

# Razorpay's own list, from its webhook documentation.
RAZORPAY = (
    [
        f"subscription.{n}"
        for n in [
            "authenticated",
            "activated",
            "charged",
            "completed",
            "updated",
            "pending",
            "halted",
            "cancelled",
            "paused",
            "resumed",
        ]
    ]
    + [f"payment.{n}" for n in ["authorized", "captured", "failed"]]
    + [f"payment.dispute.{n}" for n in ["created", "under_review", "action_required", "won", "lost", "closed"]]
    + ["order.paid"]
    + [f"refund.{n}" for n in ["created", "processed", "failed", "speed_changed"]]
    + [f"invoice.{n}" for n in ["partially_paid", "paid", "expired"]]
)


def documented(section: str) -> dict[str, str]:
    text = DOC.read_text().split(f"## {section}")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([a-z_.]+)` \| (.*) \|$", text, re.MULTILINE))


def test_every_event_of_razorpay_has_an_effect_or_a_reason() -> None:
    assert set(razorpay.EVENTS) == set(RAZORPAY)
    for handling in [*razorpay.EVENTS.values(), *stripe.EVENTS.values()]:
        assert (handling.read is None) == handling.effect.startswith("Ignored: ")
        assert len(handling.effect) > 20 or handling.read


def test_the_docs_match_the_code() -> None:
    assert documented("Razorpay's events") == {name: h.effect for name, h in razorpay.EVENTS.items()}
    assert documented("Stripe's events") == {name: h.effect for name, h in stripe.EVENTS.items()}


@pytest.mark.parametrize("make", [RazorpayDesk, StripeDesk])
@pytest.mark.parametrize("story", LIFECYCLES)
def test_every_event_of_every_lifecycle_is_known_and_readable(
    make: type[RazorpayDesk | StripeDesk], story: str
) -> None:
    desk = make(Clock(AT), Ids(1))
    for slug, plan, interval in (
        ("basic_monthly", "a", "month"),
        ("best_monthly", "b", "month"),
        ("best_yearly", "b", "year"),
    ):
        desk.offer(slug, plan, interval, 49_900)  # type: ignore[arg-type]
    LIFECYCLES[story](desk)
    for event in desk.events:
        if event.provider == "razorpay":
            read = razorpay.read_event(event.body, event.id, account_id="acc_LocalResumebase")
            assert event.type in razorpay.EVENTS
        else:
            read = stripe.read_event(event.body, account_id=None, livemode=False)
            assert event.type in stripe.EVENTS
        assert read.problem is None, (event.type, read.problem)
        assert read.occurred_at == datetime.fromtimestamp(event.created, UTC)


# -- Razorpay's shapes ------------------------------------------------------------------------------------

PAYMENT = {
    "id": "pay_DEXFWroJ6LikKT",
    "entity": "payment",
    "amount": 100_000,
    "currency": "INR",
    "status": "captured",
    "order_id": "order_DEXFVrvWdUgiZs",
    "invoice_id": "inv_DEXFWGc6lOkxyb",
    "method": "card",
    "captured": "1",
    "notes": [],
    "card": {"expiry_month": "01", "expiry_year": 2030},
    "customer_id": "cust_C0WlbKhp3aLA7W",
    "created_at": 1_567_690_382,
}
SUBSCRIPTION = {
    "id": "sub_DEX6xcJ1HSW4CR",
    "entity": "subscription",
    "plan_id": "plan_BvrFKjSxauOH7N",
    "customer_id": "cust_C0WlbKhp3aLA7W",
    "status": "active",
    "current_start": 1_570_213_800,
    "current_end": 1_572_892_200,
    "ended_at": None,
    "notes": {},
    "start_at": 1_570_213_800,
    "created_at": 1_567_690_382,
}


def envelope(event: str, parts: dict[str, Any], **more: Any) -> bytes:
    document = {
        "entity": "event",
        "account_id": "acc_BFQ7uQEaa7j2z7",
        "event": event,
        "contains": list(parts),
        "payload": {name: {"entity": part} for name, part in parts.items()},
        "created_at": 1_567_690_383,
    }
    return encode({**document, **more})


def read_razorpay(body: bytes, **more: Any) -> Any:
    return razorpay.read_event(body, "evt_1", account_id=more.get("account_id", "acc_BFQ7uQEaa7j2z7"))


@pytest.mark.parametrize(
    "payment",
    [
        PAYMENT,
        {**PAYMENT, "notes": {}, "captured": True, "card": {"expiry_month": 1}},
        {**PAYMENT, "notes": {"user_id": "somebody"}, "status": "refunded"},
        {key: PAYMENT[key] for key in ("id", "amount", "currency", "status", "order_id")},
    ],
)
def test_a_subscription_charge_in_any_format(payment: dict[str, Any]) -> None:
    event = read_razorpay(envelope("subscription.charged", {"subscription": SUBSCRIPTION, "payment": payment}))
    assert event.problem is None
    (paid,), (state,) = event.facts.payments, event.facts.subscriptions
    assert (paid.status, paid.amount, paid.subscription_id) == ("paid", 100_000, SUBSCRIPTION["id"])
    assert paid.period_end == state.period_end == datetime(2019, 11, 4, 18, 30, tzinfo=UTC)
    assert (paid.price_id, state.status) == (SUBSCRIPTION["plan_id"], "active")


def test_the_time_may_be_inside_the_payload() -> None:
    body = json.loads(envelope("payment.captured", {"payment": PAYMENT}))
    body["payload"]["created_at"] = body.pop("created_at")
    event = read_razorpay(encode(body))
    assert event.occurred_at == datetime.fromtimestamp(1_567_690_383, UTC)
    assert event.problem is None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "created"}, "incomplete"),
        ({"status": "authenticated"}, "incomplete"),
        ({"status": "authenticated", "start_at": 1_567_700_000}, "trialing"),
        ({"status": "pending"}, "past_due"),
        ({"status": "halted"}, "halted"),
        ({"status": "paused"}, "paused"),
        ({"status": "cancelled", "ended_at": 1_567_690_000}, "canceled"),
        # The last charge has been made, but its period is not over.
        ({"status": "completed"}, "active"),
        ({"status": "completed", "current_end": 1_567_000_000}, "expired"),
        ({"status": "expired"}, "expired"),
    ],
)
def test_razorpays_states(change: dict[str, Any], status: str) -> None:
    before_start = {"start_at": 1_567_690_000, **change}
    event = read_razorpay(envelope("subscription.updated", {"subscription": {**SUBSCRIPTION, **before_start}}))
    (state,) = event.facts.subscriptions
    assert state.status == status
    if status == "trialing":
        assert state.trial_end == state.period_end == datetime.fromtimestamp(1_567_700_000, UTC)
    if change["status"] == "completed" and status == "active":
        assert state.cancel_at_period_end is True


def test_an_event_of_another_account_is_not_applied() -> None:
    event = read_razorpay(envelope("payment.captured", {"payment": PAYMENT}), account_id="acc_Ours")
    assert (event.facts, event.problem) == (None, "wrong_account")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        envelope("payment.captured", {}),
        envelope("payment.captured", {"payment": {**PAYMENT, "amount": -1}}),
        envelope("payment.captured", {"payment": {**PAYMENT, "amount": "much"}}),
        envelope("payment.captured", {"payment": {**PAYMENT, "status": "sold"}}),
        envelope("payment.captured", {"payment": {**PAYMENT, "currency": "RUPEES"}}),
        envelope("payment.captured", {"payment": {**PAYMENT, "id": "x" * 300}}),
        envelope("payment.captured", {"payment": PAYMENT}, created_at="yesterday"),
        envelope("payment.captured", {"payment": PAYMENT}, created_at=10**20),
        envelope("subscription.charged", {"subscription": SUBSCRIPTION}),
    ],
)
def test_an_unreadable_event_is_reported_with_its_id(body: bytes) -> None:
    event = read_razorpay(body)
    assert (event.facts, event.problem) == (None, "unreadable")
    assert event.id == "evt_1"


def test_without_an_id_the_hash_of_the_body_is_the_id() -> None:
    body = envelope("payment.captured", {"payment": PAYMENT})
    ids = {razorpay.read_event(body, given, account_id=None).id for given in (None, "")}
    assert len(ids) == 1
    assert re.fullmatch("[0-9a-f]{64}", ids.pop())


# -- Stripe's shapes --------------------------------------------------------------------------------------

INVOICE = {
    "id": "in_1",
    "object": "invoice",
    "customer": "cus_1",
    "currency": "usd",
    "total": 1200,
    "amount_paid": 1200,
    "created": AT,
    "status_transitions": {"paid_at": AT},
    "parent": {"type": "subscription_details", "subscription_details": {"subscription": "sub_1"}},
    "lines": {
        "data": [
            {
                "amount": 1200,
                "period": {"start": AT, "end": AT + 2_592_000},
                "pricing": {"price_details": {"price": "price_1"}},
                "parent": {"subscription_item_details": {"proration": False}},
            }
        ]
    },
}
OLD_INVOICE = {
    **{key: value for key, value in INVOICE.items() if key not in {"parent", "lines"}},
    "subscription": "sub_1",
    "payment_intent": "pi_1",
    "lines": {
        "data": [
            {
                "amount": 1200,
                "type": "subscription",
                "proration": False,
                "period": {"start": AT, "end": AT + 2_592_000},
                "price": {"id": "price_1"},
            }
        ]
    },
}


def stripe_event(kind: str, item: dict[str, Any], **more: Any) -> Any:
    document = {
        "id": "evt_1",
        "object": "event",
        "type": kind,
        "created": AT,
        "livemode": False,
        "data": {"object": item},
    }
    return stripe.read_event(encode({**document, **more}), account_id="acct_ours", livemode=False)


@pytest.mark.parametrize("invoice", [INVOICE, OLD_INVOICE], ids=["since 2025-03-31", "before"])
def test_an_invoice_of_either_api_version(invoice: dict[str, Any]) -> None:
    (paid,) = stripe_event("invoice.paid", invoice).facts.payments
    assert (paid.reference, paid.subscription_id, paid.price_id, paid.list_amount) == ("in_1", "sub_1", "price_1", 1200)
    assert paid.period_end == datetime.fromtimestamp(AT + 2_592_000, UTC)


@pytest.mark.parametrize("where", ["item", "subscription"])
def test_a_period_in_either_place(where: str) -> None:
    period = {"current_period_start": AT, "current_period_end": AT + 2_592_000}
    item = {"price": {"id": "price_1"}, **(period if where == "item" else {})}
    sub = {
        "id": "sub_1",
        "customer": {"id": "cus_1", "object": "customer"},
        "status": "active",
        "items": {"data": [item]},
        **(period if where == "subscription" else {}),
    }
    (state,) = stripe_event("customer.subscription.updated", sub).facts.subscriptions
    assert state.period_end == datetime.fromtimestamp(AT + 2_592_000, UTC)
    assert (state.customer_id, state.scheduled_change) == ("cus_1", False)


def test_a_proration_covers_no_period() -> None:
    line = INVOICE["lines"]["data"][0]  # type: ignore[index]
    prorated = {**line, "parent": {"subscription_item_details": {"proration": True}}}
    lines = {"data": [{**prorated, "amount": -400}, {**prorated, "amount": 900}]}
    (paid,) = stripe_event("invoice.paid", {**INVOICE, "lines": lines, "total": 500}).facts.payments
    assert (paid.amount, paid.list_amount, paid.period_end) == (500, None, None)


def test_an_invoice_of_zero_is_not_a_payment() -> None:
    assert not stripe_event("invoice.paid", {**INVOICE, "total": 0}).facts


def test_an_unpaid_session_pays_nothing() -> None:
    session = {
        "id": "cs_1",
        "mode": "payment",
        "status": "complete",
        "payment_status": "unpaid",
        "payment_intent": "pi_1",
        "amount_total": 500,
        "currency": "usd",
    }
    facts = stripe_event("checkout.session.completed", session).facts
    assert [payment.status for payment in facts.payments] == ["pending"]
    assert [checkout.status for checkout in facts.checkouts] == ["open"]
    failed = stripe_event("checkout.session.async_payment_failed", session).facts
    assert [payment.status for payment in failed.payments] == ["failed"]
    assert [checkout.status for checkout in failed.checkouts] == ["failed"]


@pytest.mark.parametrize("more", [{"account": "acct_other"}, {"livemode": True}])
def test_stripes_other_accounts_and_modes(more: dict[str, Any]) -> None:
    event = stripe_event("invoice.paid", INVOICE, **more)
    assert (event.facts, event.problem) == (None, "wrong_account")


def test_our_own_account_may_be_named() -> None:
    assert stripe_event("invoice.paid", INVOICE, account="acct_ours").problem is None
