"""Faults of the providers' APIs, which tests schedule for the next calls."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request


class ApiFaults:
    """A queue of faults, one for each call, and a list of the calls received."""

    def __init__(self) -> None:
        self._queue: deque[tuple[int, bytes, float, bool]] = deque()
        self.calls: list[tuple[str, str, dict[str, str]]] = []

    def add(self, status: int, body: bytes = b"", *, delay: float = 0.0, after: bool = False) -> None:
        """Schedule a fault for one more call.

        Parameters
        ----------
        status : int
            HTTP status; 0 answers normally after the delay.
        body : bytes
            Body of the answer, sent as text/html like a gateway's error page.
        delay : float
            Seconds to wait before answering.
        after : bool
            Carry out the call and then lose its answer.
        """
        self._queue.append((status, body, delay, after))

    async def take(self, request: Request) -> Response | None:
        """Record a call; return the answer of its scheduled fault, if any."""
        self.calls.append((request.method, request.url.path, dict(request.headers)))
        if not self._queue or self._queue[0][3]:
            return None
        status, body, delay, _ = self._queue.popleft()
        await asyncio.sleep(delay)
        return Response(body, status, media_type="text/html") if status else None

    async def lose(self) -> Response | None:
        """Return the answer that replaces a call's lost answer, if its loss is scheduled."""
        if not self._queue or not self._queue[0][3]:
            return None
        status, body, delay, _ = self._queue.popleft()
        await asyncio.sleep(delay)
        return Response(body, status, media_type="text/html")
