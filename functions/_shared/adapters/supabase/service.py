"""What every adapter does that acts for the system: call a function of the database with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions._shared.adapters.supabase.rest import call
from functions._shared.domain.errors import AnswerLost, Forbidden, InternalError, Unauthenticated

if TYPE_CHECKING:
    import httpx


class ServiceCalls:
    """Functions of the database as the service role; each call is one HTTP request.

    The secret key goes on ``apikey`` alone; as a bearer token new-style keys may be refused. The user that a call
    acts for is named by the caller of the method, from a verified token.

    Parameters
    ----------
    url : str
        Base URL of the project.
    secret_key : str
        Key of the service role.
    client : httpx.AsyncClient
        The container's client.
    """

    def __init__(self, url: str, secret_key: str, client: httpx.AsyncClient) -> None:
        self._url = url
        self._headers = {"apikey": secret_key}
        self._client = client

    async def call(self, function: str, *, seconds: float | None = None, **arguments: Any) -> object:  # noqa: ANN401 - JSON
        """Call a function and give what it returned; ``seconds`` is how long to wait where that is unusually long.

        Raises
        ------
        DomainError
            What the database said; `InternalError` where it refused our key, which is no business of the caller's.
        """
        try:
            return await call(self._client, self._url, self._headers, function, arguments, seconds=seconds)
        except (Unauthenticated, Forbidden) as error:
            if "reason" in error.extra:
                raise
            raise InternalError from error

    async def call_object(self, function: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Call a function that returns a JSON object."""
        answer = await self.call(function, **arguments)
        if not isinstance(answer, dict):
            raise AnswerLost
        return answer
