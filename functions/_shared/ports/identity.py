"""Verification of access tokens. The edge calls it on every route that requires a signed-in user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.ports.request import Caller


class TokenVerifier(Protocol):
    """Verifies access tokens."""

    async def verify(self, token: str) -> Caller:
        """Return the user named by a token.

        Raises
        ------
        ExpiredToken
            The token was valid and has expired.
        InvalidToken
            The token is invalid for any other reason.
        IdentityUnavailable
            The issuer's keys cannot be fetched.
        """
        ...
