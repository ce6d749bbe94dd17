"""The Authorization header: reading its token, and comparing shared secrets. Called by `admission`."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import InvalidToken, MissingToken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BEARER: Final = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
_MAX_TOKEN: Final = 16 * 1024
"""Characters."""


def bearer_token(headers: Mapping[str, str]) -> str:
    """Return the token from the Authorization header.

    Raises
    ------
    MissingToken
        The header is missing or has another scheme.
    InvalidToken
        The header does not hold exactly one token of reasonable length.
    """
    value = headers.get("authorization", "")
    if not value.lower().startswith("bearer"):
        raise MissingToken
    match = _BEARER.fullmatch(value)
    if match is None:
        raise MissingToken if value.strip().lower() == "bearer" else InvalidToken
    if len(value) > _MAX_TOKEN:
        raise InvalidToken
    return match[1]


def check_secret(secret: str, accepted: Sequence[str]) -> None:
    """Check a shared secret against the accepted ones, in constant time.

    During a rotation, both the current and the previous secret are accepted.

    Raises
    ------
    InvalidToken
        The secret is not an accepted one.
    """
    matches = [hmac.compare_digest(secret.encode(), candidate.encode()) for candidate in accepted]
    if not any(matches):
        raise InvalidToken
