"""The worked examples of the books (§9) on packs, refunds, disputes and mailboxes, in any order of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books.examples import START, A, B, account, figures, settle, settled, signed_up, state_in_any_order
from tests.books.facts import DAY

if TYPE_CHECKING:
    from tests.books.story import Story


def test_01_a_refund_that_failed_and_a_second_one_take_the_pack_once() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    first = story.refund(payment, 19_900, START + 1)
    story.refund(payment, 19_900, START + 2, status="failed", name=first)
    assert settled(story, START + 2) == (25, 0, [])
    story.refund(payment, 19_900, START + 3)
    assert settled(story, START + DAY) == (5, 0, [])
    assert account(story, START + DAY).ledger == 5 + 20 - 20


def test_02_a_failed_refund_and_a_lost_dispute_take_the_pack_once() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_60", START)
    refund = story.refund(payment, 49_900, START + 1)
    story.refund(payment, 49_900, START + 2, status="failed", name=refund)
    story.dispute(payment, 49_900, START + 3, status="lost")
    assert settled(story, START + DAY) == (5, 0, [])


def order_paid_twice() -> tuple[Story, list[str]]:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START)
    return story, [story.pay(order, START + 1, 19_900), story.pay(order, START + 2, 19_900)]


def test_03_an_order_paid_twice_gives_one_pack_and_a_surplus() -> None:
    story, _ = order_paid_twice()
    assert settled(story, START + DAY) == (25, 0, ["surplus_payment"])
    assert state_in_any_order(story, START + DAY).entries[0].amount == 19_900


@pytest.mark.parametrize("returned", [(19_900, 0), (0, 19_900), (9_950, 9_950)])
def test_04_giving_the_surplus_back_takes_no_credits(returned: tuple[int, int]) -> None:
    story, payments = order_paid_twice()
    for payment, amount in zip(payments, returned, strict=True):
        if amount:
            story.refund(payment, amount, START + 3)
    assert settled(story, START + DAY) == (25, 0, [])


def test_05_a_refund_after_an_erasure_is_booked_on_the_payment() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.erase(A, START + DAY)
    story.refund(payment, 19_900, START + 2 * DAY)
    state = state_in_any_order(story, START + 3 * DAY)
    assert state.accounts[A].closed
    assert figures(state) == (0, 0)
    assert state.payments[payment].refunded == 19_900
    assert state.mailbox_debts == {f"{A}@": 0}
    assert not state.entries


def test_06_a_dispute_lost_after_an_erasure_follows_the_mailbox() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 25, START + 1)
    story.erase(A, START + DAY)
    story.dispute(payment, 19_900, START + 2 * DAY, status="lost")
    state = state_in_any_order(story, START + 3 * DAY)
    assert state.payments[payment].dispute == "lost"
    assert state.mailbox_debts == {f"{A}@": 20}
    story.sign_up(B, START + 3 * DAY, mailbox=f"{A}@")
    assert figures(state_in_any_order(story, START + 3 * DAY), B) == (0, 20)


@pytest.mark.parametrize(("ends", "figure"), [("held", (0, 30)), ("released", (0, 0)), ("committed", (0, 30))])
def test_11_a_hold_does_not_dodge_a_refund(ends: str, figure: tuple[int, int]) -> None:
    story = signed_up(welcome=False)
    payment = story.buy_pack(A, "pack_60", START)
    story.use(A, 30, START + 1)
    hold = story.hold(A, 30, START + 2)
    story.refund(payment, 24_950, START + 3)
    settle(story, hold, ends)
    assert figures(state_in_any_order(story, START + DAY)) == figure
    assert account(story, START + DAY).reserved == (30 if ends == "held" else 0)


@pytest.mark.parametrize(("ends", "figure"), [("held", (40, 0)), ("released", (60, 0)), ("committed", (40, 0))])
def test_12_a_held_unit_that_went_back_is_paid_by_the_next_pack(ends: str, figure: tuple[int, int]) -> None:
    story = signed_up(welcome=False)
    payment = story.buy_pack(A, "pack_20", START)
    hold = story.hold(A, 20, START + 1)
    story.refund(payment, 19_900, START + 2)
    story.buy_pack(A, "pack_60", START + 3)
    settle(story, hold, ends)
    assert figures(state_in_any_order(story, START + DAY)) == figure
    assert account(story, START + DAY).reserved == (20 if ends == "held" else 0)


def test_20_an_order_of_90_days_ago_that_is_paid_gives_nothing() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START)
    story.pay(order, START + 90 * DAY, 19_900)
    assert settled(story, START + 91 * DAY) == (5, 0, ["late_payment"])


def test_27_a_refund_takes_its_share_besides_a_deduction() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_200", START)
    story.deduct(A, 40, START + 1)
    story.refund(payment, 74_950, START + 2)
    assert settled(story, START + DAY) == (65, 0, [])


def test_28_a_gift_pays_the_debt_and_a_release_gives_it_back() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    hold = story.hold(A, 10, START + 1)
    story.refund(payment, 19_900, START + 2)
    assert settled(story, START + 2) == (0, 5, [])
    story.adjust(A, 30, START + 3)
    assert settled(story, START + 3) == (25, 0, [])
    story.release(hold, START + 4)
    assert settled(story, START + 4) == (35, 0, [])
    story.deduct(A, 5, START + 5)
    assert settled(story, START + 5) == (30, 0, [])


@pytest.mark.parametrize(("ends", "figure"), [("open", (203, 2)), ("won", (205, 0)), ("lost", (203, 0))])
def test_29_an_open_dispute_freezes_its_share(ends: str, figure: tuple[int, int]) -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_200", START)
    dispute = story.dispute(payment, 1_499, START + 1)
    if ends in {"won", "lost"}:
        story.dispute(payment, 1_499, START + 2, status="won" if ends == "won" else "lost", name=dispute)
    state = account(story, START + DAY)
    assert (state.balance, state.frozen) == figure


@pytest.mark.parametrize(("ends", "figure"), [("open", (40, 0, 20)), ("won", (60, 0, 0)), ("lost", (40, 0, 0))])
def test_30_a_disputed_pack_that_was_spent_freezes_other_units(ends: str, figure: tuple[int, int, int]) -> None:
    story = signed_up(welcome=False)
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 20, START + 1)
    story.buy_pack(A, "pack_60", START + 2)
    dispute = story.dispute(payment, 19_900, START + 3)
    if ends in {"won", "lost"}:
        story.dispute(payment, 19_900, START + 4, status="won" if ends == "won" else "lost", name=dispute)
    state = account(story, START + DAY)
    assert (state.balance, state.debt, state.frozen) == figure


def test_31_a_new_account_of_the_mailbox_pays_the_old_debt() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_200", START)
    story.use(A, 200, START + 1)
    story.refund(payment, 149_900, START + 2)
    story.erase(A, START + DAY)
    story.sign_up(B, START + 2 * DAY, mailbox=f"{A}@")
    assert figures(state_in_any_order(story, START + 3 * DAY), B) == (0, 195)
    story.buy_pack(B, "pack_200", START + 4 * DAY)
    assert figures(state_in_any_order(story, START + 5 * DAY), B) == (5, 0)


def test_33_a_pack_returned_twice_is_listed() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.refund(payment, 19_900, START + 1)
    story.dispute(payment, 19_900, START + 2, status="lost")
    assert settled(story, START + DAY) == (5, 0, ["over_returned"])
    assert state_in_any_order(story, START + DAY).entries[0].amount == 19_900


def test_34_each_lot_rounds_up_after_a_part_refund() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    balances = []
    for amount in (6_633, 6_633, 6_634):
        story.refund(payment, amount, START + 1)
        balances.append(account(story, START + DAY).balance)
    assert balances == [19, 12, 5]


def test_36_a_payment_that_does_not_match_its_order_gives_nothing() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START)
    story.pay(order, START + 1, 19_800)
    assert settled(story, START + DAY) == (5, 0, ["wrong_amount"])
    story.pay(order, START + 2, 19_900, currency="USD")
    assert settled(story, START + DAY) == (5, 0, ["wrong_amount", "wrong_currency"])
    story.erase(A, START + 3)
    story.pay(order, START + 4, 19_900)
    assert settled(story, START + DAY) == (0, 0, ["no_account", "wrong_amount", "wrong_currency"])
