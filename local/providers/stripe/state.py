"""The content of a Stripe account, and the events that report its changes."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from local.providers.clock import Clock
from local.providers.events import Event, encode
from local.providers.ids import Ids
from local.providers.stripe import objects

Json = dict[str, Any]


class Refused(Exception):
    """The API refuses a request.

    Parameters
    ----------
    message : str
        Stripe's wording.
    status : int
        HTTP status.
    code, kind : str
        Stripe's ``code`` and ``type``.
    """

    def __init__(
        self,
        message: str,
        status: int = 400,
        *,
        code: str = "parameter_invalid",
        kind: str = "invalid_request_error",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.kind = kind


def missing(kind: str, id_: str) -> Refused:
    """Build the error for an unknown id."""
    return Refused(f"No such {kind}: '{id_}'", 404, code="resource_missing")


def public(item: Json) -> Json:
    """Return a copy of an object without its internal fields, whose names start with an underscore."""
    return copy.deepcopy({key: value for key, value in item.items() if not key.startswith("_")})


@dataclass
class State:
    """A Stripe account with all its content.

    Parameters
    ----------
    clock : Clock
        The account's time.
    ids : Ids
        The source of ids.
    api_key, webhook_secret : str
        Its credentials.
    """

    clock: Clock = field(default_factory=Clock)
    ids: Ids = field(default_factory=Ids)
    api_key: str = "sk_test_LocalResumebase"
    webhook_secret: str = "whsec_LocalResumebase"  # noqa: S105 - of the local server only
    checkout_url: str = "https://checkout.stripe.com/c/pay"
    events: list[Event] = field(default_factory=list)
    customers: dict[str, Json] = field(default_factory=dict)
    products: dict[str, Json] = field(default_factory=dict)
    prices: dict[str, Json] = field(default_factory=dict)
    coupons: dict[str, Json] = field(default_factory=dict)
    sessions: dict[str, Json] = field(default_factory=dict)
    payment_intents: dict[str, Json] = field(default_factory=dict)
    charges: dict[str, Json] = field(default_factory=dict)
    refunds: dict[str, Json] = field(default_factory=dict)
    disputes: dict[str, Json] = field(default_factory=dict)
    subscriptions: dict[str, Json] = field(default_factory=dict)
    schedules: dict[str, Json] = field(default_factory=dict)
    invoices: dict[str, Json] = field(default_factory=dict)
    invoice_payments: dict[str, Json] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)
    """Subscriptions whose card the bank declines."""

    def emit(self, kind: str, item: Json, **previous: object) -> Event:
        """Record an event with a snapshot of its object.

        Parameters
        ----------
        kind : str
            Type of the event.
        item : dict
            The object.
        **previous
            Values before the change, for ``*.updated``.
        """
        now = self.clock.now()
        data: Json = {"object": public(item)}
        if previous:
            data["previous_attributes"] = previous
        id_ = self.ids.make("evt_1", 23)
        document = {
            "id": id_,
            "object": "event",
            "api_version": objects.API_VERSION,
            "created": now,
            "data": data,
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        event = Event("stripe", id_, kind, now, encode(document))
        self.events.append(event)
        return event

    def find(self, table: str, kind: str, id_: object) -> Json:
        """Return an object, or raise Stripe's error."""
        rows: dict[str, Json] = getattr(self, table)
        if not isinstance(id_, str) or id_ not in rows:
            raise missing(kind, str(id_))
        return rows[id_]
