"""Checks of API keys at the model providers: each has an address that only lists something, and costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx
from typing_extensions import override

from functions._shared.domain.errors import ModelUnavailable
from functions._shared.ports.key_checks import KeyChecks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SECONDS: Final = 8.0
_REFUSED: Final = frozenset({401, 403})
_BAD_REQUEST: Final = 400
_CHECKS: Final[Mapping[str, tuple[str, str, Callable[[str], dict[str, str]]]]] = {
    "gemini": (
        "https://generativelanguage.googleapis.com",
        "/v1beta/models?pageSize=1",
        lambda key: {"x-goog-api-key": key},
    ),
    "openai": ("https://api.openai.com/v1", "/models", lambda key: {"authorization": f"Bearer {key}"}),
    "anthropic": (
        "https://api.anthropic.com",
        "/v1/models?limit=1",
        lambda key: {"x-api-key": key, "anthropic-version": "2023-06-01"},
    ),
    "openrouter": ("https://openrouter.ai/api/v1", "/key", lambda key: {"authorization": f"Bearer {key}"}),
}
"""Host, path and headers of a request that needs a valid key."""


class HttpKeyChecks(KeyChecks):
    """Asks the providers over HTTP.

    Parameters
    ----------
    client : httpx.AsyncClient
        The HTTP client of the container.
    hosts : mapping of str to str
        Base URLs that replace those of the providers.
    """

    def __init__(self, client: httpx.AsyncClient, hosts: Mapping[str, str]) -> None:
        self._client = client
        self._hosts = hosts

    @override
    async def accepts(self, provider: str, key: str) -> bool:
        host, path, headers = _CHECKS[provider]
        url = self._hosts.get(provider, host).rstrip("/") + path
        try:
            response = await self._client.get(url, headers=headers(key), timeout=httpx.Timeout(_SECONDS, connect=2.0))
        except httpx.HTTPError as error:
            raise ModelUnavailable(f"{provider} did not answer.") from error
        # Google calls a wrong key a bad request.
        if response.status_code in _REFUSED or (provider == "gemini" and response.status_code == _BAD_REQUEST):
            return False
        if not response.is_success:
            raise ModelUnavailable(f"{provider} did not say whether it accepts the key.")
        return True
