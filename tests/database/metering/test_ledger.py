"""Lots and ledger: the order of burning, expiry, adjustments, and books that only ever grow."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, Connect, NewUser


@pytest.fixture
def broke(new_user: NewUser) -> uuid.UUID:
    """A user without a credit: the address is not confirmed."""
    user: uuid.UUID = new_user(confirmed=False)
    return user


def test_lots_burn_by_priority_then_expiry_then_age(meter: Meter, broke: uuid.UUID, noon: Clock) -> None:
    order: list[tuple[str, Row]] = [
        ("first", {"priority": 1}),
        ("soon", {"priority": 20, "expires_at": "2027-03-12T00:00:00Z"}),
        ("later", {"priority": 20, "expires_at": "2027-03-20T00:00:00Z"}),
        ("old", {"priority": 20}),
        ("new", {"priority": 20}),
        ("last", {"priority": 90, "expires_at": "2027-03-11T00:00:00Z"}),
    ]
    # Granted in an order that is none of those; among equals the older one comes first.
    for name in ("last", "later", "old", "first", "new", "soon"):
        meter.grant(broke, 1, f"{name} {broke}", **dict(order)[name])
        noon.advance("1 second")
    burnt = []
    for _ in order:
        [lot] = meter.event(meter.reserve(broke))["hold_lots"]
        burnt += [name for name, _ in order if meter.lot(f"{name} {broke}")["id"] == lot]
    assert burnt == [name for name, _ in order]


def test_an_operation_may_burn_several_lots_and_gives_each_its_own_back(meter: Meter, broke: uuid.UUID) -> None:
    for number, amount in enumerate((2, 1, 4)):
        meter.grant(broke, amount, f"{number} {broke}", priority=number)
    held = meter.reserve(broke, "interview")
    assert meter.event(held)["hold_units"] == [2, 1, 2]
    assert [meter.lot(f"{number} {broke}")["remaining"] for number in range(3)] == [0, 0, 2]
    meter.release(held)
    assert [meter.lot(f"{number} {broke}")["remaining"] for number in range(3)] == [2, 1, 4]
    meter.use(broke, "interview")
    assert meter.ledger(broke)[-1] == ("usage", -5, 2)


def test_what_was_bought_burns_after_what_comes_every_month(meter: Meter, broke: uuid.UUID) -> None:
    meter.grant(broke, 1, f"pack {broke}", "pack")
    meter.grant(broke, 1, f"month {broke}", "subscription")
    meter.use(broke)
    assert (meter.lot(f"month {broke}")["remaining"], meter.lot(f"pack {broke}")["remaining"]) == (0, 1)


def test_a_lot_that_is_over_expires_at_the_next_reservation(meter: Meter, broke: uuid.UUID, noon: Clock) -> None:
    meter.grant(broke, 3, f"month {broke}", "subscription", expires_at="2027-03-10T13:00:00Z")
    meter.grant(broke, 2, f"pack {broke}")
    meter.use(broke)
    noon.advance("1 hour 1 second")
    assert meter.use(broke)["balance"] == 1
    assert meter.ledger(broke)[2:] == [("usage", -1, 4), ("expiry", -2, 2), ("usage", -1, 1)]
    assert meter.lot(f"month {broke}")["expired"] == 2


def test_a_lot_is_not_spent_in_the_moment_it_ends(meter: Meter, broke: uuid.UUID, noon: Clock) -> None:
    meter.grant(broke, 1, expires_at=noon.now())
    with refused("insufficient_credits", 402):
        meter.reserve(broke)


def test_a_hold_keeps_its_units_beyond_the_end_of_the_lot(meter: Meter, broke: uuid.UUID, noon: Clock) -> None:
    meter.grant(broke, 3, f"a {broke}", expires_at="2027-03-10T12:01:00Z")
    spent, given_back = meter.reserve(broke), meter.reserve(broke)
    noon.advance("90 seconds")
    meter.commit(spent)
    assert meter.account(broke) == (1, 1, 0)
    # The third unit and the one that comes back have no time left.
    assert meter.release(given_back)["balance"] == 0
    assert meter.ledger(broke) == [("grant", 3, 3), ("usage", -1, 2), ("expiry", -2, 0)]
    assert meter.account(broke) == (0, 0, 0)


def test_the_clean_up_expires_lots_of_users_who_do_not_come_back(meter: Meter, broke: uuid.UUID, noon: Clock) -> None:
    meter.grant(broke, 3, expires_at="2027-03-10T13:00:00Z")
    noon.advance("2 hours")
    while meter.call("credits_expire", 1):
        pass
    assert meter.ledger(broke) == [("grant", 3, 3), ("expiry", -3, 0)]
    assert meter.account(broke) == (0, 0, 0)


def test_a_grant_happens_once_per_key(meter: Meter, broke: uuid.UUID, new_user: NewUser) -> None:
    first = meter.grant(broke, 10, f"order {broke}")
    again = meter.grant(broke, 10, f"order {broke}")
    assert (first["created"], again["created"]) == (True, False)
    assert first["grant_id"] == again["grant_id"]
    assert meter.ledger(broke) == [("grant", 10, 10)]
    with refused("grant_conflict", 409):
        meter.grant(new_user(), 10, f"order {broke}")


@pytest.mark.parametrize("amount", [0, -1, None])
def test_a_grant_is_a_positive_number(meter: Meter, broke: uuid.UUID, amount: int) -> None:
    with refused("invalid_amount", 422):
        meter.grant(broke, amount)


def test_a_grant_to_nobody_is_refused(meter: Meter) -> None:
    with refused("user_not_found", 404):
        meter.grant(uuid.uuid4(), 1)


def test_an_administrator_adjusts_with_a_reason_once_per_key(
    meter: Meter, broke: uuid.UUID, new_user: NewUser, connect: Connect
) -> None:
    admin = new_user()
    make_admin(connect, admin)
    for _ in range(2):
        assert meter.call("credits_adjust", admin, broke, 7, "goodwill", "a")["balance"] == 7
    for _ in range(2):
        assert meter.call("credits_adjust", admin, broke, -4, "typed too much", "b")["balance"] == 3
    assert meter.ledger(broke) == [("adjustment", 7, 7), ("adjustment", -4, 3)]
    rows = meter.owner.execute(
        "select description, reference from public.credit_transactions where user_id = %s order by seq", (broke,)
    ).fetchall()
    assert [tuple(row.values()) for row in rows] == [("goodwill", "a"), ("typed too much", "b")]
    behind = meter.owner.execute("select actor_id from private.credit_awards where user_id = %s", (broke,)).fetchall()
    assert [row["actor_id"] for row in behind] == [admin, admin]


def test_an_adjustment_takes_from_several_lots_and_never_more_than_there_is(
    meter: Meter, broke: uuid.UUID, new_user: NewUser, connect: Connect
) -> None:
    admin = new_user()
    make_admin(connect, admin)
    meter.grant(broke, 2, priority=1)
    meter.grant(broke, 3, priority=2)
    meter.reserve(broke)
    with refused("adjustment_exceeds_balance", 422):
        meter.call("credits_adjust", admin, broke, -5, "too much", "a")
    assert meter.call("credits_adjust", admin, broke, -3, "less", "b") == {"balance": 1, "reserved": 1, "debt": 0}
    # A deduction is a spend, whichever lots it burns.
    assert meter.ledger(broke)[2:] == [("adjustment", -3, 2)]


def test_an_adjustment_key_is_of_one_account_and_one_content(
    meter: Meter, broke: uuid.UUID, new_user: NewUser, connect: Connect
) -> None:
    admin, other = new_user(), new_user(confirmed=False)
    make_admin(connect, admin)
    assert meter.call("credits_adjust", admin, broke, 100, "goodwill", "k")["balance"] == 100
    for amount, reason in ((-50, "goodwill"), (100, "another reason")):
        with refused("idempotency_conflict", 409):
            meter.call("credits_adjust", admin, broke, amount, reason, "k")
    assert meter.call("credits_adjust", admin, other, 7, "goodwill", "k")["balance"] == 7
    assert meter.account(broke) == (100, 0, 0)


@pytest.mark.parametrize("change", ["is_active = false", "deleted_at = now()"])
def test_who_is_deactivated_or_deleted_adjusts_nothing(
    meter: Meter, broke: uuid.UUID, new_user: NewUser, connect: Connect, change: str
) -> None:
    admin = new_user()
    make_admin(connect, admin)
    meter.owner.execute(f"update public.profiles set {change} where id = %s", (admin,))
    with refused("not_an_administrator", 403):
        meter.call("credits_adjust", admin, broke, 100_000, "goodwill", "k")
    assert meter.ledger(broke) == []


def test_nobody_adjusts_their_own_account(meter: Meter, new_user: NewUser, connect: Connect) -> None:
    admin = new_user()
    make_admin(connect, admin)
    with refused("own_account", 403):
        meter.call("credits_adjust", admin, admin, 100_000, "goodwill", "k")
    assert meter.account(admin) == (5, 0, 0)


def test_an_adjustment_needs_an_administrator_an_amount_and_a_reason(
    meter: Meter, broke: uuid.UUID, new_user: NewUser, connect: Connect
) -> None:
    admin = new_user()
    with refused("not_an_administrator", 403):
        meter.call("credits_adjust", admin, broke, 1, "goodwill", "k")
    make_admin(connect, admin)
    with refused("invalid_amount", 422):
        meter.call("credits_adjust", admin, broke, 0, "goodwill", "k")
    for reason in ("", "  ", "ok", "x" * 501, None):
        with refused("reason_required", 422):
            meter.call("credits_adjust", admin, broke, 1, reason, "k")
    with refused("user_not_found", 404):
        meter.call("credits_adjust", admin, uuid.uuid4(), 1, "goodwill", "k")
    assert meter.ledger(broke) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update public.credit_transactions set amount = 1000 where user_id = %s",
        "delete from public.credit_transactions where user_id = %s",
        "truncate public.credit_transactions",
    ],
)
def test_the_ledger_only_grows_for_its_owner_too(meter: Meter, new_user: NewUser, statement: str) -> None:
    user = new_user()
    with refused("append_only", 403):
        meter.owner.execute(statement, (user,) if "%s" in statement else ())
    assert meter.ledger(user) == [("grant", 5, 5)]


def test_erasing_a_user_closes_the_books_and_keeps_them(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    meter.use(user, times=2)
    meter.reserve(user)
    meter.owner.execute("delete from auth.users where id = %s", (user,))
    assert meter.ledger(user)[-2:] == [("usage", -1, 3), ("expiry", -3, 0)]
    left = meter.owner.execute(
        "select (select count(*) from public.user_credits where user_id = %(u)s) "
        "+ (select count(*) from public.credit_grants where user_id = %(u)s) "
        "+ (select count(*) from public.usage_events where user_id = %(u)s) as rows",
        {"u": user},
    ).fetchone()
    assert left == {"rows": 0}
    with refused("user_not_found", 404):
        meter.reserve(user)


def test_no_number_can_be_made_negative_or_lots_be_stretched(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    for statement in (
        "update public.user_credits set balance = -1 where user_id = %s",
        "update public.user_credits set reserved = -1 where user_id = %s",
        "update public.user_credits set debt = -1 where user_id = %s",
        "update public.credit_grants set remaining = -1 where user_id = %s",
        "update public.credit_grants set remaining = 6 where user_id = %s",
        "update public.credit_grants set taken = 1 where user_id = %s",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            meter.owner.execute(statement, (user,))


def test_a_user_reads_their_own_books_and_no_others(
    meter: Meter, new_user: NewUser, as_user: AsRole, connect: Connect
) -> None:
    user, other, admin = new_user(), new_user(), new_user()
    make_admin(connect, admin)
    meter.use(user)
    meter.reserve(user)
    meter.use(user, "resume_import")
    tables = (
        "user_credits", "credit_grants", "credit_transactions", "usage_events", "usage_tracking", "ai_usage",
        "credit_summary", "token_balances", "token_transactions",
    )  # fmt: skip
    for reader, sees in ((user, True), (admin, False), (other, False)):
        with as_user(reader) as cursor:
            for table in tables:
                cursor.execute(f"select count(*) as n from public.{table} where user_id = %s", (user,))
                assert (cursor.fetchone()["n"] > 0) is sees, (table, reader)
