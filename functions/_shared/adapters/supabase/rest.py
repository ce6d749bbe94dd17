"""Calls of database functions over PostgREST, and what its failures mean.

A call is one POST, so it is made with the container's HTTP client itself: postgrest-py would cost its import at the
first request of a container, repeat nothing that may be repeated here, and forget the status of an error that has no
code. Where queries are built (`caller`), it is used.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from functions._shared.domain.errors import AnswerLost, DatabaseUnavailable, DomainError
from functions._shared.domain.errors.table import from_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def understood() -> Iterator[None]:
    """Turn failures of the connection into `DomainError`.

    Raises
    ------
    DatabaseUnavailable
        No connection: nothing was sent.
    AnswerLost
        The call was sent, or may have been, and no answer came.
    """
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise DatabaseUnavailable from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise AnswerLost from error


async def call(
    client: httpx.AsyncClient,
    url: str,
    headers: Mapping[str, str],
    function: str,
    arguments: Mapping[str, Any],
    *,
    seconds: float | None = None,
) -> object:
    """Call a function of the database.

    Parameters
    ----------
    client : httpx.AsyncClient
        The container's client.
    url : str
        Base URL of the project.
    headers : mapping
        Keys that say who calls.
    function : str
        Name of a function in ``public``.
    arguments : mapping
        By name, JSON-serialisable.
    seconds : float, optional
        How long to wait for the answer; by default as long as the client does.

    Returns
    -------
    object
        What it returned, parsed; ``None`` for void.

    Raises
    ------
    DomainError
        What the database, or whoever answered in its place, said.
    DatabaseUnavailable
        No connection: nothing was sent.
    AnswerLost
        The call was sent and no intelligible answer came.
    """
    timeout = httpx.USE_CLIENT_DEFAULT if seconds is None else httpx.Timeout(seconds, connect=2.0)
    with understood():
        response = await client.post(f"{url}/rest/v1/rpc/{function}", headers=headers, json=arguments, timeout=timeout)
    if not response.is_success:
        raise refusal(response)
    if not response.content:
        return None
    try:
        answer: object = response.json()
    except ValueError as error:  # a proxy's page: whether the call went through is not known
        raise AnswerLost from error
    return answer


def refusal(response: httpx.Response) -> DomainError:
    """Read the error of a response: by its code, or by its status where the body has none of ours."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict) and isinstance(body.get("code"), str):
        return from_database(body["code"], body.get("message"), body.get("details"), body.get("hint"))
    return from_database(str(response.status_code), None)
