"""Refunds and disputes: what is unspent goes, what was spent is owed, and the order of the news does not matter."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter
    from tests.database.rows import Clock, NewUser


@pytest.fixture
def payer(meter: Meter, new_user: NewUser) -> uuid.UUID:
    """A user whose only credits are a pack of ten: its grant key is the user's id."""
    user: uuid.UUID = new_user(confirmed=False)
    meter.grant(user, 10, str(user))
    return user


def _refund(meter: Meter, user: uuid.UUID, key: str = "refund", units: int | None = None) -> None:
    meter.call("credits_refund", user, str(user), f"{key} {user}", units)


def _dispute(meter: Meter, user: uuid.UUID, state: str, units: int | None = None) -> None:
    meter.call("credits_dispute", user, str(user), f"dispute {user}", state, units)


def test_a_refund_takes_what_is_unspent(meter: Meter, payer: uuid.UUID) -> None:
    _refund(meter, payer)
    assert meter.account(payer) == (0, 0, 0)
    assert meter.ledger(payer) == [("grant", 10, 10), ("refund", -10, 0)]
    assert meter.lot(str(payer))["taken"] == 10


def test_what_was_spent_becomes_debt_and_later_grants_pay_it(meter: Meter, payer: uuid.UUID) -> None:
    meter.use(payer, times=4)
    _refund(meter, payer)
    assert meter.account(payer) == (0, 0, 4)
    assert meter.ledger(payer)[-2:] == [("refund", -6, 0), ("debt", -4, -4)]
    with refused("insufficient_credits", 402):
        meter.reserve(payer)
    assert meter.grant(payer, 3)["paid_debt"] == 3
    assert meter.account(payer) == (0, 0, 1)
    assert meter.grant(payer, 3)["balance"] == 2
    assert meter.ledger(payer)[-2:] == [("grant", 3, -1), ("grant", 3, 2)]


def test_a_refund_happens_once_per_key(meter: Meter, payer: uuid.UUID) -> None:
    for _ in range(3):
        _refund(meter, payer, units=4)
    assert meter.account(payer) == (6, 0, 0)
    _refund(meter, payer, "second", units=4)
    assert meter.account(payer) == (2, 0, 0)


def test_refunds_together_take_no_more_than_the_lot(meter: Meter, payer: uuid.UUID) -> None:
    meter.grant(payer, 5)
    _refund(meter, payer, "one", units=8)
    _refund(meter, payer, "two", units=8)
    assert meter.account(payer) == (5, 0, 0)


def test_a_debt_leaves_other_lots_alone(meter: Meter, payer: uuid.UUID) -> None:
    meter.use(payer, times=10)
    meter.grant(payer, 5)
    _refund(meter, payer)
    assert meter.account(payer) == (5, 0, 10)
    assert meter.use(payer)["balance"] == 4


def test_units_under_way_are_owed_when_they_are_spent(meter: Meter, payer: uuid.UUID) -> None:
    held = meter.reserve(payer, "interview")
    _refund(meter, payer)
    assert meter.account(payer) == (0, 5, 5)
    meter.commit(held)
    assert meter.account(payer) == (0, 0, 5)


def test_units_under_way_that_come_back_pay_what_they_owed(meter: Meter, payer: uuid.UUID) -> None:
    held = meter.reserve(payer, "interview")
    spent = meter.reserve(payer, "tailor")
    _refund(meter, payer)
    assert meter.account(payer) == (0, 7, 7)
    meter.release(held)
    assert meter.account(payer) == (0, 2, 2)
    meter.commit(spent)
    assert meter.account(payer) == (0, 0, 2)
    lot = meter.lot(str(payer))
    assert (lot["taken"], lot["debted"]) == (8, 2)


def test_units_that_come_back_after_the_debt_was_paid_are_the_users(meter: Meter, payer: uuid.UUID) -> None:
    held = meter.reserve(payer, "interview")
    _refund(meter, payer)
    meter.grant(payer, 5)
    assert meter.account(payer) == (0, 5, 0)
    meter.release(held)
    assert meter.account(payer) == (5, 0, 0)
    # And stay so, whatever else is heard of the refund.
    _refund(meter, payer)
    assert meter.account(payer) == (5, 0, 0)


