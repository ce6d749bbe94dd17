"""The clock is read once per statement: a volatile function in a condition is called per row, and no index is a bound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.database.rows import Connect

READ_ONCE = re.compile(r"\(\s*select\s+(private\.)?now\(\)(\s+as\s+now)?\s*(offset 0)?\)", re.IGNORECASE)
TOKEN = re.compile(r"private\.now\(\)|\b(?:where|on|having|set|values|select|from|conflict|then|loop|perform)\b|[();]")


def bare_clocks(body: str) -> list[str]:
    """Return the text before each `private.now()` that stands in a `where`, `on` or `having` and is not read once."""
    text = re.sub(r"--[^\n]*", "", body)
    text = re.sub(r"'(?:[^']|'')*'", "''", text)
    text = READ_ONCE.sub("(CLOCK)", text.lower())
    found, clauses = [], [""]
    previous = ""
    for match in TOKEN.finditer(text):
        token = match[0]
        if token == "(":
            clauses.append("")
        elif token == ")":
            if len(clauses) > 1:
                clauses.pop()
        elif token == ";":
            clauses = [""]
        elif token == "private.now()":
            if any(clause in {"where", "on", "having"} for clause in clauses):
                found.append(" ".join(text[max(0, match.start() - 60) : match.end()].split()))
        elif token == "conflict" and previous == "on":
            clauses[-1] = ""
        else:
            clauses[-1] = token
        previous = token
    return found


def test_no_condition_reads_the_clock_per_row(connect: Connect) -> None:
    rows = (
        connect()
        .execute(
            "select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as body from pg_proc as p "
            "join pg_language as l on l.oid = p.prolang and l.lanname in ('sql', 'plpgsql') "
            "where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prokind in ('f', 'p') "
            "union all "
            "select c.oid::regclass::text, pg_get_viewdef(c.oid) from pg_class as c "
            "where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('v', 'm')"
        )
        .fetchall()
    )
    assert len(rows) > 100
    assert {row["name"]: found for row in rows if (found := bare_clocks(row["body"]))} == {}


def test_the_search_finds_what_it_should() -> None:
    per_row = (
        "select from t where t.a <= private.now();",
        "update t set a = 1 where t.id in (select b from u where c < private.now() - interval '1 day');",
        "select from t inner join u on u.a > private.now()",
        "delete from t where coalesce(t.a, private.now()) < x",
    )
    once = (
        "v_now := private.now(); select from t where a < v_now;",
        "select from t where a <= (select private.now()) - interval '1 day'",
        "insert into t (a) values (private.now()) on conflict (a) do update set b = private.now()",
        "update t set a = private.now() where b = 1",
        "if v > private.now() then return; end if;",
        "-- where private.now()\nselect 'where private.now()'",
    )
    assert all(bare_clocks(body) for body in per_row)
    assert not any(bare_clocks(body) for body in once)
