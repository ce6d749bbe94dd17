"""Every index of subscriptions, payments, credits and the catalogue serves a query.

The tables of users' money hold twenty thousand rows and are explained at their real costs. The catalogue has so few
rows that an index never pays off, so sequential scans are made expensive for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from tests.database.rows import indexes_in

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 20_000
ME = "b0000000-0000-4000-8000-000000000007"
USER = "('b0000000-0000-4000-8000-' || lpad((n % 4000)::text, 12, '0'))::uuid"
FILL = f"""
insert into public.user_credits (user_id, wake_at)
select {USER}, case when n % 50 = 0 then now() + n * interval '1 minute' end from generate_series(1, 4000) as n;
insert into public.plans (slug, name, rank, is_active) select 'rare', 'Rare', 9999, false;
insert into public.subscriptions (
  user_id, provider, provider_subscription_id, provider_customer_id, plan, status, current_period_end, paid_until, scheduled_plan, needs_refetch, state_at,
  created_at
)
select
  {USER}, 'stripe', 'sub_' || n, 'cus_' || n, case when n % 1000 = 0 then 'rare' else p.slug end,
  case when n % 10 = 0 then 'active' else 'expired' end, now() - n * interval '1 hour', now() - n * interval '1 hour', case when n % 500 = 0 then 'rare' end,
  n % 900 = 0, now() - n * interval '1 minute', now() - n * interval '1 hour'
from generate_series(1, {ROWS}) as n cross join (select slug from public.plans where is_default) as p;
insert into public.payments (
  user_id, provider, provider_reference, provider_payment_id, provider_subscription_id, order_id, subscription_id, plan, covers_period,
  billing_interval, period_end, amount, currency, status, created_at
)
select
  {USER}, 'stripe', 'in_' || n, 'pay_' || n, case when n % 2 = 0 then 'sub_' || n % 3000 end, case when n % 2 = 1 then md5('order' || n)::uuid end,
  case when n % 2 = 0 then md5('sub' || n % 3000)::uuid end, case when n % 1000 = 0 then 'rare' end, n % 40 = 0,
  case when n % 80 = 0 then 'year' else 'month' end, now() - n * interval '1 hour', 100, 'USD', 'paid',
  now() - n * interval '1 minute'
