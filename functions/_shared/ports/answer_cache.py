"""Keeps models' answers for a while."""

from __future__ import annotations

from typing import Protocol


class AnswerCache(Protocol):
    """Keeps models' answers for a while. It may forget at any time, and it never fails: a broken one is empty."""

    async def get(self, user_id: str, key: str) -> str | None:
        """Give what is kept for this user under this key, if anything."""
        ...

    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        """Keep it for so many seconds."""
        ...
