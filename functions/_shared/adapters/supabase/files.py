"""Supabase storage over its REST API."""

from __future__ import annotations

from urllib.parse import quote

import httpx
from typing_extensions import override

from functions._shared.adapters.supabase.rest import connection_errors, response_error
from functions._shared.domain.errors import AnswerLost, FileTooLarge, StorageLimitReached, StoredFileNotFound
from functions._shared.ports.files import Files

_NOT_FOUND = 404


class SupabaseFiles(Files):
    """The storage API.

    Parameters
    ----------
    url : str
        Base URL of the project.
    secret_key : str
        Key of the service role.
    client : httpx.AsyncClient
        The HTTP client of the container.
    """

    def __init__(self, url: str, secret_key: str, client: httpx.AsyncClient) -> None:
        self._url = f"{url}/storage/v1"
        self._headers = {"apikey": secret_key}
        self._client = client

    @override
    async def read(self, bucket: str, path: str, *, limit: int) -> bytes:
        url = f"{self._url}/object/{_address(bucket, path)}"
        with connection_errors():
            async with self._client.stream("GET", url, headers=self._headers) as response:
                if not response.is_success:
                    await response.aread()
                    _check(response)
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > limit:
                        raise FileTooLarge(limit=limit)
        return bytes(body)

    @override
    async def write(self, bucket: str, path: str, body: bytes, media_type: str) -> None:
        headers = {**self._headers, "content-type": media_type, "x-upsert": "true", "cache-control": "max-age=3600"}
        url = f"{self._url}/object/{_address(bucket, path)}"
        timeout = httpx.Timeout(10.0 + len(body) / 1_000_000, connect=2.0)  # storage answers when it has stored it
        with connection_errors():
            response = await self._client.post(url, headers=headers, content=body, timeout=timeout)
        _check(response)

    @override
    async def remove(self, bucket: str, path: str) -> None:
        url = f"{self._url}/object/{quote(bucket, safe='')}"
        with connection_errors():
            response = await self._client.request("DELETE", url, headers=self._headers, json={"prefixes": [path]})
        _check(response)

    @override
    async def link(self, bucket: str, path: str, *, seconds: int, name: str | None = None) -> str:
        url = f"{self._url}/object/sign/{_address(bucket, path)}"
        with connection_errors():
            response = await self._client.post(url, headers=self._headers, json={"expiresIn": seconds})
        _check(response)
        try:
            signed: str = response.json()["signedURL"]
        except (ValueError, KeyError, TypeError) as error:
            raise AnswerLost from error
        return f"{self._url}{signed}" + (f"&download={quote(name, safe='')}" if name else "")


def _address(bucket: str, path: str) -> str:
    if not {"", ".", ".."}.isdisjoint(path.split("/")):  # a URL with these would name another file
        raise StoredFileNotFound
    return f"{quote(bucket, safe='')}/{quote(path)}"


def _check(response: httpx.Response) -> None:
    """Raise the error of a response.

    Storage tells a missing file by status 400 and a 404 in the body, and what the database refused by its message.
    """
    if response.is_success:
        return
    try:
        body = response.json()
        told, message = str(body.get("statusCode")), body.get("message")
    except (ValueError, AttributeError):
        told, message = "", None
    if response.status_code == _NOT_FOUND or told == str(_NOT_FOUND):
        raise StoredFileNotFound
    if message == StorageLimitReached.code:
        raise StorageLimitReached(kind="files")
    raise response_error(response)
