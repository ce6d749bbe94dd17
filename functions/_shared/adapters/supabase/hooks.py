"""Signatures of Supabase's HTTP hooks, which follow Standard Webhooks and are checked with its library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from functions._shared.domain.errors import InvalidSignature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PREFIX = "v1,"


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> None:
    """Check the signature of a hook against its raw body.

    Parameters
    ----------
    body : bytes
        As received.
    headers : mapping
        With lower-case names. Must contain ``webhook-id``, ``webhook-timestamp`` (at most five minutes before or after
        now) and ``webhook-signature``.
    secrets : sequence of str
        The current and the previous secret, as Supabase shows them: ``v1,whsec_<base64>``, joined by ``|``.

    Raises
    ------
    InvalidSignature
        The signature is missing, malformed, outside the time window or made with an unknown secret.
    """
    # Supabase joins several signatures with ", "; the standard and the library expect a space.
    signatures = headers.get("webhook-signature", "").replace(", ", " ").split()
    keys = [key.removeprefix(_PREFIX) for secret in secrets for key in secret.split("|") if key.strip()]
    for key in keys:
        for signature in signatures:
            try:
                Webhook(key).verify(body, {**headers, "webhook-signature": signature}, json_parse=False)
            except (WebhookVerificationError, ValueError):
                # ValueError: not base64, no version, or not UTF-8.
                continue
            return
    raise InvalidSignature
