"""`make plans FACTORS="1 10"`: whether the most frequent statements keep their plans and their time as tables grow.

Each runs as the API runs it: in the role of a user with their token, or of the functions. A plan is what is read, and
by which index, in the statement and in every function that it calls. Times are the server's, with the rows in memory.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.rows import dict_row

from bench.scale.load import ScaleError, load
from local.scratch import scratch
from local.stack import ROOT, Stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from psycopg.errors import Diagnostic

OUT: Final = ROOT / "out" / "plans.json"
USERS: Final = 30
ROUNDS: Final = 4
MOST: Final = 2.0

Connection = psycopg.Connection[dict[str, Any]]


@dataclass(frozen=True)
class Statement:
    """A statement, the role that runs it, and what has to be done before it in the same transaction."""

    name: str
    role: str
    query: str
    before: str = ""


_RESERVE: Final = "public.usage_reserve(%(user_id)s::uuid, 'summary', 'plans', 'hash', p_resume_id => %(resume_id)s)"
STATEMENTS: Final = (
    Statement(
        "list résumés",
        "authenticated",
        "select id, title, status, template_id, ats_score, is_public, updated_at from public.resumes "
        "where deleted_at is null order by updated_at desc limit 20",
    ),
    Statement(
        "read a résumé",
        "authenticated",
        "select id, title, content, version from public.resumes where id = %(resume_id)s",
    ),
    Statement(
        "save a résumé",
        "authenticated",
        "select * from public.resume_save(%(resume_id)s, %(version)s, %(content)s::jsonb, 'manual', 'Edited')",
    ),
    Statement(
        "list versions",
        "authenticated",
        "select id, version_number, change_type, created_at from public.resume_versions "
        "where resume_id = %(resume_id)s order by version_number desc limit 20",
    ),
    Statement(
        "list jobs",
        "authenticated",
        "select id, title, company, status, created_at from public.jobs "
        "where deleted_at is null order by created_at desc limit 20",
    ),
    Statement("read the balance", "authenticated", "select balance, reserved from public.user_credits"),
    Statement(
        "list credit movements",
        "authenticated",
        "select seq, amount, balance_after, kind, created_at from public.credit_transactions "
        "order by seq desc limit 50",
    ),
    Statement("count against a rate", "service_role", "select public.rate_limit_hit('plans:' || %(user_id)s, 60, 60)"),
    Statement("reserve", "service_role", f"select {_RESERVE}"),
    Statement(
        "commit",
        "service_role",
        'select public.usage_commit(%(usage_id)s::uuid, 1, \'{"text": "Engineer."}\')',
        before=f"select {_RESERVE} ->> 'usage_id' as usage_id",
    ),
)


@dataclass
class Seen:
    """What a statement did at one factor: microseconds, and what it read by which index."""

    microseconds: float = 0.0
    paths: set[str] = field(default_factory=set)


def _people(connection: Connection) -> list[dict[str, Any]]:
    return connection.execute(
        "select c.user_id::text as user_id, r.id as resume_id, r.version, r.content::text as content "
        "from public.user_credits as c "
        "cross join lateral (select r.* from public.resumes as r where r.user_id = c.user_id and r.deleted_at is null "
        "order by r.updated_at desc limit 1) as r "
        "where c.balance > 10 and exists (select from public.jobs as j where j.user_id = c.user_id) "
        "order by md5(c.user_id::text) limit %s",
        (USERS,),
    ).fetchall()


def _prepare(connection: Connection, statement: Statement, person: dict[str, Any]) -> dict[str, Any]:
    """Become the role that runs the statement, and do what has to be done before it."""
    claims = {"sub": person["user_id"], "role": statement.role, "aud": statement.role}
    connection.execute(
        "select set_config('request.jwt.claims', %s, true), set_config('request.jwt.claim.sub', %s, true), "
        "set_config('role', %s, true)",
        (json.dumps(claims), person["user_id"], statement.role),
    )
    if not statement.before:
        return person
    [before] = connection.execute(statement.before.encode(), person).fetchall()
    return {**person, **before}


def _paths(plan: dict[str, Any]) -> Iterator[str]:
    """Yield each relation or index that a plan reads. Partitions of a month count as their table."""
    read = plan.get("Index Name") or plan.get("Relation Name")
    if read and plan["Node Type"] != "ModifyTable":
        yield read if "Index Name" in plan else f"all of {read}"
    for part in plan.get("Plans", ()):
        yield from _paths(part)


def measure(url: str) -> dict[str, Seen]:
    """Run every statement as some users; leave nothing behind."""
    seen = {statement.name: Seen() for statement in STATEMENTS}
    with psycopg.connect(url, row_factory=dict_row) as connection:
        people = _people(connection)
        if not people:
            raise ScaleError("Nobody of the population has credits, a résumé and a job.")
        for statement in STATEMENTS:
            times = []
            for person in people:
                with connection.transaction(force_rollback=True):
                    values = _prepare(connection, statement, person)
                    times.append(min(_microseconds(connection, statement, values) for _ in range(ROUNDS)))
            seen[statement.name].microseconds = statistics.median(times)
    with psycopg.connect(url, row_factory=dict_row) as connection:
        _explain_everything(connection, people, seen)
    return seen


def _microseconds(connection: Connection, statement: Statement, values: dict[str, Any]) -> float:
    with connection.transaction(force_rollback=True):
        [row] = connection.execute(
            f"explain (analyze, timing off, format json) {statement.query}".encode(), values
        ).fetchall()
    milliseconds: float = row["QUERY PLAN"][0]["Execution Time"]
    return milliseconds * 1000


def _explain_everything(connection: Connection, people: Sequence[dict[str, Any]], seen: dict[str, Seen]) -> None:
    """Let the server tell the plan of each statement, and of those in the functions that it calls."""
    told: list[dict[str, Any]] = []

    def note(message: Diagnostic) -> None:
        text = message.message_primary or ""
        if "plan:" in text:
            told.append(json.loads(text.split("plan:", 1)[1])["Plan"])

    connection.add_notice_handler(note)
    connection.execute("load 'auto_explain'")
    for name, value in (
        ("log_nested_statements", "on"),
        ("log_format", "json"),
        ("log_level", "notice"),
        ("log_min_duration", "0"),
    ):
        connection.execute(f"set auto_explain.{name} = '{value}'")
    connection.commit()
    for statement in STATEMENTS:
        for person in people:
            with connection.transaction(force_rollback=True):
                values = _prepare(connection, statement, person)
                told.clear()
                connection.execute(statement.query.encode(), values)
            seen[statement.name].paths |= {path for plan in told for path in _paths(plan)}


def sizes(url: str) -> list[str]:
    """Return the size of the database and of its largest tables, for each user; partitions count as their table."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        found = connection.execute(
            "with sizes as ("
            "  select coalesce(i.inhparent, c.oid)::regclass::text as name, pg_table_size(c.oid) as rows, "
            "    pg_indexes_size(c.oid) as indexes "
            "  from pg_class as c left join pg_inherits as i on i.inhrelid = c.oid where c.relkind = 'r'"
            "), people as (select count(*) as n from auth.users) "
            "select name, (sum(rows) / n)::int as rows, (sum(indexes) / n)::int as indexes "
            "from sizes, people group by name, n order by sum(rows + indexes) desc limit 10"
        ).fetchall()
        [whole] = connection.execute(
            "select pg_database_size(current_database()) / 1e9 as gb, "
            "pg_database_size(current_database()) / (select count(*) from auth.users) as each"
        ).fetchall()
    head = f"{whole['gb']:.2f} GB, {whole['each']:,} bytes for each user"
    return [head, *(f"{row['name']:<32}{row['rows']:>9,} + {row['indexes']:>7,} indexes" for row in found)]


