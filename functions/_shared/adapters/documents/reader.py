"""Files read in a child process that can be killed: a file that hangs or crashes a parser costs its own import only.

The child is started early and kept: starting one takes longer than reading a file. It gets no environment but the
path of our code, so it holds no secret.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from functions._shared.adapters.documents import child, wire
from functions._shared.domain.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentTooSlow,
    DocumentTypeUnsupported,
    DocumentUnreadable,
)
from functions._shared.ports.document_reader import DocumentReader

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Document

SECONDS: Final = 20.0
MAX_BYTES: Final = 10_000_000
MAX_ANSWER: Final = 64_000_000
_ROOT: Final = Path(__file__).resolve().parents[4]


class ChildReader(DocumentReader):
    """A reader with a child process.

    Parameters
    ----------
    seconds : float
        How long a file may take.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the child if there is none, so that it is ready when the first file comes."""
        if self._process is not None and self._process.poll() is None:
            return
        paths = [str(_ROOT), *(path for path in sys.path if path)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", child.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(paths),
                "LD_LIBRARY_PATH": f"{sys.base_prefix}/lib",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            cwd="/",
        )

    def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()

    @override
    def read(self, data: bytes, *, facts: bool = False) -> Document:
        if len(data) > MAX_BYTES:
            raise DocumentTooLarge(limit="10 MB")
        with self._lock:
            self.start()
            try:
                sign, answer = self._ask(child.FACTS if facts else child.TEXT, data, time.monotonic() + self._seconds)
            except (DocumentUnreadable, OSError) as error:
                self.close()
                self.start()
                if isinstance(error, DocumentUnreadable):
                    raise
                raise DocumentDamaged from None
        if sign == b"+":
            return wire.decode(answer)
        raise _error(json.loads(answer))

    def _ask(self, wanted: bytes, data: bytes, deadline: float) -> tuple[bytes, bytes]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise DocumentUnreadable
        sender = threading.Thread(target=_send, args=(process, wanted, data), daemon=True)
        sender.start()
        sign, size = child.LENGTH.unpack(_receive(process, child.LENGTH.size, deadline))
        if size > MAX_ANSWER:
            raise DocumentTooLarge
        return sign, _receive(process, size, deadline)


def _send(process: subprocess.Popen[bytes], wanted: bytes, data: bytes) -> None:
    # A child that died has closed its end; the one that waits for its answer sees that, too.
    with contextlib.suppress(OSError, ValueError):
        if process.stdin is not None:
            child.exchange(process.stdin, wanted, data)  # type: ignore[arg-type]


def _receive(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    """Read exactly as many bytes, until the deadline."""
    if process.stdout is None:
        raise DocumentUnreadable
    number = process.stdout.fileno()
    pieces: list[bytes] = []
    while size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([number], [], [], left)[0]:
            raise DocumentTooSlow
        piece = os.read(number, min(size, 1 << 20))
        if not piece:
            raise DocumentDamaged
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _error(problem: dict[str, str]) -> DocumentUnreadable:
    detail = problem.get("detail", "")
    match problem["code"]:
        case "encrypted":
            return DocumentEncrypted()
        case "too_large":
            return DocumentTooLarge(**({"limit": detail} if detail else {}))
        case "unsupported":
            return DocumentTypeUnsupported(found=detail)
        case "too_slow":
            return DocumentTooSlow()
    return DocumentDamaged()
