"""Both providers on one port, in a thread: their APIs, the customer's side, and the delivery of their events."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

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
    from types import TracebackType

    from local.providers.events import Event

START_TIMEOUT_S = 10


class Providers:
    """A local Razorpay and a local Stripe.

    Parameters
    ----------
    port : int
        TCP port on 127.0.0.1; 0 takes a free one.
    webhooks : str, optional
        Base URL of ``payments-webhook``; events go to ``<base>/razorpay`` and ``<base>/stripe``. Without it, nobody is
        told.
    """

    def __init__(self, port: int = 0, webhooks: str | None = None) -> None:
        self.port = port or free_port()
        self.webhooks = webhooks
        self.clock = Clock()
        self.razorpay = RazorpayWorld(clock=self.clock)
        self.stripe = StripeWorld(clock=self.clock, checkout_url=f"{self.url}/pay")
        self.faults = {"razorpay": ApiFaults(), "stripe": ApiFaults()}
        self.previous_secrets = {"razorpay": "the razorpay secret before", "stripe": "whsec_before"}
        self._told = {"razorpay": 0, "stripe": 0}
        self._delivering = threading.Lock()
        self.app = Starlette(
            routes=[
                Mount("/razorpay", razorpay_app(self.razorpay, self.faults["razorpay"])),
                Mount("/stripe", stripe_app(self.stripe, self.faults["stripe"])),
                Mount("/pay", bank.create_app(self)),
            ]
        )
        # What is answered is small and in memory: one thread serves it beside whatever the process does.
        config = uvicorn.Config(self.app, host="127.0.0.1", port=self.port, log_level="warning", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    @property
    def url(self) -> str:
        """Base URL of the server."""
        return f"http://127.0.0.1:{self.port}"

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

    def run(self) -> None:
        """Serve in this thread, until the process is told to end."""
        self._server.run()

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
