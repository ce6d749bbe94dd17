"""Calls of database functions over PostgREST, and the conversion of their failures to `DomainError`.

A call is a single POST, so it uses the HTTP client directly. postgrest-py would slow down the first request with its
import, and drop the status of an error that has no code. Only `caller`, which builds queries, uses it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

from functions._shared.domain.errors import AnswerLost, DatabaseUnavailable, DomainError
from functions._shared.domain.errors.table import from_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from functions._shared.domain.json import Json


async def call(
    client: httpx.AsyncClient,
    url: str,
    headers: Mapping[str, str],
    function: str,
    arguments: Json,
    *,
    seconds: float | None = None,
) -> object:
    """Call a function of the database.

    Parameters
    ----------
    client : httpx.AsyncClient
        The HTTP client of the container.
    url : str
        Base URL of the project.
    headers : mapping
        Headers with the API key and, if any, the user's token.
    function : str
        Name of a function in ``public``.
    arguments : mapping
        Arguments by name, JSON-serialisable.
    seconds : float, optional
        Timeout; by default that of the client.

    Returns
    -------
    object
        The parsed result; ``None`` for void.

    Raises
    ------
    DomainError
        The error of the database, or of a gateway that answered instead.
    DatabaseUnavailable
        There was no connection. Nothing was sent.
    AnswerLost
        The call was sent, and no readable answer arrived.
    """
    timeout = httpx.USE_CLIENT_DEFAULT if seconds is None else httpx.Timeout(seconds, connect=2.0)
    with connection_errors():
        response = await client.post(f"{url}/rest/v1/rpc/{function}", headers=headers, json=arguments, timeout=timeout)
    if not response.is_success:
        raise response_error(response)
    if not response.content:
        return None
    try:
        answer: object = response.json()
    except ValueError as error:  # a proxy's error page: the call may or may not have gone through
        raise AnswerLost from error
    return answer


def response_error(response: httpx.Response) -> DomainError:
    """Return the error of a response, by the code in its body or else by its status."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict) and isinstance(body.get("code"), str):
        return from_database(body["code"], body.get("message"), body.get("details"), body.get("hint"))
    return from_database(str(response.status_code), None)


@contextmanager
def connection_errors() -> Iterator[None]:
    """Convert connection failures to `DomainError`.

    Raises
    ------
    DatabaseUnavailable
        There was no connection. Nothing was sent.
    AnswerLost
        The call was or may have been sent, and no answer arrived.
    """
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise DatabaseUnavailable from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise AnswerLost from error
