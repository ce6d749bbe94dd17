"""Signed messages as Supabase Auth, Razorpay and Stripe send them, which change nothing; and what a stream says."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from standardwebhooks import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    Probe = tuple[str, dict[str, str]]


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def events(text: str) -> list[str]:
    """Return the names of the server-sent events of a text."""
    return [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]


def sign_up(secret: str, email: str) -> Probe:
    """Return the message of the before-user-created hook, with its headers."""
    metadata = {"uuid": str(uuid.uuid4()), "name": "before-user-created", "ip_address": "192.0.2.1"}
    body = json.dumps({"metadata": metadata, "user": {"id": str(uuid.uuid4()), "email": email}})
    identifier, moment = f"msg_{uuid.uuid4().hex}", now()
    return body, {
        "webhook-id": identifier,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret.removeprefix("v1,")).sign(identifier, moment, body),
        "content-type": "application/json",
    }


def razorpay(secret: str) -> Probe:
    """Return an event of a type that nothing acts on, with its headers."""
    event = {"entity": "event", "event": "smoke.probe", "contains": [], "payload": {}, "created_at": int(time.time())}
    body = json.dumps(event)
    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    headers = {"x-razorpay-signature": signature, "x-razorpay-event-id": f"smoke_{uuid.uuid4().hex}"}
    return body, {**headers, "content-type": "application/json"}


def stripe(secret: str) -> Probe:
    """Return an event of a type that nothing acts on, with its headers."""
    moment = int(time.time())
    event = {
        "id": f"evt_{uuid.uuid4().hex}",
        "object": "event",
        "type": "smoke.probe",
        "created": moment,
        "livemode": False,
    }
    body = json.dumps({**event, "data": {"object": {"id": "probe", "object": "probe"}}})
    signature = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return body, {"stripe-signature": f"t={moment},v1={signature}", "content-type": "application/json"}


EVENTS: Final[dict[str, Callable[[str], Probe]]] = {"razorpay": razorpay, "stripe": stripe}
