"""Database access with the caller's own rights, under row-level security.

Used by the ``billing`` function, for what users may read and change themselves. Implemented by the ``supabase``
adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


class CallerRows(Protocol):
    """Tables and functions as the caller may use them. Each call is one round trip."""

    async def select(
        self,
        table: str,
        *,
        columns: str = "*",
        match: Json | None = None,
        order: str | None = None,
        limit: int = 1000,
    ) -> list[dict[str, Any]]:
        """Return the rows whose columns equal ``match``, or one of its values if it is a list.

        ``order`` is ``column`` or ``column.desc``.
        """
        ...

    async def insert(self, table: str, row: Json) -> dict[str, Any]:
        """Insert one row and return it."""
        ...

    async def update(self, table: str, values: Json, *, match: Json) -> list[dict[str, Any]]:
        """Update the rows that match and return them. ``match`` must not be empty."""
        ...

    async def delete(self, table: str, *, match: Json) -> list[dict[str, Any]]:
        """Delete the rows that match and return them. ``match`` must not be empty."""
        ...

    async def call(self, function: str, arguments: Json) -> object:
        """Call a database function and return its result."""
        ...