def comparison(factors: Sequence[float], runs: Sequence[dict[str, Seen]]) -> tuple[list[str], bool]:
    """Return the lines of the comparison, and whether each statement keeps plan and time."""
    lines = [
        f"{'statement':<24}{'µs at ' + f'{factors[0]:g}':>12}{'µs at ' + f'{factors[-1]:g}':>12}{'ratio':>8}  plan"
    ]
    holds = True
    for statement in STATEMENTS:
        first, last = runs[0][statement.name], runs[-1][statement.name]
        ratio = last.microseconds / first.microseconds
        changed = sorted(first.paths ^ last.paths)
        holds = holds and ratio <= MOST and not changed
        plan = f"CHANGED: {', '.join(changed)}" if changed else "same"
        mark = "" if ratio <= MOST else "  SLOWER"
        lines.append(
            f"{statement.name:<24}{first.microseconds:>12,.0f}{last.microseconds:>12,.0f}{ratio:>8.2f}  {plan}{mark}"
        )
    return lines, holds


def compare(folder: Path, factors: Sequence[float]) -> bool:
    """Load a population of each factor, measure, print the table and write `out/plans.json`."""
    runs = []
    for factor in factors:
        stack = Stack(folder / f"at-{factor:g}")
        try:
            stack.start_database()
            load(stack.database_url, factor, report=lambda line: print(line, flush=True))
            print("\n".join(sizes(stack.database_url)))
            runs.append(measure(stack.database_url))
        finally:
            stack.stop()
    lines, holds = comparison(factors, runs)
    print("\n".join(lines))
    OUT.parent.mkdir(exist_ok=True)
    kept = {
        f"{factor:g}": {
            name: {"microseconds": one.microseconds, "reads": sorted(one.paths)} for name, one in run.items()
        }
        for factor, run in zip(factors, runs, strict=True)
    }
    OUT.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    return holds


def main() -> int:
    """Compare the factors; return 1 if a statement changes its plan or takes more than twice as long."""
    parser = argparse.ArgumentParser(prog="make plans")
    parser.add_argument("factors", nargs="*", type=float, default=[0.1, 1.0], help="by default 0.1 and 1")
    factors = sorted(parser.parse_args().factors)
    with scratch() as folder:
        try:
            return 0 if compare(folder, factors) else 1
        except (ScaleError, ValueError) as error:
            print(error, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
