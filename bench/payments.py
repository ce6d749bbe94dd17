"""Payment webhooks, from the request to the answer after the commit, with sixteen parallel senders.

Each user pays one order, which Razorpay reports with two events, payment.captured and order.paid: the first to arrive
grants credits, the second changes nothing. Signatures are checked, and the database has its default durability.
"""

from __future__ import annotations

import threading
import time
from functools import lru_cache
from queue import Empty, Queue
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid4

import httpx
import psycopg

from bench import Context, Measured, benchmark
from local.providers.events import Event, razorpay_headers
from local.providers.razorpay.world import RazorpayWorld

if TYPE_CHECKING:
    from collections.abc import Sequence

SENDERS: Final = 16
ORDERS: Final = 800
WARM_UP: Final = 80
AMOUNT: Final = 19_900
PACK: Final = "pack_20"


class Run(NamedTuple):
    """Milliseconds of each event, in order of arrival, and events per second."""

    milliseconds: list[float]
    rate: float


def _orders(url: str, world: RazorpayWorld, count: int) -> list[str]:
    """Create users with one open order each; return the provider's ids of the orders."""
    order_ids = [world.create_order(AMOUNT, "INR")["id"] for _ in range(count)]
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        users = [str(uuid4()) for _ in order_ids]
        cursor.executemany(
            "insert into auth.users (id, aud, role, email, email_confirmed_at, raw_app_meta_data, "
            "raw_user_meta_data, created_at, updated_at) "
            "values (%s, 'authenticated', 'authenticated', %s, now(), '{}', '{}', now(), now())",
            [(user, f"{user}@bench.example.com") for user in users],
        )
        cursor.executemany(
            "insert into private.billing_orders (user_id, kind, pack, credits, list_amount, amount, currency, "
            "provider, provider_account, provider_order_id, status, idempotency_key, request_hash, response) "
            "values (%s, 'pack', %s, 20, %s, %s, 'INR', 'razorpay', %s, %s, 'open', 'bench', 'bench', '{}')",
            [
                (user, PACK, AMOUNT, AMOUNT, world.account_id, order)
                for user, order in zip(users, order_ids, strict=True)
            ],
        )
    return order_ids


def _events(world: RazorpayWorld, orders: Sequence[str]) -> list[Event]:
    for order in orders:
        world.pay_order(order)
    return [event for event in world.events if event.type in {"payment.captured", "order.paid"}]


def _send(url: str, secret: str, events: Sequence[Event]) -> Run:
    """Send all events with parallel senders."""
    waiting: Queue[Event] = Queue()
    for event in events:
        waiting.put(event)
    milliseconds: list[float] = []
    failures: list[str] = []

    def sender() -> None:
        with httpx.Client(timeout=30) as client:
            while True:
                try:
                    event = waiting.get_nowait()
                except Empty:
                    return
                headers = razorpay_headers(event, secret)
                began = time.perf_counter()
                answer = client.post(url, content=event.body, headers=headers)
                milliseconds.append((time.perf_counter() - began) * 1000)
                if answer.status_code != httpx.codes.OK or answer.json()["state"] != "processed":
                    failures.append(answer.text)

    threads = [threading.Thread(target=sender) for _ in range(SENDERS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    if failures:
        raise RuntimeError(f"{len(failures)} events were not applied, the first: {failures[0]}")
    return Run(milliseconds, len(events) / seconds)


@lru_cache(maxsize=1)
def _run(context: Context) -> Run:
    url = f"{context.stack.functions_url}/functions/v1/payments-webhook/razorpay"
    for count in (WARM_UP, ORDERS):  # the first requests load SDKs, open connections and plan statements
        world = RazorpayWorld()
        orders = _orders(context.database, world, count)
        done = _send(url, world.webhook_secret, _events(world, orders))
        with psycopg.connect(context.database) as connection:
            granted = connection.execute(
                "select count(*) from public.credit_grants as g inner join private.billing_orders as o "
                "on g.grant_key = 'order:' || o.id where o.provider_order_id = any(%s)",
                (orders,),
            ).fetchone()
        if granted != (count,):
            raise RuntimeError(f"{granted} of {count} orders were granted")
    return done


@benchmark("payments.webhook_p99", unit="ms", target="value <= 250")
def webhook_p99(context: Context) -> Measured:
    """Return the 99th percentile of the time from the request to the answer after the commit."""
    milliseconds = sorted(_run(context).milliseconds)
    return Measured(milliseconds[int(len(milliseconds) * 0.99)])


@benchmark("payments.webhook_rate", unit="events/s", target="value >= 100")
def webhook_rate(context: Context) -> Measured:
    """Return the number of events stored and applied per second."""
    return Measured(_run(context).rate)
