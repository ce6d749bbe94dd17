"""Routes of `payments-webhook`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.domain.errors import (
    DatabaseUnavailable,
    InvalidJson,
    InvalidSignature,
    PaymentProviderNotConfigured,
)
from functions._shared.edge import Auth, FunctionApp
from functions.payments_webhook import service
from functions.payments_webhook.schemas import Accepted

if TYPE_CHECKING:
    from functions._shared.edge import Call

app = FunctionApp("payments-webhook", summary="Webhooks of the payment providers")

MAX_BODY = 1024 * 1024
"""Bytes. An invoice with many lines has tens of kilobytes; the limit is generous because a refused event is lost."""

_ERRORS = (InvalidSignature, InvalidJson, PaymentProviderNotConfigured, DatabaseUnavailable)


@app.post("/razorpay", auth=Auth.WEBHOOK, response=Accepted, max_body=MAX_BODY, errors=_ERRORS)
async def razorpay(call: Call[None]) -> Accepted:
    """Receive an event from Razorpay."""
    return await service.receive(call.raw, call.headers, wiring.payment_provider("razorpay"), wiring.payment_books())


@app.post("/stripe", auth=Auth.WEBHOOK, response=Accepted, max_body=MAX_BODY, errors=_ERRORS)
async def stripe(call: Call[None]) -> Accepted:
    """Receive an event from Stripe."""
    return await service.receive(call.raw, call.headers, wiring.payment_provider("stripe"), wiring.payment_books())


handler = app.lambda_handler()
