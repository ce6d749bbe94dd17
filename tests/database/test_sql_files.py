"""Every file in `sql/` runs and returns the right rows for known data, and every check finds its violation."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.rows import dict_row

from local.postgres import Postgres
from local.processes import free_port
from tests.database.checks import FOLDER, broken_invariants
from tests.database.rows import insert, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.database.rows import AsRole, Clock, Connect, NewUser, Row

SQL = Path(__file__).resolve().parents[2] / "sql"
# Needs a library that is loaded at server start; it has its own test.
PRELOADED = {"slow_queries.sql"}
FILES = [path for path in sorted(SQL.rglob("*.sql")) if path.name not in PRELOADED]


def run(connect: Connect, name: str) -> list[Row]:
    """Run a file of sql/ as the database's owner, statement by statement, and return the last one's rows."""
    rows: list[Row] = []
    text = (SQL / name).read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            cursor = connect().execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    return rows


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_runs(connect: Connect, path: Path) -> None:
    run(connect, str(path.relative_to(SQL)))


@pytest.mark.parametrize("path", sorted(SQL.rglob("*.sql")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_starts_with_a_description(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- ")


def test_slow_queries(tmp_path: Path) -> None:
    server = Postgres(tmp_path / "server", port=free_port(), password="local", throwaway=True)
    server.make()
    try:
        with (tmp_path / "server" / "data" / "postgresql.conf").open("a") as settings:
            settings.write("\nshared_preload_libraries = 'pg_stat_statements'\n")
        server.start()
        with psycopg.connect(server.url, autocommit=True, row_factory=dict_row) as connection:
            connection.execute("create extension pg_stat_statements")
            connection.execute("select pg_sleep(0.05)")
            rows = connection.execute((SQL / "monitoring" / "slow_queries.sql").read_bytes()).fetchall()
    finally:
        server.stop()
    assert any("pg_sleep" in row["query"] for row in rows)


# reports and monitoring on known data ----------------------------------------------------------------------------


@pytest.fixture
def interviews(connect: Connect, new_user: NewUser) -> Iterator[None]:
    """Two completed and one abandoned chat, one active voice session, one chat too old to count."""
    connection = connect()
    connection.execute("delete from public.interview_sessions")
    owner = new_user()
    for kind, status, age in (
        ("chat", "completed", "1 day"),
        ("chat", "completed", "2 days"),
        ("chat", "abandoned", "3 days"),
        ("voice", "active", "2 days"),
        ("chat", "completed", "40 days"),
    ):
        connection.execute(
            "insert into public.interview_sessions (user_id, session_type, status, created_at, updated_at) "
            "values (%s, %s, %s, now() - %s::interval, now() - %s::interval)",
            (owner, kind, status, age, age),
        )
    yield
    connection.execute("delete from public.interview_sessions")


@pytest.mark.usefixtures("interviews")
def test_interview_completion(connect: Connect) -> None:
    rows = run(connect, "reports/interview_completion.sql")
    assert [
        (row["session_type"], row["total_sessions"], row["completed_sessions"], float(row["completion_rate"]))
        for row in rows
    ] == [
        ("chat", 3, 2, 66.67),
        ("voice", 1, 0, 0.0),
    ]


@pytest.mark.usefixtures("interviews")
def test_stuck_work(connect: Connect, new_user: NewUser) -> None:
    fresh = new_user()
    connect().execute("insert into public.resume_generations (user_id) values (%s)", (fresh,))
    kinds = [row["kind"] for row in run(connect, "monitoring/stuck_work.sql") if row["user_id"] != fresh]
    assert "interview" in kinds
    assert fresh not in {row["user_id"] for row in run(connect, "monitoring/stuck_work.sql")}


def test_skills_and_resumes_with_a_skill(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    skill = f"Skill {uuid.uuid4()}"
    for skills in ([skill, "Python"], [skill], []):
        insert(as_user, owner, "resumes", content={"skills": {"technical": skills}})
    binned = insert(as_user, owner, "resumes", content={"skills": {"technical": [skill]}})["id"]
    with as_user(owner) as cursor:
        cursor.execute("select public.resume_delete(%s)", (binned,))
    counts = {row["skill"]: row["resumes"] for row in run(connect, "reports/skills.sql")}
    assert counts.get("Python", 0) >= 1
    assert counts[skill] == 2
    assert owner in {row["user_id"] for row in run(connect, "reports/resumes_with_skill.sql")}


def test_user_growth_lists_every_day_and_ends_with_the_total(connect: Connect, new_user: NewUser) -> None:
    new_user()
    rows = run(connect, "reports/user_growth.sql")
    total = connect().execute("select count(*) as n from public.profiles").fetchone()["n"]
    assert len(rows) == 30
    assert rows[-1]["users"] == total
    assert sum(row["new_users"] for row in rows) >= 1


def test_table_sizes_sum_partitions_under_their_table(connect: Connect) -> None:
    names = [row["table_name"] for row in run(connect, "monitoring/table_sizes.sql")]
    assert {"audit_logs", "ai_usage", "resumes"} <= set(names)
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith("private.audit_logs")]


def test_index_usage_names_our_indexes(connect: Connect) -> None:
    names = {row["index_name"] for row in run(connect, "monitoring/index_usage.sql")}
    assert {"resumes_dashboard_idx", "jobs_search_idx"} <= names


def test_active_connections_shows_who_works(connect: Connect) -> None:
    other = connect()
    other.autocommit = False
    pid = other.execute("select pg_backend_pid() as pid").fetchone()["pid"]
    try:
        assert pid in {row["pid"] for row in run(connect, "monitoring/active_connections.sql")}
    finally:
        other.rollback()


# maintenance -----------------------------------------------------------------------------------------------------


def test_accounts_and_the_bin_are_emptied_after_thirty_days(
    connect: Connect, new_user: NewUser, as_user: AsRole, clock: Clock
) -> None:
    gone, early, owner = new_user(), new_user(), new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    job = insert(as_user, owner, "jobs", title="Engineer")["id"]
    with as_user(owner) as cursor:
        cursor.execute("select public.resume_delete(%s), public.job_delete(%s)", (resume, job))
    connect().execute("update public.profiles set deleted_at = private.now() where id = %s", (gone,))
    clock.advance("29 days")
    connect().execute("update public.profiles set deleted_at = private.now() where id = %s", (early,))
    assert gone not in [row["id"] for row in run(connect, "maintenance/erase_deleted_accounts.sql")]
    run(connect, "maintenance/empty_bin.sql")
    assert connect().execute("select from public.resumes where id = %s", (resume,)).fetchall() != []
    clock.advance("2 days")
    erased = [row["id"] for row in run(connect, "maintenance/erase_deleted_accounts.sql")]
    assert (gone in erased, early in erased) == (True, False)
    emptied = run(connect, "maintenance/empty_bin.sql")[0]
    assert (emptied["resumes"] >= 1, emptied["jobs"] >= 1) == (True, True)
    left = connect().execute(
        "select id from public.resumes where id = %s union select id from public.jobs where id = %s", (resume, job)
    )
    assert left.fetchall() == []


def test_old_analyses_are_deleted_and_open_ones_are_not(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    owner = new_user()
    for status in ("completed", "failed", "pending"):
        written(as_service, owner, "analyses", analysis_type="ats_score", status=status)
    clock.advance("89 days")
    run(connect, "maintenance/delete_old_analyses.sql")
    kept = connect().execute("select count(*) as n from public.analyses where user_id = %s", (owner,)).fetchone()
    assert kept["n"] == 3
    clock.advance("2 days")
    assert run(connect, "maintenance/delete_old_analyses.sql")[0]["deleted"] >= 2
    left = connect().execute("select status from public.analyses where user_id = %s", (owner,)).fetchall()
    assert left == [{"status": "pending"}]


# checks ----------------------------------------------------------------------------------------------------------

SUBSCRIBE = (
    "insert into public.subscriptions (user_id, provider, plan, status) "
    "select gen_random_uuid(), 'manual', slug, 'expired' from public.plans limit 1"
)
# Check -> statements that violate it. Each is rolled back.
BREAKAGES: dict[str, list[str]] = {
    "orphans.sql": [
        "alter table auth.users disable trigger user; insert into auth.users (id, email) values (gen_random_uuid(), 'orphan@example.com')",
        "delete from public.user_settings",
        "insert into private.ai_cache (user_id, prompt_hash, response, expires_at) values (gen_random_uuid(), repeat('x', 64), 'y', now())",
    ],
    "one_current_subscription.sql": [
        f"{SUBSCRIBE}; update public.plans set is_default = false",
        (
            f"{SUBSCRIBE}; create or replace function private.entitlement(p_user_id uuid, p_at timestamptz) returns private.entitlement "
            "language sql as $$ select row('another', null, 'none', '{}', null)::private.entitlement $$"
        ),
    ],
    "rls_on_every_table.sql": [
        "create table public.loose (id integer)",
        "alter table private.audit_logs_default disable row level security",
    ],
    "policies.sql": [
        "create policy p on public.jobs for all to authenticated using ((select auth.uid()) = user_id)",
        "create policy p on public.jobs for select using ((select auth.uid()) = user_id)",
        "create policy p on public.jobs for select to authenticated using (auth.uid() = user_id)",
        "create policy p on public.jobs for insert to authenticated with check (private.is_admin())",
        "create policy p on public.jobs for select to authenticated using ((select auth.uid()) = user_id)",
        "create policy p on public.jobs for select to authenticated using (private.active_user() = user_id)",
        (
            "create policy p on public.jobs for select to authenticated "
            "using ((select private.active_user()) = user_id or (select private.is_admin()))"
        ),
    ],
    "pinned_search_path.sql": [
        "create function public.loose() returns integer language sql as 'select 1'",
        "create function public.loose() returns integer language sql set search_path = public as 'select 1'",
    ],
    "function_privileges.sql": [
        "grant execute on function private.now() to public",
        "grant execute on function public.share_read(text, text, text, boolean) to anon",
    ],
    "table_privileges.sql": [
        "grant select on private.retention_policies to service_role",
        "grant insert on public.feedback to anon",
        "grant truncate on public.jobs to authenticated",
        "grant select on public.jobs to public",
    ],
    "views.sql": ["create view public.loose as select id from public.profiles"],
    "partitions.sql": [
        "create table public.loose partition of public.audit_logs for values from ('2001-01-01') to ('2001-02-01')",
        "do $$ begin execute format('drop table private.audit_logs_%s', to_char(now(), 'YYYY_MM')); end $$",
    ],
    "foreign_keys.sql": ["drop index public.resume_versions_changed_by_idx"],
    "comments.sql": ["comment on table public.jobs is null", "comment on function private.now() is null"],
    "books.sql": [
        "update public.user_credits set balance = balance + 1",
        "update public.user_credits set debt = debt + 1",
        "update public.credit_grants set frozen = 1, remaining = remaining - 1 where remaining > 0",
        "update public.credit_grants set expired = 1, remaining = remaining - 1 where remaining > 0",
        "delete from private.credit_awards",
        (
            "insert into public.payments (user_id, provider, provider_reference, amount, currency, status, amount_refunded) "
            "select user_id, 'stripe', 'in_broken', 100, 'USD', 'paid', 7 from public.user_credits limit 1"
        ),
    ],
    "resume_versions.sql": ["update public.resume_versions set version_number = version_number + 1000"],
    "derived_columns.sql": [
        "alter table public.resumes disable trigger user; update public.resumes set extracted_text = 'other'",
        "alter table public.resumes disable trigger user; update public.resumes set is_draft = not is_draft",
        "insert into public.interview_sessions (user_id, session_type, turns_count) select id, 'chat', 3 from public.profiles limit 1",
    ],
}


@pytest.mark.parametrize(("name", "breakage"), [(name, way) for name, ways in BREAKAGES.items() for way in ways])
def test_a_check_finds_what_it_is_there_to_find(
    connect: Connect, new_user: NewUser, as_user: AsRole, name: str, breakage: str
) -> None:
    insert(as_user, new_user(), "resumes", content={"summary": "x"})
    connection = connect()
    assert connection.execute((FOLDER / name).read_bytes()).fetchall() == []
    with connection.transaction(force_rollback=True):
        connection.execute(breakage)
        assert connection.execute((FOLDER / name).read_bytes()).fetchall() != []


def test_the_runner_reports_violations_by_check(connect: Connect, tmp_path: Path) -> None:
    (tmp_path / "fine.sql").write_text("select 1 where false")
    (tmp_path / "broken.sql").write_text("select 7 as found")
    found: dict[str, list[Any]] = broken_invariants(connect(), tmp_path)
    assert found == {"broken.sql": [{"found": 7}]}
