"""Retention periods are data and have the required values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser

DAY = 86_400
YEAR = 365.25 * DAY

# Where the products differ, the longer period applies: system logs 90 days (errors 30), usage a year (model calls 90 days).
PERIODS = {
    "active_accounts": None,
    "deleted_accounts": 30 * DAY,
    "deleted_resumes": 30 * DAY,
    "deleted_jobs": 30 * DAY,
    "analyses": 90 * DAY,
    "interviews": 2 * YEAR,
    "usage_events": YEAR,
    "usage_counters": YEAR,
    "ai_usage": YEAR,
    "audit_logs": YEAR,
    "system_events": 90 * DAY,
    "ai_cache": 1,
    "rate_limits": DAY,
}


def test_the_periods(as_service: AsRole) -> None:
    with as_service() as cursor:
        rows = cursor.execute("select * from public.retention_policies()").fetchall()
    # Other parts of the schema add policies of their own.
    assert PERIODS.items() <= {row["data_type"]: row["keep_seconds"] for row in rows}.items()
    assert {row["data_type"] for row in rows if row["partitioned"]} == {"ai_usage", "audit_logs", "system_events"}


def test_every_policy_names_a_real_table_column_and_condition(connect: Connect) -> None:
    connection = connect()
    policies = connection.execute(
        "select e.* from private.retention_policies as p cross join lateral private.expired_rows(p.data_type) as e "
        "where p.keep is not null and p.table_name not in ('public.profiles', 'auth.users')"
    ).fetchall()
    assert len(policies) > len(PERIODS) - 2
    for policy in policies:
        connection.execute(f"select count(*) from {policy['source']} as t where {policy['clause']}")


def test_counters_go_with_the_end_of_their_month(
    connect: Connect, as_service: AsRole, new_user: NewUser, clock: Clock
) -> None:
    connection, user = connect(), new_user()
    periods = {
        "2028-02-29": "daily",
        "2028-02": "monthly",
        "2028-03-01": "daily",
        "2028-03": "monthly",
        "lifetime": "lifetime",
    }
    for key, kind in periods.items():
        connection.execute(
            "insert into public.usage_tracking (user_id, quota_group, period_type, period_key, used, created_at) "
            "select %s, slug, %s, %s, 1, '2024-01-01' from public.quota_groups limit 1",
            (user, kind, key),
        )
    # A late write to an old counter does not keep it.
    connection.execute("update public.usage_tracking set updated_at = '2029-03-20' where user_id = %s", (user,))
    clock.set("2029-03-15T12:00:00Z")
    # Rolled back: the operations behind the counters of other tests are still there.
    with as_service(commit=False) as cursor:
        cursor.execute("select public.retention_purge('usage_counters', 5000)")
        rows = cursor.execute("select period_key from public.usage_tracking where user_id = %s", (user,)).fetchall()
    assert {row["period_key"] for row in rows} == {"2028-03-01", "2028-03", "lifetime"}


def test_only_functions_can_read_policies_and_no_one_can_write_them_over_the_api(
    new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    for acting, statement in (
        (as_user(new_user()), "select * from public.retention_policies()"),
        (as_user(new_user()), "select * from private.retention_policies"),
        (as_service(), "update private.retention_policies set keep = interval '1 second'"),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), acting as cursor:
            cursor.execute(statement)


def test_a_period_must_be_positive(connect: Connect) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        connect().execute("update private.retention_policies set keep = '0' where data_type = 'analyses'")
