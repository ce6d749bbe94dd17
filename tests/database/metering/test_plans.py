"""Each index of the metering tables is used by the query that it is for, on tables of a size where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

USERS = 5000
PLANS: dict[str, str] = {
    "user_credits_wake_at_idx": "select user_id from public.user_credits where wake_at <= (select private.now()) order by wake_at "
    "limit 100",
    "credit_grants_user_id_idx": "select id from public.credit_grants where user_id = md5('7')::uuid and remaining > 0",
    "credit_grants_grant_key_key": "select id from public.credit_grants where grant_key = 'lot 7'",
    "credit_transactions_pkey": "select * from public.credit_transactions where user_id = md5('7')::uuid order by seq desc limit 20",
    "credit_transactions_created_at_idx": "select sum(amount) from public.credit_transactions "
    "where created_at between '2026-01-02' and '2026-01-03'",
    "usage_events_user_id_idempotency_key_key": "select id from public.usage_events where user_id = md5('7')::uuid and idempotency_key = 'k 7'",
    "usage_events_user_reserved_idx": "select id from public.usage_events where user_id = md5('7')::uuid and status = 'reserved' "
    "and reserved_at >= now() - interval '2 days'",
    "usage_tracking_pkey": "select used from public.usage_tracking where user_id = md5('7')::uuid and quota_group = 'writing' "
    "and period_key = '2026-7'",
    "usage_results_created_at_idx": "select usage_id from private.usage_results where created_at < '2026-01-01 01:00:00+00'",
}
# Tables of a few rows: a scan is right for them until somebody has a thousand plans.
SMALL = {
    "operations_quota_group_idx": "select slug from public.operations where quota_group = 'writing'",
    "plans_one_default_idx": "select slug from public.plans where is_default",
    "plans_one_rank_idx": "select slug from public.plans where is_active and rank = 0",
    "plan_prices_one_active_idx": "select slug from public.plan_prices where plan = 'pro' and is_active",
    "plan_limits_quota_group_idx": "select plan from public.plan_limits where quota_group = 'writing'",
}


@pytest.fixture(scope="module")
def filled(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database) as connection:
        # All of it is rolled back.
        connection.execute("set session_replication_role = replica")
        connection.execute(
            """
            insert into public.user_credits (user_id, wake_at)
            select md5(n::text)::uuid, case when n % 50 = 0 then now() - interval '1 minute' end from generate_series(1, %(n)s) as n;
            """.replace("%(n)s", str(USERS))
        )
        connection.execute(
            f"""
            insert into public.credit_grants (user_id, source, grant_key, amount, remaining)
            select md5((n % {USERS})::text)::uuid, 'pack', 'lot ' || n, 10, n % 2 from generate_series(1, {USERS * 4}) as n;
            insert into public.credit_transactions (user_id, seq, amount, balance_after, kind, created_at)
            select md5((n % {USERS})::text)::uuid, n, 1, 1, 'grant', timestamptz '2026-01-01 00:00:00+00' + n * interval '1 minute'
            from generate_series(1, {USERS * 20}) as n;
            insert into public.usage_events (
              user_id, operation_type, quota_group, idempotency_key, request_hash, status, funding, period_type, period_key,
              reserved_at, expires_at, settled_at
            )
            select md5((n % {USERS})::text)::uuid, 'summary', 'writing', 'k ' || n, 'h', 'committed', 'credits', 'monthly', '2026-11',
              now() - n * interval '1 minute', now(), now()
            from generate_series(1, {USERS * 10}) as n;
            insert into private.usage_results (usage_id, result, receipt, created_at)
            select gen_random_uuid(), '', '{{}}', timestamptz '2026-01-01 00:00:00+00' + n * interval '1 minute'
            from generate_series(1, {USERS * 4}) as n;
            insert into public.usage_tracking (user_id, quota_group, period_type, period_key)
            select md5((n % {USERS})::text)::uuid, 'writing', 'monthly', '2026-' || n / {USERS} from generate_series(1, {USERS * 10}) as n;
            """
        )
        connection.execute(
            "analyze public.user_credits, public.credit_grants, public.credit_transactions, public.usage_events, "
            "private.usage_results, public.usage_tracking"
        )
        yield connection
        connection.rollback()


def _plan(connection: psycopg.Connection[Any], query: str) -> str:
    return "\n".join(row[0] for row in connection.execute(f"explain (costs off) {query}"))


@pytest.mark.parametrize("index", PLANS)
def test_the_index_is_used(filled: psycopg.Connection[Any], index: str) -> None:
    assert index in _plan(filled, PLANS[index])


@pytest.mark.parametrize("index", SMALL)
def test_the_index_of_a_small_table_can_be_used(filled: psycopg.Connection[Any], index: str) -> None:
    with filled.transaction(force_rollback=True):
        filled.execute("set local enable_seqscan = off")
        assert index in _plan(filled, SMALL[index])
