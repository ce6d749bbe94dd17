"""A client of one function for tests: the real ASGI app, on the real stack."""

from __future__ import annotations

import json
import uuid
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

import httpx

from functions._shared import wiring
from functions._shared.settings import Settings

if TYPE_CHECKING:
    from functions._shared.edge import FunctionApp
    from local.queue import LocalQueue
    from local.stack import Stack
    from tests.functions.edge.account import Account


class FunctionClient:
    """Calls a function as a user, and storage as the same user."""

    def __init__(self, stack: Stack, app: FunctionApp, queue: LocalQueue | None = None) -> None:
        self._stack, self._app = stack, app
        self._parts: dict[str, Any] = {} if queue is None else {"queue": queue}
        self._wired = ExitStack()

    async def __aenter__(self) -> Self:
        self._wired.enter_context(wiring.override(settings=Settings(self._stack.env()), **self._parts))
        url = f"http://edge/functions/v1/{self._app.name}"
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url=url, timeout=60)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()
        self._wired.close()

    async def post(
        self, account: Account, body: Any, *, key: str | None = None, path: str = "", more: dict[str, str] | None = None
    ) -> httpx.Response:
        """Send one request."""
        headers = {
            "authorization": f"Bearer {account.token}",
            "idempotency-key": key or str(uuid.uuid4()),
            "content-type": "application/json",
            **(more or {}),
        }
        return await self._http.post(path or "/", content=json.dumps(body), headers=headers)

    async def get(self, account: Account, path: str) -> httpx.Response:
        """Read a path of the function."""
        return await self._http.get(path, headers={"authorization": f"Bearer {account.token}"})

    async def send(self, account: Account, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send a request of any method, with or without a body."""
        headers = {"authorization": f"Bearer {account.token}"}
        return await self._http.request(method, path, headers=headers, **({} if body is None else {"json": body}))

    def upload(self, account: Account, name: str, data: bytes, media_type: str = "application/pdf") -> str:
        """Upload a file as the user does, and return the id of its row."""
        ending = name.rpartition(".")[2]
        path = f"{account.user_id}/{uuid.uuid4()}.{ending}"
        headers = {"apikey": self._stack.publishable_key, "authorization": f"Bearer {account.token}"}
        stored = httpx.post(
            f"{self._stack.url}/storage/v1/object/resumes/{path}",
            headers={**headers, "content-type": media_type},
            content=data,
        )
        assert stored.status_code == 200, stored.text
        row = httpx.post(
            f"{self._stack.url}/rest/v1/resume_uploads",
            headers={**headers, "prefer": "return=representation"},
            json={"file_name": name, "path": path, "file_size_bytes": len(data)},
        )
        assert row.status_code == 201, row.text
        return str(row.json()[0]["id"])

    def stored(self, account: Account, path: str) -> bytes:
        """Read a file of the bucket ``resumes`` as the user does."""
        headers = {"apikey": self._stack.publishable_key, "authorization": f"Bearer {account.token}"}
        answer = httpx.get(f"{self._stack.url}/storage/v1/object/resumes/{path}", headers=headers)
        return answer.raise_for_status().content

    def remove(self, bucket: str, path: str) -> None:
        """Remove a file from storage behind everybody's back."""
        key = self._stack.secret_key
        httpx.request(
            "DELETE",
            f"{self._stack.url}/storage/v1/object/{bucket}",
            headers={"apikey": key, "authorization": f"Bearer {key}"},
            json={"prefixes": [path]},
        ).raise_for_status()
