"""The cost of row level security: queries for a user's own data, and lists that name no owner.

The queries run as the user and as the tables' owner; the lists run as the user, with and without the owner named. All
run on a generated population (`bench.scale`) with the factor RESUMEBASE_BENCH_FACTOR, by default 1.
"""

from __future__ import annotations

import json
import statistics
import time
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import psycopg
from psycopg.rows import dict_row

from bench import Context, Measured, benchmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@cache
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


# The ten lists that clients ask for most, as the stock client asks: newest first, without an owner.
LISTS: Final[dict[str, str]] = {
    "resumes": "select id, title, status, updated_at from public.resumes {owner} order by updated_at desc limit 20",
    "versions": (
        "select resume_id, version_number, created_at from public.resume_versions {owner} "
        "order by created_at desc limit 20"
    ),
    "jobs": "select id, title, status, created_at from public.jobs {owner} order by created_at desc limit 20",
    "analyses": "select id, score, created_at from public.analyses {owner} order by created_at desc limit 20",
    "usage": "select id, operation_type, created_at from public.usage_events {owner} order by created_at desc limit 20",
    "model_calls": "select id, model, created_at from public.ai_usage {owner} order by created_at desc limit 20",
    "ledger": "select seq, amount, kind from public.credit_transactions {owner} order by seq desc limit 20",
    "lots": "select source, amount, remaining from public.credit_grants {owner} order by created_at desc limit 20",
    "balance": "select credits_total, credits_used from public.credit_summary {owner}",
    "with_versions": (
        "select r.id, r.title, v.versions from public.resumes as r "
        "left join lateral (select json_agg(v.version_number) as versions from public.resume_versions as v "
        "where v.resume_id = r.id and v.user_id = r.user_id) as v on true {owner} "
        "order by r.updated_at desc limit 20"
    ),
}


def _pages(context: Context, query: str) -> Measured:
    """Count the pages that a list reads without the owner and, as the baseline, with the owner named."""
    alias = "r." if " as r " in query else ""
    queries = [query.format(owner=owner) for owner in ("", f"where {alias}user_id = %(user_id)s")]
    pages = [0, 0]
    people = _people(context.population)
    with _sessions(context.population) as (user, _):
        user.connection.execute("select private.active_user()")  # its first call also reads the catalogue
        for person in people:
            user.become(person["user_id"])
            for number, text in enumerate(queries):
                plan = user.connection.execute(
                    f"explain (analyze, buffers, timing off, format json) {text}", person
                ).fetchall()[0]["QUERY PLAN"][0]["Plan"]
                pages[number] += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return Measured(pages[0] / len(people), pages[1] / len(people))


def _list_of(query: str) -> Callable[[Context], Measured]:
    return lambda context: _pages(context, query)


for _name, _query in LISTS.items():
    benchmark(f"rls.no_owner.{_name}", unit="pages", target=TARGET)(_list_of(_query))
