"""Signatures of Supabase's HTTP hooks: Standard Webhooks, checked with its library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from functions._shared.domain.errors import InvalidSignature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PREFIX = "v1,"


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> None:
    """Check the signature of a hook over its raw bytes.

    Parameters
    ----------
    body : bytes
        As received.
    headers : mapping
        With lower-case names; needs ``webhook-id``, ``webhook-timestamp`` (at most five minutes from now, either
        side) and ``webhook-signature``.
    secrets : sequence of str
        Current and previous secret as Supabase shows them, ``v1,whsec_<base64>``; several joined by ``|``.

    Raises
    ------
    InvalidSignature
        Missing, malformed, too old, from the future, or by nobody we know.
    """
    # Supabase joins several signatures by ", " where the standard, and the library, has a space.
    signatures = headers.get("webhook-signature", "").replace(", ", " ").split()
    keys = [key.removeprefix(_PREFIX) for secret in secrets for key in secret.split("|") if key.strip()]
    for key in keys:
        for signature in signatures:
            try:
                Webhook(key).verify(body, {**headers, "webhook-signature": signature}, json_parse=False)
            except (WebhookVerificationError, ValueError):
                # ValueError: no base64, no version, no UTF-8. Garbage is no signature.
                continue
            return
    raise InvalidSignature
