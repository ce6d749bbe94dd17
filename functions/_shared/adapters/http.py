"""The HTTP client of a container, which keeps working after AWS freezes the container. Built by the wiring."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING, Final, cast

import httpx
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

IDLE_SECONDS: Final = 20.0
"""Longest idle time after which a connection is still used; gateways drop older ones silently."""


def build_client() -> httpx.AsyncClient:
    """Build the client: 10 s for an answer, 2 s to connect, no redirects, no proxies from the environment."""
    timeout = httpx.Timeout(10.0, connect=2.0)
    return httpx.AsyncClient(transport=FreshTransport(), timeout=timeout, trust_env=False)


class FreshTransport(httpx.AsyncBaseTransport):
    """Keeps connections alive between requests, and replaces them after a pause.

    httpx expires idle connections by the monotonic clock, which may stand still while AWS freezes a container or
    restores a snapshot; a dead connection would then swallow a request. This transport measures the pause by the wall
    clock and replaces the pool after a long one. It retries connecting, because nothing has been sent yet, but never
    a request: only the caller knows whether a request may be sent twice.

    Parameters
    ----------
    idle_seconds : float
        Longest pause after which pooled connections are reused.
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

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._in_use and abs(self._clock() - self._last_used) > self._idle_seconds:
            stale, self._pool = self._pool, self._new_pool()
            await stale.aclose()
        self._in_use += 1
        try:
            response = await self._pool.handle_async_request(request)
        except BaseException as error:
            self._done()
            if isinstance(error, AttributeError) and error.name == "getpeername":
                # anyio asks for the address of a connection that was reset as soon as it stood. Nothing was sent.
                raise httpx.ConnectError(str(error), request=request) from error
            raise
        response.stream = _WatchedStream(cast("httpx.AsyncByteStream", response.stream), self._done)
        return response

    def _done(self) -> None:
        self._in_use -= 1
        self._last_used = self._clock()

    @override
    async def aclose(self) -> None:
        await self._pool.aclose()


class _WatchedStream(httpx.AsyncByteStream):
    """A response body that reports when it is closed: until then its connection is in use."""

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
