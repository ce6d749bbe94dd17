"""The worked examples of the books (§9) on subscriptions and plans, in any order of reports."""

from __future__ import annotations

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
    ZERO_YEAR,
)
from tests.books.examples import (
    HOUR,
    NOVEMBER,
    START,
    YEAR,
    A,
    account,
    at,
    figures,
    settled,
    signed_up,
    state_in_any_order,
)
from tests.books.facts import DAY


@pytest.mark.parametrize(("returned", "balance"), [(800, 205), (400, 255)])
def test_07_each_upgrade_answers_for_its_own_credits(returned: int, balance: int) -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START)
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    story.see(subscription, "active", BASIC_MONTH, START)
    story.upgrade(subscription, PLUS_MONTH, 900, START)
    story.see(subscription, "active", PLUS_MONTH, START + 1)
    second = story.upgrade(subscription, TOP_MONTH, 800, START + 1)
    story.see(subscription, "active", TOP_MONTH, START + 2)
    assert settled(story, START + HOUR) == (305, 0, [])
    story.refund(second, returned, START + DAY)
    assert figures(state_in_any_order(story, START + 2 * DAY)) == (balance, 0)


def test_08_a_returned_upgrade_gives_nothing_and_is_listed_while_its_plan_is_in_force() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START, provider="razorpay")
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    story.see(subscription, "active", BASIC_MONTH, START)
    upgrade = story.charge(subscription, TOP_MONTH, NOVEMBER, START + 1, amount=1_700)
    story.refund(upgrade, 1_700, START + 1)
    assert settled(story, START + 1) == (105, 0, [])
    story.see(subscription, "active", TOP_MONTH, START + 2)
    assert settled(story, START + DAY) == (105, 0, ["returned_upgrade"])
    story.see(subscription, "active", BASIC_MONTH, START + 2 * DAY)
    assert settled(story, START + 3 * DAY) == (105, 0, [])


def test_09_a_yearly_upgrade_from_a_plan_without_credits_gives_every_month() -> None:
    story = signed_up()
    subscription = story.subscribe(A, ZERO_YEAR, START)
    story.charge(subscription, ZERO_YEAR, YEAR, START)
    story.see(subscription, "active", ZERO_YEAR, START)
    story.upgrade(subscription, TOP_YEAR, 28_800, START + 1)
    story.see(subscription, "active", TOP_YEAR, START + 1)
    state = state_in_any_order(story, at(1, 15, 2027))
    assert figures(state) == (305, 0)
    assert [own.expired for own in state.accounts[A].lots if own.lot.units == 300] == [300, 300, 0]


def test_10_an_unpaid_renewal_entitles_to_the_grace_after_the_paid_period() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    story.see(subscription, "active", PRO_MONTH, START)
    story.see(subscription, "past_due", PRO_MONTH, at(12, 1))
    assert account(story, at(12, 4) - 1).plan == "pro"
    assert account(story, at(12, 4)).plan == "free"
    assert settled(story, at(12, 1)) == (5, 0, [])


@pytest.mark.parametrize(("left", "amount", "balance"), [(HOUR, 3, 105), (15 * DAY, 850, 205)])
def test_13_14_an_upgrade_gives_the_share_of_the_month_that_is_left(left: int, amount: int, balance: int) -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START)
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    moment = NOVEMBER[1] - left
    story.upgrade(subscription, TOP_MONTH, amount, moment)
    story.see(subscription, "active", TOP_MONTH, moment)
    assert settled(story, moment + 1) == (balance, 0, [])


def test_15_a_plan_nobody_paid_for_gives_rights_but_no_credits() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_MONTH, START)
    story.charge(subscription, BASIC_MONTH, NOVEMBER, START)
    story.see(subscription, "active", BASIC_MONTH, START)
    story.see(subscription, "active", TOP_MONTH, START + DAY)
    assert settled(story, START + 2 * DAY) == (105, 0, [])
    assert account(story, START + 2 * DAY).plan == "top"


def test_15_in_a_year_each_month_gives_what_was_paid() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_YEAR, START)
    story.charge(subscription, BASIC_YEAR, YEAR, START)
    story.see(subscription, "active", BASIC_YEAR, START)
    story.see(subscription, "active", TOP_YEAR, START + DAY)
    story.see(subscription, "active", BASIC_YEAR, START + 4 * DAY)
    assert account(story, START + 5 * DAY).plan == "basic"
    state = account(story, YEAR[1] - 1)
    assert [own.lot.worth for own in state.lots if own.lot.expires is not None] == [100] * 12


def test_16_a_refunded_upgrade_of_a_year_gives_nothing_in_later_months() -> None:
    story = signed_up()
    subscription = story.subscribe(A, BASIC_YEAR, START)
    story.charge(subscription, BASIC_YEAR, YEAR, START)
    story.see(subscription, "active", BASIC_YEAR, START)
    upgrade = story.upgrade(subscription, TOP_YEAR, 19_800, START + 1)
    story.see(subscription, "active", TOP_YEAR, START + 1)
    story.refund(upgrade, 19_800, START + 5 * DAY)
    story.see(subscription, "active", BASIC_YEAR, START + 5 * DAY)
    assert settled(story, at(1, 15, 2027)) == (105, 0, [])
    state = account(story, YEAR[1] - 1)
    assert sum(own.lot.worth for own in state.lots if own.lot.expires is not None) == 1_200


