"""Packs: what a payment is worth follows from what was kept of its money."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.database.books.support import START
from tests.database.rows import make_admin

if TYPE_CHECKING:
    from tests.database.books.support import Books
    from tests.database.rows import Connect

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_a_refund_that_failed_and_was_made_again_leaves_nothing_of_the_pack(books: Books) -> None:
    for order in itertools.permutations(range(4)):
        user = books.user()
        pack = books.order(user, "pack_20")
        events = [
            pack.paid(),
            pack.refund(19_900, name="a", at=START + HOUR),
            pack.refund(19_900, name="a", status="failed", at=START + 2 * HOUR),
            pack.refund(19_900, name="b", at=START + 3 * HOUR),
        ]
        books.tell(*(events[number] for number in order))
        assert books.account(user) == (5, 0), order
        assert sum(amount for _, amount, _ in books.meter.ledger(user)) == 5


def test_a_failed_refund_and_a_lost_dispute_leave_nothing_of_the_pack(books: Books) -> None:
    for order in itertools.permutations(range(5)):
        user = books.user()
        pack = books.order(user, "pack_60")
        events = [
            pack.paid(),
            pack.refund(49_900, at=START + HOUR),
            pack.refund(49_900, status="failed", at=START + 2 * HOUR),
            pack.dispute(49_900, "open", at=START + 3 * HOUR),
            pack.dispute(49_900, "lost", at=START + 4 * HOUR),
        ]
        books.tell(*(events[number] for number in order))
        assert books.account(user) == (5, 0), order


def test_an_order_paid_twice_grants_once_and_lists_the_surplus(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid("a"), pack.paid("b", at=START + HOUR))
    assert books.account(user) == (25, 0)
    assert books.listed(user) == [("surplus_payment", 19_900)]


@pytest.mark.parametrize("parts", [{"a": 19_900}, {"b": 19_900}, {"a": 9_950, "b": 9_950}])
def test_giving_the_surplus_back_touches_no_credits(books: Books, parts: dict[str, int]) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid("a"), pack.paid("b", at=START + HOUR))
    books.tell(*(pack.refund(amount, kind, name=f"rf_{kind}") for kind, amount in parts.items()))
    assert books.account(user) == (25, 0)
    assert books.listed(user) == []


def test_a_refund_after_the_erasure_is_in_the_books(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.erase(user)
    books.tell(pack.refund(19_900, at=START + HOUR))
    assert books.payment(pack)["amount_refunded"] == 19_900
    assert books.owed(user) == 0


def test_a_dispute_lost_after_the_erasure_is_owed_by_the_next_account_of_the_mailbox(books: Books) -> None:
    email = f"six-{START.timestamp()}-{id(books)}@example.com"
    user = books.user(email=email)
    pack = books.buy(user, "pack_20")
    books.spend(user, 25)
    books.erase(user)
    books.tell(pack.dispute(19_900, "lost", at=START + HOUR))
    assert (books.payment(pack)["dispute_status"], books.payment(pack)["amount_lost"]) == ("lost", 19_900)
    assert books.owed(user) == 20
    books.at(START + 2 * HOUR)
    heir = books.user(email=email)
    assert books.account(heir) == (0, 20)
    # Should the bank think again, nobody owes any more.
    books.tell(pack.dispute(19_900, "won", at=START + 3 * HOUR))
    assert books.account(heir) == (0, 0)


def test_the_debt_of_an_erased_account_goes_to_the_one_that_has_its_mailbox_already(books: Books) -> None:
    name = f"twice-{uuid.uuid4().hex}"
    user, other = books.user(email=f"{name}@example.com"), books.user(email=f"{name}+work@example.com")
    pack = books.buy(user, "pack_20")
    books.spend(user, 25)
    books.tell(pack.refund(9_950, at=START + HOUR))
    books.at(START + 2 * HOUR)
    assert books.account(other) == (0, 0)
    books.erase(user)
    assert books.account(other) == (0, 10)
    books.tell(pack.refund(9_950, name="rest", at=START + 3 * HOUR))
    assert books.account(other) == (0, 20)


def test_debt_is_not_shed_by_another_address(books: Books) -> None:
    name = f"moves-{uuid.uuid4().hex}"
    user = books.user(email=f"{name}@example.com")
    pack = books.buy(user, "pack_20")
    books.spend(user, 25)
    books.owner.execute("update auth.users set email = %s where id = %s", (f"{name}@throwaway.example", user))
    books.tell(pack.refund(19_900, at=START + HOUR))
    books.erase(user)
    books.at(START + 2 * HOUR)
    assert books.account(books.user(email=f"{name}@example.com")) == (0, 20)
    books.at(START + 3 * HOUR)
    # Carried once.
    assert books.account(books.user(email=f"{name}@throwaway.example")) == (5, 0)


def test_debt_follows_the_mailbox_and_the_next_pack_pays_it(books: Books) -> None:
    email = f"next-{id(books)}@example.com"
    user = books.user(email=email)
    pack = books.buy(user, "pack_200")
    books.spend(user, 200)
    books.tell(pack.refund(149_900))
    assert books.account(user) == (0, 195)
    books.erase(user)
    books.at(START + HOUR)
    heir = books.user(email=email)
    # The welcome went to this mailbox before.
    assert books.account(heir) == (0, 195)
    books.buy(heir, "pack_200")
    assert books.account(heir) == (5, 0)


def test_an_heir_never_has_credits_beside_a_debt(books: Books) -> None:
    email = f"heir-{id(books)}@example.com"
    user = books.user(email=email)
    pack = books.buy(user, "pack_20")
    books.spend(user, 15)
    books.hold(user, 10)
    # Refunded while ten units are held: they are owed until the account is closed, which gives them back.
    books.tell(pack.refund(19_900))
    assert books.account(user) == (0, 20)
    books.erase(user)
    assert books.owed(user) == 10
    books.at(START + HOUR)
    heir = books.user(email=email)
    assert books.account(heir) == (0, 10)
    own = books.buy(heir, "pack_20")
    held = books.hold(heir, 5)
    assert books.account(heir) == (5, 0)
    # The refund fails after all, then it is a dispute that takes the money.
    books.tell(pack.refund(19_900, status="failed", at=START + 2 * HOUR))
    assert books.account(heir) == (15, 0)
    books.tell(pack.dispute(19_900, "lost", at=START + 3 * HOUR), own.refund(19_900, at=START + 3 * HOUR))
    assert books.account(heir) == (0, 15)
    books.release(held)
    assert books.account(heir) == (0, 10)
    books.erase(heir)
    assert books.owed(heir) == 10
    books.at(books.now + HOUR)
    last = books.user(email=email)
    assert books.account(last) == (0, 10)
    books.tell(own.refund(19_900, status="failed", at=START + 4 * HOUR))
    assert (books.account(last), books.owed(heir)) == ((0, 0), 0)


@pytest.mark.parametrize(("end", "after"), [("release", (0, 0)), ("commit", (0, 30))])
def test_units_refunded_away_while_held_are_debt_until_they_come_back(
    books: Books, end: str, after: tuple[int, int]
) -> None:
    user = books.user(welcome=False)
    pack = books.buy(user, "pack_60")
    books.spend(user, 30)
    held = books.hold(user, 30)
    books.tell(pack.refund(24_950))
    assert books.account(user) == (0, 30)
    getattr(books, end)(held)
    assert books.account(user) == after


@pytest.mark.parametrize(("end", "after"), [("release", (60, 0)), ("commit", (40, 0))])
def test_a_refund_under_a_hold_and_another_pack(books: Books, end: str, after: tuple[int, int]) -> None:
    user = books.user(welcome=False)
    pack = books.buy(user, "pack_20")
    held = books.hold(user, 20)
    books.tell(pack.refund(19_900))
    assert books.account(user) == (0, 20)
    books.buy(user, "pack_60")
    assert books.meter.account(user) == (40, 20, 0)
    getattr(books, end)(held)
    assert books.account(user) == after


def test_a_deduction_is_a_spend_that_no_refund_makes_up_for(books: Books, connect: Connect) -> None:
    admin = books.user()
    make_admin(connect, admin)
    user = books.user()
    pack = books.buy(user, "pack_200")
    books.meter.call("credits_adjust", admin, user, -40, "abuse", "k")
    books.tell(pack.refund(74_950))
    assert books.account(user) == (65, 0)


def test_right_balances_raise_no_alarm_after_hold_refund_gift_release_and_deduction(
    books: Books, connect: Connect
) -> None:
    admin = books.user()
    make_admin(connect, admin)
    user = books.user()
    pack = books.buy(user, "pack_20")
    held = books.hold(user, 10)
    books.tell(pack.refund(19_900))
    assert books.account(user) == (0, 5)
    books.meter.grant(user, 30, source="promo")
    assert books.account(user) == (25, 0)
    books.release(held)
    assert books.account(user) == (35, 0)
    books.meter.call("credits_adjust", admin, user, -5, "abuse", "k")
    assert books.account(user) == (30, 0)


@pytest.mark.parametrize(("end", "after"), [("won", (205, 0)), ("lost", (203, 0))])
def test_a_dispute_of_one_percent_freezes_one_percent(books: Books, end: str, after: tuple[int, int]) -> None:
    user = books.user()
    pack = books.buy(user, "pack_200")
    books.tell(pack.dispute(1_499, "open"))
    assert (books.account(user), books.frozen(user)) == ((203, 0), 2)
    books.tell(pack.dispute(1_499, end, at=START + HOUR))
    assert (books.account(user), books.frozen(user)) == (after, 0)


@pytest.mark.parametrize(("end", "after"), [("won", (60, 0)), ("lost", (40, 0))])
def test_the_disputed_share_is_frozen_whichever_units_stand_for_it(
    books: Books, end: str, after: tuple[int, int]
) -> None:
    user = books.user(welcome=False)
    first = books.buy(user, "pack_20")
    books.spend(user, 20)
    books.buy(user, "pack_60")
    books.tell(first.dispute(19_900, "open"))
    assert (books.account(user), books.frozen(user)) == ((40, 0), 20)
    books.tell(first.dispute(19_900, end, at=START + HOUR))
    assert (books.account(user), books.frozen(user)) == (after, 0)


def test_a_pack_refunded_and_charged_back_in_full_is_over_returned(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.refund(19_900), pack.dispute(19_900, "lost"))
    assert books.account(user) == (5, 0)
    assert books.listed(user) == [("over_returned", 19_900)]


def test_each_part_refund_leaves_the_customer_the_rounded_up_share(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    for number, (amount, balance) in enumerate(((6_633, 19), (6_633, 12), (6_634, 5))):
        books.tell(pack.refund(amount, name=f"rf{number}"))
        assert books.account(user) == (balance, 0)


def test_a_payment_of_another_amount_grants_nothing_and_is_listed(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid(amount=19_800))
    assert (books.account(user), books.listed(user)) == ((5, 0), [("wrong_amount", 19_800)])
    books.tell(pack.refund(19_800))
    assert books.listed(user) == []


def test_a_payment_in_another_currency_grants_nothing_and_is_listed(books: Books) -> None:
    user = books.user()
    books.tell(books.order(user, "pack_20").paid(currency="USD"))
    assert (books.account(user), books.listed(user)) == ((5, 0), [("wrong_currency", 19_900)])


def test_a_payment_to_another_account_grants_nothing_and_is_listed(books: Books) -> None:
    user = books.user()
    books.tell(books.order(user, "pack_20").paid(), account="acc_other")
    assert (books.account(user), books.listed(user)) == ((5, 0), [("wrong_account", 19_900)])


def test_a_payment_after_the_erasure_grants_nothing_and_is_listed(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.erase(user)
    books.tell(pack.paid(at=START + HOUR))
    assert books.listed(user) == [("no_account", 19_900)]
    assert books.payment(pack)["receipt_number"] is not None


def test_who_acts_after_the_offer_has_ended_gets_nothing(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid(at=START + timedelta(days=90)))
    assert (books.account(user), books.listed(user)) == ((5, 0), [("late_payment", 19_900)])


def test_who_acts_in_time_gets_the_pack_though_the_money_comes_later(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20", "stripe")
    late = START + timedelta(days=4)
    books.tell(pack.paid(at=late, acted_at=START + HOUR))
    books.at(late)
    assert (books.account(user), books.listed(user)) == ((25, 0), [])


def test_an_offer_that_was_told_to_have_ended_is_over_in_whatever_order(books: Books) -> None:
    for order in ((0, 1), (1, 0)):
        user = books.user()
        pack = books.order(user, "pack_20", "stripe")
        events = [pack.checkout("expired", START + HOUR), pack.paid(at=START + 2 * HOUR)]
        books.tell(*(events[number] for number in order))
        assert (books.account(user), books.listed(user)) == ((5, 0), [("late_payment", 19_900)]), order


def test_a_refund_in_another_currency_is_listed_and_takes_nothing(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_200")
    books.tell(pack.refund(149_900, currency="USD"))
    assert books.account(user) == (205, 0)
    assert books.payment(pack)["amount_refunded"] == 0
    assert books.listed(user) == [("refund_currency", 149_900)]


def test_a_report_that_contradicts_itself_changes_nothing_and_is_listed(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.paid(amount=100, at=START + SECOND))
    assert books.payment(pack)["amount"] == 19_900
    assert (books.account(user), books.listed(user)) == ((25, 0), [("contradiction", 19_900)])


def test_of_two_amounts_the_one_told_earlier_by_the_providers_clock_stands(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid(amount=100, at=START + SECOND), pack.paid())
    assert (books.account(user), books.listed(user)) == ((25, 0), [("contradiction", 19_900)])
    books.tell(pack.refund(19_900, at=START + HOUR), pack.refund(9_950, at=START + SECOND))
    assert books.payment(pack)["amount_refunded"] == 9_950
    assert books.account(user) == (15, 0)


def test_an_answer_about_a_payment_beats_what_was_told_before_it(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.tell(pack.paid(status="authorized", at=START + HOUR))
    books.retell(pack.paid(status="failed", at=START + 2 * HOUR))
    assert books.payment(pack)["status"] == "failed"
    # What was told before the question arrives late, then something new is told.
    books.tell(pack.paid(status="authorized", at=START + 1.5 * HOUR))
    assert books.payment(pack)["status"] == "failed"
    books.tell(pack.paid(at=START + 3 * HOUR))
    assert (books.payment(pack)["status"], books.account(user)) == ("paid", (25, 0))


def test_an_entry_that_a_person_closed_is_back_when_it_starts_anew(books: Books, connect: Connect) -> None:
    user = books.user()
    admin = books.user()
    make_admin(connect, admin)
    first, second = books.order(user, "basic"), books.order(user, "plus")
    books.tell(first.cycle("basic"), first.state("basic"), second.cycle("plus"), second.state("plus"))
    assert books.listed(user) == [("two_live", 0)]
    books.meter.call("payment_review_close", admin, "two_live", f"account {user}", "asked the customer")
    books.tell(second.state("plus", at=START + SECOND))
    assert books.listed(user) == []
    books.tell(second.state("plus", "unpaid", at=START + HOUR))
    books.tell(second.state("plus", at=START + 2 * HOUR))
    assert books.listed(user) == [("two_live", 0)]


def test_a_payment_that_comes_before_its_order_waits_for_it(books: Books) -> None:
    user = books.user()
    pack = books.order(user, "pack_20")
    books.owner.execute("update private.billing_orders set provider_order_id = null where id = %s", (pack.id,))
    books.tell(pack.paid())
    assert books.account(user) == (5, 0)
    books.owner.execute(
        "update private.billing_orders set provider_order_id = %s where id = %s", (pack.provider_id, pack.id)
    )
    books.sweep()
    assert books.account(user) == (25, 0)


def test_the_answer_to_a_question_beats_what_was_told_before_it(books: Books) -> None:
    user = books.user()
    pack = books.buy(user, "pack_20")
    books.tell(pack.refund(19_900, at=START + HOUR))
    books.retell(pack.refund(19_900, status="failed", at=START + 2 * HOUR))
    assert books.account(user) == (25, 0)
    # What was told before the question arrives late.
    books.tell(pack.refund(19_900, at=START + 1.5 * HOUR))
    assert books.account(user) == (25, 0)


def test_two_reports_of_one_second_are_asked_about(books: Books) -> None:
    for order in ((0, 1), (1, 0)):
        user = books.user()
        pack = books.buy(user, "pack_20")
        events = [pack.refund(19_900, at=START + HOUR), pack.refund(19_900, status="failed", at=START + HOUR)]
        books.tell(*(events[number] for number in order))
        assert books.account(user) == (25, 0)
        due = books.meter.call("reconcile_due", 1000)
        assert pack.name("pay") in {item["id"] for item in due}
        books.retell(pack.refund(19_900, at=START + 2 * HOUR))
        assert books.account(user) == (5, 0)
        assert pack.name("pay") not in {item["id"] for item in books.meter.call("reconcile_due", 1000)}


def test_a_hold_that_is_released_pays_the_debt_that_waited_for_it(books: Books) -> None:
    """The lot of the held units looks the same before and after the debt comes, and so does a disputed one."""
    first = books.user(email="heir@example.com")
    pack = books.buy(first, "pack_60")
    books.spend(first, 60)
    books.erase(first)
    heir = books.user(email="heir@example.com")
    books.meter.grant(heir, 5)
    held = books.hold(heir, 5)
    books.tell(pack.refund(49_900, at=START + HOUR))
    books.release(held)
    assert books.account(heir) == (0, 50)


def test_a_hold_of_disputed_units_comes_back_frozen(books: Books) -> None:
    user = books.user(welcome=False)
    pack = books.buy(user, "pack_20")
    held = books.hold(user, 20)
    books.tell(pack.dispute(9_950, "open", at=START + HOUR))
    books.release(held)
    assert (books.account(user), books.frozen(user)) == ((10, 0), 10)
