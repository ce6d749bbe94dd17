"""Webhook events of the local providers: their content, their signatures, and their delivery with faults."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Json = dict[str, Any]

RAZORPAY_TIMEOUT_S: Final = 5.0
"""Razorpay counts a delivery as failed if the answer takes longer."""


@dataclass(frozen=True)
class Event:
    """One webhook event, with the bytes to sign.

    Parameters
    ----------
    provider : str
        ``razorpay`` or ``stripe``.
    id : str
        Event id, which Razorpay sends in a header and Stripe in the body.
    type : str
        Name of the event.
    created : int
        Unix seconds.
    body : bytes
        JSON document.
    """

    provider: Literal["razorpay", "stripe"]
    id: str
    type: str
    created: int
    body: bytes

    @property
    def json(self) -> Json:
        """The document."""
        document: Json = json.loads(self.body)
        return document

    def with_body(self, change: Callable[[Json], None]) -> Event:
        """Return an event with the same id and a changed document, as a forger would send it."""
        document = self.json
        change(document)
        return replace(self, body=encode(document))


def encode(document: Mapping[str, Any]) -> bytes:
    """Encode JSON as the vendors do: compact, UTF-8."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def razorpay_headers(event: Event, secret: str) -> dict[str, str]:
    """Return the headers of a Razorpay delivery: hex HMAC-SHA256 of the raw body; the event id is not signed."""
    signature = hmac.new(secret.encode(), event.body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-razorpay-signature": signature,
        "x-razorpay-event-id": event.id,
    }


def stripe_headers(event: Event, secret: str, *, at: int | None = None) -> dict[str, str]:
    """Return the headers of a Stripe delivery, which signs ``t.body``; `at` defaults to the machine's time."""
    stamp = int(time.time()) if at is None else at
    signature = hmac.new(secret.encode(), f"{stamp}.".encode() + event.body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": f"t={stamp},v1={signature}",
    }


def headers_for(event: Event, secret: str) -> dict[str, str]:
    """Return the headers with which the event's provider signs it."""
    return razorpay_headers(event, secret) if event.provider == "razorpay" else stripe_headers(event, secret)


@dataclass(frozen=True)
class Faults:
    """Faults in the delivery from a provider to us.

    Parameters
    ----------
    duplicate : int
        Number of times each event is sent.
    reorder : bool
        Shuffle all deliveries, including the copies.
    delay : float
        Seconds to wait before each delivery.
    drop : float
        Share of deliveries that never arrive, from 0 to 1.
    old_secret : bool
        Sign with the secret before the last rotation, as Razorpay does for retries.
    tamper : bool
        Change the body after signing it.
    seed : int
        Makes a run repeatable.
    """

    duplicate: int = 1
    reorder: bool = False
    delay: float = 0.0
    drop: float = 0.0
    old_secret: bool = False
    tamper: bool = False
    seed: int = 0


NO_FAULTS: Final = Faults()


@dataclass
class Delivery:
    """The outcome of a delivery; `status` is None if nothing was sent or no answer came."""

    event: Event
    status: int | None
    dropped: bool = False


@dataclass
class Courier:
    """Delivers events to one webhook URL.

    Parameters
    ----------
    url : str
        The webhook's URL.
    secret : str
        Signing secret of the webhook.
    previous_secret : str
        The secret before the last rotation.
    headers : dict
        Additional headers of every delivery.
    """

    url: str
    secret: str = field(repr=False)
    previous_secret: str = field(default="", repr=False)
    headers: dict[str, str] = field(default_factory=dict)
    attempts: int = 3

    def deliver(self, events: Sequence[Event], faults: Faults = NO_FAULTS) -> list[Delivery]:
        """Send events one after the other; repeat those without a 2xx answer, as the vendors do."""
        rng = random.Random(faults.seed)  # noqa: S311 - repeatable test data, not a secret
        queue = [event for event in events for _ in range(faults.duplicate)]
        if faults.reorder:
            rng.shuffle(queue)
        with httpx.Client(timeout=RAZORPAY_TIMEOUT_S) as client:
            return [self._deliver(client, event, faults, rng) for event in queue]

    def _deliver(self, client: httpx.Client, event: Event, faults: Faults, rng: random.Random) -> Delivery:
        if rng.random() < faults.drop:
            return Delivery(event, None, dropped=True)
        time.sleep(faults.delay)
        status = None
        for _ in range(self.attempts):
            status = self.send(client, event, faults)
            if status is not None and 200 <= status < 300:  # noqa: PLR2004 - the class of 2xx
                break
        return Delivery(event, status)

    def send(self, client: httpx.Client, event: Event, faults: Faults = NO_FAULTS) -> int | None:
        """Send an event once; return the status of the answer, or None without one."""
        headers = headers_for(event, self.previous_secret if faults.old_secret else self.secret)
        body = event.body.replace(b'"amount":', b'"amount":9', 1) + b" " if faults.tamper else event.body
        try:
            return client.post(self.url, content=body, headers={**self.headers, **headers}).status_code
        except httpx.HTTPError:
            return None
