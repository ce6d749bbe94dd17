"""Who is calling: verification of Supabase Auth's JWTs, without a database round trip."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.errors import ExpiredToken, IdentityUnavailable, InvalidToken
from functions._shared.ports.request import Caller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from jwt import PyJWK

_LEEWAY: Final = 5
"""Seconds of clock difference that are forgiven."""
ROLE: Final = "authenticated"


class KeySet:
    """The public keys of the issuer, by key id: fetched when needed, kept, and not fetched again for any odd id.

    Parameters
    ----------
    fetch : callable
        Coroutine function that gives the JWKS document (RFC 7517).
    clock : callable
        Seconds. Wall time by default, because it goes on while a container is frozen.
    """

    fresh_for: Final = 600.0
    """Seconds after which keys are fetched again, so that a revoked key stops working."""
    usable_for: Final = 3600.0
    """Seconds for which keys serve while the issuer does not answer."""
    retry_after: Final = 30.0
    """Seconds between two fetches for unknown ids."""
    retry_failed_after: Final = 2.0
    """Seconds between two fetches while the issuer does not answer."""

    def __init__(self, fetch: Callable[[], Awaitable[Any]], clock: Callable[[], float] = time.time) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at = self._next_try = float("-inf")
        self._lock = asyncio.Lock()

    async def get(self, key_id: str) -> PyJWK | None:
        """Give the key of that id, or ``None`` when the issuer has none.

        Raises
        ------
        IdentityUnavailable
            No usable keys are known and the issuer does not give any.
        """
        if self._age() > self.fresh_for or key_id not in self._keys:
            async with self._lock:  # many requests may want the same fetch: the first one does it
                await self._refresh(key_id)
        if self._age() > self.usable_for:
            raise IdentityUnavailable
        return self._keys.get(key_id)

    def _age(self) -> float:
        return abs(self._clock() - self._fetched_at)

    async def _refresh(self, key_id: str) -> None:
        if self._age() <= self.fresh_for and key_id in self._keys:
            return
        if self._clock() < self._next_try:
            return
        self._next_try = self._clock() + self.retry_failed_after
        try:
            self._keys = _usable_keys(await self._fetch())
        except Exception as cause:  # noqa: BLE001 - network or malformed document: known keys go on serving
            logs.logger().warning("jwks_unavailable", extra=logs.fault(cause))
            return
        self._fetched_at = self._clock()
        self._next_try = self._fetched_at + self.retry_after


def _usable_keys(document: Any) -> dict[str, PyJWK]:  # noqa: ANN401 - JSON of another party
    """Keep the signature keys of the two kinds we accept. The kind alone decides the algorithm."""
    from jwt import PyJWK

    keys: dict[str, PyJWK] = {}
    for jwk in document["keys"]:
        kind = jwk.get("kty"), jwk.get("crv")
        algorithm = {("EC", "P-256"): "ES256", ("RSA", None): "RS256"}.get(kind)
        if algorithm and jwk.get("kid") and jwk.get("use", "sig") == "sig" and jwk.get("alg", algorithm) == algorithm:
            keys[jwk["kid"]] = PyJWK(jwk, algorithm)
    return keys


def _header(token: str) -> Mapping[str, Any]:
    """Read what a token says of its key. PyJWT would decode all of it, and once more to verify it."""
    encoded = token.partition(".")[0]
    header = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    if not isinstance(header, dict):
        raise InvalidToken
    return header


class TokenVerifier:
    """Verifies access tokens of one Supabase project.

    The key decides the algorithm, never the token: a public key is not accepted as an HMAC secret, and ``none`` is
    not an algorithm.

    Parameters
    ----------
    issuer, audience : str
        Expected ``iss`` and ``aud``.
    secret : str or None
        HS256 secret of legacy projects and of the local stack; without it HS256 tokens are refused.
    keys : KeySet or None
        Public keys for ES256 and RS256; without it such tokens are refused.
    """

    def __init__(self, *, issuer: str, audience: str, secret: str | None, keys: KeySet | None) -> None:
        self._issuer = issuer
        self._audience = audience
        self._secret = secret
        self._keys = keys

    async def verify(self, token: str) -> Caller:
        """Give the user whom the token names.

        Raises
        ------
        ExpiredToken
            It was good and its time is over.
        InvalidToken
            Anything else is wrong with it.
        IdentityUnavailable
            The issuer's keys cannot be had.
        """
        import jwt

        try:
            algorithm, key = await self._key_for(_header(token))
            claims = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY,
                options={"require": ["exp", "sub", "aud", "iss"]},
            )
            user_id = UUID(claims["sub"])
        except jwt.ExpiredSignatureError as cause:
            raise ExpiredToken from cause
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as cause:
            raise InvalidToken from cause
        if claims.get("role") != ROLE:
            raise InvalidToken
        return Caller(str(user_id), token, is_anonymous=claims.get("is_anonymous") is True)

    async def _key_for(self, header: Mapping[str, Any]) -> tuple[str, PyJWK | str]:
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm == "HS256" and self._secret:
            return "HS256", self._secret
        if algorithm in {"ES256", "RS256"} and self._keys is not None and isinstance(key_id, str):
            key = await self._keys.get(key_id)
            if key is not None and key.algorithm_name == algorithm:
                return key.algorithm_name, key
        raise InvalidToken
