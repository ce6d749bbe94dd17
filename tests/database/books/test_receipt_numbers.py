"""Receipt numbers have no gap and no double: what is rolled back uses up none."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from functions._shared.domain.payments.facts import Facts
from tests.database.books.support import START, Event
from tests.database.checks import FOLDER

if TYPE_CHECKING:
    from tests.database.books.support import Books, Bought
    from tests.database.metering.support import Row
    from tests.database.rows import Connect

HOUR = timedelta(hours=1)
RECEIVE = "select public.webhook_receive(%s, %s, true, 'test', 'acc', %s, %s, %s)"


def number(books: Books, bought: Bought) -> int:
    receipt: str = books.payment(bought)["receipt_number"]
    assert receipt.startswith("R-2027-")
    return int(receipt.removeprefix("R-2027-"))


def as_arguments(event: Event) -> tuple[object, ...]:
    return event.provider, event.id, event.at, event.id, json.dumps(event.facts.model_dump(mode="json"))


def test_a_dry_run_uses_up_no_number(books: Books) -> None:
    before = number(books, books.buy(books.user(), "pack_20"))
    pack = books.order(books.user(), "pack_20")
    event = pack.paid()
    facts = json.dumps(event.facts.model_dump(mode="json"))
    for _ in range(3):
        answer: Row = books.meter.call("payments_reconcile", event.provider, "acc", event.at, facts, True, False)
        assert answer["state"] == "dry_run"
    books.retell(event)
    assert number(books, pack) == before + 1


def test_an_event_that_is_rolled_back_uses_up_no_number(books: Books) -> None:
    before = number(books, books.buy(books.user(), "pack_20"))
    user = books.user()
    pack, sub = books.order(user, "pack_20"), books.order(user, "basic")
    unknown = sub.state("basic").facts.subscriptions[0].model_copy(update={"price_id": "somebody_elses"})
    paid = pack.paid()
    broken = Event("razorpay", paid.at, Facts(payments=paid.facts.payments, subscriptions=(unknown,)))
    answer = books.meter.call(
        "webhook_receive", "razorpay", broken.id, True, "test", "acc", *as_arguments(broken)[2:], None
    )
    assert answer["state"] == "failed"
    # So does a caller's transaction that ends otherwise.
    connection = books.meter.connection
    with connection.transaction(force_rollback=True):
        connection.execute(RECEIVE, as_arguments(pack.paid()))
    books.tell(pack.paid())
    assert number(books, pack) == before + 1


def test_payments_at_once_wait_for_each_other_only_to_commit(books: Books, connect: Connect) -> None:
    before = number(books, books.buy(books.user(), "pack_20"))
    packs = [books.order(books.user(), "pack_20") for _ in range(2)]
    connections = [connect() for _ in packs]
    for connection, pack in zip(connections, packs, strict=True):
        connection.execute("begin; set local lock_timeout = '5s'")
        connection.execute(RECEIVE, as_arguments(pack.paid()))
    for connection in reversed(connections):
        connection.execute("commit")
    assert [number(books, pack) for pack in packs] == [before + 2, before + 1]


def test_many_payments_at_once_get_consecutive_numbers(books: Books, connect: Connect) -> None:
    before = number(books, books.buy(books.user(), "pack_20"))
    packs = [books.order(books.user(), "pack_20") for _ in range(12)]
    connections = [connect() for _ in packs]
    with ThreadPoolExecutor(len(packs)) as pool:
        list(
            pool.map(
                lambda pair: pair[0].execute(RECEIVE, as_arguments(pair[1].paid())),
                zip(connections, packs, strict=True),
            )
        )
    assert sorted(number(books, pack) for pack in packs) == list(range(before + 1, before + 13))


def test_a_receipt_keeps_its_number(books: Books) -> None:
    pack = books.buy(books.user(), "pack_20")
    first = number(books, pack)
    books.tell(pack.paid(at=START + HOUR), pack.refund(19_900, at=START + HOUR))
    assert number(books, pack) == first


def test_a_receipt_keeps_the_name_of_what_was_sold(books: Books) -> None:
    user = books.user()
    books.buy(user, "pack_20")
    sub = books.order(user, "basic")
    books.tell(sub.cycle("basic"), sub.state("basic"))

    def items() -> list[str]:
        return sorted(receipt["item"] for receipt in books.meter.call("receipts", user))

    sold = items()
    with books.owner.transaction(force_rollback=True):
        books.owner.execute("update public.credit_packs set name = 'Renamed'; update public.plans set name = 'Renamed'")
        assert items() == sold


def test_a_number_whose_receipt_is_gone_is_found(books: Books) -> None:
    pack = books.buy(books.user(), "pack_20")
    with books.owner.transaction(force_rollback=True):
        books.owner.execute("set local session_replication_role = replica")
        books.owner.execute("delete from public.payments where id = %s", (books.payment(pack)["id"],))
        found = books.owner.execute((FOLDER / "books.sql").read_bytes()).fetchall()
    assert "receipt numbers have a gap" in [row["problem"] for row in found]
