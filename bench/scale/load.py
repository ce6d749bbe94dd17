"""Writes a population into a migrated and seeded database, in one transaction."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from bench.scale.population import DOMAIN, Plan, Population, Sizes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE: Final = Path(__file__).resolve().parent
# What a population fills; their statistics are renewed at the end.
TABLES: Final = (
    "auth.users",
    "public.profiles",
    "public.user_settings",
    "public.subscriptions",
    "public.resumes",
    "public.resume_versions",
    "public.jobs",
    "public.analyses",
    "public.usage_events",
    "public.usage_tracking",
    "public.ai_usage",
    "public.user_credits",
    "public.credit_grants",
    "public.credit_transactions",
)


class ScaleError(RuntimeError):
    """The population could not be written, and nothing was changed; the message says why."""


def load(url: str, factor: float, *, seed: int = 1, tell: Callable[[str], None] = lambda _: None) -> Sizes:
    """Write a population.

    Parameters
    ----------
    url
        Of a migrated and seeded database, as a superuser: triggers are off while rows come in with their own times.
    factor
        1 is 10,000 users.
    seed
        Another seed, other people.
    tell
        Gets a line after every step.

    Returns
    -------
    Sizes
        Rows that were written.

    Raises
    ------
    ScaleError
        There is a population already, or the database has no catalogue or no rights for it. Nothing was changed.
    ValueError
        The factor is out of range.
    """
    sizes = Sizes.of(factor)
    with psycopg.connect(url) as connection:
        try:
            _load(connection, sizes, seed, tell)
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege) as error:
            raise ScaleError(f"The database is not ready for a population: {error}") from error
    return sizes


def _load(connection: psycopg.Connection, sizes: Sizes, seed: int, tell: Callable[[str], None]) -> None:
    began = time.monotonic()

    def done(what: str) -> None:
        tell(f"{time.monotonic() - began:6.1f} s  {what}")

    # Two at once would meet here, and the second would find the first one's users.
    connection.execute("select pg_advisory_xact_lock(hashtextextended('resumebase scale', 0))")
    found = connection.execute("select 1 from auth.users where email like %s limit 1", (f"%@{DOMAIN}",)).fetchone()
    if found is not None:
        raise ScaleError("There is a generated population already. Make a new database first: make down clean up")
    plans = [
        Plan(*row) for row in connection.execute("select slug, max_resumes, is_default from public.plans order by rank")
    ]
    if not any(plan.is_default for plan in plans):
        raise ScaleError("The database has no plans: apply the seeds first")
    population = Population(sizes, seed, plans)

    # Rows are written as they are after years, with their own times: triggers would stamp, count and snapshot them.
    connection.execute("set local session_replication_role = replica")
    connection.execute("set local work_mem = '128MB'")
    connection.execute("set local synchronous_commit = off")
    connection.execute(
        sql.SQL(
            "create temp table scale_size on commit drop as select {}::integer as seed, {}::integer as resumes, "
            "{}::integer as analyses, {}::integer as usage_events, {}::integer as ai_usage, "
            "(c.value ->> 'welcome_credits')::integer as welcome from public.global_config as c "
            "where c.key = 'metering'"
        ).format(*map(sql.Literal, (seed, sizes.resumes, sizes.analyses, sizes.usage_events, sizes.ai_usage)))
    )
    _run(connection, "stage.sql")
    _copy(connection, "scale_users", population.users())
    _copy(connection, "scale_resumes", population.resumes())
    _copy(connection, "scale_postings", population.postings())
    _copy(connection, "scale_jobs", population.jobs())
    done("people and documents are made")
    for step in ("people", "documents", "usage"):
        _run(connection, f"{step}.sql")
        done(f"{step} are written")
    connection.execute("set local session_replication_role = origin")
    for table in TABLES:
        connection.execute(f"analyze {table}")
    done("statistics are renewed")


def _run(connection: psycopg.Connection, name: str) -> None:
    connection.execute((HERE / name).read_bytes())


def _copy(connection: psycopg.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor().copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(f"analyze {table}")
