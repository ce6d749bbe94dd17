"""The report for an accountant is cash: what came and went in the month in which it moved, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.database.books.support import START, Bought

if TYPE_CHECKING:
    from tests.database.books.support import Books

REPORT = Path(__file__).resolve().parents[3] / "sql" / "reports" / "payments.sql"
APRIL, MAY, JUNE = START, datetime(2027, 5, 3, tzinfo=UTC), datetime(2027, 6, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
Key = tuple[str, str, str, str]


def report(books: Books) -> dict[Key, tuple[int, ...]]:
    """Month, provider, currency, owner: paid, refunded, lost, net."""
    return {
        (row["month"], row["provider"], row["currency"], row["owner"]): tuple(
            int(row[name]) for name in ("paid", "refunded", "lost", "net")
        )
        for row in books.owner.execute(REPORT.read_bytes()).fetchall()
    }


def moved(books: Books, before: dict[Key, tuple[int, ...]]) -> dict[Key, tuple[int, ...]]:
    """What the report has more than before."""
    none = (0, 0, 0, 0)
    now = report(books)
    changes = {key: tuple(a - b for a, b in zip(now[key], before.get(key, none), strict=True)) for key in now}
    return {key: change for key, change in changes.items() if any(change)}


def test_each_movement_is_in_its_own_month_and_currency(books: Books) -> None:
    before = report(books)
    first, second = books.buy(books.user(), "pack_200"), books.buy(books.user(), "pack_60", "stripe")
    books.tell(
        first.refund(50_000, name="a", status="pending", at=APRIL),
        first.refund(50_000, name="a", at=MAY),
        first.refund(700, name="usd", currency="USD", at=MAY),
        first.refund(1_000, name="failed", at=APRIL),
        first.refund(1_000, name="failed", status="failed", at=MAY),
        second.dispute(49_900, "open", at=APRIL),
        second.dispute(40_000, "lost", at=JUNE),
        first.dispute(9_000, "open", name="open", at=MAY),
    )
    assert moved(books, before) == {
        ("2027-04", "razorpay", "INR", "matched"): (149_900, 0, 0, 149_900),
        ("2027-05", "razorpay", "INR", "matched"): (0, 50_000, 0, -50_000),
        ("2027-05", "razorpay", "USD", "matched"): (0, 700, 0, -700),
        ("2027-04", "stripe", "INR", "matched"): (49_900, 0, 0, 49_900),
        ("2027-06", "stripe", "INR", "matched"): (0, 0, 40_000, -40_000),
    }


def test_asking_the_provider_later_moves_nothing_to_another_month(books: Books) -> None:
    pack, other = books.buy(books.user(), "pack_20"), books.buy(books.user(), "pack_20")
    books.tell(pack.refund(19_900, at=APRIL), other.dispute(19_900, "lost", at=APRIL))
    before = report(books)
    books.retell(pack.refund(19_900, at=JUNE))
    books.retell(other.dispute(19_900, "lost", at=JUNE))
    assert moved(books, before) == {}


def test_a_refund_whose_webhook_comes_late_goes_to_its_month(books: Books) -> None:
    pack = books.buy(books.user(), "pack_20")
    before = report(books)
    books.retell(pack.refund(19_900, at=MAY))
    books.tell(pack.refund(19_900, at=APRIL))
    assert moved(books, before) == {("2027-04", "razorpay", "INR", "matched"): (0, 19_900, 0, -19_900)}


def test_money_of_unknown_orders_has_rows_of_its_own(books: Books) -> None:
    before = report(books)
    stranger = Bought(books.order(books.user(), "pack_20").id, "stripe", f"unknown_{id(before)}", 777)
    books.tell(stranger.paid(), stranger.refund(77, at=MAY), stranger.refund(5, "nobody", name="nobody", at=MAY))
    assert moved(books, before) == {
        ("2027-04", "stripe", "INR", "unmatched"): (777, 0, 0, 777),
        ("2027-05", "stripe", "INR", "unmatched"): (0, 82, 0, -82),
    }


def test_months_are_utc(books: Books) -> None:
    before = report(books)
    last, first = books.order(books.user(), "pack_20"), books.order(books.user(), "pack_20")
    books.tell(last.paid(at=APRIL - SECOND), first.paid(at=APRIL))
    books.owner.execute("set timezone = 'Asia/Kolkata'")
    try:
        assert {month for month, *_ in moved(books, before)} == {"2027-03", "2027-04"}
    finally:
        books.owner.execute("reset timezone")


def test_the_report_sums_up_to_the_facts(books: Books) -> None:
    """Computed a second time, from the raw rows of everything that the tests of this database left."""
    pack = books.buy(books.user(), "pack_60")
    books.tell(
        pack.refund(9_900, at=MAY),
        pack.refund(100, name="usd", currency="USD", at=MAY),
        pack.dispute(1, "lost", at=JUNE),
    )
    expected: Counter[tuple[str, str, str]] = Counter()

    def add(query: str, sign: int) -> None:
        for row in books.owner.execute(query).fetchall():
            month = row["at"].astimezone(UTC).strftime("%Y-%m")
            expected[month, row["provider"], row["currency"]] += sign * row["amount"]

    add("select paid_at as at, provider, currency, amount from public.payments where status = 'paid'", 1)
    for table, status, told in (("refunds", "processed", "processed_at"), ("disputes", "lost", "lost_at")):
        add(
            f"select {told} as at, provider, currency, amount from private.payment_{table} where status = '{status}'",
            -1,
        )
    got: Counter[tuple[str, str, str]] = Counter()
    for (month, provider, currency, _), (paid, refunded, lost, net) in report(books).items():
        assert net == paid - refunded - lost
        got[month, provider, currency] += net
    assert {key: net for key, net in got.items() if net} == {key: net for key, net in expected.items() if net}
