"""A client of `interview` for tests: the real ASGI app, on the real stack."""

from __future__ import annotations

import json
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import httpx

from functions._shared import wiring
from functions._shared.ai.lazy import close
from functions._shared.domain.resume.json_resume import from_json_resume
from functions._shared.settings import Settings
from functions.interview.handler import app

if TYPE_CHECKING:
    from local.stack import Stack
    from tests.functions.edge.account import Account

DATA = Path(__file__).parents[2] / "data"
URL = "http://edge/functions/v1/interview"

ENGINEER = from_json_resume(json.loads((DATA / "json_resume" / "full-backend-engineer.json").read_text())).to_json()

GOOD = (
    "In March 2024 our checkout at Flügelrad failed on every second Friday, and I was on call. I read the slow query log, "
    "found a report that locked the order table for nine minutes, and moved it to a replica. I wrote a test that fails if "
    "anything holds that lock for more than a second. As a result the failures stopped, and the 95th percentile fell from "
    "1,900 ms to 420 ms within a week."
)
POOR = "I am a team player and we always found a good way."


@dataclass
class Candidate:
    """Calls `interview` with its own settings."""

    stack: Stack
    environment: dict[str, str] = field(default_factory=dict)
    _wired: ExitStack = field(default_factory=ExitStack)

    async def __aenter__(self) -> Self:
        settings = Settings({**self.stack.env(), "RESUMEBASE_VERIFIER": "off", **self.environment})
        self._wired.enter_context(wiring.override(settings=settings))
        return self

    async def __aexit__(self, *_: object) -> None:
        await close(wiring.model())
        self._wired.close()

    async def send(
        self, account: Account, method: str, path: str = "", body: Any = None, key: str | None = None
    ) -> httpx.Response:
        """Send one request."""
        headers = {"authorization": f"Bearer {account.token}", "idempotency-key": key or str(uuid.uuid4())}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.request(method, f"{URL}{path}", headers=headers, json=body)

    async def start(self, account: Account, key: str | None = None, **body: Any) -> httpx.Response:
        """Start an interview about the account's résumé and job."""
        about = {"resume_id": account.resume_id, "job_id": account.job_id, "questions": 3}
        return await self.send(account, "POST", "", {**about, **body}, key)

    async def started(self, account: Account, **body: Any) -> dict[str, Any]:
        """Start an interview and return it."""
        return result(await self.start(account, **body))

    async def answer(
        self,
        account: Account,
        interview: dict[str, Any],
        question: int,
        text: str = GOOD,
        key: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Answer a question."""
        body = {"question": question, "answer": text, **more}
        return await self.send(account, "POST", f"/{interview['id']}/turns", body, key)

    async def complete(self, account: Account, interview: dict[str, Any], key: str | None = None) -> httpx.Response:
        """Complete an interview."""
        return await self.send(account, "POST", f"/{interview['id']}/complete", key=key)

    async def read(self, account: Account, interview: dict[str, Any]) -> dict[str, Any]:
        """Read an interview."""
        response = await self.send(account, "GET", f"/{interview['id']}")
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found


def result(response: httpx.Response) -> dict[str, Any]:
    """Result of a successful paid call."""
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()["result"]
    return found


def problem(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    return response.status_code, response.json()["code"]
