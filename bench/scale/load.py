"""Writes a population into a migrated and seeded database, in one transaction."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from bench.scale.population import DOMAIN, JOBS_PER_POSTING, Plan, Population, Sizes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

HERE: Final = Path(__file__).resolve().parent
# The tables of a population; their statistics are renewed at the end.
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


# Measured: tables, indexes and temporary tables of factor 1, and the log of the one transaction.
BYTES_PER_FACTOR: Final = 1_800_000_000
BYTES_OF_LOG: Final = 2_500_000_000


class ScaleError(RuntimeError):
    """The population could not be written; the database is unchanged. The message gives the reason."""


def load(url: str, factor: float, *, seed: int = 1, report: Callable[[str], None] = lambda _: None) -> Sizes:
    """Write a population.

    Parameters
    ----------
    url
        Superuser URL of a migrated and seeded database. Triggers are off during the load: rows keep their times.
    factor
        1 is 10,000 users.
    seed
        Another seed gives other people.
    report
        Receives a line after every step.

    Returns
    -------
    Sizes
        The number of rows written.

    Raises
    ------
    ScaleError
        The database has a population already, has no catalogue, or denies access, or its disk is too small. It is
        unchanged.
    ValueError
        The factor is out of range.
    """
    sizes = Sizes.of(factor)
    with psycopg.connect(url) as connection:
        _require_room(connection, factor, report)
        try:
            _load(connection, sizes, seed, report)
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege) as error:
            raise ScaleError(f"The database is not ready for a population: {error}") from error
    return sizes


def _require_room(connection: psycopg.Connection, factor: float, report: Callable[[str], None]) -> None:
    """Say how much disk the population needs; refuse if the database is on this machine and there is less."""
    need = BYTES_PER_FACTOR * factor + BYTES_OF_LOG * min(factor, 1)
    row = connection.execute("show data_directory").fetchone()
    folder = Path(row[0]) if row else Path()
    free = shutil.disk_usage(folder).free if folder.exists() else None
    left = "" if free is None else f", of {free / 1e9:,.1f} GB that are free"
    report(f"needs up to {need / 1e9:,.1f} GB of disk{left}")
    if free is not None and free < need:
        raise ScaleError(f"There is not enough room: {need / 1e9:,.1f} GB are needed{left}.")


def _load(connection: psycopg.Connection, sizes: Sizes, seed: int, report: Callable[[str], None]) -> None:
    began = time.monotonic()

    def done(what: str) -> None:
        report(f"{time.monotonic() - began:6.1f} s  {what}")

    # Of two parallel loads, the second waits here and then finds the users of the first.
    connection.execute("select pg_advisory_xact_lock(hashtextextended('resumebase scale', 0))")
    row = connection.execute("select 1 from auth.users where email like %s limit 1", (f"%@{DOMAIN}",)).fetchone()
    if row is not None:
        raise ScaleError("The database has a generated population already. Create a new one first: make down clean up")
    plans = [
        Plan(*row) for row in connection.execute("select slug, max_resumes, is_default from public.plans order by rank")
    ]
    if not any(plan.is_default for plan in plans):
        raise ScaleError("The database has no plans. Apply the seeds first.")
    population = Population(sizes, seed, plans)

    # Rows look as they would after years, with their own times; triggers would overwrite these.
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
    for table, rows, total in (
        ("scale_users", population.users(), sizes.users),
        ("scale_resumes", population.resumes(), sizes.resumes),
        ("scale_postings", population.postings(), sizes.jobs // JOBS_PER_POSTING),
        ("scale_jobs", population.jobs(), sizes.jobs),
    ):
        _copy(connection, table, _counted(rows, total, table.removeprefix("scale_"), done))
        done(f"generated {table.removeprefix('scale_')}")
    for step in ("people", "documents", "usage"):
        _run(connection, f"{step}.sql")
        done(f"wrote {step}")
    connection.execute("set local session_replication_role = origin")
    for table in TABLES:
        connection.execute(f"analyze {table}")
    done("renewed statistics")


def _run(connection: psycopg.Connection, name: str) -> None:
    connection.execute((HERE / name).read_bytes())


def _counted(
    rows: Iterable[tuple[Any, ...]], total: int, what: str, done: Callable[[str], None]
) -> Iterator[tuple[Any, ...]]:
    """Yield rows and say at each tenth of many how far it is."""
    step = max(total // 10, 20_000)
    for number, row in enumerate(rows, 1):
        yield row
        if number % step == 0 and number < total:
            done(f"{number:,} of {total:,} {what}")


def _copy(connection: psycopg.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor().copy(f"copy {table} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(f"analyze {table}")
