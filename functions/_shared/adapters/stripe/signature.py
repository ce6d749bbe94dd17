"""Stripe's webhook signature, checked with its SDK.

The SDK only rejects old timestamps; this module also rejects timestamps in the future.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import stripe

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLERANCE_S: Final = 300


def webhook_is_genuine(body: bytes, header: str | None, secrets: Sequence[str], *, now: float | None = None) -> bool:
    """Return whether a webhook body was signed with one of the secrets, at most five minutes before or after now.

    Parameters
    ----------
    body : bytes
        As received.
    header : str or None
        ``Stripe-Signature``: ``t=…,v1=…``.
    secrets : sequence of str
        The current secret and, after a rotation, the previous one.
    now : float, optional
        Unix seconds; by default the current time.
    """
    if not header or not header.isascii():
        return False
    try:
        text = body.decode()
        stamps = [int(part[2:]) for part in header.split(",") if part.startswith("t=")]
    except ValueError:
        return False
    if len(stamps) != 1 or abs((time.time() if now is None else now) - stamps[0]) > TOLERANCE_S:
        return False
    for secret in secrets:
        try:
            # The timestamp was checked above.
            if secret and stripe.WebhookSignature.verify_header(text, header, secret, tolerance=None):
                return True
        except stripe.SignatureVerificationError:
            continue
    return False
