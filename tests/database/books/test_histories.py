"""Random histories, replayed against the database: after each delivery the books are what the model says.

`make test` replays 500. The long run is `pytest -m long tests/database/books/test_histories.py`.
All of it happens in a transaction that is rolled back, with books that begin empty.
"""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.books import catalogue
from tests.books.histories import history
from tests.books.steps import timeline
from tests.database.books.history_driver import Driver, price_id
from tests.database.books.history_pictures import booked, differences, expected
from tests.database.checks import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

PRICES = (
    catalogue.ZERO_YEAR,
    catalogue.BASIC_MONTH,
    catalogue.BASIC_YEAR,
    catalogue.PLUS_MONTH,
    catalogue.TOP_MONTH,
    catalogue.TOP_YEAR,
    catalogue.PRO_MONTH,
    catalogue.PRO_YEAR,
    catalogue.UNLIMITED_MONTH,
)
ADMIN = uuid.UUID(int=1)
CHECKS = [(FOLDER / f"{name}.sql").read_text() for name in ("books", "ledger", "usage")]


@pytest.fixture
def tales(database: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """Empty books, the plans of the worked examples, an operation of any price, and a clock that stands still."""
    with (
        psycopg.connect(database, autocommit=True, row_factory=dict_row) as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute(
            """
            set local session_replication_role = replica;
            truncate auth.users, public.payments, public.subscriptions, public.credit_transactions, public.billing_customers,
              private.billing_orders, private.credit_awards, private.mailbox_confirmations, private.closed_accounts,
              private.payment_refunds, private.payment_disputes, private.payment_review_notes, private.subscription_states,
              private.webhook_events, private.signup_fingerprints, private.usage_results cascade;
            set local session_replication_role = origin;
            update private.receipt_counter set last_number = 0;
            set constraints all immediate; -- there is no commit at which receipts would get their numbers
            create table private.test_clock (moment timestamptz);
            insert into private.test_clock values ('2026-10-01T00:00:00Z');
            create or replace function private.now() returns timestamptz
            language sql volatile security definer set search_path = ''
            as $$ select moment from private.test_clock $$;
            insert into public.operations (slug, name, quota_group, default_cost, max_runtime_seconds)
            select 'tale', 'A use of any price', o.quota_group, 1, 86400 from public.operations as o where o.slug = 'interview';
            update public.global_config set value = value || '{"hold_margin_seconds": 1, "released_attempts_per_day": 1000}'
            where key = 'metering';
            """
        )
        for price in PRICES:
            connection.execute(
                "insert into public.plans (slug, name, rank, monthly_credits, is_active, grace_days, trial_days) "
                "values (%s, %s, %s, %s, false, %s, %s) on conflict (slug) do nothing",
                (f"tale_{price.plan}", price.plan, 9_000 + price.rank, price.units, price.grace_days, price.trial_days),
            )
            connection.execute(
                "insert into public.plan_prices (slug, plan, billing_interval, currency, amount, is_active, razorpay_plan_id, stripe_price_id) "
                "values (%s, %s, %s, %s, %s, false, %s, %s)",
                (
                    price_id(price),
                    f"tale_{price.plan}",
                    price.interval,
                    price.currency,
                    price.amount,
                    price_id(price),
                    price_id(price),
                ),
            )
        connection.execute(
            "insert into auth.users (id, aud, role, email, email_confirmed_at) "
            "values (%s, 'authenticated', 'authenticated', 'admin@tales.example', private.now())",
            (ADMIN,),
        )
        connection.execute(
            "insert into public.admin_users (user_id, email) values (%s, 'admin@tales.example')", (ADMIN,)
        )
        yield connection


def replay(connection: psycopg.Connection[dict[str, Any]], seed: int, length: int, pause: int) -> list[str]:
    """Replay a history and compare after each delivery, or on average after each so many, and at the end.

    Returns
    -------
    list
        The first differences, with the delivery after which they show.
    """
    rng = random.Random(seed)
    tale = history(rng, length)
    moments = timeline(tale.steps)
    driver = Driver(connection, moments, ADMIN)
    with connection.transaction(force_rollback=True):
        for number, moment in enumerate(moments, 1):
            driver.deliver(moment)
            if rng.randrange(pause) == 0 and (found := compare(driver)):
                return [f"seed {seed}, length {length}, after {number} of {len(moments)}: {moment.report}", *found]
        driver.at(tale.now)
        if found := compare(driver):
            return [f"seed {seed}, length {length}, at the end", *found]
        # Every fifth: what they find in sound books, tests of their own say too.
        checks = CHECKS if seed % 5 == 0 else []
        return [f"seed {seed}: {row}" for check in checks for row in driver.execute(check)]


def compare(driver: Driver) -> list[str]:
    driver.sweep()
    return differences(booked(driver), expected(driver, driver.state()))


def test_books_are_what_the_model_says(tales: psycopg.Connection[dict[str, Any]]) -> None:
    for seed in range(500):
        assert replay(tales, seed, 10, 12) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_many_histories(tales: psycopg.Connection[dict[str, Any]], part: int) -> None:
    for seed in range(1_000 * part + 1_000, 1_000 * part + 2_000):
        assert replay(tales, seed, 30, 8) == []
