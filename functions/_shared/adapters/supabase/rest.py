"""What both PostgREST adapters share: building a client and understanding its failures."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
from postgrest import AsyncPostgrestClient
from postgrest.exceptions import APIError

from functions._shared.domain.error_table import from_database
from functions._shared.domain.errors import AnswerLost, DatabaseUnavailable, DomainError, InternalError

if TYPE_CHECKING:
    from collections.abc import Iterator


def build(url: str, headers: dict[str, str], client: httpx.AsyncClient) -> AsyncPostgrestClient:
    """Make a PostgREST client on the container's HTTP client.

    Its own retries are off: they sleep for seconds, and whether a call may be repeated is decided by its caller.
    """
    return AsyncPostgrestClient(
        f"{url}/rest/v1",
        headers={"Accept": "application/json", "X-Client-Info": "resumebase", **headers},
        http_client=client,
        retry_enabled=False,
    )


@contextmanager
def understood() -> Iterator[None]:
    """Turn failures of a call into `DomainError`.

    Raises
    ------
    DomainError
        What the database or PostgREST answered.
    DatabaseUnavailable
        No connection: nothing was sent.
    AnswerLost
        The call was sent and no answer came.
    """
    try:
        yield
    except APIError as error:
        known: DomainError = from_database(error.code, error.message, error.details, error.hint)
        raise known from error
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise DatabaseUnavailable from error
    except httpx.TransportError as error:
        raise AnswerLost from error
    except httpx.HTTPError as error:
        raise InternalError from error
