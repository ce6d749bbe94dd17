"""The caller's rows: PostgREST with the caller's own token, so that RLS holds inside functions, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from postgrest import AsyncPostgrestClient
from postgrest.exceptions import APIError

from functions._shared.adapters.supabase.rest import call, understood
from functions._shared.domain.errors import AnswerLost
from functions._shared.domain.errors.table import from_database

if TYPE_CHECKING:
    import httpx
    from postgrest import AsyncQueryRequestBuilder
    from postgrest.base_request_builder import BaseFilterRequestBuilder

    from functions._shared.ports.rows import Json

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
        self._url = url
        self._headers = {"apikey": publishable_key, "authorization": f"Bearer {token}"}
        self._http = client
        # Its own retries are off: they sleep for seconds, and whether to repeat is decided here.
        self._client = AsyncPostgrestClient(
            f"{url}/rest/v1", headers=self._headers, http_client=client, retry_enabled=False
        )

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
        try:
            return await _fetch(query)
        except AnswerLost:  # a kept connection that the server closed at this very moment; reading again is safe
            return await _fetch(query)

    async def insert(self, table: str, row: Json) -> dict[str, Any]:
        """See `CallerRows.insert`."""
        return (await _fetch(self._client.from_(table).insert(dict(row))))[0]

    async def update(self, table: str, values: Json, *, match: Json) -> list[dict[str, Any]]:
        """See `CallerRows.update`."""
        return await _fetch(_where(self._client.from_(table).update(dict(values)), _some(match)))

    async def delete(self, table: str, *, match: Json) -> list[dict[str, Any]]:
        """See `CallerRows.delete`."""
        return await _fetch(_where(self._client.from_(table).delete(), _some(match)))

    async def call(self, function: str, arguments: Json) -> object:
        """See `CallerRows.call`."""
        return await call(self._http, self._url, self._headers, function, arguments)


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


async def _fetch(query: AsyncQueryRequestBuilder) -> list[dict[str, Any]]:
    try:
        with understood():
            return cast("list[dict[str, Any]]", (await query.execute()).data)
    except APIError as error:
        raise from_database(error.code, error.message, error.details, error.hint) from error
