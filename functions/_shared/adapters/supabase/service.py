"""The base class of adapters that act for the system: database functions, called with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions._shared.adapters.supabase.rest import call
from functions._shared.domain.errors import AnswerLost, Forbidden, InternalError, Unauthenticated

if TYPE_CHECKING:
    import httpx


class ServiceCalls:
    """Calls database functions as the service role. Each call is one HTTP request.

    The secret key is sent only as ``apikey``, because Supabase may reject new-style keys as bearer tokens. A call that
    acts for a user names the user as an argument, taken from a verified token.

    Parameters
    ----------
    url : str
        Base URL of the project.
    secret_key : str
        Key of the service role.
    client : httpx.AsyncClient
        The HTTP client of the container.
    needs_consent : bool
        Whether only users who agreed to it may have their texts sent to a language model.
    """

    def __init__(self, url: str, secret_key: str, client: httpx.AsyncClient, needs_consent: bool = False) -> None:
        self._url = url
        self._headers = {"apikey": secret_key}
        self._client = client
        self._needs_consent = needs_consent

    async def call(self, function: str, *, seconds: float | None = None, **arguments: Any) -> object:  # noqa: ANN401 - JSON
        """Call a function and return its result; ``seconds`` is the timeout of an unusually slow function.

        Raises
        ------
        DomainError
            The error of the database; `InternalError` if it rejected our key, which is no fault of the client.
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
