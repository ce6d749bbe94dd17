"""A function behind a function URL in streaming mode: our own runtime client and the app's answers in pieces.

AWS's runtime client for Python cannot stream, so `streaming.sh`, a wrapper script of Lambda, starts `main` in its
place. It asks the Runtime API for events and posts each answer while the app writes it. Reference:
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
"""

from __future__ import annotations

import asyncio
import base64
import gc
import http.client
import json
import pkgutil
import sys
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.edge.aws import from_viewer, new_mangum, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

    from mangum.types import ASGI
    from starlette.types import Message

_API: Final = "/2018-06-01/runtime"
_PRELUDE_TYPE: Final = "application/vnd.awslambda.http-integration-response"
_ERROR_TYPE: Final = "Lambda-Runtime-Function-Error-Type"
_ERROR_BODY: Final = "Lambda-Runtime-Function-Error-Body"
_OWN_HEADERS: Final = frozenset({"connection", "content-length", "set-cookie", "transfer-encoding"})
"""What the function URL writes itself, and cookies, which have a place of their own."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an invocation knows of itself, with the names of AWS's runtime client."""

    aws_request_id: str
    deadline_ms: int

    def get_remaining_time_in_millis(self) -> int:
        """Return the time until Lambda ends the invocation."""
        return max(self.deadline_ms - int(time.time() * 1000), 0)


class Posted:
    """The answer to one invocation, posted in pieces.

    Parameters
    ----------
    address : str
        Host and port of the Runtime API.
    request_id : str
        The invocation.
    """

    def __init__(self, address: str, request_id: str) -> None:
        self._address, self._path = address, f"{_API}/invocation/{request_id}"
        self._connection: http.client.HTTPConnection | None = None

    def begin(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Send status and headers."""
        prelude: dict[str, Any] = {"statusCode": status, "headers": {}, "cookies": []}
        for raw_name, raw_value in headers:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            if name == "set-cookie":
                prelude["cookies"].append(value)
            elif name not in _OWN_HEADERS:
                sent = prelude["headers"]
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
        self._connection = connection = http.client.HTTPConnection(self._address)
        connection.putrequest("POST", f"{self._path}/response", skip_accept_encoding=True)
        connection.putheader("Content-Type", _PRELUDE_TYPE)
        connection.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.putheader("Trailer", f"{_ERROR_TYPE}, {_ERROR_BODY}")
        connection.endheaders()
        self.write(json.dumps(prelude).encode() + bytes(8))

    def write(self, piece: bytes) -> None:
        """Send a piece of the body."""
        if piece and self._connection is not None:
            self._connection.send(b"%x\r\n%s\r\n" % (len(piece), piece))

    def end(self, fault: BaseException | None = None) -> None:
        """End the answer; with a fault, the client sees it broken off.

        Before the answer has begun, a fault becomes the error of the invocation.
        """
        if self._connection is None:
            error = _error(fault or RuntimeError("the app has not answered"))
            _post(self._address, f"{self._path}/error", error)
            return
        trailers = b""
        if fault is not None:
            error = _error(fault)
            body = base64.b64encode(json.dumps(error).encode()).decode()
            trailers = f"{_ERROR_TYPE}: {error['errorType']}\r\n{_ERROR_BODY}: {body}\r\n".encode()
        # Lambda wants the connection closed after each answer.
        try:
            self._connection.send(b"0\r\n%s\r\n" % trailers)
            self._connection.getresponse().read()
        finally:
            self._connection.close()


class StreamHandler:
    """The counterpart of `LambdaHandler` for `main`. AWS's runtime client cannot call it.

    Parameters
    ----------
    app : ASGI application
        The app to serve.
    """

    def __init__(self, app: ASGI) -> None:
        self._app, self._mangum = app, new_mangum(app)

    async def answer(self, event: dict[str, Any], context: Context, posted: Posted) -> None:
        """Serve one event of a function URL (payload 2.0). A fault ends what has begun or is the invocation's error."""
        try:
            await self._serve(event, context, posted)
        except Exception as fault:  # noqa: BLE001 - Lambda gets it, and the next event comes
            logs.logger().error("fault", extra=logs.fault(fault))
            posted.end(fault)
        else:
            posted.end()

    async def _serve(self, event: dict[str, Any], context: Context, posted: Posted) -> None:
        seen = from_viewer(event)
        if seen is None:
            refused = refusal(context.aws_request_id)
            headers = [(name.encode(), value.encode()) for name, value in refused["headers"].items()]
            posted.begin(refused["statusCode"], headers)
            posted.write(refused["body"].encode())
            return
        request = self._mangum.infer(seen, context)  # type: ignore[arg-type]
        body: list[bytes] = [request.body]

        async def receive() -> Message:
            if body:
                return {"type": "http.request", "body": body.pop(), "more_body": False}
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                posted.begin(message["status"], message["headers"])
            else:
                posted.write(message.get("body", b""))

        await self._app(request.scope, receive, send)


def main(address: str, name: str) -> NoReturn:
    """Load a handler and serve its events for good.

    Parameters
    ----------
    address : str
        Host and port of the Runtime API.
    name : str
        The handler as Lambda names it, ``functions/generate/handler.stream``.
    """
    # As in `functions/__init__.py`: imports leave hardly any garbage. The app's handler restores the threshold.
    gc.set_threshold(200_000)
    try:
        module, _, attribute = name.rpartition(".")
        handler: StreamHandler = pkgutil.resolve_name(f"{module.replace('/', '.')}:{attribute}")
    except Exception as fault:  # noqa: BLE001 - Lambda gets it
        logs.logger().error("fault", extra=logs.fault(fault))
        _post(address, f"{_API}/init/error", _error(fault))
        sys.exit(1)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    upstream = http.client.HTTPConnection(address)
    while True:
        # Without a time limit: the container is frozen until the next event.
        upstream.request("GET", f"{_API}/invocation/next")
        response = upstream.getresponse()
        event = json.loads(response.read())
        request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        context = Context(request_id, int(response.headers["Lambda-Runtime-Deadline-Ms"]))
        try:
            loop.run_until_complete(handler.answer(event, context, Posted(address, request_id)))
        except (OSError, http.client.HTTPException) as gone:  # nobody takes the answer
            logs.logger().info("answer_not_taken", extra=logs.fault(gone))


def _post(address: str, path: str, error: dict[str, Any]) -> None:
    connection = http.client.HTTPConnection(address)
    headers = {"Content-Type": "application/json", _ERROR_TYPE: error["errorType"]}
    connection.request("POST", path, json.dumps(error).encode(), headers)
    connection.getresponse().read()
    connection.close()


def _error(fault: BaseException) -> dict[str, Any]:
    """Describe a fault as AWS's runtime client does, without its text, which may hold what a user wrote."""
    where = [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(fault.__traceback__)]
    return {"errorType": type(fault).__name__, "errorMessage": "see the log", "stackTrace": where}
