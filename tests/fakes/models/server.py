"""A fake model vendor on a local port: real HTTP, the vendors' wire formats, faults on demand."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from tests.fakes.models.behaviours import (
    Answer,
    CutShort,
    Drip,
    Drop,
    Error,
    Garbage,
    Hang,
    Request,
    Step,
)
from tests.fakes.models.wire import VENDORS, TextStep, Vendor

if TYPE_CHECKING:
    from types import TracebackType

    from tests.fakes.models.behaviours import Behaviour

UNPLANNED = 418
"""Status of a request without a planned step. No SDK retries it, so the test notices."""


class FakeModels:
    """One HTTP server that speaks Gemini, OpenAI chat completions and Anthropic messages.

    Each request uses one of the steps from `plan`; after the last step, `always` answers, if set. `requests` lists the
    requests in the order of arrival. A request that the vendor would reject gets the vendor's rejection, and `refused`
    lists the offending schema keyword.

    Parameters
    ----------
    key
        The only valid API key; other keys get the vendor's own rejection.
    """

    def __init__(self, *, key: str = "test-key") -> None:
        self.key = key
        self.always: Step | None = None
        self.requests: list[Request] = []
        self.refused: list[str] = []
        self._steps: deque[Step] = deque()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        """Base URL, without a trailing slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def plan(self, *steps: Step) -> None:
        """Plan the next requests, one step each."""
        with self._lock:
            self._steps.extend(steps)

    def reset(self) -> None:
        """Clear plans and requests."""
        with self._lock:
            self._steps.clear()
            self.requests.clear()
            self.refused.clear()
            self.always = None

    def start(self) -> Self:
        """Serve on a free port of the loopback interface."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving and release hanging requests."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _next(self, request: Request) -> Behaviour | None:
        with self._lock:
            self.requests.append(request)
            step = self._steps.popleft() if self._steps else self.always
        # A callable may wait for the test, so it runs outside the lock.
        return step(request) if callable(step) else step

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                fake._serve(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Keep test output clean."""

        return Handler

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        vendor = next((v for v in VENDORS if v.matches(handler.path)), None)
        if vendor is None:
            _send(handler, 404, {}, {"error": {"code": 404, "message": handler.path}})
            return
        if vendor.key(headers) != self.key:
            _send(handler, *vendor.bad_key())
            return
        request = vendor.read(handler.path, headers, vendor.parse(raw, headers))
        if (keyword := vendor.objection(request)) is not None:
            status, extra, body = vendor.error(400, None)
            body["error"]["message"] = f"Invalid request: {keyword}"
            self.refused.append(keyword)
            _send(handler, status, extra, body)
            return
        self._act(handler, vendor, request)

    def _act(self, handler: BaseHTTPRequestHandler, vendor: Vendor, request: Request) -> None:
        match self._next(request):
            case None:
                _send(handler, *vendor.error(UNPLANNED, None))
            case Error() as step:
                _send(handler, *vendor.error(step.status, step.retry_after))
            case Garbage() as step:
                _raw(handler, 200, {"content-type": "text/html"}, step.body)
            case Hang():
                self._stopping.wait()
            case Drip():
                self._drip(handler)
            case Drop():
                _reset(handler)
            case CutShort() as step if request.streams:
                self._stream(handler, vendor, request, Answer(step.text), breaks=True)
            case CutShort():
                _headers(handler, 200, {"content-type": "application/json"}, 100_000)
                handler.wfile.write(b'{"candidates": [')
                handler.wfile.flush()
                _reset(handler)
            case step if request.streams:
                self._stream(handler, vendor, request, step)
            case step:
                _send(handler, 200, {}, vendor.answer(request, step))

    def _stream(
        self, handler: BaseHTTPRequestHandler, vendor: Vendor, request: Request, step: TextStep, *, breaks: bool = False
    ) -> None:
        """Answer with server-sent events; `breaks` resets the connection where the text ends."""
        pause = step.pause if isinstance(step, Answer) else 0
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        try:
            for name, data in vendor.events(vendor.answer(request, step)):
                text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
                if breaks and _ends(data):
                    _reset(handler)
                    return
                event = (f"event: {name}\n" if name else "") + f"data: {text}\n\n"
                raw = event.encode()
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
                handler.wfile.flush()
                if pause and self._stopping.wait(pause):
                    break
            handler.wfile.write(b"0\r\n\r\n")
            handler.wfile.flush()
        except OSError:
            handler.close_connection = True

    def _drip(self, handler: BaseHTTPRequestHandler) -> None:
        _headers(handler, 200, {"content-type": "application/json"}, 1_000_000)
        try:
            while not self._stopping.wait(0.05):
                handler.wfile.write(b" ")
                handler.wfile.flush()
        except OSError:
            return  # the client gave up, as it should


def _ends(data: dict[str, Any] | str) -> bool:
    """Whether an event says why the answer ends, in any vendor's form."""
    text = json.dumps(data)
    return '"finishReason": "' in text or '"finish_reason": "' in text or '"message_delta"' in text


def _headers(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], length: int) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("content-length", str(length))
    handler.end_headers()
    handler.wfile.flush()


def _raw(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    try:
        _headers(handler, status, headers, len(body))
        handler.wfile.write(body)
        handler.wfile.flush()
    except OSError:
        # The client is gone, for example killed by a crash test.
        handler.close_connection = True


def _send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: dict[str, Any]) -> None:
    raw = json.dumps(body, ensure_ascii=False).encode()
    _raw(handler, status, {"content-type": "application/json; charset=UTF-8", **headers}, raw)


def _reset(handler: BaseHTTPRequestHandler) -> None:
    # Linger 0 makes close() send RST, as a dying server does.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True
