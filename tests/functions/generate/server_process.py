"""`generate` behind uvicorn in a process that can be killed. It is forked from one that has imported everything."""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

import httpx
import psutil
import uvicorn

from functions._shared.adapters.gemini import backend  # noqa: F401
from functions._shared.adapters.supabase import ledger  # noqa: F401
from functions.generate.handler import app
from local.processes import free_port
from tests.fakes import killable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerProcess

    from tests.functions.edge.account import Account

START_SECONDS = 60


def _serve(environ: Mapping[str, str], port: int) -> None:
    os.environ.update(environ)
    uvicorn.run(app, host="127.0.0.1", port=port, lifespan="off", log_level="critical")


def start(environ: Mapping[str, str], port: int) -> ForkServerProcess:
    """Start a server on a port of the loopback interface."""
    process = killable.context().Process(target=_serve, args=(dict(environ), port), daemon=True)
    process.start()
    return process


class Server:
    """A process that serves `generate`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.process = start(environment, self.port)
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.is_alive():
            try:
                if httpx.get(f"{self.url}/health").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"the server did not start; it ended with {self.process.exitcode}")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/functions/v1/generate"

    def kill(self) -> None:
        """Kill the process and wait until it has ended, from any thread."""
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.process.pid)
            process.kill()
            process.wait(START_SECONDS)

    def summary(self, account: Account, key: str) -> httpx.Response:
        """Ask for a summary of the account's résumé."""
        return httpx.post(
            self.url,
            headers={"authorization": f"Bearer {account.token}", "idempotency-key": key},
            json={"operation": "summary", "resume_id": account.resume_id},
            timeout=60,
        )
