"""Signatures of Supabase's HTTP hooks, which follow Standard Webhooks and are checked with its library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from typing_extensions import override

from functions._shared.domain.errors import InvalidSignature
from functions._shared.ports.hooks import HookVerifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PREFIX = "v1,"


class SupabaseHooks(HookVerifier):
    """Verifies the hooks of Supabase Auth.

    A signed request has the headers ``webhook-id``, ``webhook-timestamp`` (at most five minutes before or after now)
    and ``webhook-signature``.

    Parameters
    ----------
    secrets : sequence of str
        The current and the previous secret, as Supabase shows them: ``v1,whsec_<base64>``, joined by ``|``.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keys = [key.removeprefix(_PREFIX) for secret in secrets for key in secret.split("|") if key.strip()]

    @override
    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        # Supabase joins several signatures with ", "; the standard and the library expect a space.
        signatures = headers.get("webhook-signature", "").replace(", ", " ").split()
        for key in self._keys:
            for signature in signatures:
                try:
                    Webhook(key).verify(body, {**headers, "webhook-signature": signature}, json_parse=False)
                except (WebhookVerificationError, ValueError):
                    # ValueError: not base64, no version, or not UTF-8.
                    continue
                return
        raise InvalidSignature
