"""Rules of the books that no worked example shows, and the readings chosen where the text is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books.catalogue import (
    BASIC_MONTH,
    BASIC_YEAR,
    PLUS_MONTH,
    PRO_MONTH,
    PRO_YEAR,
    TOP_MONTH,
    TOP_YEAR,
    UNLIMITED_MONTH,
)
from tests.books.checkout import redemption_held
from tests.books.examples import HOUR, NOVEMBER, START, YEAR, A, B, account, at, figures, settled, signed_up
from tests.books.examples import state_in_any_order as derived
from tests.books.facts import DAY, CheckoutEnd, Discount, EntryClosed
from tests.books.lots import months_before, months_of
from tests.books.merging import merge
from tests.books.steps import Step

if TYPE_CHECKING:
    from tests.books.facts import Price, SubscriptionStatus
    from tests.books.story import Story


def subscribed(price: Price, period: tuple[int, int]) -> tuple[Story, str, str]:
    """A story with a subscription whose first period is paid: the story, the subscription, the payment."""
    story = signed_up()
    subscription = story.subscribe(A, price, period[0])
    payment = story.charge(subscription, price, period, period[0])
    story.see(subscription, "active", price, period[0])
    return story, subscription, payment


@pytest.mark.parametrize(
    ("months", "month", "day"),
    [(1, 2, 28), (2, 1, 31), (4, 11, 30)],
)
def test_a_day_that_a_month_lacks_becomes_its_last(months: int, month: int, day: int) -> None:
    year = 2027 if month < 4 else 2026
    assert months_before(at(3, 31, 2027), months) == at(month, day, year)


def test_the_first_month_begins_with_its_period() -> None:
    story, _, _ = subscribed(BASIC_MONTH, (at(1, 31, 2027), at(2, 28, 2027)))
    assert months_of(derived(story, at(2, 1, 2027)).things[0]) == [(at(1, 31, 2027), at(2, 28, 2027))]


def test_the_months_of_a_year_touch_each_other() -> None:
    story, _, _ = subscribed(BASIC_YEAR, YEAR)
    months = months_of(derived(story, START).things[0])
    assert len(months) == 12
    assert [end for _, end in months[:-1]] == [start for start, _ in months[1:]]
    assert (months[0][0], months[-1][1]) == YEAR


def test_an_upgrade_paid_in_part_gives_its_part() -> None:
    story, subscription, _ = subscribed(BASIC_MONTH, NOVEMBER)
    story.upgrade(subscription, TOP_MONTH, 425, START + 15 * DAY)
    # Expected are 850 for half of the month; half of that was paid: a quarter of 200.
    assert settled(story, START + 16 * DAY) == (5 + 100 + 50, 0, [])


@pytest.mark.parametrize(("amount", "units"), [(849, 100), (848, 100), (800, 94)])
def test_an_upgrade_may_be_one_smallest_unit_short(amount: int, units: int) -> None:
    story, subscription, _ = subscribed(BASIC_MONTH, NOVEMBER)
    story.upgrade(subscription, TOP_MONTH, amount, START + 15 * DAY)
    # 848 of 850 are a share of 0.998, which rounds to all of the 100 units.
    assert account(story, START + 16 * DAY).balance == 105 + units


def test_a_later_month_gives_an_upgrade_only_while_its_plan_is_in_force() -> None:
    story, subscription, _ = subscribed(BASIC_YEAR, YEAR)
    story.upgrade(subscription, TOP_YEAR, 19_800, START + 1)
    story.see(subscription, "active", TOP_YEAR, START + 2)
    story.see(subscription, "active", BASIC_YEAR, at(1, 15, 2027))
    lots = account(story, YEAR[1] - 1).lots
    assert sum(own.lot.key.startswith("upgrade:") for own in lots) == 3


def test_an_upgrade_bought_again_after_it_was_set_back_gives_its_credits_again() -> None:
    story, subscription, _ = subscribed(BASIC_MONTH, NOVEMBER)
    first = story.upgrade(subscription, TOP_MONTH, 1_700, START + 1)
    story.see(subscription, "active", TOP_MONTH, START + 2)
    story.refund(first, 1_700, START + DAY)
    story.see(subscription, "active", BASIC_MONTH, START + DAY)
    story.upgrade(subscription, TOP_MONTH, 850, START + 15 * DAY)
    story.see(subscription, "active", TOP_MONTH, START + 15 * DAY + 1)
    assert settled(story, START + 16 * DAY) == (205, 0, [])


def test_cancel_now_gives_up_the_months_to_come() -> None:
    story, subscription, _ = subscribed(PRO_YEAR, YEAR)
    story.see(subscription, "canceled", PRO_YEAR, at(1, 1, 2027), ended_at=at(1, 1, 2027))
    assert account(story, at(12, 31)).balance == 55
    state = account(story, at(1, 1, 2027))
    assert (state.balance, state.plan) == (5, "free")
    assert sum(own.lot.units for own in account(story, YEAR[1]).lots) == 5 + 2 * 50


def test_a_month_paid_after_its_end_pays_what_is_owed_and_expires() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 25, START + 1)
    story.refund(payment, 19_900, START + 2)
    assert figures(derived(story, NOVEMBER[1])) == (0, 20)
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, NOVEMBER[1] + DAY)
    story.see(subscription, "active", PRO_MONTH, START)
    state = account(story, NOVEMBER[1] + DAY)
    assert (state.balance, state.debt) == (0, 0)
    assert [own.expired for own in state.lots if own.lot.expires is not None] == [30]


def test_a_lot_told_late_takes_over_what_was_burnt_from_others() -> None:
    story = signed_up()
    story.use(A, 5, START + HOUR)
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    story.see(subscription, "active", PRO_MONTH, START)
    assert figures(derived(story, START + DAY)) == (50, 0)
    # The month paid the five units, so the welcome units are still there when it has ended.
    assert figures(derived(story, NOVEMBER[1])) == (5, 0)


def test_a_held_unit_released_after_its_lot_ended_expires() -> None:
    story, _, _ = subscribed(PRO_MONTH, NOVEMBER)
    hold = story.hold(A, 10, START + 1)
    assert (account(story, NOVEMBER[1]).balance, account(story, NOVEMBER[1]).reserved) == (5, 10)
    story.release(hold, NOVEMBER[1] + 1)
    assert (account(story, NOVEMBER[1] + 1).balance, account(story, NOVEMBER[1] + 1).reserved) == (5, 0)


def test_one_period_charged_twice_gives_its_units_once() -> None:
    story, subscription, _ = subscribed(PRO_MONTH, NOVEMBER)
    story.charge(subscription, PRO_MONTH, (NOVEMBER[0], NOVEMBER[1] + DAY - 1), START + 1)
    assert settled(story, START + DAY) == (55, 0, ["surplus_payment"])


def test_a_payment_in_the_second_in_which_the_offer_ends_is_late() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START)
    payment = story.pay(order, START + 2 * DAY, 19_900, acted_at=START + DAY)
    assert settled(story, START + 2 * DAY) == (5, 0, ["late_payment"])
    story.refund(payment, 19_900, START + 3 * DAY)
    assert settled(story, START + 3 * DAY) == (5, 0, [])


def test_money_that_comes_late_counts_if_the_customer_acted_in_time() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START)
    story.pay(order, START + 5 * DAY, 19_900, acted_at=START + DAY - 1)
    assert settled(story, START + 5 * DAY) == (25, 0, [])


def test_a_subscription_accepted_after_its_offer_entitles_to_nothing() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, provider="razorpay")
    later = START + 2 * DAY
    story.charge(subscription, PRO_MONTH, (later, later + 30 * DAY), later)
    story.see(subscription, "active", PRO_MONTH, later)
    assert settled(story, later + DAY) == (5, 0, ["late_payment"])
    assert account(story, later + DAY).plan == "free"


@pytest.mark.parametrize(("status", "plan"), [("paused", "free"), ("unpaid", "free"), ("past_due", "pro")])
def test_a_state_decides_about_the_plan_inside_a_paid_period(status: SubscriptionStatus, plan: str) -> None:
    story, subscription, _ = subscribed(PRO_MONTH, NOVEMBER)
    story.see(subscription, status, PRO_MONTH, START + DAY)
    assert account(story, START + 2 * DAY).plan == plan


def test_a_trial_gives_the_plan_with_its_grace_and_no_units() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, trial=True)
    story.see(subscription, "trialing", PRO_MONTH, START, trial_end=START + 7 * DAY)
    assert settled(story, START + DAY) == (5, 0, [])
    story.see(subscription, "active", PRO_MONTH, START + 7 * DAY, trial_end=START + 7 * DAY)
    assert account(story, START + 10 * DAY - 1).plan == "pro"
    assert account(story, START + 10 * DAY).plan == "free"


def test_an_unpaid_change_at_the_end_of_a_trial_gives_no_higher_plan() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, trial=True)
    story.see(subscription, "active", UNLIMITED_MONTH, START + 7 * DAY, trial_end=START + 7 * DAY)
    assert account(story, START + 8 * DAY).plan == "pro"


def test_an_active_subscription_that_nobody_paid_entitles_to_nothing() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.see(subscription, "active", PRO_MONTH, START)
    assert account(story, START + 1).plan == "free"


def test_an_upgrade_is_granted_when_its_plan_is_known() -> None:
    story, subscription, _ = subscribed(BASIC_MONTH, NOVEMBER)
    story.upgrade(subscription, None, 900, START)
    assert account(story, START + HOUR).balance == 105
    story.see(subscription, "active", PLUS_MONTH, START + HOUR)
    assert account(story, START + HOUR).balance == 205


def test_what_an_account_spends_in_its_last_second_is_paid() -> None:
    story = signed_up()
    story.use(A, 5, START)
    story.erase(A, START)
    assert derived(story, START + 1).mailbox_debts == {f"{A}@": 0}


def test_a_debt_is_carried_from_account_to_account_once() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 25, START + 1)
    story.erase(A, START + 2)
    story.sign_up(B, START + 3, mailbox=f"{A}@")
    story.promo(B, 5, START + 4, None, START + 4)
    story.erase(B, START + 5)
    story.sign_up("third", START + 6, mailbox=f"{A}@")
    story.refund(payment, 19_900, START + 7)
    state = derived(story, START + 8)
    assert [figures(state, name) for name in (A, B, "third")] == [(0, 20), (0, 15), (0, 15)]
    assert state.mailbox_debts == {}


def test_the_debt_of_an_erased_account_is_carried_by_the_one_that_has_its_mailbox_already() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 25, START + 1)
    story.sign_up(B, START + 2, mailbox=f"{A}@")
    story.erase(A, START + 3)
    story.refund(payment, 19_900, START + 4)
    story.sign_up("third", START + 5, mailbox=f"{A}@")
    state = derived(story, START + 6)
    assert [figures(state, name) for name in (A, B, "third")] == [(0, 20), (0, 20), (0, 0)]


def test_of_two_accounts_that_have_the_mailbox_the_earlier_carries_the_debt() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 25, START + 1)
    story.sign_up("zoe", START + 2, mailbox=f"{A}@")
    story.sign_up(B, START + 3, mailbox=f"{A}@")
    story.refund(payment, 19_900, START + 4)
    story.erase(A, START + 5)
    state = derived(story, START + 6)
    assert [figures(state, name) for name in ("zoe", B)] == [(0, 20), (0, 0)]


def test_a_debt_follows_every_mailbox_that_the_account_ever_had() -> None:
    story = signed_up()
    payment = story.buy_pack(A, "pack_20", START)
    story.use(A, 25, START + 1)
    story.confirm(A, "throwaway@", START + 2)
    story.refund(payment, 19_900, START + 3)
    story.erase(A, START + 4)
    assert derived(story, START + 5).mailbox_debts == {f"{A}@": 20, "throwaway@": 20}
    story.sign_up(B, START + 6, mailbox=f"{A}@")
    story.sign_up("third", START + 7, mailbox="throwaway@")
    state = derived(story, START + 8)
    # B has no welcome: the mailbox had it. The throwaway one has not been welcomed.
    assert [figures(state, name) for name in (B, "third")] == [(0, 20), (5, 0)]


def test_a_report_of_an_unknown_payment_waits() -> None:
    story = signed_up()
    story.refund("pay-unknown", 100, START)
    order = story.order_pack(A, "pack_20", START)
    assert settled(story, START) == (5, 0, [])
    story.pay(order, START + 1, 19_900, name="pay-unknown")
    assert derived(story, START + 1).payments["pay-unknown"].refunded == 100


def test_a_charge_waits_for_the_first_state_of_its_subscription() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    assert settled(story, START + 1) == (5, 0, [])
    story.see(subscription, "active", PRO_MONTH, START)
    assert settled(story, START + 1) == (55, 0, [])


def test_an_upgrade_that_no_state_explains_is_listed_after_three_days() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START, provider="razorpay")
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    story.see(subscription, "active", BASIC_MONTH, START)
    charge = story.charge(subscription, TOP_MONTH, NOVEMBER, START + 1, amount=1_700)
    assert settled(story, START + 2) == (105, 0, [])
    assert settled(story, START + 1 + 3 * DAY) == (105, 0, ["unplaced_upgrade"])
    story.refund(charge, 1_700, START + 4 * DAY)
    assert settled(story, START + 4 * DAY) == (105, 0, [])


def test_an_upgrade_outside_any_paid_period_is_listed_at_once() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START)
    story.see(subscription, "active", BASIC_MONTH, START)
    story.upgrade(subscription, TOP_MONTH, 1_700, START + 1)
    assert settled(story, START + 2) == (5, 0, ["unplaced_upgrade"])
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    assert settled(story, START + 2) == (305, 0, [])


def test_a_superseded_pack_order_of_razorpay_holds_its_coupon_for_the_whole_day() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START, coupon="CODE")
    story.steps.append(Step(START + 1, "offer_ended", own=(CheckoutEnd(order, START + 1, closed_at_provider=False),)))
    facts = merge(story.reports)
    assert redemption_held(facts, facts.orders[order], START + DAY - 1)
    assert not redemption_held(facts, facts.orders[order], START + DAY)


def test_an_entry_that_a_person_closed_is_gone_until_another_amount_is_at_stake() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START)
    payment = story.pay(order, START + 1, 19_800)
    assert settled(story, START + 1)[2] == ["wrong_amount"]
    story.steps.append(Step(START + 2, "entry_closed", own=(EntryClosed("wrong_amount", payment, 19_800),)))
    assert settled(story, START + 2)[2] == []
    story.refund(payment, 100, START + 3)
    assert settled(story, START + 3)[2] == ["wrong_amount"]


def test_a_code_for_ever_reduces_each_plan_that_it_is_for_and_no_other() -> None:
    story = signed_up()
    half = Discount(percent=50, plans=("basic", "top"), forever=True)
    subscription = story.subscribe(A, BASIC_MONTH, START, provider="razorpay", discount=half)
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START, amount=500)
    story.see(subscription, "active", BASIC_MONTH, START)
    story.see(subscription, "active", TOP_MONTH, NOVEMBER[1])
    next_month = (NOVEMBER[1], NOVEMBER[1] + 31 * DAY)
    story.charge(subscription, TOP_MONTH, next_month, NOVEMBER[1], amount=1_350)
    assert settled(story, NOVEMBER[1] + HOUR) == (305, 0, [])


def test_a_code_for_once_reduces_the_first_period_alone() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START, provider="razorpay", discount=Discount(percent=50))
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START, amount=500)
    story.see(subscription, "active", BASIC_MONTH, START)
    story.charge(subscription, BASIC_MONTH, (NOVEMBER[1], NOVEMBER[1] + 31 * DAY), NOVEMBER[1], amount=500)
    assert settled(story, NOVEMBER[1] + HOUR) == (5, 0, ["unplaced_upgrade"])


def test_a_charge_that_begins_inside_a_paid_period_is_an_upgrade_of_whatever_amount() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START, provider="razorpay")
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    story.see(subscription, "active", BASIC_MONTH, START)
    middle = START + 13 * DAY
    story.charge(subscription, BASIC_MONTH, (middle, NOVEMBER[1]), middle)
    story.see(subscription, "active", TOP_MONTH, middle)
    assert settled(story, middle + HOUR) == (5 + 100 + 113, 0, [])


def test_what_is_only_seen_when_it_is_asked_for_was_accepted_in_time() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, provider="razorpay", trial=True)
    later = START + 2 * DAY
    story.see(subscription, "trialing", PRO_MONTH, later, trial_end=START + 7 * DAY)
    assert (settled(story, later), account(story, later).plan) == ((5, 0, []), "pro")
    story.end_offer(f"order-of-{subscription}", START + DAY)
    assert account(story, later).plan == "free"


def test_what_is_kept_of_a_year_that_was_ended_early_is_the_price_of_its_months() -> None:
    story, subscription, payment = subscribed(BASIC_YEAR, YEAR)
    ended = at(1, 15, 2027)
    story.see(subscription, "canceled", BASIC_YEAR, ended, ended_at=ended)
    story.refund(payment, 7_500, ended + 1)
    lots = {own.lot.key: own.lot for own in account(story, ended + 2).lots if own.lot.key.startswith("month")}
    assert [lot.worth for lot in lots.values()] == [100, 100, 100]
    story.refund(payment, 833, ended + 3)
    lots = {own.lot.key: own.lot for own in account(story, ended + 4).lots if own.lot.key.startswith("month")}
    assert [lot.worth for lot in lots.values()] == [67, 67, 67]
