"""Files that this container made before, so that nobody has the same one made again and again."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

MOST: Final = 32 * 1024 * 1024
"""Bytes of all files together."""


class Kept:
    """Files by their tags. The one that nobody asked for the longest leaves first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def get(self, tag: str) -> bytes | None:
        """Return the file of a tag, if it is kept."""
        content = self._files.get(tag)
        if content is not None:
            self._files.move_to_end(tag)
        return content

    def put(self, tag: str, content: bytes) -> None:
        """Keep a file, in place of the oldest ones if need be."""
        self._size += len(content) - len(self._files.pop(tag, b""))
        self._files[tag] = content
        while self._size > self._most:
            _, oldest = self._files.popitem(last=False)
            self._size -= len(oldest)
