"""Verification of JWTs from Supabase Auth, without a database round trip."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from typing_extensions import override

from functions._shared import logs
from functions._shared.domain.errors import ExpiredToken, IdentityUnavailable, InvalidToken
from functions._shared.ports.identity import TokenVerifier
from functions._shared.ports.request import Caller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from jwt import PyJWK

_LEEWAY: Final = 5
"""Seconds of clock difference that are tolerated."""
ROLE: Final = "authenticated"
_KEPT_FOR: Final = 60.0
"""Seconds for which a verified token is not verified again. The database decides whether its account may act."""
_KEPT: Final = 1000
"""Verified tokens that a container keeps."""


class KeySet:
    """The public keys of the issuer, by key id.

    Keys are fetched on first use and cached. Unknown ids cannot trigger more than one fetch per `retry_after`.

    Parameters
    ----------
    fetch : callable
        Coroutine function that returns the JWKS document (RFC 7517).
    clock : callable
        Returns seconds. The default is wall time, because it continues while a container is frozen.
    """

    fresh_for: Final = 600.0
    """Seconds after which keys are fetched again, so that a revoked key stops working."""
    usable_for: Final = 3600.0
    """Seconds for which cached keys are used while the issuer does not answer."""
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
        """Return the key with this id, or ``None`` if the issuer has none.

        Raises
        ------
        IdentityUnavailable
            No usable keys are cached, and the issuer does not return any.
        """
        if self._age() > self.fresh_for or key_id not in self._keys:
            async with self._lock:  # concurrent requests share one fetch
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
        except Exception as cause:  # noqa: BLE001 - network or malformed document: cached keys stay in use
            logs.logger().warning("jwks_unavailable", extra=logs.fault(cause))
            return
        self._fetched_at = self._clock()
        self._next_try = self._fetched_at + self.retry_after


def _usable_keys(document: Any) -> dict[str, PyJWK]:  # noqa: ANN401 - JSON from the issuer
    """Select the signature keys of the two accepted types. Only the type of a key decides the algorithm."""
    from jwt import PyJWK

    keys: dict[str, PyJWK] = {}
    for jwk in document["keys"]:
        key_type = jwk.get("kty"), jwk.get("crv")
        algorithm = {("EC", "P-256"): "ES256", ("RSA", None): "RS256"}.get(key_type)
        if algorithm and jwk.get("kid") and jwk.get("use", "sig") == "sig" and jwk.get("alg", algorithm) == algorithm:
            keys[jwk["kid"]] = PyJWK(jwk, algorithm)
    return keys


def _header(token: str) -> Mapping[str, Any]:
    """Read the header of a token. PyJWT's own function would decode the whole token, which `verify` does again."""
    encoded = token.partition(".")[0]
    header = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    if not isinstance(header, dict):
        raise InvalidToken
    return header


class SupabaseTokenVerifier(TokenVerifier):
    """Verifies access tokens of one Supabase project.

    The key decides the algorithm, not the token: a public key is never accepted as an HMAC secret, and the algorithm
    ``none`` does not exist.

    Parameters
    ----------
    issuer, audience : str
        Expected ``iss`` and ``aud``.
    secret : str or None
        HS256 secret of legacy projects and of the local stack. Without it, HS256 tokens are refused.
    keys : KeySet or None
        Public keys for ES256 and RS256. Without them, such tokens are refused.
    clock : callable
        Returns seconds. The default is wall time, because it continues while a container is frozen.
    """

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        secret: str | None,
        keys: KeySet | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._verified: dict[str, tuple[Caller, float, float]] = {}
        self._issuer = issuer
        self._audience = audience
        self._secret = secret
        self._keys = keys

    @override
    async def verify(self, token: str) -> Caller:
        now = self._clock()
        if kept := self._verified.get(token):
            caller, verified_at, usable_until = kept
            if verified_at <= now < usable_until:
                return caller
            del self._verified[token]
        caller, expires_at = await self._decode(token)
        if len(self._verified) >= _KEPT:
            del self._verified[next(iter(self._verified))]
        self._verified[token] = caller, now, min(now + _KEPT_FOR, expires_at + _LEEWAY)
        return caller

    async def _decode(self, token: str) -> tuple[Caller, float]:
        """Verify a token; return its user and when it expires."""
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
        caller = Caller(
            str(user_id),
            token,
            is_anonymous=claims.get("is_anonymous") is True,
            assurance="aal2" if claims.get("aal") == "aal2" else "aal1",
            issued_at=int(claims["iat"]) if "iat" in claims else None,
        )
        return caller, float(claims["exp"])

    async def _key_for(self, header: Mapping[str, Any]) -> tuple[str, PyJWK | str]:
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm == "HS256" and self._secret:
            return "HS256", self._secret
        if algorithm in {"ES256", "RS256"} and self._keys is not None and isinstance(key_id, str):
            key = await self._keys.get(key_id)
            if key is not None and key.algorithm_name == algorithm:
                return key.algorithm_name, key
        raise InvalidToken
