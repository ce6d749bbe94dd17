"""Exports as ZIP archives.

An archive is written to a temporary file and read into memory once, to be sent. So what is in memory is one archive and
one member, however much there is to export.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import zipfile
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from functions._shared.ports.export_parts import PART_BYTES, ExportParts, Member, StoredPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.ports.export_parts import Store

_MEMBER_BYTES: Final = 400
"""Of a member beside its content and its name: its headers, and what deflate may add to little data."""
_PACKED: Final = (".pdf", ".docx", ".zip", ".png", ".webm", ".ogg", ".mp3", ".m4a", ".mp4", ".flac")
"""Endings of files that are compressed already."""
_EPOCH: Final = (2000, 1, 1, 0, 0, 0)


class ZipParts(ExportParts):
    """Writes members into ZIP archives.

    Parameters
    ----------
    store : coroutine function
        See `Store`.
    limit : int
        The most bytes of an archive.
    """

    def __init__(self, store: Store, limit: int = PART_BYTES) -> None:
        self._store = store
        self._limit = limit
        self._open: _Archive | None = None
        self._members: list[Member] = []
        self._stored: list[StoredPart] = []

    @property
    @override
    def members(self) -> Sequence[Member]:
        return self._members

    @override
    async def add(self, name: str, content: bytes) -> None:
        needed = len(content) + len(content) // 1000 + 2 * len(name.encode()) + _MEMBER_BYTES
        if self._open is not None and self._open.filled + needed > self._limit:
            await self._send(self._open)
        archive = self._open = self._open or _Archive()
        digest = await asyncio.to_thread(archive.write, name, content)
        self._members.append(Member(name, len(content), digest, len(self._stored) + 1))

    @override
    async def finish(self) -> Sequence[StoredPart]:
        if self._open is not None:
            await self._send(self._open)
        return self._stored

    @override
    def close(self) -> None:
        if self._open is not None:
            self._open.seal()
        self._open = None

    async def _send(self, archive: _Archive) -> None:
        body = await asyncio.to_thread(archive.seal)
        self._open = None
        path = await self._store(len(self._stored) + 1, body)
        self._stored.append(StoredPart(path, len(body), hashlib.sha256(body).hexdigest()))


class _Archive:
    """An archive that is being written."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sealed
        self._zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._directory = 0

    @property
    def filled(self) -> int:
        """Bytes so far, with the directory that follows the members."""
        return self.file.tell() + self._directory

    def write(self, name: str, content: bytes) -> str:
        """Write a member; return its SHA-256."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        self._zip.writestr(info, content)
        self._directory += len(name.encode()) + _MEMBER_BYTES
        return hashlib.sha256(content).hexdigest()

    def seal(self) -> bytes:
        """Finish the archive and return it."""
        self._zip.close()
        self.file.seek(0)
        body = self.file.read()
        self.file.close()
        return body
