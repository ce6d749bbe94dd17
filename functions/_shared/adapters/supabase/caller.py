"""The caller's rows: PostgREST with the caller's own token, so that RLS also applies inside functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from postgrest import AsyncPostgrestClient
from postgrest.exceptions import APIError
from typing_extensions import override

from functions._shared.adapters.supabase.rest import call, connection_errors
from functions._shared.domain.errors import AnswerLost
from functions._shared.domain.errors.table import from_database
from functions._shared.ports.rows import CallerRows

if TYPE_CHECKING:
    import httpx
    from postgrest import AsyncQueryRequestBuilder
    from postgrest.base_request_builder import BaseFilterRequestBuilder

    from functions._shared.domain.json import Json

Q = TypeVar("Q", bound="BaseFilterRequestBuilder[Any]")


class SupabaseRows(CallerRows):
    """The caller's rows over PostgREST.

    Parameters
    ----------
    url : str
        Base URL of the project.
    publishable_key : str
        Identifies the project; grants no rights.
    token : str
        The caller's verified access token.
    client : httpx.AsyncClient
        The HTTP client of the container.
    """

    def __init__(self, url: str, publishable_key: str, token: str, client: httpx.AsyncClient) -> None:
        self._url = url
        self._headers = {"apikey": publishable_key, "authorization": f"Bearer {token}"}
        self._http = client
        # Its own retries are off: they sleep for seconds, and this adapter decides what is safe to repeat.
        self._client = AsyncPostgrestClient(
            f"{url}/rest/v1", headers=self._headers, http_client=client, retry_enabled=False
        )

    @override
    async def select(
        self,
        table: str,
        *,
        columns: str = "*",
        match: Json | None = None,
        order: str | None = None,
        limit: int = 1000,
    ) -> list[dict[str, Any]]:
        query = _where(self._client.from_(table).select(columns), match or {}).limit(limit)
        if order is not None:
            column, _, direction = order.partition(".")
            query = query.order(column, desc=direction == "desc")
        try:
            return await _fetch(query)
        except AnswerLost:  # the server closed an idle connection as we used it; repeating a read is safe
            return await _fetch(query)

    @override
    async def insert(self, table: str, row: Json) -> dict[str, Any]:
        return (await _fetch(self._client.from_(table).insert(dict(row))))[0]

    @override
    async def update(self, table: str, values: Json, *, match: Json) -> list[dict[str, Any]]:
        return await _fetch(_where(self._client.from_(table).update(dict(values)), _not_empty(match)))

    @override
    async def delete(self, table: str, *, match: Json) -> list[dict[str, Any]]:
        return await _fetch(_where(self._client.from_(table).delete(), _not_empty(match)))

    @override
    async def call(self, function: str, arguments: Json) -> object:
        return await call(self._http, self._url, self._headers, function, arguments)


def _not_empty(match: Json) -> Json:
    """Reject an empty filter, which would match every row that the caller may change."""
    if not match:
        raise ValueError("a change needs a filter")
    return match


def _where(query: Q, match: Json) -> Q:
    for column, value in match.items():
        if value is None or isinstance(value, bool):  # PostgREST would compare "eq.None" as text
            query = query.is_(column, "null" if value is None else str(value).lower())
        elif isinstance(value, list):
            query = query.in_(column, value)
        else:
            query = query.eq(column, value)
    return query


async def _fetch(query: AsyncQueryRequestBuilder) -> list[dict[str, Any]]:
    try:
        with connection_errors():
            return cast("list[dict[str, Any]]", (await query.execute()).data)
    except APIError as error:
        raise from_database(error.code, error.message, error.details, error.hint) from error
