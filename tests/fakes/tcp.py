"""A TCP proxy whose connections can be cut or go silent, as they do around a frozen process."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType


class Line:
    """Forwards TCP connections to another address.

    `cut` closes the open connections, as a server does with idle ones. `deaden` makes them swallow everything and
    answer nothing, as a gateway does that has dropped them. New connections still work after either. `stall` accepts
    new connections but never answers; `unplug` refuses them.

    Parameters
    ----------
    url
        `http://host:port` of the other end.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self._target = (parts.hostname, parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.accepted = 0
        self._stalled = False
        self._open: dict[socket.socket, socket.socket] = {}
        self._dead: list[socket.socket] = []
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            for key, _ in self._selector.select(0.05):
                with self._lock, contextlib.suppress(OSError, KeyError, ValueError):
                    source = key.fileobj
                    assert isinstance(source, socket.socket)
                    if source is self._listener:
                        self._accept()
                    else:
                        self._pass_on(source)

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        self.accepted += 1
        if self._stalled:
            self._dead.append(near)
            return
        try:
            far = socket.create_connection(self._target)
        except OSError:
            near.close()
            return
        for end, other in ((near, far), (far, near)):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open[end] = other
            self._selector.register(end, selectors.EVENT_READ)

    def _pass_on(self, source: socket.socket) -> None:
        other = self._open[source]
        try:
            data = source.recv(65536)
        except OSError:
            data = b""
        if data:
            other.sendall(data)
        else:
            self._forget(source)
            source.close()
            other.close()

    def _forget(self, end: socket.socket) -> None:
        for each in (end, self._open.get(end)):
            if each is not None and self._open.pop(each, None) is not None:
                self._selector.unregister(each)

    def cut(self) -> int:
        """Close the open connections and return how many there were."""
        with self._lock:
            ends = list(self._open)
            for end in ends:
                self._forget(end)
                end.close()
        return len(ends) // 2

    def deaden(self) -> int:
        """Let the open connections hang forever and return how many there were."""
        with self._lock:
            ends = list(self._open)
            for end in ends:
                self._forget(end)
            self._dead += ends
        return len(ends) // 2

    def stall(self, stalled: bool = True) -> None:
        """Stop answering, or start again."""
        self.deaden()
        self._stalled = stalled

    def unplug(self) -> None:
        """Close the open connections and refuse new ones."""
        with self._lock:
            self._selector.unregister(self._listener)
            self._listener.close()
        self.cut()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self.cut()
        for each in [*self._dead, self._listener]:
            each.close()
        self._selector.close()
