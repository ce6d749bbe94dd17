"""Stripe's objects in the form of its API reference, with the fields that our code reads."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

API_VERSION = "2026-10-28.endive"


def stripe_list(url: str, items: list[Json], *, has_more: bool = False) -> Json:
    """Build a list object."""
    return {"object": "list", "url": url, "has_more": has_more, "data": items}


def subscription(id_: str, now: int, request: Json, price: Json, period: tuple[int, int]) -> Json:
    """Build a subscription; its item holds the period, as in API versions since 2025-03-31."""
    item = {
        "id": id_.replace("sub_", "si_"),
        "object": "subscription_item",
        "created": now,
        "current_period_start": period[0],
        "current_period_end": period[1],
        "price": price,
        "quantity": 1,
        "subscription": id_,
    }
    return {
        "id": id_,
        "object": "subscription",
        "status": "incomplete",
        "customer": request["customer"],
        "currency": price["currency"],
        "collection_method": "charge_automatically",
        "cancel_at": None,
        "cancel_at_period_end": False,
        "canceled_at": None,
        "cancellation_details": {"comment": None, "feedback": None, "reason": None},
        "billing_cycle_anchor": period[0],
        "created": now,
        "start_date": now,
        "ended_at": None,
        "trial_start": None,
        "trial_end": None,
        "pause_collection": None,
        "pending_update": None,
        "schedule": None,
        "latest_invoice": None,
        "discounts": [],
        "livemode": False,
        "metadata": request.get("metadata") or {},
        "items": stripe_list(f"/v1/subscription_items?subscription={id_}", [item]),
    }


def invoice_line(id_: str, price: Json, period: tuple[int, int], **more: Any) -> Json:  # noqa: ANN401 - amount, proration, subscription
    """Build one line of a subscription's invoice."""
    return {
        "id": id_,
        "object": "line_item",
        "amount": more["amount"],
        "subtotal": more["amount"],
        "currency": price["currency"],
        "description": f"1 x {price['nickname']}",
        "discount_amounts": more.get("discounts", []),
        "period": {"start": period[0], "end": period[1]},
        "pricing": {
            "type": "price_details",
            "price_details": {"price": price["id"], "product": price["product"]},
            "unit_amount_decimal": str(price["unit_amount"]),
        },
        "parent": {
            "type": "subscription_item_details",
            "invoice_item_details": None,
            "subscription_item_details": {
                "invoice_item": None,
                "proration": more.get("proration", False),
                "subscription": more["subscription"]["id"],
                "subscription_item": more["subscription"]["items"]["data"][0]["id"],
            },
        },
        "quantity": 1,
    }


def invoice(id_: str, now: int, sub: Json, lines: list[Json], **more: Any) -> Json:  # noqa: ANN401 - reason, discount
    """Build a finalised, unpaid invoice; the subscription is under ``parent``."""
    subtotal = sum(line["amount"] for line in lines)
    total = max(0, subtotal - more.get("discount", 0))
    return {
        "id": id_,
        "object": "invoice",
        "number": f"LOCAL-{id_[-8:].upper()}",
        "customer": sub["customer"],
        "currency": sub["currency"],
        "billing_reason": more["reason"],
        "status": "open",
        "amount_due": total,
        "amount_paid": 0,
        "amount_remaining": total,
        "subtotal": subtotal,
        "total": total,
        "attempt_count": 0,
        "attempted": False,
        "created": now,
        "period_start": lines[0]["period"]["start"],
        "period_end": lines[0]["period"]["end"],
        "hosted_invoice_url": f"https://invoice.stripe.com/i/{id_}",
        "invoice_pdf": f"https://pay.stripe.com/invoice/{id_}/pdf",
        "lines": stripe_list(f"/v1/invoices/{id_}/lines", lines),
        "parent": {
            "type": "subscription_details",
            "quote_details": None,
            "subscription_details": {"metadata": {}, "subscription": sub["id"]},
        },
        "status_transitions": {
            "finalized_at": now,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        "livemode": False,
        "metadata": {},
    }


def payment_intent(id_: str, now: int, amount: int, currency: str, customer: str | None) -> Json:
    """Build an unpaid payment intent."""
    return {
        "id": id_,
        "object": "payment_intent",
        "amount": amount,
        "amount_received": 0,
        "currency": currency,
        "customer": customer,
        "status": "requires_payment_method",
        "latest_charge": None,
        "payment_method_types": ["card"],
        "last_payment_error": None,
        "created": now,
        "livemode": False,
        "metadata": {},
    }


def charge(id_: str, now: int, intent: Json, method: str) -> Json:
    """Build the charge of a payment intent; the charge of a bank debit is pending for days."""
    return {
        "id": id_,
        "object": "charge",
        "amount": intent["amount"],
        "amount_refunded": 0,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "payment_intent": intent["id"],
        "payment_method_details": {"type": method},
        "refunded": False,
        "status": "pending",
        "created": now,
        "livemode": False,
        "metadata": {},
    }


def session(id_: str, now: int, request: Json, amount: int, currency: str) -> Json:
    """Build an open checkout session."""
    return {
        "id": id_,
        "object": "checkout.session",
        "mode": request["mode"],
        "status": "open",
        "payment_status": "unpaid",
        "amount_subtotal": amount,
        "amount_total": amount,
        "currency": currency,
        "customer": request.get("customer"),
        "client_reference_id": request.get("client_reference_id"),
        "payment_intent": None,
        "subscription": None,
        "invoice": None,
        "success_url": request.get("success_url"),
        "cancel_url": request.get("cancel_url"),
        "url": f"{request['_checkout_url']}/{id_}",
        "expires_at": request["expires_at"],
        "created": now,
        "livemode": False,
        "metadata": request.get("metadata") or {},
    }


def refund(id_: str, now: int, intent: Json, amount: int) -> Json:
    """Build a refund in progress."""
    return {
        "id": id_,
        "object": "refund",
        "amount": amount,
        "currency": intent["currency"],
        "charge": intent["latest_charge"],
        "payment_intent": intent["id"],
        "reason": None,
        "status": "pending",
        "created": now,
        "metadata": {},
    }


def dispute(id_: str, now: int, intent: Json, amount: int) -> Json:
    """Build a dispute that is waiting for our answer."""
    return {
        "id": id_,
        "object": "dispute",
        "amount": amount,
        "currency": intent["currency"],
        "charge": intent["latest_charge"],
        "payment_intent": intent["id"],
        "reason": "fraudulent",
        "status": "needs_response",
        "created": now,
        "livemode": False,
        "metadata": {},
    }
