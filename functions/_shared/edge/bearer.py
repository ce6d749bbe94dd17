"""The Authorization header: its token, and shared secrets compared in constant time."""

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
    """Take the token out of the Authorization header.

    Raises
    ------
    MissingToken
        There is no such header, or it has another scheme.
    InvalidToken
        The header is not one token of reasonable length.
    """
    value = headers.get("authorization", "")
    if not value.lower().startswith("bearer"):
        raise MissingToken
    found = _BEARER.fullmatch(value)
    if found is None:
        raise MissingToken if value.strip().lower() == "bearer" else InvalidToken
    if len(value) > _MAX_TOKEN:
        raise InvalidToken
    return found[1]


def check_secret(given: str, accepted: Sequence[str]) -> None:
    """Compare a shared secret in constant time with the current one and, during a rotation, the previous one.

    Raises
    ------
    InvalidToken
        It is none of them.
    """
    matches = [hmac.compare_digest(given.encode(), secret.encode()) for secret in accepted]
    if not any(matches):
        raise InvalidToken
