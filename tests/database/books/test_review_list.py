"""The list for a person: each entry has a subject of its own, says what support needs, and goes when it is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.domain.payments.facts import Facts, PaymentFact
from tests.database.books.support import START
from tests.database.rows import make_admin

if TYPE_CHECKING:
    import uuid

    from tests.database.books.support import Books
    from tests.database.rows import Connect

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def entries(books: Books, user: uuid.UUID) -> list[dict[str, Any]]:
    return [entry for entry in books.meter.call("payments_to_review", 500) if entry["user_id"] == str(user)]


def test_closing_one_refund_in_another_currency_hides_no_other(books: Books, connect: Connect) -> None:
    user, admin = books.user(), books.user()
    make_admin(connect, admin)
    pack = books.buy(user, "pack_200")
    books.tell(
        pack.refund(500, name="a", currency="USD"),
        pack.refund(500, name="b", currency="USD"),
        pack.dispute(500, "lost", name="c", currency="USD"),
    )
    subjects = {f"refund {pack.name('a')}", f"refund {pack.name('b')}", f"dispute {pack.name('c')}"}
    assert {entry["subject"] for entry in entries(books, user)} == subjects
    books.meter.call("payment_review_close", admin, "refund_currency", f"refund {pack.name('a')}", "asked the bank")
    assert {entry["subject"] for entry in entries(books, user)} == subjects - {f"refund {pack.name('a')}"}


def test_an_entry_holds_what_support_needs_to_act(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid(amount=19_800, currency="USD"))
    (entry,) = entries(books, user)
    assert entry["code"] == "wrong_currency"
    assert (entry["provider"], entry["payment_ids"], entry["order_id"]) == (
        "razorpay",
        [pack.name("pay")],
        str(pack.id),
    )
    assert (entry["amount_paid"], entry["currency_paid"]) == (19_800, "USD")
    assert (entry["amount_expected"], entry["currency_expected"]) == (19_900, "INR")


def test_a_surplus_names_every_payment_and_what_was_asked(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20", "stripe")
    books.tell(pack.paid("a"), pack.paid("b", at=START + HOUR))
    (entry,) = entries(books, user)
    assert (entry["provider"], entry["payment_ids"]) == ("stripe", [pack.name("a"), pack.name("b")])
    assert (entry["amount"], entry["amount_paid"], entry["amount_expected"]) == (19_900, 39_800, 19_900)


def test_a_charge_that_no_price_explains_shows_the_price(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe")
    books.tell(sub.cycle("basic"), sub.state("basic"))
    odd = sub.cycle("basic", "odd", start=START + HOUR)
    fact = odd.facts.payments[0].model_copy(update={"amount": 700, "list_amount": 700})
    books.tell(type(odd)(odd.provider, odd.at, Facts(payments=(fact,))))
    (entry,) = entries(books, user)
    assert (entry["code"], entry["order_id"]) == ("unknown_purpose", str(sub.id))
    assert (entry["amount_paid"], entry["amount_expected"]) == (700, 1_000)


def test_two_live_subscriptions_are_both_named(books: Books) -> None:
    user = books.user()
    first, second = books.order(user, "basic"), books.order(user, "plus", "stripe")
    books.tell(first.cycle("basic"), first.state("basic"), second.cycle("plus"), second.state("plus"))
    (entry,) = entries(books, user)
    assert first.provider_id in entry["detail"]
    assert second.provider_id in entry["detail"]


def test_a_payment_that_was_contradicted_is_listed_until_the_provider_was_asked(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.paid(amount=100, at=START + SECOND))
    assert books.listed(user) == [("contradiction", 19_900)]
    assert pack.name("pay") in {item["id"] for item in books.meter.call("reconcile_due", 1000)}
    books.retell(pack.paid(at=START + HOUR, paid_at=START))
    assert (books.account(user), books.listed(user)) == ((25, 0), [])
    assert pack.name("pay") not in {item["id"] for item in books.meter.call("reconcile_due", 1000)}
    # What was told before the answer comes late; what is told after it is a contradiction again.
    books.tell(pack.paid(amount=200, at=START + 2 * SECOND))
    assert books.listed(user) == []
    books.tell(pack.paid(amount=300, at=START + 2 * HOUR))
    assert books.listed(user) == [("contradiction", 19_900)]


def test_the_answer_about_a_contradicted_payment_is_what_counts(books: Books) -> None:
    for order in ((0, 1, 2), (1, 0, 2), (2, 0, 1), (0, 2, 1)):
        user = books.user()
        pack = books.order(user, "pack_20")
        wrong, right = pack.paid(amount=100), pack.paid(at=START + HOUR, paid_at=START)
        later = pack.paid(amount=200, at=START + SECOND)
        for number in order:
            event = (wrong, later, right)[number]
            if event is right:
                books.retell(right)
            else:
                books.tell(event)
        assert (books.account(user), books.listed(user)) == ((25, 0), []), order


@pytest.mark.parametrize("answer", [19_900, 9_950])
def test_a_refund_that_was_contradicted_is_settled_by_the_answer(books: Books, answer: int) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.refund(19_900, at=START + SECOND), pack.refund(9_950, at=START + 2 * SECOND))
    (entry,) = entries(books, user)
    assert (entry["code"], entry["subject"]) == ("contradiction", f"refund {pack.name('rf')}")
    assert entry["payment_ids"] == [pack.name("pay")]
    assert pack.name("pay") in {item["id"] for item in books.meter.call("reconcile_due", 1000)}
    books.retell(pack.refund(answer, at=START + HOUR))
    assert entries(books, user) == []
    assert books.payment(pack)["amount_refunded"] == answer
    assert pack.name("pay") not in {item["id"] for item in books.meter.call("reconcile_due", 1000)}


def test_a_dispute_that_was_contradicted_is_settled_by_the_answer(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.dispute(19_900, "open"), pack.dispute(19_900, "open", currency="USD", at=START + SECOND))
    (entry,) = entries(books, user)
    assert (entry["code"], entry["subject"]) == ("contradiction", f"dispute {pack.name('dp')}")
    books.retell(pack.dispute(19_900, "won", at=START + HOUR))
    assert (entries(books, user), books.account(user)) == ([], (25, 0))


def test_an_event_that_failed_for_good_names_provider_type_and_payment(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    sub = books.order(user, "basic", "stripe")
    event = sub.state("basic")
    fact = event.facts.subscriptions[0].model_copy(update={"price_id": "somebody_elses"})
    payment = PaymentFact(
        reference=pack.name("pay"), payment_id=pack.name("pay"), amount=1, currency="INR", status="pending"
    )
    facts = Facts(subscriptions=(fact,), payments=(payment,)).model_dump_json()
    answer = books.meter.call(
        "webhook_receive", "razorpay", event.id, True, "subscription.charged", "acc", event.at, event.id, facts, None
    )
    assert answer["state"] == "failed"
    books.owner.execute("update private.webhook_events set next_attempt_at = null where id = %s", (answer["id"],))
    (entry,) = entries(books, user)
    assert (entry["code"], entry["provider"], entry["payment_ids"]) == ("event_failed", "razorpay", [pack.name("pay")])
    assert entry["detail"] == f"subscription.charged {event.id}: price_not_found"
