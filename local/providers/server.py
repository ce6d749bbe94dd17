"""Both providers together: their APIs, the customer's side, the delivery of their events, and a server for it."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from local.processes import free_port
from local.providers import bank
from local.providers.clock import Clock
from local.providers.events import NO_FAULTS, Courier, Delivery, Faults
from local.providers.faults import ApiFaults
from local.providers.razorpay.api import create_app as razorpay_app
from local.providers.razorpay.world import RazorpayWorld
from local.providers.stripe.api import create_app as stripe_app
from local.providers.stripe.world import StripeWorld

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from starlette.types import Receive, Scope, Send

    from local.providers.events import Event

START_TIMEOUT_S = 10


class Providers:
    """A local Razorpay and a local Stripe as one ASGI application.

    Parameters
    ----------
    url : str
        Where it will be served.
    webhooks : str, optional
        Base URL of ``payments-webhook``; events go to ``<base>/razorpay`` and ``<base>/stripe``. Without it, nobody is
        told.
    memory : Path, optional
        File in which the accounts outlive the process, as the database outlives it that remembers their ids.
    """

    def __init__(self, url: str, webhooks: str | None = None, memory: Path | None = None) -> None:
        self.url = url
        self.webhooks = webhooks
        self.clock = Clock()
        self.razorpay = RazorpayWorld(clock=self.clock)
        self.stripe = StripeWorld(clock=self.clock, checkout_url=f"{url}/pay")
        self.faults = {"razorpay": ApiFaults(), "stripe": ApiFaults()}
        self.previous_secrets = {"razorpay": "the razorpay secret before", "stripe": "whsec_before"}
        self._told = {"razorpay": 0, "stripe": 0}
        self._delivering = threading.Lock()
        self._memory = memory
        self._remember()
        self._app = Starlette(
            routes=[
                Mount("/razorpay", razorpay_app(self.razorpay, self.faults["razorpay"])),
                Mount("/stripe", stripe_app(self.stripe, self.faults["stripe"])),
                Mount("/pay", bank.create_app(self)),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._app(scope, receive, send)
        if scope["type"] == "http" and (scope["method"] != "GET" or "/pay/" in scope["path"]):
            self._keep()

    def env(self) -> dict[str, str]:
        """Return the functions' settings for these providers."""
        return {
            "RAZORPAY_KEY_ID": self.razorpay.key_id,
            "RAZORPAY_KEY_SECRET": self.razorpay.key_secret,
            "RAZORPAY_ACCOUNT_ID": self.razorpay.account_id,
            "RAZORPAY_WEBHOOK_SECRET": self.razorpay.webhook_secret,
            "RAZORPAY_WEBHOOK_SECRET_PREVIOUS": self.previous_secrets["razorpay"],
            "RAZORPAY_BASE_URL": f"{self.url}/razorpay",
            "STRIPE_SECRET_KEY": self.stripe.api_key,
            "STRIPE_WEBHOOK_SECRET": self.stripe.webhook_secret,
            "STRIPE_WEBHOOK_SECRET_PREVIOUS": self.previous_secrets["stripe"],
            "STRIPE_BASE_URL": f"{self.url}/stripe",
        }

    def untold(self, provider: str) -> list[Event]:
        """Take the events of a provider that nobody was told of yet."""
        events = self.razorpay.events if provider == "razorpay" else self.stripe.events
        fresh = events[self._told[provider] :]
        self._told[provider] = len(events)
        return fresh

    def courier(self, provider: str) -> Courier:
        """Make the courier that takes a provider's events to the webhook."""
        if self.webhooks is None:
            raise RuntimeError("these providers know no webhook")
        secret = (self.razorpay if provider == "razorpay" else self.stripe).webhook_secret
        return Courier(f"{self.webhooks}/{provider}", secret, self.previous_secrets[provider])

    def deliver(self, faults: Faults = NO_FAULTS) -> list[Delivery]:
        """Deliver every event that was not delivered yet; drop them where there is no webhook."""
        with self._delivering:
            done: list[Delivery] = []
            for provider in ("razorpay", "stripe"):
                fresh = self.untold(provider)
                if self.webhooks is not None and fresh:
                    done += self.courier(provider).deliver(fresh, faults)
            return done

    def _worlds(self) -> dict[str, RazorpayWorld | StripeWorld]:
        return {"razorpay": self.razorpay, "stripe": self.stripe}

    def _keep(self) -> None:
        if self._memory is None:
            return
        kept = {
            name: {
                field.name: value for field in fields(world) if isinstance(value := getattr(world, field.name), dict)
            }
            for name, world in self._worlds().items()
        }
        aside = self._memory.with_suffix(".new")
        aside.write_text(json.dumps(kept))
        aside.replace(self._memory)

    def _remember(self) -> None:
        if self._memory is None or not self._memory.exists():
            return
        kept: dict[str, dict[str, Any]] = json.loads(self._memory.read_text())
        for name, world in self._worlds().items():
            for table, rows in kept.get(name, {}).items():
                getattr(world, table).update(rows)


class ProviderServer(Providers):
    """The same, served by a thread of this process.

    Parameters
    ----------
    port : int
        TCP port on 127.0.0.1; 0 takes a free one.
    webhooks : str, optional
        See `Providers`.
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
