"""Razorpay's signatures, checked with its SDK.

The SDK raises TypeError for a missing or non-ASCII signature; this module treats both as invalid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from razorpay.errors import SignatureVerificationError
from razorpay.utility import Utility

if TYPE_CHECKING:
    from collections.abc import Sequence


def matches(message: str, signature: str | None, secret: str) -> bool:
    """Return whether ``signature`` is the hex HMAC-SHA256 of ``message`` with ``secret``."""
    if not signature or not signature.isascii() or not secret:
        return False
    try:
        return bool(Utility().verify_signature(message, signature, secret))
    except SignatureVerificationError:
        return False


def webhook_is_genuine(body: bytes, signature: str | None, secrets: Sequence[str]) -> bool:
    """Return whether a webhook body was signed with the current or the previous secret.

    After a rotation, retries of older events still carry a signature with the old secret.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return any(matches(text, signature, secret) for secret in secrets)


def order_payment_is_genuine(order_id: str, payment_id: str, signature: str, key_secret: str) -> bool:
    """Return whether Razorpay signed the payment of an order."""
    return matches(f"{order_id}|{payment_id}", signature, key_secret)


def subscription_payment_is_genuine(subscription_id: str, payment_id: str, signature: str, key_secret: str) -> bool:
    """Return whether Razorpay signed the payment of a subscription. The two ids are in the opposite order."""
    return matches(f"{payment_id}|{subscription_id}", signature, key_secret)
