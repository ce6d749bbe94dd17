"""Every two money paths at once, on the same accounts: whoever comes second waits, and nobody is the victim."""

from __future__ import annotations

import itertools
import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.database.books.support import START, YEAR_END, Books, Bought, price_id
from tests.database.metering.support import Meter
from tests.database.rows import make_admin

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.database.rows import Connect

ROUNDS = 6
HOUR = timedelta(hours=1)
# What a path may be told while another works on the same account.
EXPECTED = {
    "in_progress",
    "hold_lost",
    "insufficient_credits",
    "subscription_exists",
    "adjustment_exceeds_balance",
    "too_many_releases",
}


class Scene:
    """Two customers with a pack and a year each, and an erased account whose mailbox the first has."""

    def __init__(self, books: Books, connect: Connect) -> None:
        email = f"scene-{uuid.uuid4().hex}@example.com"
        gone = books.user(email=email)
        self.gone = books.buy(gone, "pack_20")
        books.spend(gone, 20)
        books.erase(gone)
        books.at(START + HOUR)
        self.users = [books.user(email=email), books.user()]
        self.admin = books.user()
        make_admin(connect, self.admin)
        self.packs = [books.buy(user, "pack_200") for user in self.users]
        self.subs = [books.order(user, "basic", "stripe", interval="year") for user in self.users]
        for sub in self.subs:
            books.tell(
                sub.cycle("basic", interval="year", end=YEAR_END), sub.state("basic", interval="year", end=YEAR_END)
            )


def tell(meter: Meter, *events: Any) -> None:
    """One webhook call for the facts of all events together, as some events tell of several things."""
    facts = events[0].facts
    for event in events[1:]:
        facts += event.facts
    meter.call(
        "webhook_receive", events[0].provider, f"evt_{uuid.uuid4().hex}", True, "test", "acc", events[0].at, uuid.uuid4().hex,
        json.dumps(facts.model_dump(mode="json")), None,
    )  # fmt: skip


def refund(pack: Bought, number: int) -> Any:
    return pack.refund(100, name=f"r{number}", at=START + HOUR)


def refund_of_the_erased(scene: Scene, meter: Meter, number: int) -> None:
    tell(meter, scene.gone.refund(100, name=f"r{number}", at=START + HOUR))


def refunds(scene: Scene, meter: Meter, number: int) -> None:
    # Of both accounts, the later one first.
    tell(meter, refund(scene.packs[1], number), refund(scene.packs[0], number))


def disputes(scene: Scene, meter: Meter, number: int) -> None:
    status = ("open", "won")[number % 2]
    tell(meter, *(pack.dispute(1_000, status, at=START + number * HOUR) for pack in scene.packs))


def states_and_upgrades(scene: Scene, meter: Meter, number: int) -> None:
    for sub in scene.subs:
        up = sub.upgrade(500, f"up{number}", START + HOUR, price_id("top", "year"))
        tell(meter, sub.state("top", at=START + HOUR, interval="year", end=YEAR_END), up)


def usage(scene: Scene, meter: Meter, number: int) -> None:
    for user in scene.users:
        held = meter.reserve(user, "interview")
        (meter.commit if number % 2 else meter.release)(held)


def adjustments(scene: Scene, meter: Meter, number: int) -> None:
    for user in reversed(scene.users):
        meter.call(
            "credits_adjust",
            scene.admin,
            user,
            3 if number % 2 else -2,
            "because",
            f"k{number} {threading.get_ident()}",
        )


def grants(scene: Scene, meter: Meter, number: int) -> None:
    for user in scene.users:
        meter.grant(user, 5, f"grant {number} {threading.get_ident()} {user}")


def sweeps(scene: Scene, meter: Meter, number: int) -> None:
    del scene, number
    meter.call("usage_expire", 1000)
    meter.call("subscriptions_sweep", 1000)


def retries(scene: Scene, meter: Meter, number: int) -> None:
    del scene, number
    for event in meter.call("webhooks_due", 100)["ids"]:
        meter.call("webhook_retry", event)


def reconciliations(scene: Scene, meter: Meter, number: int) -> None:
    event = refund(scene.packs[number % 2], number)
    meter.call(
        "payments_reconcile", "razorpay", "acc", event.at, json.dumps(event.facts.model_dump(mode="json")), False, False
    )
    meter.call("reconcile_due", 100)


def checkouts(scene: Scene, meter: Meter, number: int) -> None:
    for user in scene.users:
        opened = meter.call(
            "checkout_open", user, "razorpay", "acc", "pack", "pack_20", None, "INR", None, False,
            f"{number} {uuid.uuid4().hex}", "hash",
        )  # fmt: skip
        meter.call(
            "checkout_bind", user, opened["order"]["order_id"], f"order_{uuid.uuid4().hex}", None, json.dumps({})
        )


def reviews(scene: Scene, meter: Meter, number: int) -> None:
    del number
    meter.call("payments_to_review", 100, None)
    meter.call("entitlements", scene.users[0])


PATHS: list[Callable[[Scene, Meter, int], None]] = [
    refund_of_the_erased,
    refunds,
    disputes,
    states_and_upgrades,
    usage,
    adjustments,
    grants,
    sweeps,
    retries,
    reconciliations,
    checkouts,
    reviews,
]


def run(database: str, scene: Scene, path: Callable[[Scene, Meter, int], None], start: threading.Barrier) -> list[str]:
    """Run a path some times; return what it was refused with that nobody may be."""
    wrong = []
    with psycopg.connect(database, autocommit=True, row_factory=dict_row) as connection:
        meter = Meter(connection, connection)
        for number in range(ROUNDS):
            start.wait(30)
            try:
                path(scene, meter, number)
            except psycopg.Error as error:
                if error.diag.message_primary not in EXPECTED:
                    wrong.append(f"{path.__name__}: {error.sqlstate} {error}")
    return wrong


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_two_money_paths_block_each_other(
    database: str, books: Books, connect: Connect, path: Callable[[Scene, Meter, int], None]
) -> None:
    scene = Scene(books, connect)
    for other in PATHS[PATHS.index(path) :]:
        start = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(lambda one, start=start: run(database, scene, one, start), (path, other)))
        assert list(itertools.chain(*both)) == [], (path.__name__, other.__name__)
    failed = books.owner.execute(
        "select error_code, error_detail from private.webhook_events where status = 'failed' and received_at > %s",
        (START,),
    ).fetchall()
    assert failed == []
