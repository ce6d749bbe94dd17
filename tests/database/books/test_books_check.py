"""The check of the books finds every shown column that is not what the facts say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.books.support import YEAR_END
from tests.database.checks import FOLDER

if TYPE_CHECKING:
    from tests.database.books.support import Books

CHECK = (FOLDER / "books.sql").read_bytes()
NEWEST_STATE = "a subscription is not in its newest state"
WRONG = {
    "plan = 'books_top'": NEWEST_STATE,
    "billing_interval = 'year'": NEWEST_STATE,
    "currency = 'USD'": NEWEST_STATE,
    "cancel_at_period_end = not cancel_at_period_end": NEWEST_STATE,
    "current_period_start = current_period_start + interval '1 day'": NEWEST_STATE,
    "current_period_end = null": NEWEST_STATE,
    "cancelled_at = now()": NEWEST_STATE,
    "ended_at = now()": NEWEST_STATE,
    "status = 'past_due'": NEWEST_STATE,
    "trial_end = now()": NEWEST_STATE,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_subscription_that_shows_something_else_is_found(books: Books, wrong: str) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe")
    books.tell(sub.cycle("basic"), sub.state("basic", cancel_at_period_end=True))
    with books.owner.transaction(force_rollback=True):
        books.owner.execute(f"update public.subscriptions set {wrong} where user_id = %s", (user,))
        found = books.owner.execute(CHECK).fetchall()
        assert (WRONG[wrong], user) in [(row["problem"], row["subject"]) for row in found]


def test_a_wish_that_the_provider_cannot_tell_is_no_fault(books: Books) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    books.tell(sub.cycle("basic"), sub.state("basic"))
    books.owner.execute("update public.subscriptions set cancel_at_period_end = true where user_id = %s", (user,))
    assert books.owner.execute(CHECK).fetchall() == []


@pytest.mark.parametrize("wrong", ["billing_interval = 'year'", "plan = 'books_top'", "amount_lost = 1"])
def test_a_payment_that_shows_something_else_is_found(books: Books, wrong: str) -> None:
    user = books.user()
    sub = books.order(user, "basic")
    books.tell(sub.cycle("basic"), sub.state("basic"))
    with books.owner.transaction(force_rollback=True):
        books.owner.execute(f"update public.payments set {wrong} where user_id = %s", (user,))
        assert user in [row["subject"] for row in books.owner.execute(CHECK).fetchall()]


@pytest.mark.parametrize(
    "wrong", ["returned = '[]'", """returned = '[["refund another", 10]]'""", "reference = 'another'"]
)
def test_a_lot_that_names_something_else_is_found(books: Books, wrong: str) -> None:
    user = books.user(welcome=False)
    pack = books.buy(user, "pack_20")
    books.tell(pack.refund(9_950))
    with books.owner.transaction(force_rollback=True):
        books.owner.execute(f"update public.credit_grants set {wrong} where user_id = %s", (user,))
        assert user in [row["subject"] for row in books.owner.execute(CHECK).fetchall()]


@pytest.mark.parametrize(
    "wrong",
    [
        "update public.user_credits set next_lot_at = null where user_id = %(user)s",
        "update public.user_credits set wake_at = null where user_id = %(user)s",
        "update public.user_credits set wake_at = '2099-01-01' where user_id = %(user)s",
        "update public.credit_grants set priority = 99 where user_id = %(user)s and source = 'subscription'",
        "update public.credit_transactions set kind = 'dispute' where user_id = %(user)s and kind = 'grant'",
        "update public.credit_transactions set grant_id = null where user_id = %(user)s and kind = 'refund'",
        "update public.credit_transactions set reference = 'another' where user_id = %(user)s and kind = 'refund'",
        "update private.billing_orders set paid_at = now() where user_id = %(user)s",
        "update private.billing_orders set status = 'open' where user_id = %(user)s",
        "update public.payments set receipt_number = 'R-2027-000001x' where user_id = %(user)s and kind = 'pack'",
        "update public.payments set receipt_number = 'R-2026-999999' where user_id = %(user)s and kind = 'pack'",
    ],
)
def test_a_falsified_column_is_found(books: Books, wrong: str) -> None:
    user = books.user()
    sub = books.order(user, "basic", "stripe", interval="year")
    books.tell(sub.cycle("basic", interval="year", end=YEAR_END), sub.state("basic", interval="year", end=YEAR_END))
    pack = books.buy(user, "pack_60")
    books.tell(pack.refund(10_000))
    assert books.owner.execute(CHECK).fetchall() == []
    with books.owner.transaction(force_rollback=True):
        books.owner.execute("set local session_replication_role = replica")
        books.owner.execute(wrong, {"user": user})
        assert books.owner.execute(CHECK).fetchall() != []
