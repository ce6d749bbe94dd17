"""The cost of row level security: queries for a user's own data, run as that user and as the tables' owner.

They run on a generated population (`bench.scale`) with the factor RESUMEBASE_BENCH_FACTOR, by default 1.
"""

from __future__ import annotations

import json
import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import psycopg
from psycopg.rows import dict_row

from bench import Context, Measured, benchmark

if TYPE_CHECKING:
    from collections.abc import Iterator

USERS: Final = 40
ROUNDS: Final = 9
# Executions per measurement, sent in one pipeline so that only the server's time counts.
BATCH: Final = 25
TARGET: Final = "ratio <= 1.2"


class Session(NamedTuple):
    """A connection with a user's token, in the role of a user or of the tables' owner."""

    connection: psycopg.Connection[dict[str, Any]]
    role: str

    def become(self, user_id: str) -> None:
        """Set a user's token, as the API does for each request."""
        claims = json.dumps({"sub": user_id, "role": "authenticated"})
        self.connection.execute(
            "select set_config('request.jwt.claims', %s, false), set_config('request.jwt.claim.sub', %s, false)",
            (claims, user_id),
        )

    def microseconds(self, query: str, parameters: dict[str, Any]) -> float:
        """Return the mean time of one execution in a batch."""
        began = time.perf_counter()
        with self.connection.pipeline():
            cursors = [self.connection.execute(query, parameters, prepare=True) for _ in range(BATCH)]
        seconds = time.perf_counter() - began
        if not cursors[0].fetchall():
            raise RuntimeError(f"the query returns nothing as {self.role}: {query}")
        return seconds / BATCH * 1e6


@contextmanager
def _sessions(url: str) -> Iterator[tuple[Session, Session]]:
    # One connection each: a change of role discards plans that contain the role's policies.
    with (
        psycopg.connect(url, autocommit=True, row_factory=dict_row) as user,
        psycopg.connect(url, autocommit=True, row_factory=dict_row) as owner,
    ):
        user.execute("set role authenticated")
        yield Session(user, "a user"), Session(owner, "the owner")


def _people(url: str) -> list[dict[str, Any]]:
    """Return users with a résumé, a job and credit movements, and a word from one of their jobs."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(
            "select p.id::text as user_id, r.id as resume_id, j.extracted_data #>> '{requiredSkills,0}' as word "
            "from public.profiles as p "
            "cross join lateral (select r.id from public.resumes as r where r.user_id = p.id and r.deleted_at is null "
            "order by r.version desc limit 1) as r "
            "cross join lateral (select j.extracted_data from public.jobs as j where j.user_id = p.id "
            "and j.deleted_at is null limit 1) as j "
            "where exists (select from public.credit_transactions as t where t.user_id = p.id) "
            "order by md5(p.id::text) limit %s",
            (USERS,),
        ).fetchall()


def _compare(context: Context, query: str) -> Measured:
    """Time a query as users and as the owner, in turns; return the medians."""
    people = _people(context.population)
    as_user: list[float] = []
    as_owner: list[float] = []
    with _sessions(context.population) as (user, owner):
        for number in range(ROUNDS + 1):
            for person in people:
                for session, times in ((user, as_user), (owner, as_owner)):
                    session.become(person["user_id"])
                    microseconds = session.microseconds(query, person)
                    if number:  # the first round fills caches and plans statements
                        times.append(microseconds)
    return Measured(statistics.median(as_user), statistics.median(as_owner))


@benchmark("rls.resume", unit="µs", target=TARGET)
def one_resume(context: Context) -> Measured:
    """Read one résumé by its id, all columns."""
    return _compare(context, "select * from public.resumes where id = %(resume_id)s")


@benchmark("rls.dashboard", unit="µs", target=TARGET)
def dashboard(context: Context) -> Measured:
    """List a user's latest résumés."""
    return _compare(
        context,
        "select id, title, status, template_id, ats_score, is_public, updated_at from public.resumes "
        "where user_id = %(user_id)s and deleted_at is null order by updated_at desc limit 20",
    )


@benchmark("rls.versions", unit="µs", target=TARGET)
def versions(context: Context) -> Measured:
    """List the versions of a résumé, without their content."""
    return _compare(
        context,
        "select id, version_number, title, change_type, change_summary, created_at from public.resume_versions "
        "where resume_id = %(resume_id)s order by version_number desc",
    )


@benchmark("rls.job_search", unit="µs", target=TARGET)
def job_search(context: Context) -> Measured:
    """Search a user's jobs for a skill with the function that clients call."""
    return _compare(context, "select * from public.job_search(%(word)s)")


@benchmark("rls.credit_history", unit="µs", target=TARGET)
def credit_history(context: Context) -> Measured:
    """List a user's latest credit movements."""
    return _compare(
        context,
        "select seq, amount, balance_after, kind, operation_type, description, created_at "
        "from public.credit_transactions where user_id = %(user_id)s order by seq desc limit 50",
    )