def test_17_a_period_whose_money_went_back_entitles_to_nothing() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_YEAR, START)
    payment = story.charge(subscription, PRO_YEAR, YEAR, START)
    story.see(subscription, "active", PRO_YEAR, START)
    story.dispute(payment, 11_500, START + 10 * DAY, status="lost", currency="USD")
    assert settled(story, START + 11 * DAY) == (5, 0, ["returned_and_running"])
    assert account(story, START + 11 * DAY).plan == "free"
    story.see(subscription, "canceled", PRO_YEAR, START + 12 * DAY, ended_at=START + 12 * DAY)
    assert settled(story, START + 13 * DAY) == (5, 0, [])


def test_21_another_plan_in_a_trial_never_gives_more_than_the_plan_tried() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, trial=True)
    story.see(subscription, "trialing", PRO_MONTH, START, trial_end=START + 7 * DAY)
    story.see(subscription, "trialing", UNLIMITED_MONTH, START + DAY, trial_end=START + 7 * DAY)
    state = state_in_any_order(story, START + 2 * DAY)
    assert (state.accounts[A].plan, state.codes()) == ("pro", ["trial_mismatch"])
    assert account(story, START + 10 * DAY).plan == "free"


def test_23_an_erasure_waits_until_the_subscription_has_ended() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    story.see(subscription, "active", PRO_MONTH, START)
    story.ask_erasure(A, START + DAY)
    assert settled(story, START + 2 * DAY)[2] == ["erasure_waits"]
    story.see(subscription, "canceled", PRO_MONTH, START + 3 * DAY, ended_at=START + 3 * DAY)
    assert settled(story, START + 4 * DAY)[2] == []
    story.erase(A, START + 4 * DAY)
    assert account(story, START + 5 * DAY).closed


def test_32_two_periods_that_begin_in_one_month_each_give_their_units() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, at(11, 2))
    story.see(subscription, "active", PRO_MONTH, at(11, 2))
    story.charge(subscription, PRO_MONTH, (at(11, 2), at(12, 2)), at(11, 2))
    story.charge(subscription, PRO_MONTH, (at(11, 20), at(12, 20)), at(11, 20))
    assert settled(story, at(11, 25)) == (105, 0, [])
    assert settled(story, at(12, 5)) == (55, 0, [])


@pytest.mark.parametrize(("returned", "figure"), [(600, (5, 0)), (1_200, (0, 5))])
def test_35_a_refund_of_a_month_that_is_over(returned: int, figure: tuple[int, int]) -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    payment = story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    story.see(subscription, "active", PRO_MONTH, START)
    story.use(A, 10, START + DAY)
    story.refund(payment, returned, NOVEMBER[1] + DAY, currency="USD")
    assert figures(state_in_any_order(story, NOVEMBER[1] + 2 * DAY)) == figure


def test_37_two_live_subscriptions_both_count_and_are_listed() -> None:
    story = signed_up()
    for day, name in ((0, "sub-old"), (5, "sub-new")):
        start = START + day * DAY
        story.subscribe(A, PRO_MONTH, start, name=name)
        story.charge(name, PRO_MONTH, (start, start + 30 * DAY), start)
        story.see(name, "active", PRO_MONTH, start)
    assert settled(story, START + 6 * DAY) == (105, 0, ["two_live"])


def test_38_a_renewal_paid_for_an_ended_subscription_gives_nothing() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    december = (NOVEMBER[1], at(1, 1, 2027))
    story.charge(subscription, PRO_MONTH, december, december[0])
    story.see(subscription, "canceled", PRO_MONTH, december[0] - 1, ended_at=december[0] - 1)
    assert settled(story, december[0] + DAY) == (5, 0, ["paid_after_end"])


def test_39_of_two_plans_the_higher_counts_then_the_other() -> None:
    story = signed_up()
    for price in (PRO_MONTH, UNLIMITED_MONTH):
        subscription = story.subscribe(A, price, START, name=f"sub-{price.plan}")
        story.charge(subscription, price, NOVEMBER, START)
        story.see(subscription, "active", price, START)
    assert account(story, START + DAY).plan == "unlimited"
    story.see("sub-unlimited", "canceled", UNLIMITED_MONTH, START + 2 * DAY, ended_at=START + 2 * DAY)
    assert account(story, START + 3 * DAY).plan == "pro"


def test_40_a_lost_cancellation_ends_with_the_grace() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.charge(subscription, PRO_MONTH, NOVEMBER, START)
    story.see(subscription, "active", PRO_MONTH, START, cancel_at_period_end=True)
    assert account(story, NOVEMBER[1] + 3 * DAY - 1).plan == "pro"
    assert account(story, NOVEMBER[1] + 3 * DAY).plan == "free"