from generate_series(1, {ROWS}) as n;
insert into public.credit_grants (user_id, source, grant_key, amount, remaining)
select {USER}, 'pack', 'plans:' || n, 10, 10
from generate_series(1, {ROWS}) as n;
insert into public.credit_transactions (user_id, seq, amount, balance_after, kind, created_at)
select {USER}, n, 1, 1, 'grant', now() - ({ROWS} - n) * interval '1 hour' from generate_series(1, {ROWS}) as n;
"""
# Role, index, query.
MONEY: list[tuple[str, str, str]] = [
    (
        "authenticated",
        "subscriptions_user_id_idx",
        "select plan, status from public.subscriptions where user_id = '{me}' and status = 'active'",
    ),
    (
        "authenticated",
        "payments_user_id_idx",
        "select amount from public.payments where user_id = '{me}' order by created_at desc limit 20",
    ),
    (
        "authenticated",
        "credit_grants_user_id_idx",
        "select remaining, expires_at from public.credit_grants where user_id = '{me}'",
    ),
    (
        "authenticated",
        "credit_transactions_pkey",
        "select amount, kind from public.credit_transactions where user_id = '{me}' order by seq desc limit 50",
    ),
    ("authenticated", "user_credits_pkey", "select balance from public.user_credits where user_id = '{me}'"),
    ("postgres", "subscriptions_plan_idx", "select user_id from public.subscriptions where plan = 'rare'"),
    (
        "postgres",
        "subscriptions_scheduled_plan_idx",
        "select user_id from public.subscriptions where scheduled_plan = 'rare'",
    ),
    (
        "postgres",
        "subscriptions_customer_idx",
        "select user_id from public.subscriptions where provider = 'stripe' and provider_customer_id = 'cus_7'",
    ),
    (
        "postgres",
        "subscriptions_refetch_idx",
        "select id from public.subscriptions where needs_refetch order by state_at limit 10",
    ),
    (
        "postgres",
        "subscriptions_created_at_idx",
        "select * from public.subscriptions order by created_at desc, id desc limit 50",
    ),
    (
        "postgres",
        "subscriptions_live_period_end_idx",
        "select user_id from public.subscriptions where status in ('trialing', 'active', 'past_due') and current_period_end < now() - interval '800 days'",
    ),
    (
        "postgres",
        "subscriptions_not_ended_idx",
        "select count(*) from public.subscriptions where user_id = '{me}' and provider <> 'manual' and status not in ('canceled', 'expired')",
    ),
    (
        "postgres",
        "payments_provider_payment_idx",
        "select id from public.payments where provider = 'stripe' and provider_payment_id = 'pay_7'",
    ),
    ("postgres", "payments_plan_idx", "select id from public.payments where plan = 'rare'"),
    ("postgres", "payments_order_idx", "select id from public.payments where order_id = md5('order7')::uuid"),
    (
        "postgres",
        "payments_subscription_idx",
        "select id from public.payments where subscription_id = md5('sub8')::uuid and period_end > now() - interval '2000 hours'",
    ),
    (
        "postgres",
        "payments_provider_subscription_idx",
        "select id from public.payments where provider = 'stripe' and provider_subscription_id = 'sub_8'",
    ),
    (
        "postgres",
        "payments_waiting_idx",
        "select id from public.payments where user_id is null and created_at > now() - interval '1 hour'",
    ),
    (
        "postgres",
        "payments_paid_at_idx",
        "select sum(amount) from public.payments where status = 'paid' and paid_at > now() - interval '1 hour'",
    ),
    (
        "postgres",
        "payments_contradicted_idx",
        "select id from public.payments where contradicted_at > coalesce(fetched_at, '-infinity')",
    ),
    (
        "postgres",
        "subscriptions_accepted_late_idx",
        "select id from public.subscriptions where accepted_late and status not in ('canceled', 'expired')",
    ),
    (
        "postgres",
        "subscriptions_live_paid_until_idx",
        "select user_id from public.subscriptions where status in ('trialing', 'active', 'past_due') and paid_until < now() - interval '800 days'",
    ),
    (
        "postgres",
        "credit_transactions_debt_idx",
        "select sum(amount) from public.credit_transactions where user_id = '{me}' and kind = 'debt'",
    ),
    (
        "postgres",
        "user_credits_wake_at_idx",
        "select user_id from public.user_credits where wake_at <= now() order by wake_at limit 100",
    ),
    (
        "postgres",
        "credit_transactions_created_at_idx",
        "select sum(amount) from public.credit_transactions where created_at >= now() - interval '2 days'",
    ),
]
CATALOGUE: dict[str, str] = {
    "operations_quota_group_idx": "select slug from public.operations where quota_group = 'writing'",
    # More columns than the primary key has: with fresh statistics, PostgreSQL would rather read all of that index.
    "plan_limits_quota_group_idx": "select plan, cost from public.plan_limits where quota_group = 'writing'",
    "plan_prices_one_active_idx": "select slug from public.plan_prices where plan = 'pro' and billing_interval = 'month' and currency = 'USD' and is_active",
    "plans_one_default_idx": "select slug from public.plans where is_default",
    "plans_one_rank_idx": "select slug from public.plans where is_active order by rank",
}


@pytest.fixture(scope="module")
def filled(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, row_factory=dict_row) as connection:
        connection.execute("set local session_replication_role = replica")
        connection.execute(FILL)
        connection.execute("set local session_replication_role = origin")
        for table in ("subscriptions", "payments", "credit_grants", "credit_transactions", "user_credits"):
            connection.execute(f"analyze public.{table}")
        yield connection
        # All of it.
        connection.rollback()


def explain(connection: psycopg.Connection[Any], role: str, query: str, *settings: str) -> set[str]:
    """The indexes that a query uses under a role."""
    with connection.transaction(force_rollback=True):
        connection.execute(
            "select set_config('request.jwt.claims', %s, true), set_config('request.jwt.claim.sub', %s, true)",
            (json.dumps({"sub": ME, "role": role}), ME),
        )
        for setting in settings:
            connection.execute(setting)
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        [row] = connection.execute("explain (format json) " + query.replace("{me}", ME)).fetchall()
    return indexes_in(row["QUERY PLAN"][0]["Plan"])


@pytest.mark.parametrize(("role", "index", "query"), MONEY, ids=[index for _, index, _ in MONEY])
def test_index_of_money_is_used(filled: psycopg.Connection[Any], role: str, index: str, query: str) -> None:
    assert index in explain(filled, role, query)


@pytest.mark.parametrize("index", sorted(CATALOGUE))
def test_index_of_the_catalogue_can_be_used(filled: psycopg.Connection[Any], index: str) -> None:
    assert index in explain(filled, "postgres", CATALOGUE[index], "set local enable_seqscan = off")


def test_none_is_forgotten(filled: psycopg.Connection[Any]) -> None:
    rows = filled.execute(
        "select i.indexname from pg_indexes as i where i.schemaname = 'public' and i.tablename in "
        "('subscriptions', 'payments', 'user_credits', 'credit_grants', 'credit_transactions', 'operations', 'plans', 'plan_prices', 'plan_limits') "
        "and not exists (select from pg_constraint as k where k.conname = i.indexname)"
    )
    constraints = {"credit_transactions_pkey", "user_credits_pkey"}
    assert {row["indexname"] for row in rows} == ({index for _, index, _ in MONEY} - constraints) | CATALOGUE.keys()