def test_units_that_expired_unused_are_owed_by_nobody(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user(confirmed=False)
    meter.grant(user, 10, str(user), "subscription", expires_at="2027-03-10T13:00:00Z")
    meter.use(user, times=3)
    noon.advance("2 hours")
    while meter.call("credits_expire", 10):
        pass
    _refund(meter, user)
    assert meter.account(user) == (0, 0, 3)
    assert meter.ledger(user)[-2:] == [("expiry", -7, 0), ("debt", -3, -3)]


def test_a_refund_that_comes_before_its_grant_waits_for_it(meter: Meter, new_user: NewUser) -> None:
    user = new_user(confirmed=False)
    _refund(meter, user, units=4)
    assert meter.ledger(user) == []
    assert meter.grant(user, 10, str(user))["balance"] == 6
    assert meter.ledger(user) == [("grant", 10, 10), ("refund", -4, 6)]


def test_an_open_dispute_freezes_what_is_unspent(meter: Meter, payer: uuid.UUID) -> None:
    meter.use(payer, times=4)
    _dispute(meter, payer, "open")
    assert meter.account(payer) == (0, 0, 0)
    assert meter.lot(str(payer))["frozen"] == 6
    with refused("insufficient_credits", 402):
        meter.reserve(payer)
    _dispute(meter, payer, "won")
    assert meter.account(payer) == (6, 0, 0)
    assert meter.ledger(payer)[-2:] == [("dispute", -6, 0), ("dispute", 6, 6)]


def test_a_lost_dispute_takes_the_frozen_and_makes_the_spent_a_debt(meter: Meter, payer: uuid.UUID) -> None:
    meter.use(payer, times=4)
    _dispute(meter, payer, "open")
    _dispute(meter, payer, "lost")
    assert meter.account(payer) == (0, 0, 4)
    assert meter.ledger(payer)[-2:] == [("dispute", -6, 0), ("debt", -4, -4)]


def test_a_dispute_lost_in_part_thaws_the_rest(meter: Meter, payer: uuid.UUID) -> None:
    _dispute(meter, payer, "open")
    _dispute(meter, payer, "lost", 3)
    assert meter.account(payer) == (7, 0, 0)


def test_units_that_come_back_during_a_dispute_are_frozen_too(meter: Meter, payer: uuid.UUID) -> None:
    held = meter.reserve(payer, "interview")
    _dispute(meter, payer, "open")
    assert meter.account(payer) == (0, 5, 0)
    meter.release(held)
    assert meter.account(payer) == (0, 0, 0)
    assert meter.lot(str(payer))["frozen"] == 10
    _dispute(meter, payer, "won")
    assert meter.account(payer) == (10, 0, 0)


def test_frozen_units_whose_time_passes_expire_when_they_thaw(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user(confirmed=False)
    meter.grant(user, 10, str(user), "subscription", expires_at="2027-03-10T13:00:00Z")
    _dispute(meter, user, "open")
    noon.advance("2 hours")
    _dispute(meter, user, "won")
    assert meter.account(user) == (0, 0, 0)
    assert meter.ledger(user)[-1] == ("expiry", -10, 0)


@pytest.mark.parametrize("end", ["won", "lost"])
def test_the_end_of_a_dispute_is_final_in_whatever_order_it_is_told(meter: Meter, payer: uuid.UUID, end: str) -> None:
    meter.use(payer, times=4)
    _dispute(meter, payer, end)
    before = meter.account(payer)
    assert before == {"won": (6, 0, 0), "lost": (0, 0, 4)}[end]
    _dispute(meter, payer, "open")
    _dispute(meter, payer, end)
    assert meter.account(payer) == before


@pytest.mark.parametrize("state", ["", "closed", None])
def test_a_dispute_is_open_won_or_lost(meter: Meter, payer: uuid.UUID, state: str) -> None:
    with refused("invalid_dispute_state", 422):
        _dispute(meter, payer, state)


def test_units_taken_back_are_not_negative(meter: Meter, payer: uuid.UUID) -> None:
    with refused("invalid_amount", 422):
        _refund(meter, payer, units=-1)


def test_a_refund_of_another_users_lot_changes_nothing_there(meter: Meter, payer: uuid.UUID, new_user: NewUser) -> None:
    other = new_user()
    meter.call("credits_refund", other, str(payer), f"stolen {other}", None)
    assert meter.account(payer) == (10, 0, 0)
    assert meter.account(other) == (5, 0, 0)


def test_every_order_of_the_same_news_ends_in_the_same_account(meter: Meter, new_user: NewUser) -> None:
    steps: dict[str, Callable[[uuid.UUID], object]] = {
        "grant": lambda user: meter.grant(user, 10, str(user)),
        "refund": lambda user: _refund(meter, user, units=3),
        "open": lambda user: _dispute(meter, user, "open"),
        "lost": lambda user: _dispute(meter, user, "lost", 4),
    }
    for order in itertools.permutations(steps):
        user = new_user(confirmed=False)
        for step in (*order, *order[::-1]):
            steps[step](user)
        assert meter.account(user) == (3, 0, 0), order
