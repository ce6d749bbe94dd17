"""Razorpay's entities in the form of its API reference. Amounts are in paise, times in Unix seconds."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def order(id_: str, now: int, *, amount: int, currency: str, **more: object) -> Json:
    """Build a new order."""
    return {
        "id": id_,
        "entity": "order",
        "amount": amount,
        "amount_paid": 0,
        "amount_due": amount,
        "currency": currency,
        "receipt": more.get("receipt"),
        "offer_id": None,
        "status": "created",
        "attempts": 0,
        # Empty notes are a list, other notes an object.
        "notes": more.get("notes") or [],
        "created_at": now,
    }


def payment(id_: str, now: int, *, amount: int, currency: str, order_id: str, **links: object) -> Json:
    """Build a new payment attempt."""
    return {
        "id": id_,
        "entity": "payment",
        "amount": amount,
        "currency": currency,
        "status": "created",
        "order_id": order_id,
        "invoice_id": links.get("invoice_id"),
        "international": False,
        "method": links.get("method", "card"),
        "amount_refunded": 0,
        "refund_status": None,
        "captured": False,
        "description": links.get("description"),
        "card_id": None,
        "bank": None,
        "wallet": None,
        "vpa": None,
        "email": "customer@example.com",
        "contact": "+919000090000",
        "customer_id": links.get("customer_id"),
        "notes": links.get("notes") or [],
        "fee": None,
        "tax": None,
        "error_code": None,
        "error_description": None,
        "error_source": None,
        "error_step": None,
        "error_reason": None,
        "created_at": now,
    }


def subscription(id_: str, now: int, request: Json, *, short_url: str) -> Json:
    """Build a subscription that is not authorised yet."""
    total = request["total_count"]
    return {
        "id": id_,
        "entity": "subscription",
        "plan_id": request["plan_id"],
        "customer_id": None,
        "status": "created",
        "current_start": None,
        "current_end": None,
        "ended_at": None,
        "quantity": request.get("quantity", 1),
        "notes": request.get("notes") or [],
        "charge_at": request.get("start_at"),
        "start_at": request.get("start_at"),
        "end_at": None,
        "auth_attempts": 0,
        "total_count": total,
        "paid_count": 0,
        "customer_notify": bool(request.get("customer_notify", True)),
        "created_at": now,
        "expire_by": request.get("expire_by"),
        "short_url": short_url,
        "has_scheduled_changes": False,
        "change_scheduled_at": None,
        "source": "api",
        "payment_method": None,
        "offer_id": request.get("offer_id"),
        "remaining_count": total,
    }


def invoice(id_: str, now: int, sub: Json, order: Json, **more: Any) -> Json:  # noqa: ANN401 - name, period
    """Build the unpaid invoice of one cycle of a subscription."""
    return {
        "id": id_,
        "entity": "invoice",
        "receipt": None,
        "invoice_number": None,
        "customer_id": sub["customer_id"],
        "order_id": order["id"],
        "subscription_id": sub["id"],
        "payment_id": None,
        "line_items": [
            {
                "name": more["name"],
                "amount": order["amount"],
                "currency": order["currency"],
                "quantity": 1,
                "type": "plan",
            }
        ],
        "status": "issued",
        "issued_at": now,
        "paid_at": None,
        "date": now,
        "amount": order["amount"],
        "amount_paid": 0,
        "amount_due": order["amount"],
        "currency": order["currency"],
        "description": None,
        "notes": [],
        "short_url": "https://rzp.io/i/local",
        "billing_start": more["period"][0],
        "billing_end": more["period"][1],
        "type": "invoice",
        "created_at": now,
    }


def refund(id_: str, now: int, pay: Json, amount: int, notes: object) -> Json:
    """Build a refund that the bank has not processed yet."""
    return {
        "id": id_,
        "entity": "refund",
        "amount": amount,
        "currency": pay["currency"],
        "payment_id": pay["id"],
        "notes": notes or [],
        "receipt": None,
        "acquirer_data": {"arn": None},
        "created_at": now,
        "batch_id": None,
        "status": "pending",
        "speed_processed": "normal",
        "speed_requested": "normal",
    }


def dispute(id_: str, now: int, pay: Json, amount: int) -> Json:
    """Build a new chargeback."""
    return {
        "id": id_,
        "entity": "dispute",
        "payment_id": pay["id"],
        "amount": amount,
        "currency": pay["currency"],
        "amount_deducted": 0,
        "reason_code": "goods_or_services_not_received",
        "respond_by": now + 7 * 86_400,
        "status": "open",
        "phase": "chargeback",
        "created_at": now,
    }
