"""AWS Lambda's Runtime API for one container.

Reference: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

API = "/2018-06-01/runtime"
# Bytes. Lambda's limit for the event and the answer of a synchronous call.
PAYLOAD_LIMIT = 6 * 1024 * 1024
_STREAMED = ("application/vnd.awslambda.http-integration-response", "streaming", "chunked")


@dataclass(slots=True)
class Streamed:
    """An answer in pieces, each with the time of its arrival, and its trailers once it has ended."""

    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    trailers: dict[str, str] = field(default_factory=dict)
    ended: bool = False


@dataclass(slots=True)
class Invocation:
    """One event and its answer. `handed_out` and `answered` are times in `perf_counter` seconds."""

    event: bytes
    deadline: float
    client_context: str | None = None
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    handed_out: float = 0.0
    answered: float = 0.0
    failed: bool = False
    body: bytes = b""
    streamed: Streamed | None = None
    done: threading.Event = field(default_factory=threading.Event)


class State:
    """The state that the server shares with the container, for one process."""

    def __init__(self, arn: str) -> None:
        self.arn = arn
        self.events: queue.SimpleQueue[Invocation | None] = queue.SimpleQueue()
        self.current: Invocation | None = None
        # The function is loaded or failed to load; it waits for events; the snapshot is restored.
        self.initialised, self.ready, self.restored = threading.Event(), threading.Event(), threading.Event()
        self.error: dict[str, Any] | None = None

    def fail(self, error: dict[str, Any]) -> None:
        """Record that the function could not be loaded or restored."""
        self.error = error
        self.initialised.set()
        self.ready.set()


class RuntimeServer(ThreadingHTTPServer):
    """Serves one container on a free port of 127.0.0.1."""

    daemon_threads = True

    def __init__(self, state: State) -> None:
        super().__init__(("127.0.0.1", 0), RuntimeHandler)
        self.state = state
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Ignore the connection that a killed process leaves behind."""


class RuntimeHandler(BaseHTTPRequestHandler):
    """The endpoints that the client in the container calls."""

    protocol_version = "HTTP/1.1"
    # Nagle's algorithm would delay every answer by 40 ms, which Lambda does not do.
    disable_nagle_algorithm = True
    wbufsize = -1
    server: RuntimeServer

    def log_message(self, *_: object) -> None:
        """Log nothing: the container's own output is the log."""

    def do_GET(self) -> None:
        """Return the next event, or hold the process in its snapshot."""
        state = self.server.state
        if self.path == f"{API}/restore/next":
            state.initialised.set()
            state.restored.wait()
            self._reply(200)
        elif self.path == f"{API}/invocation/next":
            state.initialised.set()
            state.ready.set()
            invocation = state.events.get()
            if invocation is None:
                self.close_connection = True
                return
            state.current = invocation
            headers = {
                "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
                "Lambda-Runtime-Deadline-Ms": str(int(invocation.deadline * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": state.arn,
                "Lambda-Runtime-Trace-Id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]};Sampled=0",
            }
            if invocation.client_context is not None:
                headers["Lambda-Runtime-Client-Context"] = invocation.client_context
            invocation.handed_out = time.perf_counter()
            self._reply(200, invocation.event, headers)
        else:
            self._reply(404)

    def do_POST(self) -> None:
        """Accept an answer or an error."""
        answered = time.perf_counter()
        state = self.server.state
        if self.headers.get("transfer-encoding"):
            self._accept_stream()
            return
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path in {f"{API}/init/error", f"{API}/restore/error"}:
            state.fail(json.loads(body))
            self._reply(202)
            return
        invocation, verb = state.current, self.path.rpartition("/")[2]
        matches = invocation is not None and self.path == f"{API}/invocation/{invocation.request_id}/{verb}"
        if invocation is None or not matches or verb not in {"response", "error"}:
            self._reply(400, b'{"errorType":"InvalidRequestID"}')
            return
        too_large = len(body) > PAYLOAD_LIMIT
        if too_large:
            message = f"Response payload size exceeded maximum allowed payload size ({PAYLOAD_LIMIT} bytes)."
            body = json.dumps({"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}).encode()
        invocation.answered, invocation.body, invocation.failed = answered, body, too_large or verb == "error"
        state.current = None
        self._reply(413 if too_large else 202)
        invocation.done.set()

    def _accept_stream(self) -> None:
        """Accept an answer in pieces, as of a function URL in streaming mode."""
        invocation = self.server.state.current
        asked = tuple(
            self.headers.get(name, "")
            for name in ("content-type", "lambda-runtime-function-response-mode", "transfer-encoding")
        )
        if (
            invocation is None
            or self.path != f"{API}/invocation/{invocation.request_id}/response"
            or asked != _STREAMED
        ):
            self.close_connection = True
            self._reply(400, b'{"errorType":"InvalidRequest"}')
            return
        streamed = invocation.streamed = Streamed()
        while size := int(self.rfile.readline(), 16):
            piece = self.rfile.read(size)
            if len(piece) < size or self.rfile.readline() != b"\r\n":
                raise ConnectionResetError
            streamed.pieces.append((time.perf_counter(), piece))
        while line := self.rfile.readline().strip():
            name, _, value = line.decode().partition(": ")
            streamed.trailers[name.lower()] = value
        streamed.ended = True
        invocation.answered, invocation.failed = time.perf_counter(), bool(streamed.trailers)
        self.server.state.current = None
        self._reply(202)
        invocation.done.set()

    def _reply(self, status: int, body: bytes = b"{}", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)
            self.wfile.flush()
