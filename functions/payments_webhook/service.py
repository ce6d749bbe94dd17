"""Receiving one webhook event: verify it, then store and apply it in one database call."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import DatabaseUnavailable
from functions.payments_webhook.schemas import Accepted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider

DATABASE_SECONDS: Final = 4.0
"""Razorpay waits five seconds. If the event is committed later, its next delivery is a duplicate."""


async def receive(body: bytes, headers: Mapping[str, str], provider: PaymentProvider, books: PaymentBooks) -> Accepted:
    """Receive one delivery.

    Parameters
    ----------
    body : bytes
        The raw body, which the signature covers.
    headers : mapping
        Names in lower case.
    provider : PaymentProvider
        The sender of the event.
    books : PaymentBooks
        Stores and applies the event.

    Raises
    ------
    InvalidSignature, InvalidJson
        Nothing was stored.
    DatabaseUnavailable
        The event was not stored, or the result is unknown. The provider sends it again.
    """
    event = provider.read_webhook(body, headers)
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            outcome = await books.receive(event, body)
    except TimeoutError as error:
        raise DatabaseUnavailable from error
    logs.logger().info(
        "payment_event",
        extra={
            "provider": event.provider,
            "event": event.type,
            "event_id": event.id,
            "state": outcome.state,
            "error": outcome.error,
            "effects": list(outcome.effects),
        },
    )
    return Accepted(state=outcome.state)
