"""One HTTP client per container, which stays sound when the container is frozen and thawed."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SECONDS: Final = 20.0
"""Unused for longer than this, connections are not trusted: gateways drop them without a word."""


class FreshTransport(httpx.AsyncBaseTransport):
    """Keeps connections alive between requests, and starts over after a pause.

    httpx forgets idle connections by the monotonic clock, which may stand still while AWS freezes a container or
    restores a snapshot; a connection that is dead by then would swallow a request. So the pause is measured on the
    wall clock, and after a long one the pool is replaced. Establishing a connection is retried, as nothing has been
    sent then; a request never is: only its caller knows whether it may be sent twice.

    Parameters
    ----------
    idle_seconds : float
        Longest pause after which pooled connections are used again.
    clock : callable
        Wall time in seconds.
    """

    def __init__(self, idle_seconds: float = IDLE_SECONDS, clock: Callable[[], float] = time.time) -> None:
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._tls = ssl.create_default_context()
        self._pool = self._new_pool()
        self._in_flight = 0
        self._last_used = clock()

    def _new_pool(self) -> httpx.AsyncHTTPTransport:
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=10, keepalive_expiry=self._idle_seconds)
        return httpx.AsyncHTTPTransport(verify=self._tls, limits=limits, retries=1)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; see `httpx.AsyncBaseTransport`."""
        if not self._in_flight and abs(self._clock() - self._last_used) > self._idle_seconds:
            stale, self._pool = self._pool, self._new_pool()
            await stale.aclose()
        self._in_flight += 1
        try:
            return await self._pool.handle_async_request(request)
        finally:
            self._in_flight -= 1
            self._last_used = self._clock()

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._pool.aclose()


def build_client() -> httpx.AsyncClient:
    """Make the client: 10 s for an answer, 2 s for a connection, no redirects, no proxies from the environment."""
    timeout = httpx.Timeout(10.0, connect=2.0)
    return httpx.AsyncClient(transport=FreshTransport(), timeout=timeout, trust_env=False)
