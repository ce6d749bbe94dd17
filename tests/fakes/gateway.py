"""A gateway in front of the Supabase API, which sees every request and can run an action at any of them.

Tests use it to kill the process that sent the request, without any hook in the code under test.
"""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

Moment = Literal["before", "during", "after"]
"""Before the request is forwarded; before its answer arrives; or after that, before the answer is returned."""

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "host"})


@dataclass
class Gateway:
    """Forwards HTTP requests to one upstream and records them.

    Parameters
    ----------
    upstream
        Base URL.
    """

    upstream: str
    seen: list[str] = field(default_factory=list)
    _traps: dict[tuple[str, Moment], Callable[[], None]] = field(default_factory=dict)
    _quiet: threading.Condition = field(default_factory=threading.Condition)
    _open: int = 0

    def __post_init__(self) -> None:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                with gateway._counted():
                    gateway._serve(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _pass  # noqa: N815 - the names http.server calls

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Keep test output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        """Base URL, without a trailing slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def settle(self) -> None:
        """Wait until all requests are finished, including upstream."""
        with self._quiet:
            self._quiet.wait_for(lambda: self._open == 0)

    def trap(self, path: str, moment: Moment, action: Callable[[], None]) -> None:
        """Run an action once, at the next request whose path ends with ``path``."""
        self._traps[path, moment] = action

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._quiet:
            self._open += 1
        try:
            yield
        finally:
            with self._quiet:
                self._open -= 1
                self._quiet.notify_all()

    def _spring(self, path: str, moment: Moment) -> bool:
        for name, when in list(self._traps):
            if when == moment and path.endswith(name):
                self._traps.pop((name, when))()
                return True
        return False

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.split("?", maxsplit=1)[0]
        body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
        self.seen.append(f"{handler.command} {path}")
        if self._spring(path, "before"):
            handler.close_connection = True
            return
        address = urlsplit(self.upstream)
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        headers = {name: value for name, value in handler.headers.items() if name.lower() not in _HOP_BY_HOP}
        connection.request(handler.command, handler.path, body, headers)
        was_trapped = self._spring(path, "during")
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if self._spring(path, "after") or was_trapped:
            handler.close_connection = True
            return
        handler.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                handler.send_header(name, value)
        handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)
