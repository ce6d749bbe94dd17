"""The ZIP archives of an account's export.

Used by the ``account`` function. Implemented by the ``documents`` adapter.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

Store = Callable[[int, bytes], Awaitable[str]]
"""Stores an archive, given its number (from 1) and its bytes, and returns its path."""
PART_BYTES = 44 * 1024 * 1024
"""Bytes of an archive. The bucket takes 45 MB: a project's own limit (50 MB by default) overrides a bucket's."""


class ExportParts(Protocol):
    """Takes one member after the other, and stores each archive that is full. Each opens by itself."""

    async def add(self, name: str, content: bytes) -> None:
        """Add a member, in a new archive if the current one would become too large."""
        ...

    async def finish(self) -> Sequence[StoredPart]:
        """Store the last archive and return all."""
        ...

    @property
    def members(self) -> Sequence[Member]:
        """The members so far."""
        ...

    def close(self) -> None:
        """Give up what was not stored."""
        ...


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    size: int
    sha256: str
    part: int


@dataclass(frozen=True, slots=True)
class StoredPart:
    """An archive that was stored."""

    path: str
    size: int
    sha256: str
