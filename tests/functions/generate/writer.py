"""A client of `generate` for tests: the real ASGI app, on the real stack, with a fake model vendor."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import httpx

from functions._shared import wiring
from functions._shared.ai.lazy import close
from functions._shared.domain.resume.json_resume import from_json_resume
from functions._shared.settings import Settings
from functions.generate.handler import app

if TYPE_CHECKING:
    import psycopg

    from local.queue import LocalQueue
    from local.stack import Stack
    from tests.functions.edge.account import Account

DATA = Path(__file__).parents[2] / "data"
URL = "http://edge/functions/v1/generate"


def resume(name: str) -> dict[str, Any]:
    """Content of a JSON Resume file of the test data."""
    return from_json_resume(json.loads((DATA / "json_resume" / f"{name}.json").read_text())).to_json()


def job(name: str) -> str:
    """A job description of the test data."""
    return (DATA / "jobs" / f"{name}.txt").read_text()


ENGINEER = resume("full-backend-engineer")

SUMMARY = (
    "Senior backend engineer in Berlin. Leads a team of 6 engineers at Flügelrad Mobility. "
    "Cut booking time from 1,900 ms to 420 ms with Redis."
)
"""Says only what `ENGINEER` says."""

INVENTED = "Previously VP of Engineering at Globex Corporation with 900 reports."
"""Says nothing that `ENGINEER` says."""


@dataclass
class Writer:
    """Calls `generate` with its own settings."""

    stack: Stack
    environment: dict[str, str] = field(default_factory=dict)
    queue: LocalQueue | None = None
    _wired: ExitStack = field(default_factory=ExitStack)
    _open: bool = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._open:
            await close(wiring.model())
        self._wired.close()

    def _wire(self) -> None:
        """Apply the settings at the first request, so that a test can change them before."""
        if not self._open:
            settings = Settings({**self.stack.env(), "RESUMEBASE_VERIFIER": "off", **self.environment})
            parts = {} if self.queue is None else {"queue": self.queue}
            self._wired.enter_context(wiring.override(settings=settings, **parts))
            self._open = True

    async def post(
        self,
        account: Account | None,
        body: Any,
        *,
        key: str | None = None,
        query: str = "",
        token: str | None = None,
        more: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send one request; `body` may be bytes, and `more` are headers."""
        headers = {"content-type": "application/json", **(more or {})}
        bearer = token or (account.token if account else None)
        if bearer is not None:
            headers["authorization"] = f"Bearer {bearer}"
        if key is not None:
            headers["idempotency-key"] = key
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._wire()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.post(f"{URL}{query}", headers=headers, content=content)

    async def task(self, account: Account, identity: str, method: str = "GET") -> httpx.Response:
        """Read or cancel a task."""
        self._wire()
        headers = {"authorization": f"Bearer {account.token}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.request(method, f"{URL}/tasks/{identity}", headers=headers)

    async def summary(self, account: Account, **more: Any) -> httpx.Response:
        """Ask for a summary of the account's résumé."""
        body = {"operation": "summary", "resume_id": account.resume_id}
        return await self.post(account, body, **more)


def model_calls(connection: psycopg.Connection[dict[str, Any]], account: Account) -> list[dict[str, Any]]:
    """The rows of the account in `ai_usage`; the calls of one request have no order."""
    return connection.execute(
        "select provider, model, feature, input_tokens, output_tokens, estimated_cost, was_cached, "
        "request_summary, response_summary, prompt_version, usage_id from public.ai_usage where user_id = %s order by created_at",
        (account.user_id,),
    ).fetchall()


def problems(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    return response.status_code, response.json()["code"]
