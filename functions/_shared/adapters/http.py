"""One HTTP client per container, which stays sound when the container is frozen and thawed."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING, Final, cast

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

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
        self._in_use = 0
        self._last_used = clock()

    def _new_pool(self) -> httpx.AsyncHTTPTransport:
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=10, keepalive_expiry=self._idle_seconds)
        return httpx.AsyncHTTPTransport(verify=self._tls, limits=limits, retries=2)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; see `httpx.AsyncBaseTransport`."""
        if not self._in_use and abs(self._clock() - self._last_used) > self._idle_seconds:
            stale, self._pool = self._pool, self._new_pool()
            await stale.aclose()
        self._in_use += 1
        try:
            response = await self._pool.handle_async_request(request)
        except BaseException:
            self._done()
            raise
        response.stream = _Watched(cast("httpx.AsyncByteStream", response.stream), self._done)
        return response

    def _done(self) -> None:
        self._in_use -= 1
        self._last_used = self._clock()

    async def aclose(self) -> None:
        """Close the pooled connections."""
        await self._pool.aclose()


class _Watched(httpx.AsyncByteStream):
    """A response's body that tells when it is closed: until then its connection is in use."""

    def __init__(self, stream: httpx.AsyncByteStream, done: Callable[[], None]) -> None:
        self._stream = stream
        self._done: Callable[[], None] | None = done

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        done, self._done = self._done, None
        try:
            await self._stream.aclose()
        finally:
            if done is not None:
                done()


def build_client() -> httpx.AsyncClient:
    """Make the client: 10 s for an answer, 2 s for a connection, no redirects, no proxies from the environment."""
    timeout = httpx.Timeout(10.0, connect=2.0)
    return httpx.AsyncClient(transport=FreshTransport(), timeout=timeout, trust_env=False)
