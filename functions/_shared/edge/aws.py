"""The entry point on AWS Lambda: Mangum around the app, on one event loop that lives as long as the container."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import threading
from typing import TYPE_CHECKING, Any, Final

from functions import USUAL_COLLECTION
from functions._shared import logs, wiring
from functions._shared.ports.request import Deadline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mangum.types import LambdaContext

    from functions._shared.edge.app import FunctionApp

    EventHandler = Callable[[dict[str, Any], Deadline], Awaitable[object]]

EDGE_KEY_HEADER: Final = "x-edge-key"
_MARGIN: Final = 1.0
"""Seconds of an invocation kept for ending in good order."""


class LambdaHandler:
    """Callable for the Lambda runtime, for API Gateway HTTP API events (payload 2.0; 1.0 and ALB work, too).

    Mangum runs the app with ``asyncio.get_event_loop()``: in a thread that has no current loop this fails, and with
    a loop of its own per call every kept-alive connection would be lost. So the container's loop is made once, on
    the first invocation (not at import, which SnapStart would copy), and made current for each invocation.

    Parameters
    ----------
    app : FunctionApp
        What to serve.
    events : coroutine function, optional
        Takes what is no HTTP request (a schedule, a queue's batch) and the moment by which it must be done; what it
        returns, JSON-serialisable, is the invocation's result. An exception makes the invocation fail, so that AWS
        retries it and the alarm sees it.
    """

    def __init__(self, app: FunctionApp, events: EventHandler | None = None) -> None:
        from mangum import Mangum
        from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

        self._app, self._events = app, events
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        # The constructor makes a current loop where there is none; it is replaced on the first invocation.
        self._mangum = Mangum(
            app, lifespan="off", text_mime_types=[*DEFAULT_TEXT_MIME_TYPES, "application/problem+json"]
        )
        if gc.get_threshold() != USUAL_COLLECTION:
            # What was loaded stays: no collection needs to look at it again.
            gc.freeze()
            gc.set_threshold(*USUAL_COLLECTION)

    def __call__(self, event: dict[str, Any], context: LambdaContext) -> object:
        """Serve one invocation."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
            if "requestContext" in event:
                return self._mangum(from_viewer(event), context)
            return self._loop.run_until_complete(self._handle(event, context))

    async def _handle(self, event: dict[str, Any], context: LambdaContext) -> object:
        if self._events is None:
            raise TypeError(f"{self._app.name} takes HTTP requests only")
        logs.bind(function=self._app.name, request_id=context.aws_request_id)
        try:
            return await self._events(event, Deadline.after(context.get_remaining_time_in_millis() / 1000 - _MARGIN))
        except Exception as error:
            logs.logger().error("fault", extra=logs.fault(error))
            raise


def from_viewer(event: dict[str, Any]) -> dict[str, Any]:
    """Put the viewer's address where CloudFront's is, if the request came through our own distribution.

    API Gateway sees CloudFront as the sender; the viewer is the entry before it in ``X-Forwarded-For``, the last one
    that CloudFront wrote. Anybody can send that header straight to the gateway, so it counts only together with the
    key that our distribution adds, of which the environment holds the SHA-256. The key itself goes no further.

    Parameters
    ----------
    event : dict
        An API Gateway event, payload 2.0; others are left alone.

    Returns
    -------
    dict
        The event, changed in place.
    """
    http = event["requestContext"].get("http")
    headers = event.get("headers") or {}
    key = headers.pop(EDGE_KEY_HEADER, None)
    if http is None or key is None:
        return event
    expected = wiring.settings().edge_key_sha256
    if expected and hmac.compare_digest(hashlib.sha256(key.encode()).hexdigest(), expected):
        hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        if hops and hops[-1] == http.get("sourceIp"):
            hops.pop()
        if hops:
            http["sourceIp"] = hops[-1]
    return event
