"""Kill the process of `interview` between any two steps, then repeat the request: no turn is lost or charged twice.

The process is a real server. The gateway in front of the Supabase API kills it from outside.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from local.processes import free_port
from tests.fakes.gateway import Gateway, Moment
from tests.functions.interview.candidate import GOOD
from tests.functions.interview.conftest import KEY
from tests.functions.interview.test_charge import events
from tests.functions.interview.test_voice import SAID, listens, upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.stack import Stack
    from tests.fakes.models import FakeModels
    from tests.functions.edge.account import Account

ROOT = Path(__file__).parents[3]

KILLS: dict[str, list[tuple[str, Moment]]] = {
    "start": [("interview_start", "during")],
    "turn": [
        ("interview_open", "during"),
        ("usage_reserve", "during"),
        ("usage_commit", "before"),
        ("usage_commit", "during"),
    ],
    "audio": [("interview_open", "during"), ("usage_commit", "before"), ("usage_commit", "during")],
    "complete": [("usage_commit", "before"), ("usage_commit", "during")],
}


class Server:
    """A process that serves `interview`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/functions/v1/interview"
        command = [sys.executable, "-m", "uvicorn", "functions.interview.handler:app", "--port", str(port)]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--lifespan", "off"],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/health").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{log.read_text()}")

    def kill(self) -> None:
        """Kill the process and wait until it has ended."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def post(self, account: Account, path: str, body: Any, key: str) -> httpx.Response:
        """Send one request."""
        headers = {"authorization": f"Bearer {account.token}", "idempotency-key": key}
        return httpx.post(f"{self.url}{path}", headers=headers, json=body, timeout=60)


@pytest.fixture
def gateway(stack: Stack) -> Iterator[Gateway]:
    with Gateway(stack.url) as opened:
        yield opened


@pytest.fixture
def serve(stack: Stack, gateway: Gateway, vendor: dict[str, str], tmp_path: Path) -> Callable[[], Any]:
    """`with serve() as server:` a separate process of `interview`."""

    @contextmanager
    def _serve() -> Iterator[Server]:
        environment = {
            **stack.env(),
            **vendor,
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": f"{vendor['GEMINI_BASE_URL']}/v1",
            "SUPABASE_URL": gateway.url,
            "SUPABASE_JWT_ISSUER": f"{stack.url}/auth/v1",
            "RESUMEBASE_VERIFIER": "off",
            # Starts after the first one use compiled code.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(tmp_path / "pycache"),
        }
        server = Server(environment, tmp_path / "server.log")
        try:
            yield server
        finally:
            server.kill()

    return _serve


@pytest.fixture
def survivor(serve: Callable[[], Any]) -> Iterator[Server]:
    """Another process, which stays alive and receives the client's retry."""
    with serve() as server:
        yield server


def test_killed_between_any_two_steps(
    stack: Stack,
    serve: Callable[[], Any],
    survivor: Server,
    gateway: Gateway,
    fake: FakeModels,
    account: Account,
    clock: Any,
) -> None:
    fake.always = listens

    def killed_and_repeated(step: str, path: str, body: Any) -> httpx.Response:
        for rpc, moment in KILLS[step]:
            with serve() as server:
                gateway.trap(f"/rpc/{rpc}", moment, server.kill)
                with pytest.raises(httpx.TransportError):
                    server.post(account, path, body, key=f"{step}{path}")
                assert server.process.wait() == -signal.SIGKILL
            gateway.settle()  # requests that the process had sent are still executed
            clock.advance("3 minutes")
        response: httpx.Response = survivor.post(account, path, body, key=f"{step}{path}")
        assert response.status_code == 200, response.text
        return response

    started = killed_and_repeated("start", "", {"resume_id": account.resume_id, "questions": 2, "type": "voice"})
    interview = started.json()["result"]
    assert account.books == (0, 5, 5)
    path = asyncio.run(upload(stack, account, "answer.webm"))
    recorded = {"question": 1, "path": path}
    heard = killed_and_repeated("audio", f"/{interview['id']}/audio", recorded).json()["result"]
    assert (heard["text"], heard["recordings_left"]) == (SAID, 1)
    said = {"question": 1, "answer": GOOD, "transcript_id": heard["id"]}
    answered = killed_and_repeated("turn", f"/{interview['id']}/turns", said)
    assert answered.json()["result"]["next"]["number"] == 2
    assert account.books == (0, 0, 0)
    report = killed_and_repeated("complete", f"/{interview['id']}/complete", None)
    assert report.json()["result"]["score"] is not None

    assert [event[:2] for event in events(account)] == [
        ("interview", "committed"),
        ("interview_audio", "committed"),
        ("interview_turn", "committed"),
        ("interview_score", "committed"),
    ]
    turns = account._connection.execute(
        "select speaker from public.interview_turns where session_id = %s order by turn_number", (interview["id"],)
    ).fetchall()
    assert [turn["speaker"] for turn in turns] == ["ai", "user", "ai"]
    assert (
        account.row("select count(*)::int as n from public.interview_sessions where user_id = %s", account.user_id)["n"]
        == 1
    )
