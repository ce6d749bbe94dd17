"""The entry point on AWS Lambda: Mangum around the app, on one event loop per container."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import json
import threading
from typing import TYPE_CHECKING, Any, Final

from functions import USUAL_COLLECTION
from functions._shared import logs, wiring
from functions._shared.domain.errors import Forbidden
from functions._shared.edge import problem
from functions._shared.ports.request import Deadline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mangum import Mangum
    from mangum.types import ASGI, LambdaContext

    EventHandler = Callable[[dict[str, Any], Deadline], Awaitable[object]]

EDGE_KEY_HEADER: Final = "x-resumebase-edge"
_MARGIN: Final = 1.0
"""Seconds of an invocation reserved for a clean end."""


class LambdaHandler:
    """The function that the Lambda runtime calls.

    It accepts API Gateway HTTP API events (payload 2.0; 1.0 and ALB events work too).

    Mangum runs the app with ``asyncio.get_event_loop()``. That fails in a thread without a current loop, and a new
    loop per call would lose all kept-alive connections. So the first invocation creates the container's loop (not the
    import, which SnapStart would copy), and every invocation makes it current.

    Parameters
    ----------
    app : ASGI application or None
        The app to serve; None for a function that only takes events.
    name : str
        Name of the function, for logs.
    events : coroutine function, optional
        Handles every event that is not an HTTP request, such as a schedule or a queue batch. It receives the event and
        a deadline; its JSON-serializable result becomes the result of the invocation. An exception fails the
        invocation, so that AWS retries it and the alarm counts it.
    """

    def __init__(self, app: ASGI | None, name: str, events: EventHandler | None = None) -> None:
        self._name, self._events = name, events
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        # Mangum's constructor creates a current loop if there is none; the first invocation replaces it.
        self._mangum = None if app is None else new_mangum(app)
        if gc.get_threshold() != USUAL_COLLECTION:
            # Loaded modules stay for good, so later collections need not scan them.
            gc.freeze()
            gc.set_threshold(*USUAL_COLLECTION)

    def __call__(self, event: dict[str, Any], context: LambdaContext) -> object:
        """Serve one invocation."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
            if self._mangum is not None and "requestContext" in event:
                seen = from_viewer(event)
                return self._mangum(seen, context) if seen else refusal(context.aws_request_id)
            return self._loop.run_until_complete(self._handle(event, context))

    async def _handle(self, event: dict[str, Any], context: LambdaContext) -> object:
        if self._events is None:
            raise TypeError(f"{self._name} takes HTTP requests only")
        logs.bind(function=self._name, request_id=context.aws_request_id)
        try:
            return await self._events(event, Deadline.after(context.get_remaining_time_in_millis() / 1000 - _MARGIN))
        except Exception as error:
            logs.logger().error("fault", extra=logs.fault(error))
            raise


def new_mangum(app: ASGI) -> Mangum:
    """Build the adapter between Lambda's events and the app."""
    from mangum import Mangum
    from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

    return Mangum(app, lifespan="off", text_mime_types=[*DEFAULT_TEXT_MIME_TYPES, "application/problem+json"])


def refusal(request_id: str) -> dict[str, Any]:
    """Build the answer to a request that did not come through our own distribution."""
    error = Forbidden("This address serves only requests that come through the service's own domain.")
    return {
        "statusCode": error.status,
        "headers": {"content-type": problem.MEDIA_TYPE, "cache-control": "no-store"},
        "body": json.dumps(problem.document(error, request_id)),
        "isBase64Encoded": False,
    }


def from_viewer(event: dict[str, Any]) -> dict[str, Any] | None:
    """Replace CloudFront's address with the viewer's; refuse what did not come through our own distribution.

    API Gateway sees CloudFront as the sender. The viewer is the entry before it in ``X-Forwarded-For``, the last one
    that CloudFront wrote. Anyone can send that header directly to the gateway, so it counts only together with the
    key that our distribution adds; the environment holds its SHA-256. The key is removed from the event. Without a
    distribution there are no hashes, every request is served, and the address is the one that the gateway saw.

    Parameters
    ----------
    event : dict
        An API Gateway event, payload 2.0. Other events stay unchanged.

    Returns
    -------
    dict or None
        The event, changed in place; None if there is a distribution and the request does not carry its key.
    """
    http = event["requestContext"].get("http")
    headers = event.get("headers") or {}
    key = headers.pop(EDGE_KEY_HEADER, None)
    expected = wiring.settings().edge_keys_sha256
    if http is None or not expected:
        return event
    digest = hashlib.sha256((key or "").encode()).hexdigest()
    if not any(hmac.compare_digest(digest, each) for each in expected):
        return None
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    if hops and hops[-1] == http.get("sourceIp"):
        hops.pop()
    if hops:
        http["sourceIp"] = hops[-1]
    return event
