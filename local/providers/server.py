"""The HTTP side of the local payment providers: both APIs and the customer's payment pages in one ASGI application.

The local stack mounts `Providers` under ``/providers`` of its functions server; tests run a `ProviderServer`.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from local.processes import free_port
from local.providers import bank
from local.providers.accounts import Accounts
from local.providers.faults import ApiFaults
from local.providers.razorpay.api import create_app as razorpay_app
from local.providers.stripe.api import create_app as stripe_app

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from starlette.types import Receive, Scope, Send

START_TIMEOUT_S = 10


class Providers(Accounts):
    """Both accounts as one ASGI application; the parameters are those of `Accounts`."""

    def __init__(self, url: str, webhooks: str | None = None, memory: Path | None = None) -> None:
        super().__init__(url, webhooks, memory)
        self.faults = {"razorpay": ApiFaults(), "stripe": ApiFaults()}
        self._app = Starlette(
            routes=[
                Mount("/razorpay", razorpay_app(self.razorpay, self.faults["razorpay"])),
                Mount("/stripe", stripe_app(self.stripe, self.faults["stripe"])),
                Mount("/pay", bank.create_app(self)),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, and save the accounts if it may have changed them."""
        await self._app(scope, receive, send)
        if scope["type"] == "http" and (scope["method"] != "GET" or "/pay/" in scope["path"]):
            self.save()


class ProviderServer(Providers):
    """The providers, served by a thread of this process.

    Parameters
    ----------
    port : int
        TCP port on 127.0.0.1; 0 takes a free one.
    webhooks : str, optional
        See `Accounts`.
    """

    def __init__(self, port: int = 0, webhooks: str | None = None) -> None:
        self.port = port or free_port()
        super().__init__(f"http://127.0.0.1:{self.port}", webhooks)
        config = uvicorn.Config(self, host="127.0.0.1", port=self.port, log_level="warning", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Serve until `stop`."""
        self._thread.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError(f"the payment providers did not start on port {self.port}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(START_TIMEOUT_S)
