"""The archive in a local folder, which the local stack uses instead of S3."""

from __future__ import annotations

import os
from pathlib import Path

from typing_extensions import override

from functions._shared.domain.errors import ArchiveUnavailable, NotFound
from functions._shared.ports.archive import Archive


class FolderArchive(Archive):
    """The archive below one folder.

    Parameters
    ----------
    root : str
        The folder, which is created on first use.
    """

    def __init__(self, root: str) -> None:
        self._root = Path(root).resolve()

    @override
    async def put(self, key: str, body: bytes, media_type: str) -> None:
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Write to a temporary name, then rename: no reader ever sees half an object.
            temporary = path.with_name(f"{path.name}.{os.getpid()}")
            temporary.write_bytes(body)
            temporary.replace(path)
        except OSError as error:
            raise ArchiveUnavailable from error

    @override
    async def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise NotFound from error
        except OSError as error:
            raise ArchiveUnavailable from error

    @override
    async def keys(self, prefix: str) -> list[str]:
        try:
            found = [path for path in self._path(prefix).rglob("*") if path.is_file()]
        except OSError as error:
            raise ArchiveUnavailable from error
        return sorted(path.relative_to(self._root).as_posix() for path in found)

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root):
            raise NotFound
        return path
