"""The content of a Razorpay account, and the events that report its changes."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from local.providers.clock import Clock
from local.providers.events import Event, encode
from local.providers.ids import Ids

Json = dict[str, Any]


class Refused(Exception):
    """The API refuses a request.

    Parameters
    ----------
    description : str
        Razorpay's wording.
    status : int
        HTTP status.
    """

    def __init__(self, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.description = description
        self.status = status


def missing(kind: str) -> Refused:
    """Build the error for an unknown id."""
    return Refused(f"The {kind} id provided does not exist")


def public(entity: Json) -> Json:
    """Return a copy of an entity without its internal fields, whose names start with an underscore."""
    return copy.deepcopy({key: value for key, value in entity.items() if not key.startswith("_")})


@dataclass
class State:
    """A Razorpay account with all its content.

    Parameters
    ----------
    clock : Clock
        The account's time.
    ids : Ids
        The source of ids.
    account_id, key_id, key_secret, webhook_secret : str
        The account and its credentials.
    """

    clock: Clock = field(default_factory=Clock)
    ids: Ids = field(default_factory=Ids)
    account_id: str = "acc_LocalResumebase"
    key_id: str = "rzp_test_LocalResumebase"
    key_secret: str = "local-razorpay-key-secret"  # noqa: S105 - of the local server only
    webhook_secret: str = "local-razorpay-webhook-secret"  # noqa: S105 - of the local server only
    events: list[Event] = field(default_factory=list)
    customers: dict[str, Json] = field(default_factory=dict)
    plans: dict[str, Json] = field(default_factory=dict)
    orders: dict[str, Json] = field(default_factory=dict)
    payments: dict[str, Json] = field(default_factory=dict)
    refunds: dict[str, Json] = field(default_factory=dict)
    disputes: dict[str, Json] = field(default_factory=dict)
    subscriptions: dict[str, Json] = field(default_factory=dict)
    invoices: dict[str, Json] = field(default_factory=dict)
    offers: dict[str, Json] = field(default_factory=dict)
    """Reductions made in the dashboard, by their ids: ``{"percent_off" or "amount_off", "cycles": None for all}``."""
    scheduled: dict[str, Json] = field(default_factory=dict)
    """The change at the end of each subscription's cycle, by its id: ``{"plan_id"}`` or ``{"cancel": True}``."""
    declined: set[str] = field(default_factory=set)
    """Subscriptions whose card the bank declines."""

    def emit(self, kind: str, **parts: Json) -> Event:
        """Record an event with a snapshot of its entities."""
        now = self.clock.now()
        document = {
            "entity": "event",
            "account_id": self.account_id,
            "event": kind,
            "contains": list(parts),
            "payload": {name: {"entity": public(entity)} for name, entity in parts.items()},
            "created_at": now,
        }
        event = Event("razorpay", self.ids.make("evt_", 14), kind, now, encode(document))
        self.events.append(event)
        return event
