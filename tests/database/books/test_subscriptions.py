"""Subscriptions: months, upgrades and downgrades, and what a plan entitles to while money comes and goes."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.database.books.support import MONTH_END, START, YEAR_END, price_id

if TYPE_CHECKING:
    from tests.database.books.support import Books

HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])


def test_each_of_two_upgrades_answers_for_its_own_credits(books: Books) -> None:
    for refunded, balance in ((800, 205), (400, 255)):
        for order in itertools.permutations(range(4)):
            user = books.user()
            sub = books.order(user, "basic", "stripe")
            events = [
                sub.cycle("basic"),
                sub.upgrade(900, "up1", to=price_id("plus")),
                sub.upgrade(800, "up2", to=price_id("top")),
                sub.refund(refunded, "up2", at=START + HOUR),
            ]
            books.tell(sub.state("top"), *(events[number] for number in order))
            assert books.account(user) == (balance, 0), order


def test_two_upgrades_of_which_the_provider_names_no_plan(books: Books) -> None:
    for order in random.Random(5).sample(list(itertools.permutations(range(5))), 30):
        user = books.user()
        sub = books.order(user, "basic")
        events = [
            sub.state("basic"),
            sub.upgrade(900, "up1", at=START + SECOND),
            sub.state("plus", at=START + SECOND),
            sub.upgrade(800, "up2", at=START + 2 * SECOND),
            sub.state("top", at=START + 2 * SECOND),
        ]
        books.tell(sub.cycle("basic"), *(events[number] for number in order))
        books.at(START + HOUR)
        books.tell(sub.refund(800, "up2", at=START + HOUR))
        # A second or two of the thirty days are gone: the shares round to whole units.
        assert books.account(user) == (205, 0), order
        books.at(START)


@PROVIDERS
def test_an_upgrade_refunded_before_or_after_the_plan_change_is_told_gives_nothing(books: Books, provider: str) -> None:
    for order in itertools.permutations(range(4)):
        user = books.user()
        sub = books.order(user, "basic", provider)
        events = [
            sub.cycle("basic"),
            sub.upgrade(1_700, to=price_id("top") if provider == "stripe" else None),
            sub.state("top", at=START + SECOND),
            sub.refund(1_700, "up", at=START + HOUR),
        ]
        books.tell(*(events[number] for number in order))
        assert books.account(user) == (105, 0), order
        assert books.listed(user) == [("returned_upgrade", 0)]


@PROVIDERS
def test_a_year_upgraded_from_a_plan_without_credits_gives_every_month(books: Books, provider: str) -> None:
    user = books.user()
    sub = books.order(user, "zero", provider, interval="year")
    year: dict[str, Any] = {"interval": "year", "end": YEAR_END}
    books.tell(
        sub.state("zero", **year),
        sub.cycle("zero", **year),
        sub.upgrade(28_800, at=START, to=price_id("top", "year") if provider == "stripe" else None),
        sub.state("top", at=START + SECOND, **year),
    )
    assert books.account(user) == (305, 0)
    for month in range(5, 7):
        books.at(datetime(2027, month, 2, tzinfo=UTC))
        books.sweep()
        assert books.account(user) == (305, 0), month
    expired = [amount for kind, amount, _ in books.meter.ledger(user) if kind == "expiry"]
    assert expired == [-300, -300]


def test_a_month_that_begins_is_there_for_the_reservation_that_comes_first(books: Books) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", interval="year")
    books.tell(sub.state("basic", interval="year", end=YEAR_END), sub.cycle("basic", interval="year", end=YEAR_END))
    books.spend(user, 100)
    books.at(MONTH_END + SECOND)
    assert books.meter.call("entitlements", user)["balance"] == 100
    books.spend(user, 1)
    assert books.account(user) == (99, 0)


def test_an_unpaid_renewal_entitles_until_the_grace_after_the_paid_period(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty", "stripe")
    books.tell(sub.cycle("fifty"), sub.state("fifty"))
    books.tell(sub.state("fifty", "past_due", MONTH_END, start=MONTH_END, end=MONTH_END + 31 * DAY))
    for moment, plan in ((MONTH_END + 3 * DAY - SECOND, "fifty"), (MONTH_END + 3 * DAY, "free")):
        books.at(moment)
        assert books.plan(user) == plan
    books.sweep()
    assert books.account(user) == (5, 0)


def test_an_upgrade_in_the_last_hour_gives_an_hour_s_share(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe")
    books.tell(sub.cycle("basic"), sub.state("basic"))
    books.at(MONTH_END - HOUR)
    books.tell(sub.upgrade(3, at=MONTH_END - HOUR, to=price_id("top")), sub.state("top", at=MONTH_END - HOUR))
    assert books.account(user) == (105, 0)


def test_an_upgrade_at_half_time_gives_half_the_difference(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe")
    half = START + 15 * DAY
    books.tell(sub.cycle("basic"), sub.state("basic"))
    books.at(half)
    books.tell(sub.upgrade(850, at=half, to=price_id("top")), sub.state("top", at=half))
    assert books.account(user) == (205, 0)


def test_an_upgrade_that_was_paid_in_part_gives_its_share_rounded_to_the_nearest_unit(books: Books) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", "stripe")
    # 200 more units for 1,700: 425 pay for 50, 421 for 49.53.
    for number, (amount, units) in enumerate(((425, 50), (421, 50), (1_699, 200), (1_698, 200), (1_690, 199))):
        user = books.user(welcome=False)
        sub = books.order(user, "basic", "stripe")
        books.tell(sub.cycle("basic"), sub.upgrade(amount, to=price_id("top")), sub.state("top"))
        assert books.account(user) == (100 + units, 0), number


def test_a_plan_that_is_seen_without_a_charge_gives_no_units(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    books.tell(sub.cycle("basic"), sub.state("basic"), sub.state("top", at=START + DAY))
    books.at(START + 2 * DAY)
    assert (books.account(user), books.plan(user)) == ((105, 0), "top")

    yearly = books.user()
    sub = books.order(yearly, "basic", interval="year")
    year: dict[str, Any] = {"interval": "year", "start": START, "end": YEAR_END}
    books.tell(
        sub.cycle("basic", **year),
        sub.state("basic", **year),
        sub.state("top", at=START + DAY, **year),
        sub.state("basic", at=START + 4 * DAY, **year),
    )
    for month in range(1, 12):
        assert books.account(yearly) == (105, 0), month
        books.at(datetime(2027 + (3 + month) // 12, (3 + month) % 12 + 1, 2, tzinfo=UTC))
        books.sweep()


@PROVIDERS
def test_a_refunded_upgrade_of_a_year_gives_nothing_in_later_months(books: Books, provider: str) -> None:
    user = books.user()
    sub = books.order(user, "basic", provider, interval="year")
    year: dict[str, Any] = {"interval": "year", "end": YEAR_END}
    named = price_id("top", "year") if provider == "stripe" else None
    books.tell(
        sub.cycle("basic", **year),
        sub.state("basic", **year),
        sub.upgrade(19_800, to=named),
        sub.state("top", at=START + SECOND, **year),
    )
    assert books.account(user) == (305, 0)
    books.at(START + 5 * DAY)
    books.tell(sub.refund(19_800, "up", at=START + 5 * DAY), sub.state("basic", at=START + 5 * DAY, **year))
    assert (books.account(user), books.listed(user)) == ((105, 0), [])
    for month in (5, 6):
        books.at(datetime(2027, month, 2, tzinfo=UTC))
        books.sweep()
        assert books.account(user) == (105, 0)


def test_an_upgrade_gives_no_more_months_once_the_plan_is_set_back(books: Books) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", "stripe", interval="year")
    year: dict[str, Any] = {"interval": "year", "end": YEAR_END}
    books.tell(sub.cycle("basic", **year), sub.state("basic", **year))
    books.tell(sub.upgrade(19_800, to=price_id("top", "year")), sub.state("top", at=START + SECOND, **year))
    books.tell(sub.state("basic", at=MONTH_END + DAY, **year))
    for moment, balance in ((MONTH_END + 2 * DAY, 300), (datetime(2027, 6, 2, tzinfo=UTC), 100)):
        books.at(moment)
        books.sweep()
        assert books.account(user) == (balance, 0)


def test_a_year_that_is_charged_back_entitles_to_nothing_and_is_listed_until_it_ends(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty", interval="year")
    year: dict[str, Any] = {"interval": "year", "end": YEAR_END}
    books.tell(sub.cycle("fifty", **year), sub.state("fifty", **year))
    assert (books.account(user), books.plan(user)) == ((55, 0), "fifty")
    books.at(START + 10 * DAY)
    books.tell(sub.dispute(11_500, "open", "cycle", at=START + 9 * DAY))
    assert (books.account(user), books.plan(user), books.frozen(user)) == ((5, 0), "fifty", 50)
    books.tell(sub.dispute(11_500, "lost", "cycle", at=START + 10 * DAY))
    assert (books.account(user), books.plan(user)) == ((5, 0), "free")
    assert books.listed(user) == [("returned_and_running", 0)]
    [due] = books.owner.execute("select * from private.returned_subscriptions where user_id = %s", (user,)).fetchall()
    assert due["provider_subscription_id"] == sub.provider_id
    books.tell(sub.state("fifty", "canceled", START + 11 * DAY, ended_at=START + 11 * DAY, **year))
    assert books.listed(user) == []


def test_two_paid_periods_that_begin_in_one_month_each_give_their_units(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty", "stripe")
    first, second = datetime(2027, 11, 2, tzinfo=UTC), datetime(2027, 11, 20, tzinfo=UTC)
    books.owner.execute(
        "update private.billing_orders set offer_ends_at = %s where id = %s", (second + 60 * DAY, sub.id)
    )
    december = datetime(2027, 12, 2, tzinfo=UTC), datetime(2027, 12, 20, tzinfo=UTC)
    books.tell(
        sub.state("fifty", at=second, start=second, end=december[1]),
        sub.cycle("fifty", "c1", first, december[0]),
        sub.cycle("fifty", "c2", second, december[1]),
    )
    for moment, balance in ((datetime(2027, 11, 25, tzinfo=UTC), 105), (datetime(2027, 12, 5, tzinfo=UTC), 55)):
        books.at(moment)
        books.tell(sub.state("fifty", at=moment, start=second, end=december[1]))
        assert books.account(user) == (balance, 0)


@pytest.mark.parametrize(("refunded", "after"), [(600, (5, 0)), (1_200, (0, 5))])
def test_a_refund_of_a_month_that_is_over_takes_what_was_used_of_it(
    books: Books, refunded: int, after: tuple[int, int]
) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.tell(sub.cycle("fifty"), sub.state("fifty"))
    books.spend(user, 10)
    books.at(MONTH_END + HOUR)
    books.sweep()
    assert books.account(user) == (5, 0)
    books.tell(sub.refund(refunded, "cycle", at=MONTH_END + HOUR))
    assert books.account(user) == after


def test_a_renewal_paid_after_the_end_gives_nothing_and_is_listed(books: Books) -> None:
    for order in itertools.permutations(range(3)):
        user = books.user()
        sub = books.order(user, "fifty")
        books.at(START)
        books.tell(sub.cycle("fifty"))
        books.at(MONTH_END + HOUR)
        next_end = MONTH_END + 31 * DAY
        events = [
            sub.state("fifty", at=START),
            sub.cycle("fifty", "renewal", MONTH_END, next_end),
            sub.state("fifty", "canceled", MONTH_END - SECOND, ended_at=MONTH_END - SECOND),
        ]
        books.tell(*(events[number] for number in order))
        assert books.account(user) == (5, 0), order
        assert books.listed(user) == [("paid_after_end", 1_200)]


def test_the_best_of_two_paid_plans_counts_and_when_it_ends_the_other(books: Books) -> None:
    user = books.user()
    small, large = books.order(user, "basic"), books.order(user, "top")
    books.tell(small.cycle("basic"), small.state("basic"), large.cycle("top"), large.state("top"))
    assert (books.plan(user), books.listed(user)) == ("top", [("two_live", 0)])
    books.at(START + DAY)
    books.tell(large.state("top", "canceled", START + DAY, ended_at=START + DAY))
    assert (books.plan(user), books.listed(user)) == ("basic", [])


def test_a_lost_cancellation_is_no_eternal_plan(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.tell(sub.cycle("fifty"), sub.state("fifty", cancel_at_period_end=True))
    for moment, plan in ((MONTH_END + 3 * DAY - SECOND, "fifty"), (MONTH_END + 3 * DAY, "free")):
        books.at(moment)
        assert books.plan(user) == plan


def test_a_part_refund_keeps_the_plan(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.tell(sub.cycle("fifty"), sub.state("fifty"), sub.refund(600, "cycle"))
    assert (books.plan(user), books.account(user)) == ("fifty", (30, 0))


def test_an_active_state_that_nobody_paid_for_entitles_to_nothing(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.tell(sub.state("fifty"))
    assert books.plan(user) == "free"
    books.tell(sub.cycle("fifty"))
    assert books.plan(user) == "fifty"


def test_another_plan_during_a_trial_counts_as_the_lower_of_the_two(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe", trial_days=7)
    week = START + 7 * DAY
    books.tell(sub.state("basic", "trialing", end=week, trial_end=week))
    assert (books.plan(user), books.account(user)) == ("basic", (5, 0))
    books.tell(sub.state("top", "trialing", START + DAY, end=week, trial_end=week))
    books.at(START + DAY)
    assert (books.plan(user), books.listed(user)) == ("basic", [("trial_mismatch", 0)])
    for moment, plan in ((week + 3 * DAY - SECOND, "basic"), (week + 3 * DAY, "free")):
        books.at(moment)
        assert books.plan(user) == plan


def test_a_month_charged_twice_grants_once_and_either_refund_touches_no_credits(books: Books) -> None:
    for refunded in ("c1", "c2"):
        for order in itertools.permutations(range(3)):
            user = books.user()
            sub = books.order(user, "basic", "stripe")
            events = [
                sub.cycle("basic", "c1"),
                sub.cycle("basic", "c2", end=MONTH_END + HOUR, at=START + HOUR),
                sub.state("basic"),
            ]
            books.tell(*(events[number] for number in order))
            assert (books.account(user), books.listed(user)) == ((105, 0), [("surplus_payment", 1_000)]), order
            books.tell(sub.refund(1_000, refunded))
            assert (books.account(user), books.listed(user)) == ((105, 0), [])


def test_a_charge_that_is_for_nothing_is_listed(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe")
    books.tell(sub.cycle("basic"), sub.state("basic"), sub.upgrade(77))
    assert (books.account(user), books.listed(user)) == ((105, 0), [("unknown_purpose", 77)])


def test_an_upgrade_waits_for_its_plan_to_be_seen(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    books.tell(sub.cycle("basic"), sub.state("basic"), sub.upgrade(1_700, at=START + SECOND))
    assert (books.account(user), books.listed(user)) == ((105, 0), [])
    books.at(START + 3 * DAY + SECOND)
    assert (books.account(user), books.listed(user)) == ((105, 0), [("unplaced_upgrade", 1_700)])
    books.tell(sub.state("top", at=START + 2 * SECOND))
    assert (books.account(user), books.listed(user)) == ((305, 0), [])


def test_a_subscription_that_was_accepted_after_the_offer_entitles_to_nothing(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.at(START + 2 * DAY)
    books.tell(sub.cycle("fifty", start=START + 2 * DAY, at=START + 2 * DAY), sub.state("fifty", at=START + 2 * DAY))
    assert (books.plan(user), books.account(user)) == ("free", (5, 0))
    assert books.listed(user) == [("late_payment", 1_200)]


def test_a_catalogue_that_changes_later_changes_no_month_that_was_paid(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", interval="year")
    books.tell(sub.cycle("basic", interval="year", end=YEAR_END), sub.state("basic", interval="year", end=YEAR_END))
    books.owner.execute("update public.plans set monthly_credits = 7 where slug = 'books_basic'")
    try:
        books.at(MONTH_END + DAY)
        books.sweep()
        assert books.account(user) == (105, 0)
    finally:
        books.owner.execute("update public.plans set monthly_credits = 100 where slug = 'books_basic'")


@PROVIDERS
def test_a_refund_that_fails_after_its_subscription_was_ended_is_listed(books: Books, provider: str) -> None:
    user = books.user()
    sub = books.order(user, "basic", provider)
    books.tell(sub.cycle("basic"), sub.state("basic"), sub.refund(1_000, "cycle", at=START + HOUR))
    books.tell(sub.state("basic", "canceled", at=START + 2 * HOUR, ended_at=START + 2 * HOUR))
    assert books.listed(user) == []
    books.tell(sub.refund(1_000, "cycle", status="failed", at=START + DAY))
    assert (books.plan(user), books.listed(user)) == ("free", [("ended_though_paid", 1_000)])
    # Paid out by another refund, or over, there is nothing left to decide.
    books.tell(sub.refund(1_000, "cycle", name="again", at=START + 2 * DAY))
    assert books.listed(user) == []


@PROVIDERS
def test_an_upgrade_that_is_kept_when_its_period_is_returned_is_listed(books: Books, provider: str) -> None:
    user = books.user()
    sub = books.order(user, "basic", provider)
    books.tell(
        sub.cycle("basic"),
        sub.state("basic"),
        sub.upgrade(900, at=START + HOUR, to=price_id("plus")),
        sub.state("plus", at=START + HOUR),
    )
    assert books.listed(user) == []
    books.tell(
        sub.refund(1_000, "cycle", at=START + DAY), sub.state("plus", "canceled", at=START + DAY, ended_at=START + DAY)
    )
    assert books.listed(user) == [("upgrade_of_returned_period", 900)]
    books.tell(sub.refund(900, "up", at=START + 2 * DAY, name="rest"))
    assert books.listed(user) == []


def test_an_upgrade_that_is_bought_again_counts_though_its_state_comes_before_its_charge(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    books.tell(
        sub.cycle("basic"),
        sub.state("basic"),
        sub.upgrade(900, "one", START + HOUR),
        sub.state("plus", at=START + HOUR),
    )
    books.tell(sub.refund(900, "one", at=START + 2 * HOUR), sub.state("basic", at=START + 3 * HOUR))
    assert books.account(user) == (105, 0)
    again = START + 4 * HOUR
    books.tell(
        sub.state("plus", at=again - SECOND), sub.upgrade(900, "two", again), sub.state("plus", at=again + SECOND)
    )
    assert books.account(user) == (204, 0)
    assert books.listed(user) == []


def test_a_late_subscription_is_listed_until_it_ends_also_when_its_money_went_back(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    late = START + 3 * DAY
    books.at(late)
    books.tell(sub.cycle("basic", at=late), sub.state("basic", at=late))
    books.tell(sub.refund(1_000, "cycle", at=late + HOUR))
    assert books.listed(user) == [("late_payment", 0)]
    books.tell(sub.state("basic", "canceled", at=late + 2 * HOUR, ended_at=late + 2 * HOUR))
    assert books.listed(user) == []


@PROVIDERS
def test_the_rest_of_a_year_that_is_ended_early_can_be_refunded(books: Books, provider: str) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", provider, interval="year")
    books.tell(sub.cycle("basic", interval="year", end=YEAR_END), sub.state("basic", interval="year", end=YEAR_END))
    for month in range(3):
        books.at(START + month * 31 * DAY + HOUR)
        books.sweep()
        books.spend(user, 100)
    assert books.account(user) == (0, 0)
    ended = START + 70 * DAY
    books.at(ended)
    gone = sub.state("basic", "canceled", at=ended, interval="year", end=YEAR_END, ended_at=ended)
    # Nine of twelve months, told in either order.
    rest = sub.refund(7_500, "cycle", at=ended + HOUR)
    books.tell(*((gone, rest) if provider == "stripe" else (rest, gone)))
    assert books.account(user) == (0, 0)
    # A third of the three months that were sold.
    books.tell(sub.refund(833, "cycle", name="more", at=ended + 2 * HOUR))
    assert books.account(user) == (0, 99)


def test_of_two_commands_of_one_second_the_later_counts(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe")
    books.tell(sub.cycle("basic"), sub.state("basic", at=START))
    for number in range(8):
        cancels = number % 2 == 0
        books.retell(
            sub.state("basic", at=START, cancel_at_period_end=cancels, scheduled_change=not cancels), "command"
        )
        row = books.owner.execute(
            "select cancel_at_period_end from public.subscriptions where provider_subscription_id = %s",
            (sub.provider_id,),
        ).fetchone()
        assert row is not None
        assert row["cancel_at_period_end"] is cancels, number
