"""The caller's own rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

Json = Mapping[str, Any]


class CallerRows(Protocol):
    """Tables and functions with the caller's own rights, under RLS. Each call is one round trip."""

    async def select(
        self,
        table: str,
        *,
        columns: str = "*",
        match: Json | None = None,
        order: str | None = None,
        limit: int = 1000,
    ) -> list[dict[str, Any]]:
        """Rows whose columns equal ``match``; ``order`` is ``column`` or ``column.desc``."""
        ...

    async def insert(self, table: str, row: Json) -> dict[str, Any]:
        """Insert one row and return it."""
        ...

    async def update(self, table: str, values: Json, *, match: Json) -> list[dict[str, Any]]:
        """Change the rows that match and return them. ``match`` must not be empty."""
        ...

    async def delete(self, table: str, *, match: Json) -> list[dict[str, Any]]:
        """Delete the rows that match and return them. ``match`` must not be empty."""
        ...

    async def call(self, function: str, arguments: Json) -> object:
        """Call a function of the database and return its value."""
        ...
