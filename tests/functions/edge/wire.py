"""The connection between a function and the real API of the local stack, with network faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from functions._shared.adapters.http import FreshTransport

if TYPE_CHECKING:
    from collections.abc import Iterable


class Wire(httpx.AsyncBaseTransport):
    """Forwards requests, counts them, and applies the n-th fault to the n-th request.

    Faults: ``ok``; ``refuse`` (the connection cannot be made: nothing is sent); ``lose`` (the request arrives and is
    executed, the answer does not come back); ``drop`` (the connection breaks, the request never arrives, which the
    sender cannot tell from ``lose``); ``slow`` (the answer takes its time).
    """

    def __init__(self, faults: Iterable[str] = ()) -> None:
        self._inner = FreshTransport()
        self._faults = iter(faults)
        self.requests: list[httpx.Request] = []
        self.executed = asyncio.Event()

    @property
    def calls(self) -> list[str]:
        """Names of the functions called, in order."""
        return [request.url.path.rpartition("/")[2] for request in self.requests]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        fault = next(self._faults, "ok")
        if fault == "refuse":
            raise httpx.ConnectError("connection refused")
        if fault == "drop":
            raise httpx.WriteError("broken pipe")
        response = await self._inner.handle_async_request(request)
        if fault == "lose":
            await response.aread()
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if fault == "slow":
            await response.aread()
            self.executed.set()
            await asyncio.sleep(0.3)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()
