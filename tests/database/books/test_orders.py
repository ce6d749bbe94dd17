"""Whatever order the facts are told in, how often, and with whatever under way: the books end the same."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.database.books.support import MONTH_END, START, YEAR_END, price_id

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.books.support import Books, Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ORDERS = 10


def pack_given_back_in_parts(books: Books, user: uuid.UUID) -> list[Event]:
    pack = books.order(user, "pack_60")
    return [
        pack.paid(),
        pack.refund(20_000, name="a", at=START + HOUR),
        pack.refund(20_000, name="a", status="failed", at=START + 2 * HOUR),
        pack.refund(10_000, name="b", status="pending", at=START + HOUR),
        pack.refund(10_000, name="b", at=START + 3 * HOUR),
        pack.dispute(30_000, "open", at=START + 4 * HOUR),
        pack.dispute(25_000, "lost", at=START + 5 * HOUR),
    ]


def order_paid_twice(books: Books, user: uuid.UUID) -> list[Event]:
    pack = books.order(user, "pack_60", "stripe")
    other = books.order(user, "pack_20", "stripe")
    return [
        pack.paid("a"),
        pack.paid("b", at=START + HOUR),
        pack.refund(49_900, "a", name="ra", at=START + 2 * HOUR),
        pack.dispute(9_900, "open", "b", at=START + 2 * HOUR),
        other.paid("c"),
        other.refund(5_000, "c", name="rc", at=START + HOUR),
        other.checkout("expired", START + HOUR),
    ]


def upgrades_in_a_month(books: Books, user: uuid.UUID) -> list[Event]:
    sub = books.order(user, "basic", "stripe")
    return [
        sub.cycle("basic"),
        sub.state("basic"),
        sub.upgrade(600, "up1", START + 10 * DAY, price_id("plus")),
        sub.state("plus", at=START + 10 * DAY),
        sub.upgrade(400, "up2", START + 15 * DAY, price_id("top")),
        sub.state("top", at=START + 15 * DAY),
        sub.refund(300, "up1", name="r1", at=START + 16 * DAY),
        sub.refund(400, "up2", name="r2", at=START + 17 * DAY),
    ]


def year_with_an_upgrade_that_ends_early(books: Books, user: uuid.UUID) -> list[Event]:
    sub = books.order(user, "basic", interval="year")
    year: dict[str, Any] = {"interval": "year", "end": YEAR_END}
    return [
        sub.cycle("basic", **year),
        sub.state("basic", **year),
        sub.upgrade(19_000, at=START + 5 * DAY),
        sub.state("top", at=START + 5 * DAY, **year),
        sub.refund(4_000, "up", at=START + 6 * DAY),
        sub.dispute(2_000, "open", "cycle", at=START + 7 * DAY),
        sub.state("top", "canceled", MONTH_END + 2 * DAY, ended_at=MONTH_END + 2 * DAY, **year),
    ]


def month_charged_twice_after_a_renewal_too_late(books: Books, user: uuid.UUID) -> list[Event]:
    sub = books.order(user, "fifty")
    return [
        sub.cycle("fifty", "c1"),
        sub.cycle("fifty", "c2", end=MONTH_END + HOUR, at=START + HOUR),
        sub.state("fifty"),
        sub.cycle("fifty", "late", MONTH_END, MONTH_END + 31 * DAY),
        sub.state("fifty", "expired", MONTH_END - HOUR, ended_at=MONTH_END - HOUR),
        sub.refund(1_200, "c1", at=START + DAY),
        sub.dispute(600, "lost", "c2", at=START + DAY),
    ]


STORIES: list[Callable[[Books, uuid.UUID], list[Event]]] = [
    pack_given_back_in_parts,
    order_paid_twice,
    upgrades_in_a_month,
    year_with_an_upgrade_that_ends_early,
    month_charged_twice_after_a_renewal_too_late,
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_the_order_of_delivery_is_no_matter_also_with_holds_open(
    books: Books, story: Callable[[Books, uuid.UUID], list[Event]]
) -> None:
    chance = random.Random(story.__name__)
    pictures = []
    for number in range(ORDERS):
        books.at(START)
        user = books.user(welcome=False)
        books.meter.grant(user, 12, source="promo", expires_at=MONTH_END - DAY)
        books.meter.grant(user, 40, source="adjustment")
        books.at(START + timedelta(minutes=1))
        books.spend(user, 7)
        kept, given_back = books.hold(user, 11), books.hold(user, 15)
        events = story(books, user)
        steps: list[Event | str] = [*events, "commit", "release"]
        if number:
            chance.shuffle(steps)
            for _ in range(chance.randrange(4)):
                steps.insert(chance.randrange(len(steps) + 1), chance.choice(events))
        for step in steps:
            if step == "commit":
                books.commit(kept)
            elif step == "release":
                books.release(given_back)
            else:
                books.tell(step)  # type: ignore[arg-type]
        # Later: what ran out has run out, and months have begun.
        books.at(MONTH_END + 3 * DAY)
        books.sweep()
        books.meter.call("usage_expire", 1000)
        pictures.append(books.picture(user))
        balance, debt = books.account(user)
        assert not (balance and debt)
    different = [{key: (p[key], pictures[0][key]) for key in p if p[key] != pictures[0][key]} for p in pictures]
    assert not any(different), next(d for d in different if d)


@pytest.mark.parametrize("end", ["release", "commit"])
def test_a_hold_across_the_end_of_a_lot_and_a_refund(books: Books, end: str) -> None:
    """Reserve, refund and release ends as if there had been no hold, also for what expired."""
    pictures = []
    for order in (
        ("refund", "sweep", "end"),
        ("sweep", "refund", "end"),
        ("end", "sweep", "refund"),
        ("sweep", "end", "refund"),
    ):
        books.at(START)
        user = books.user(welcome=False)
        sub = books.order(user, "basic")
        books.tell(sub.cycle("basic"), sub.state("basic"))
        books.buy(user, "pack_60")
        books.at(MONTH_END - timedelta(minutes=5))
        held = books.hold(user, 45)
        books.spend(user, 70)
        books.at(MONTH_END + timedelta(minutes=5))
        for step in order:
            if step == "refund":
                books.tell(sub.refund(500, "cycle", at=MONTH_END))
            elif step == "sweep":
                books.sweep()
            else:
                getattr(books, end)(held)
        books.sweep()
        pictures.append((books.account(user), books.picture(user)))
    assert all(picture == pictures[0] for picture in pictures)
    # 50 of the month's units are worth having; 70 or 115 were used, the rest of them from the pack.
    assert pictures[0][0] == ((40, 0) if end == "release" else (0, 5))


def test_the_same_facts_again_write_nothing(books: Books) -> None:
    user = books.user()
    events = upgrades_in_a_month(books, user)
    books.at(START + 20 * DAY)
    books.tell(*events)
    before = books.meter.ledger(user)
    for event in events:
        books.retell(event, "fetch")
    books.owner.execute("select private.settle_account(%s)", (user,))
    assert books.meter.ledger(user) == before
