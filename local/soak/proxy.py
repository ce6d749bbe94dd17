"""A TCP proxy that delays, resets, swallows or half-closes connections."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import TYPE_CHECKING, Final, Literal, Self

if TYPE_CHECKING:
    from types import TracebackType

Mode = Literal["pass", "latency", "reset", "black_hole", "half_close"]
LATENCY_S: Final = 0.15
CHUNK: Final = 65_536
# With a linger of zero, closing a socket sends RST.
_NO_LINGER: Final = struct.pack("ii", 1, 0)


class Proxy:
    """Forwards connections on `port` to another port on 127.0.0.1.

    Parameters
    ----------
    port, target
        Where it listens, and where it forwards to.
    """

    def __init__(self, port: int, target: int) -> None:
        self.port, self.target = port, target
        self.mode: Mode = "pass"
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        self._reset_all()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def set(self, mode: Mode) -> None:
        """Behave differently from now on. What a fault has spoiled is reset when the fault ends."""
        spoiled = self.mode != "pass" and mode == "pass"
        self.mode = mode
        if mode == "reset" or spoiled:
            self._reset_all()

    def _reset_all(self) -> None:
        for writer in list(self._writers):
            self._reset(writer)

    @staticmethod
    def _reset(writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            plug: socket.socket | None = writer.get_extra_info("socket")
            if plug is not None:
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        writer.transport.abort()

    def _accept(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(near_reader, near))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        if self.mode == "reset":
            self._reset(near)
            return
        try:
            far_reader, far = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            self._reset(near)
            return
        ends = {near, far}
        self._writers |= ends
        try:
            await asyncio.gather(self._pump(near_reader, far), self._pump(far_reader, near, answers=True))
        except OSError:
            pass
        finally:
            self._writers -= ends
            for end in ends:
                end.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False) -> None:
        while data := await reader.read(CHUNK):
            if self.mode == "latency":
                await asyncio.sleep(LATENCY_S / 2)
            if self.mode == "black_hole":
                continue
            if self.mode == "half_close" and answers:
                # Half of the answer, then the end of this direction; what the client still sends is read.
                writer.write(data[: len(data) // 2])
                break
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
