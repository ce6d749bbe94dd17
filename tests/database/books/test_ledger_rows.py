"""Every ledger row names what caused it, in plain words, and says the same in every order of delivery."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.database.books.support import MONTH_END, START, YEAR_END
from tests.database.rows import make_admin

if TYPE_CHECKING:
    import uuid

    from tests.database.books.support import Books, Bought
    from tests.database.rows import AsRole, Connect

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def rows(books: Books, user: uuid.UUID) -> list[dict[str, Any]]:
    return books.owner.execute(
        "select kind, amount, reference, description from public.credit_transactions where user_id = %s order by seq",
        (user,),
    ).fetchall()


def returned(books: Books, user: uuid.UUID, pack: Bought) -> dict[str, int]:
    """Units by refund and dispute, in sum over the ledger."""
    sums: Counter[str] = Counter()
    for row in rows(books, user):
        if row["kind"] in {"refund", "dispute"}:
            assert row["reference"] is not None
            sums[row["reference"].removesuffix(f"_{pack.provider_id}")] += row["amount"]
    return {cause: units for cause, units in sums.items() if units}


def test_each_refund_takes_its_own_share_in_whatever_order_they_are_told(books: Books) -> None:
    for order in itertools.permutations(range(4)):
        user = books.user()
        pack = books.order(user, "pack_20")
        events = [
            pack.paid(),
            pack.refund(6_633, name="a", at=START + HOUR),
            # Two of one second.
            pack.refund(6_633, name="b", at=START + 2 * HOUR),
            pack.refund(6_634, name="c", at=START + 2 * HOUR),
        ]
        books.tell(*(events[number] for number in order))
        assert returned(books, user, pack) == {"a": -6, "b": -7, "c": -7}, order


def test_a_refund_that_failed_gives_back_what_it_took_under_its_own_name(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.refund(9_950, name="a", at=START + HOUR), pack.refund(9_950, name="b", at=START + 2 * HOUR))
    books.tell(pack.refund(9_950, name="a", status="failed", at=START + 3 * HOUR))
    assert returned(books, user, pack) == {"b": -10}
    assert rows(books, user)[-1]["description"] == "A refund failed or was corrected: Credit pack: 20 credits"


def test_each_dispute_is_named_by_what_it_freezes_and_takes(books: Books) -> None:
    for order in itertools.permutations(range(3)):
        user = books.user()
        pack = books.buy(user, "pack_200")
        events = [
            pack.dispute(14_990, "open", name="a", at=START + HOUR),
            pack.dispute(29_980, "open", name="b", at=START + HOUR),
            pack.dispute(14_990, "lost", name="a", at=START + 2 * HOUR),
        ]
        books.tell(*(events[number] for number in order))
        assert returned(books, user, pack) == {"a": -20, "b": -40}, order
        books.tell(pack.dispute(29_980, "won", name="b", at=START + 3 * HOUR))
        assert returned(books, user, pack) == {"a": -20}


def test_units_of_another_lot_that_stand_for_a_disputed_one_name_the_dispute(books: Books) -> None:
    user = books.user(welcome=False)
    first = books.buy(user, "pack_20")
    books.spend(user, 20)
    second = books.buy(user, "pack_60")
    books.tell(
        first.dispute(19_900, "open", name="a"),
        second.dispute(24_950, "open", name="b"),
        first.dispute(19_900, "lost", name="a", at=START + HOUR),
    )
    sums: Counter[str] = Counter()
    for row in rows(books, user):
        if row["kind"] == "dispute":
            sums[row["reference"].partition("_")[0]] += row["amount"]
    assert sums == {"a": -20, "b": -30}


def test_a_refund_after_the_erasure_is_named_in_the_ledger(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.spend(user, 25)
    books.erase(user)
    books.tell(pack.refund(9_950, name="a", at=START + HOUR), pack.dispute(9_950, "lost", name="b", at=START + DAY))
    assert returned(books, user, pack) == {"a": -10, "b": -10}
    books.tell(pack.refund(9_950, name="a", status="failed", at=START + 2 * HOUR))
    assert returned(books, user, pack) == {"b": -10}


def test_the_month_that_a_payment_paid_for_names_the_receipt(books: Books, as_user: AsRole) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.tell(sub.cycle("fifty"), sub.state("fifty"))
    pack = books.buy(user, "pack_20")
    with as_user(user) as cursor:
        history = cursor.execute("select public.credit_history() as rows").fetchone()["rows"]
    by_text = {entry["description"]: entry for entry in history}
    month = by_text["fifty, April 2027"]
    assert (month["reference"], month["receipt"]) == (sub.name("cycle"), books.payment(sub, "cycle")["receipt_number"])
    bought = by_text["Credit pack: 20 credits"]
    assert (bought["reference"], bought["receipt"]) == (str(pack.id), books.payment(pack)["receipt_number"])
    assert by_text["Welcome credits"]["receipt"] is None
    # Somebody else's client sees none of it.
    with as_user(books.user()) as cursor:
        assert cursor.execute("select public.credit_history(null, 50, %s) as rows", (user,)).fetchone()["rows"] == []


def test_what_expired_names_its_lot(books: Books) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "fifty")
    books.tell(sub.cycle("fifty"), sub.state("fifty"))
    books.spend(user, 10)
    books.at(MONTH_END + HOUR)
    books.sweep()
    (expiry,) = [row for row in rows(books, user) if row["kind"] == "expiry"]
    assert (expiry["amount"], expiry["description"]) == (-40, "Expired unused: fifty, April 2027")
    assert expiry["reference"] == f"subscription:razorpay:{sub.name('cycle')}:2027-04"


def test_what_expired_is_booked_before_what_is_granted_at_that_moment(books: Books) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", "stripe", interval="year")
    books.tell(sub.cycle("basic", interval="year", end=YEAR_END), sub.state("basic", interval="year", end=YEAR_END))
    books.at(MONTH_END + HOUR)
    books.sweep()
    assert [row["kind"] for row in rows(books, user)] == ["grant", "expiry", "grant"]


def test_every_kind_of_row_says_what_happened(books: Books, connect: Connect, as_user: AsRole) -> None:
    user, admin = books.user(), books.user()
    make_admin(connect, admin)
    sub = books.order(user, "basic", "stripe")
    books.tell(sub.cycle("basic"), sub.state("basic"), sub.upgrade(1_700, to="books_top_month"), sub.state("top"))
    pack = books.buy(user, "pack_20")
    books.meter.grant(user, 3, source="promo")
    books.meter.call("credits_adjust", admin, user, -2, "granted by mistake", "k")
    books.spend(user, 1)
    books.tell(pack.refund(9_950, at=START + HOUR), pack.dispute(9_950, "open", at=START + HOUR))
    books.at(MONTH_END + HOUR)
    books.sweep()
    with as_user(user) as cursor:
        history = cursor.execute("select public.credit_history(null, 200) as rows").fetchone()["rows"]
    assert {entry["kind"] for entry in history} == {"grant", "usage", "expiry", "refund", "dispute", "adjustment"}
    for entry in history:
        assert entry["description"], entry
        assert not {"books_", "null", "None"} & set(entry["description"].split()), entry
        assert entry["reference"] or entry["kind"] == "grant", entry
    texts = [entry["description"] for entry in history]
    assert "Upgrade to top, April 2027" in texts
    assert "granted by mistake" in texts
    assert "Payment refunded: Credit pack: 20 credits" in texts
    assert "Withheld for a disputed payment: Credit pack: 20 credits" in texts
