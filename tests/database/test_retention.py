"""Retention periods are data and have the required values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser

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
    policies = connection.execute("select * from private.retention_policies").fetchall()
    for policy in policies:
        where = policy["only_where"] or "true"
        count = connection.execute(
            f"select count(*) as n from {policy['table_name']} where {policy['age_column']} < now() and ({where})"
        ).fetchone()
        assert count["n"] >= 0, policy["data_type"]


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
