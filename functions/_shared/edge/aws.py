"""The entry point on AWS Lambda: Mangum around the app, on one event loop that lives as long as the container."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mangum.types import ASGI, LambdaContext


class LambdaHandler:
    """Callable for the Lambda runtime, for API Gateway HTTP API events (payload 2.0; 1.0 and ALB work, too).

    Mangum runs the app with ``asyncio.get_event_loop()``: in a thread that has no current loop this fails, and with
    a loop of its own per call every kept-alive connection would be lost. So the container's loop is made once, on
    the first invocation (not at import, which SnapStart would copy), and made current for each invocation.

    Parameters
    ----------
    app : ASGI application
        What to serve.
    """

    def __init__(self, app: ASGI) -> None:
        from mangum import Mangum
        from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        # The constructor makes a current loop where there is none; it is replaced on the first invocation.
        self._mangum = Mangum(
            app, lifespan="off", text_mime_types=[*DEFAULT_TEXT_MIME_TYPES, "application/problem+json"]
        )

    def __call__(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Serve one invocation."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
            return self._mangum(event, context)
