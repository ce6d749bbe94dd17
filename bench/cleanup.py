"""Delays that the nightly clean-up causes for requests: its longest statement, and dropping a month's partition."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import psycopg

from bench.registry import Measured, benchmark
from functions._shared import wiring
from functions._shared.ports.request import Deadline
from functions._shared.settings import Settings
from functions.cleanup.handler import scheduled

if TYPE_CHECKING:
    from bench.registry import Context

EXPIRED: Final = (
    # 40,000 analyses of some 2 KB, 10,000 interviews with four turns each, 30,000 events, 20,000 jobs in the bin.
    """insert into public.analyses (user_id, analysis_type, status, results, created_at, completed_at)
    select u.id, 'ats_score', 'completed', jsonb_build_object('text', repeat(md5(g::text), 60)),
    now() - interval '100 days' - g * interval '1 second', now()
    from generate_series(1, 40000) as g join people as u on u.n = g % 1000""",
    """insert into public.interview_sessions (user_id, session_type, status, created_at)
    select u.id, 'chat', 'completed', now() - interval '3 years' - g * interval '1 second'
    from generate_series(1, 10000) as g join people as u on u.n = g % 1000""",
    """insert into public.interview_turns (session_id, user_id, speaker, message, turn_number)
    select s.id, s.user_id, 'user', repeat('an answer ', 20), n
    from public.interview_sessions as s, generate_series(1, 4) as n""",
    """insert into public.usage_events (user_id, operation_type, quota_group, idempotency_key, request_hash, status,
    funding, period_type, period_key, created_at, reserved_at, expires_at, settled_at)
    select u.id, 'summary', 'ai', 'k' || g, 'h', 'committed', 'unlimited', 'daily', '2020-01-01',
    now() - interval '400 days' - g * interval '1 second', now(), now(), now()
    from generate_series(1, 30000) as g join people as u on u.n = g % 1000""",
    """insert into public.jobs (user_id, title, company, description, deleted_at)
    select u.id, 'Engineer', 'Example', repeat('what they want ', 40),
    now() - interval '40 days' - g * interval '1 second'
    from generate_series(1, 20000) as g join people as u on u.n = g % 1000""",
)
PEOPLE: Final = """
insert into auth.users (
  id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at
)
select
  gen_random_uuid(), 'authenticated', 'authenticated', 'bench-cleanup-' || n || '@example.com', now(), '{}', '{}',
  now(), now()
from generate_series(1, 1000) as n;
create temporary table people as
select id, row_number() over () - 1 as n from auth.users where email like 'bench-cleanup-%';
"""
MONTHS: Final = 5
FEW, MANY = 1_000, 200_000


@benchmark("cleanup.longest_statement", unit="ms", target="value <= 200")
def longest_statement(context: Context) -> Measured:
    """Find the longest statement, in Postgres's own log, of a run that archives 100,000 expired rows in a folder.

    The run omits the checks, which read whole tables but lock nothing.
    """
    context.stack  # noqa: B018 - starts the stack
    with psycopg.connect(context.database, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(PEOPLE)
        for table in ("profiles (id)", "user_settings (user_id)", "user_credits (user_id)"):
            connection.execute(f"insert into public.{table} select id from people")
        for statement in EXPIRED:
            connection.execute(statement)
        connection.execute("analyze")
        connection.execute("alter system set log_min_duration_statement = 5")
        connection.execute("select pg_reload_conf()")
        log = context.stack.directory / "postgres" / "postgres.log"
        before = log.stat().st_size
        asyncio.run(_run(context))
        connection.execute("alter system reset log_min_duration_statement")
        connection.execute("select pg_reload_conf()")
    entries = log.read_bytes()[before:].decode(errors="replace")
    durations = [
        (float(ms), statement) for ms, statement in re.findall(r"duration: ([0-9.]+) ms +\S+\s*(.{0,90})", entries)
    ]
    if not durations:
        raise RuntimeError(f"{log} contains no statement")
    longest, statement = max(durations)
    print(f"{len(durations)} statements over 5 ms; the longest: {statement}", file=sys.stderr)
    return Measured(longest)


async def _run(context: Context) -> None:
    settings = Settings({**context.stack.env(), "RESUMEBASE_ARCHIVE_FOLDER": str(context.folder / "archive")})
    tasks = ["holds", "lots", "trials", "webhooks", "subscriptions", "signups", "retention", "accounts"]
    logging.disable(logging.INFO)  # the log lines of the tasks
    with wiring.override(settings=settings):
        while not (report := await scheduled({"tasks": tasks}, Deadline.after(900)))["complete"]:
            if any(task["error"] for task in report["tasks"]):
                raise RuntimeError(f"a task failed: {report}")


@benchmark("cleanup.month_drop", unit="ms", target="ratio <= 3")
def month_drop(context: Context) -> Measured:
    """Drop a month of 200,000 rows, compared with a month of 1,000; the fastest of five runs each.

    Only the statement is timed, because it holds locks. After the commit, Postgres deletes the files without
    locks, in a time that grows with their size.
    """
    with psycopg.connect(context.database, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        many = _drops(connection, 1990, MANY)
        few = _drops(connection, 1991, FEW)
    return Measured(many, few)


def _drops(connection: psycopg.Connection[Any], year: int, rows: int) -> float:
    connection.execute(
        "select private.create_month_partitions('system_events', make_date(%s, 1, 1), %s)", (year, MONTHS)
    )
    connection.execute(
        "insert into public.system_events (event_type, event_data, created_at) select 'bench', '{\"n\": 1}', "
        "make_timestamptz(%s, m, 2, 0, 0, 0, 'UTC') + n * interval '1 second' "
        "from generate_series(1, %s) as m, generate_series(1, %s) as n",
        (year, MONTHS, rows),
    )
    connection.execute("checkpoint")

    def drop(month: int) -> float:
        with connection.transaction():
            began = time.perf_counter()
            connection.execute("select public.partition_drop(%s)", (f"system_events_{year}_{month:02}",))
            return (time.perf_counter() - began) * 1000

    return min(drop(month) for month in range(1, MONTHS + 1))
