"""A short-lived cache of model answers.

Used by `functions._shared.ai.cached`, for every function that asks a model. Implemented by the ``redis`` and
``supabase`` adapters.
"""

from __future__ import annotations

from typing import Protocol


class AnswerCache(Protocol):
    """Model answers per user. Entries may disappear at any time; a failing cache acts like an empty one."""

    async def get(self, user_id: str, key: str) -> str | None:
        """Return the text cached for this user under this key, or None."""
        ...

    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        """Cache a text for this many seconds."""
        ...
