"""Webhooks that the auth service signs, for `signup`. `adapters/supabase/hooks` implements it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class HookVerifier(Protocol):
    """Verifies the signatures of one sender."""

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Check the signature of a webhook over its raw bytes.

        Parameters
        ----------
        body : bytes
            The body as received.
        headers : mapping
            Header names in lower case.

        Raises
        ------
        InvalidSignature
            The signature is missing, malformed, too old, in the future, or by an unknown key.
        """
        ...
