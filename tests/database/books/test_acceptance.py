"""Whether a customer accepted a subscription in time: what a report tells decides, never when it was asked for."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.database.books.support import START

if TYPE_CHECKING:
    from tests.database.books.support import Books

HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
PROVIDERS = pytest.mark.parametrize("provider", ["razorpay", "stripe"])
LATER = START + 30 * HOUR


@PROVIDERS
def test_a_look_up_after_the_offer_makes_nobody_late(books: Books, provider: str) -> None:
    user = books.user()
    sub = books.order(user, "fifty", provider)
    books.at(LATER)
    books.retell(sub.state("fifty", at=LATER))
    paid = sub.cycle("fifty", at=LATER)
    (fact,) = paid.facts.payments
    books.tell(
        type(paid)(
            provider, LATER, paid.facts.model_copy(update={"payments": (fact.model_copy(update={"acted_at": None}),)})
        )
    )
    assert (books.plan(user), books.account(user), books.listed(user)) == ("fifty", (55, 0), [])


def test_a_trial_that_a_look_up_finds_after_the_offer_is_in_time(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty", trial_days=7)
    books.at(LATER)
    books.retell(sub.state("fifty", "trialing", LATER, end=START + 7 * DAY, trial_end=START + 7 * DAY))
    assert (books.plan(user), books.listed(user)) == ("fifty", [])
    # The first charge is the provider's act, not the customer's.
    books.at(START + 7 * DAY)
    books.tell(
        sub.state("fifty", at=START + 7 * DAY, start=START + 7 * DAY, end=START + 37 * DAY),
        sub.cycle("fifty", start=START + 7 * DAY, end=START + 37 * DAY),
    )
    assert (books.plan(user), books.account(user), books.listed(user)) == ("fifty", (55, 0), [])


def test_a_mandate_given_in_time_counts_though_the_bank_pays_a_day_later(books: Books) -> None:
    for order in itertools.permutations(range(3)):
        user = books.user()
        sub = books.order(user, "fifty")
        debit = START + 49 * HOUR
        events = [
            sub.state("fifty", "incomplete", START + 23 * HOUR, accepted_at=START + 23 * HOUR),
            sub.state("fifty", at=debit, start=debit, end=debit + 30 * DAY),
            sub.cycle("fifty", start=debit, end=debit + 30 * DAY),
        ]
        books.at(debit)
        books.tell(*(events[number] for number in order))
        assert (books.plan(user), books.account(user), books.listed(user)) == ("fifty", (55, 0), []), order
        books.at(START)


def test_an_order_whose_mandate_was_given_is_not_closed(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.tell(sub.state("fifty", "incomplete", START + 23 * HOUR, accepted_at=START + 23 * HOUR))
    books.at(START + 25 * HOUR)
    due = books.meter.call("checkouts_to_close", 1000)
    assert str(sub.id) not in {one["order_id"] for one in due}


@pytest.mark.parametrize("is_told_first", [True, False])
def test_an_act_after_the_offer_was_superseded_is_late(books: Books, *, is_told_first: bool) -> None:
    user = books.user()
    sub = books.order(user, "fifty")
    books.at(START + 3 * HOUR)
    books.owner.execute("select private.end_offer(%s, %s, false, 'superseded')", (sub.id, START + HOUR))
    act = sub.state("fifty", "incomplete", START + 2 * HOUR, accepted_at=START + 2 * HOUR)
    seen = sub.state("fifty", at=START + 3 * HOUR)
    if is_told_first:
        books.tell(act)
        books.retell(seen)
    else:
        books.retell(seen)
        books.tell(act)
    books.tell(sub.cycle("fifty", at=START + 2 * HOUR))
    assert (books.plan(user), books.account(user), books.listed(user)) == ("free", (5, 0), [("late_payment", 1_200)])


def test_what_runs_after_its_checkout_was_closed_is_late(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "fifty", "stripe")
    books.at(START + 3 * HOUR)
    books.owner.execute("select private.end_offer(%s, %s, true, 'superseded')", (sub.id, START + HOUR))
    books.retell(sub.state("fifty", at=START + 3 * HOUR))
    assert books.plan(user) == "free"
