"""The archive that receives rows before they are deleted.

Used by the ``cleanup`` function. Implemented by the ``aws`` adapter (S3) and, for the local stack, by ``folder``.
"""

from __future__ import annotations

from typing import Protocol


class Archive(Protocol):
    """A store of archived objects. An object is never modified; writing it again writes the same content."""

    async def put(self, key: str, body: bytes, media_type: str) -> None:
        """Store an object.

        Raises
        ------
        ArchiveUnavailable
            The object may not have been stored.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Read an object.

        Raises
        ------
        NotFound
            There is no object under this key.
        ArchiveUnavailable
            The object could not be read.
        """
        ...

    async def keys(self, prefix: str) -> list[str]:
        """Return the keys of all objects below a prefix that ends with a slash.

        Raises
        ------
        ArchiveUnavailable
            They could not be listed.
        """
        ...
