"""What a subscription's charge was for: a cycle at the price that was asked, or an upgrade within one."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.database.books.support import MONTH_END, START

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.database.books.support import Books

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEXT_END = MONTH_END + 31 * DAY


@pytest.fixture
def code(books: Books) -> Iterator[Callable[..., str]]:
    """Codes of 50 % for two of the plans."""
    made: list[str] = []

    def _code(duration: str) -> str:
        made.append(f"HALF{id(books)}{len(made)}")
        books.owner.execute(
            "insert into private.coupons (code, percent_off, duration, only_for) values (%s, 50, %s, '{books_basic,books_top}')",
            (made[-1], duration),
        )
        return made[-1]

    yield _code
    books.owner.execute("update private.billing_orders set coupon = null where coupon = any(%s)", (made,))
    books.owner.execute("delete from private.coupons where code = any(%s)", (made,))


def test_a_code_for_ever_reduces_the_price_of_every_plan_that_it_is_for(books: Books, code: Callable[..., str]) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", coupon=code("forever"))
    books.tell(
        sub.invoice(500, "c1", START, MONTH_END),
        sub.state("basic"),
        sub.state("top", at=MONTH_END, start=MONTH_END, end=NEXT_END),
    )
    assert books.account(user) == (100, 0)
    # What was sold stays sold, whatever becomes of the code.
    books.owner.execute("update private.coupons set percent_off = 10, is_active = false where code like 'HALF%'")
    books.at(MONTH_END)
    books.tell(sub.invoice(1_350, "c2", MONTH_END, NEXT_END))
    assert (books.account(user), books.listed(user), books.plan(user)) == ((300, 0), [], "top")


def test_a_code_for_ever_does_not_reduce_a_plan_that_it_is_not_for(books: Books, code: Callable[..., str]) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", coupon=code("forever"))
    books.tell(sub.state("basic"), sub.invoice(500, "c1", START, MONTH_END))
    books.at(MONTH_END)
    books.tell(
        sub.state("plus", at=MONTH_END, start=MONTH_END, end=NEXT_END), sub.invoice(950, "c2", MONTH_END, NEXT_END)
    )
    assert (books.account(user), books.payment(sub, "c2")["covers_period"]) == ((0, 0), False)


@pytest.mark.parametrize(("amount", "units"), [(500, 0), (1_000, 100)])
def test_after_a_code_for_once_a_period_costs_the_full_price(
    books: Books, code: Callable[..., str], amount: int, units: int
) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", coupon=code("once"))
    books.tell(sub.state("basic"), sub.invoice(500, "c1", START, MONTH_END))
    assert books.account(user) == (100, 0)
    books.at(MONTH_END)
    books.tell(
        sub.state("basic", at=MONTH_END, start=MONTH_END, end=NEXT_END), sub.invoice(amount, "c2", MONTH_END, NEXT_END)
    )
    assert books.account(user) == (units, 0)


def test_an_upgrade_under_a_code_for_both_plans_asks_the_reduced_difference(
    books: Books, code: Callable[..., str]
) -> None:
    user = books.user(welcome=False)
    sub = books.order(user, "basic", coupon=code("forever"))
    half = START + 15 * DAY
    books.tell(sub.state("basic"), sub.invoice(500, "c1", START, MONTH_END))
    books.at(half)
    books.tell(sub.invoice(425, "up", half, MONTH_END), sub.state("top", at=half))
    assert (books.account(user), books.listed(user)) == ((200, 0), [])


@pytest.mark.parametrize("names_plan", [True, False])
def test_an_upgrade_whose_amount_is_a_price_of_ours_is_no_second_cycle(books: Books, *, names_plan: bool) -> None:
    middle = START + 13 * DAY
    for order in itertools.permutations(range(4)):
        books.at(middle)
        user = books.user()
        sub = books.order(user, "basic")
        events = [
            sub.cycle("basic") if names_plan else sub.invoice(1_000, "cycle", START, MONTH_END),
            sub.state("basic"),
            # Basic costs 1,000, too.
            sub.invoice(1_000, "up", middle, MONTH_END),
            sub.state("top", at=middle),
        ]
        books.tell(*(events[number] for number in order))
        # 200 more units for 17 days of 30.
        assert (books.account(user), books.listed(user)) == ((5 + 100 + 113, 0), []), order
        assert books.payment(sub, "up")["covers_period"] is False


def test_a_renewal_paid_a_minute_early_is_no_upgrade_of_the_old_period(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    early = MONTH_END - MINUTE
    books.tell(sub.cycle("basic"), sub.state("basic"))
    books.at(early)
    books.tell(sub.state("top", at=early), sub.invoice(1_500, "odd", MONTH_END, NEXT_END, at=early))
    assert (books.account(user), books.payment(sub, "odd")["problem"]) == ((105, 0), "unplaced_upgrade")


def test_one_period_charged_twice_stays_a_surplus(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    books.tell(sub.cycle("basic"), sub.state("basic"), sub.invoice(1_000, "twice", START, MONTH_END, at=START + DAY))
    books.at(START + DAY)
    assert (books.account(user), books.listed(user)) == ((105, 0), [("surplus_payment", 1_000)])
