"""Razorpay's signatures, checked with its SDK.

The SDK's check takes text and fails with TypeError on a missing or non-ASCII signature: both are answered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from razorpay.errors import SignatureVerificationError
from razorpay.utility import Utility

if TYPE_CHECKING:
    from collections.abc import Sequence


def matches(message: str, signature: str | None, secret: str) -> bool:
    """Whether `signature` is the hex HMAC-SHA256 of `message` under `secret`."""
    if not signature or not signature.isascii() or not secret:
        return False
    try:
        return bool(Utility().verify_signature(message, signature, secret))
    except SignatureVerificationError:
        return False


def webhook_is_genuine(body: bytes, signature: str | None, secrets: Sequence[str]) -> bool:
    """Whether a webhook body was signed with one of the secrets: the current one or the one before.

    Retries of events from before a rotation come with the old secret.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return any(matches(text, signature, secret) for secret in secrets)


def order_payment_is_genuine(order_id: str, payment_id: str, signature: str, key_secret: str) -> bool:
    """Whether the checkout of an order says the truth about its payment."""
    return matches(f"{order_id}|{payment_id}", signature, key_secret)


def subscription_payment_is_genuine(subscription_id: str, payment_id: str, signature: str, key_secret: str) -> bool:
    """Whether the checkout of a subscription says the truth about its payment. The ids are the other way round."""
    return matches(f"{payment_id}|{subscription_id}", signature, key_secret)
