"""One Razorpay account and one Stripe account on a shared clock, with the delivery of their events.

`server` serves them over HTTP; `bank` plays the customer who pays them.
"""

from __future__ import annotations

import json
import threading
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from local.providers.clock import Clock
from local.providers.events import NO_FAULTS, Courier, Delivery, Faults
from local.providers.razorpay.world import RazorpayWorld
from local.providers.stripe.world import StripeWorld

if TYPE_CHECKING:
    from pathlib import Path

    from local.providers.events import Event


class Accounts:
    """Both accounts.

    Parameters
    ----------
    url : str
        Base URL under which `server` serves them.
    webhooks : str, optional
        Base URL of ``payments-webhook``; events go to ``<base>/razorpay`` and ``<base>/stripe``. Without it, events are
        not delivered.
    memory : Path, optional
        File that stores both accounts when the process ends, because the database keeps their ids.
    """

    def __init__(self, url: str, webhooks: str | None = None, memory: Path | None = None) -> None:
        self.url = url
        self.webhooks = webhooks
        self.clock = Clock()
        self.razorpay = RazorpayWorld(clock=self.clock)
        self.stripe = StripeWorld(clock=self.clock, checkout_url=f"{url}/pay")
        self.previous_secrets = {"razorpay": "the razorpay secret before", "stripe": "whsec_before"}
        self._worlds: dict[str, RazorpayWorld | StripeWorld] = {"razorpay": self.razorpay, "stripe": self.stripe}
        self._taken = dict.fromkeys(self._worlds, 0)
        self._delivering = threading.Lock()
        self._memory = memory
        self._load()

    def env(self) -> dict[str, str]:
        """Return the functions' settings for these accounts."""
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
        """Return the provider's events since the last call, and count them as delivered."""
        events = self._worlds[provider].events
        new_events = events[self._taken[provider] :]
        self._taken[provider] = len(events)
        return new_events

    def courier(self, provider: str) -> Courier:
        """Return a courier that delivers the provider's events to the webhook."""
        if self.webhooks is None:
            raise RuntimeError("these accounts have no webhook URL")
        secret = self._worlds[provider].webhook_secret
        return Courier(f"{self.webhooks}/{provider}", secret, self.previous_secrets[provider])

    def deliver(self, faults: Faults = NO_FAULTS) -> list[Delivery]:
        """Deliver every new event; without a webhook URL, drop them."""
        with self._delivering:
            deliveries: list[Delivery] = []
            for provider in self._worlds:
                events = self.untold(provider)
                if self.webhooks is not None and events:
                    deliveries += self.courier(provider).deliver(events, faults)
            return deliveries

    def save(self) -> None:
        """Write both accounts to the memory file, if there is one."""
        if self._memory is None:
            return
        accounts = {
            name: {
                field.name: value for field in fields(world) if isinstance(value := getattr(world, field.name), dict)
            }
            for name, world in self._worlds.items()
        }
        new_file = self._memory.with_suffix(".new")
        new_file.write_text(json.dumps(accounts))
        new_file.replace(self._memory)

    def _load(self) -> None:
        if self._memory is None or not self._memory.exists():
            return
        accounts: dict[str, dict[str, Any]] = json.loads(self._memory.read_text())
        for name, world in self._worlds.items():
            for table, rows in accounts.get(name, {}).items():
                getattr(world, table).update(rows)
