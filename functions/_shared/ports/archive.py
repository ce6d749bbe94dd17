"""Where rows go before they are deleted."""

from __future__ import annotations

from typing import Protocol


class Archive(Protocol):
    """Where rows go before they are deleted. Objects are never changed, only written again as they were."""

    async def put(self, key: str, body: bytes, media_type: str) -> None:
        """Store an object.

        Raises
        ------
        ArchiveUnavailable
            It may not have been stored.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Read an object.

        Raises
        ------
        NotFound
            There is none.
        ArchiveUnavailable
            It could not be read.
        """
        ...
