"""One event: verify, read, keep and apply."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import DatabaseUnavailable
from functions.payments_webhook.schemas import Accepted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.payment_ports import PaymentBooks, PaymentProvider

DATABASE_SECONDS: Final = 4.0
"""Razorpay gives up after five. What was committed all the same is a duplicate when it comes again."""


async def receive(body: bytes, headers: Mapping[str, str], provider: PaymentProvider, books: PaymentBooks) -> Accepted:
    """Take one delivery.

    Parameters
    ----------
    body : bytes
        As received: the signature is over these bytes.
    headers : mapping
        Names in lower case.
    provider : PaymentProvider
        Whose event it is.
    books : PaymentBooks
        Where it is kept and applied.

    Raises
    ------
    InvalidSignature, InvalidJson
        Nothing was kept.
    DatabaseUnavailable
        It was not kept, or that is not known: the provider sends it again.
    """
    event = provider.read_webhook(body, headers)
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            received = await books.receive(event, body)
    except TimeoutError as error:
        raise DatabaseUnavailable from error
    logs.logger().info(
        "payment_event",
        extra={
            "provider": event.provider,
            "event": event.type,
            "event_id": event.id,
            "state": received.state,
            "error": received.error,
            "effects": received.effects,
        },
    )
    return Accepted.model_validate({"state": received.state})
