"""The caller's rows: PostgREST with the caller's own token, so that RLS holds inside functions, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from functions._shared.adapters.supabase.rest import build, understood

if TYPE_CHECKING:
    import httpx
    from postgrest.base_request_builder import BaseFilterRequestBuilder

    from functions._shared.ports import Json

Q = TypeVar("Q", bound="BaseFilterRequestBuilder[Any]")


class SupabaseRows:
    """`CallerRows` over PostgREST.

    Parameters
    ----------
    url : str
        Base URL of the project.
    publishable_key : str
        Says which project is meant; gives no rights.
    token : str
        The caller's verified access token.
    client : httpx.AsyncClient
        The container's client.
    """

    def __init__(self, url: str, publishable_key: str, token: str, client: httpx.AsyncClient) -> None:
        self._client = build(url, {"apikey": publishable_key, "Authorization": f"Bearer {token}"}, client)

    async def select(
        self,
        table: str,
        *,
        columns: str = "*",
        match: Json | None = None,
        order: str | None = None,
        limit: int = 1000,
    ) -> list[dict[str, Any]]:
        """See `CallerRows.select`."""
        query = _where(self._client.from_(table).select(columns), match or {}).limit(limit)
        if order is not None:
            column, _, direction = order.partition(".")
            query = query.order(column, desc=direction == "desc")
        with understood():
            return _rows((await query.execute()).data)

    async def insert(self, table: str, row: Json) -> dict[str, Any]:
        """See `CallerRows.insert`."""
        with understood():
            return _rows((await self._client.from_(table).insert(dict(row)).execute()).data)[0]

    async def update(self, table: str, values: Json, *, match: Json) -> list[dict[str, Any]]:
        """See `CallerRows.update`."""
        query = _where(self._client.from_(table).update(dict(values)), _some(match))
        with understood():
            return _rows((await query.execute()).data)

    async def delete(self, table: str, *, match: Json) -> list[dict[str, Any]]:
        """See `CallerRows.delete`."""
        query = _where(self._client.from_(table).delete(), _some(match))
        with understood():
            return _rows((await query.execute()).data)

    async def call(self, function: str, arguments: Json) -> object:
        """See `CallerRows.call`."""
        with understood():
            return (await self._client.rpc(function, dict(arguments)).execute()).data


def _some(match: Json) -> Json:
    """Refuse an empty filter: it would mean every row that the caller may touch."""
    if not match:
        raise ValueError("a change needs a filter")
    return match


def _where(query: Q, match: Json) -> Q:
    for column, value in match.items():
        if value is None or isinstance(value, bool):  # "eq.None" would be looked for as text
            query = query.is_(column, "null" if value is None else str(value).lower())
        else:
            query = query.eq(column, value)
    return query


def _rows(data: object) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", data)
