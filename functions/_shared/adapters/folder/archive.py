"""The archive in a folder: what the local stack has in place of S3."""

from __future__ import annotations

import os
from pathlib import Path

from functions._shared.domain.errors import ArchiveUnavailable, NotFound


class FolderArchive:
    """`Archive` below one folder.

    Parameters
    ----------
    root : str
        The folder; made on first use.
    """

    def __init__(self, root: str) -> None:
        self._root = Path(root).resolve()

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root):
            raise NotFound
        return path

    async def put(self, key: str, body: bytes, media_type: str) -> None:  # noqa: ARG002 - files have no type
        """See `Archive.put`."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A name of its own and a rename: nobody ever reads half an object.
            half = path.with_name(f"{path.name}.{os.getpid()}")
            half.write_bytes(body)
            half.replace(path)
        except OSError as error:
            raise ArchiveUnavailable from error

    async def get(self, key: str) -> bytes:
        """See `Archive.get`."""
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise NotFound from error
        except OSError as error:
            raise ArchiveUnavailable from error
