"""Faults of the providers' APIs: what the next calls are answered with instead of the truth."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request


class ApiFaults:
    """A queue of faults, one per call, and a journal of the calls made."""

    def __init__(self) -> None:
        self._queue: deque[tuple[int, bytes, float, bool]] = deque()
        self.calls: list[tuple[str, str, dict[str, str]]] = []

    def add(self, status: int, body: bytes = b"", *, delay: float = 0.0, after: bool = False) -> None:
        """Answer one more call with that status and body.

        Parameters
        ----------
        status : int
            HTTP status; 0 answers truthfully, after the delay.
        body : bytes
            Sent as text/html, as a gateway in front of the API does.
        delay : float
            Seconds to keep the caller waiting first.
        after : bool
            Carry the call out and only then answer so: the answer is lost, the work is not.
        """
        self._queue.append((status, body, delay, after))

    async def take(self, request: Request) -> Response | None:
        """Note a call, and return the fault that is due for it, if any."""
        self.calls.append((request.method, request.url.path, dict(request.headers)))
        if not self._queue or self._queue[0][3]:
            return None
        status, body, delay, _ = self._queue.popleft()
        await asyncio.sleep(delay)
        return Response(body, status, media_type="text/html") if status else None

    async def lose(self) -> Response | None:
        """Return what to answer instead of the answer that was just made, if its loss is due."""
        if not self._queue or not self._queue[0][3]:
            return None
        status, body, delay, _ = self._queue.popleft()
        await asyncio.sleep(delay)
        return Response(body, status, media_type="text/html")
