"""The seed map claims nothing that does not exist: no place, no filler, no test.

A name of another kind than the ones below counts as missing.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from functions.cleanup.routines import ROUTINES

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

    from tests.database.rows import Connect

ROOT = Path(__file__).resolve().parents[2]
SEED_MAP = ROOT / "docs" / "seed-map.md"

# Pattern of a name in the map -> the query that finds it (one row: it exists).
LOOKUPS: list[tuple[re.Pattern[str], str]] = [
    (
        re.compile(r"^policy \"(.+)\" on ([a-z_]+)\.([a-z_]+)$"),
        "select 1 from pg_policies where policyname = %s and schemaname = %s and tablename = %s",
    ),
    (
        re.compile(r"^trigger ([a-z_]+) on ([a-z_]+)\.([a-z_]+)$"),
        (
            "select 1 from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace"
            " where t.tgname = %s and n.nspname = %s and c.relname = %s"
        ),
    ),
    (
        re.compile(r"^index ([a-z_]+)\.([a-z_0-9]+)$"),
        "select 1 from pg_indexes where schemaname = %s and indexname = %s",
    ),
    (
        re.compile(r"^constraint ([a-z_0-9]+) on ([a-z_]+)\.([a-z_]+)$"),
        "select 1 from pg_constraint where conname = %s and conrelid = to_regclass(%s || '.' || %s)",
    ),
    (
        re.compile(r"^([a-z_]+)\.([a-z_0-9]+)\(\)$"),
        "select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = %s and p.proname = %s limit 1",
    ),
    (re.compile(r"^operation ([a-z_]+)$"), "select 1 from public.operations where slug = %s"),
    (re.compile(r"^retention ([a-z_]+)$"), "select 1 from private.retention_policies where data_type = %s"),
    (re.compile(r"^bucket ([a-z_]+)$"), "select 1 from storage.buckets where id = %s"),
    (
        re.compile(r"^([a-z_]+)\.([a-z_]+)\.([a-z_0-9]+)$"),
        (
            "select 1 from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = %s and c.relname = %s and a.attname = %s and a.attnum > 0 and not a.attisdropped"
        ),
    ),
    (
        re.compile(r"^(public|private|storage|auth)\.([a-z_]+)$"),
        "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = %s and c.relname = %s",
    ),
]
TEST = re.compile(r"^(tests/[\w/.-]+/test_\w+\.py)::(test_\w+)$")
FUNCTION = re.compile(r"^function (\w+)$")
TASK = re.compile(r"^task (\w+)$")
TABLE = re.compile(r"^public\.([a-z_]+)(?:\.[a-z_0-9]+)?$")
FILE = re.compile(r"^[\w.-]+(?:/[\w.<>-]+)+/?$|^[\w-]+\.(?:yml|toml|md|json)$|^Makefile$")


class Row(NamedTuple):
    """One row of the map."""

    line: int
    seed: str
    item: str
    where: str
    filled_by: str
    shown_by: str

    @property
    def is_place(self) -> bool:
        """Whether the row claims a place."""
        return not self.where.startswith(("not built", "not claimed"))


def rows() -> list[Row]:
    """Read the rows of the map's tables, without header and separator lines."""
    found = []
    for number, text in enumerate(SEED_MAP.read_text(encoding="utf-8").splitlines(), start=1):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text)[1:-1]]
        if len(cells) == len(Row._fields) - 1 and cells[0] in {"A", "B", "C", "D", "E"}:
            found.append(Row(number, *cells))
    return found


def names(cell: str) -> list[str]:
    """Backticked names of a cell."""
    return re.findall(r"`([^`]+)`", cell)


@cache
def defined_tests(path: Path) -> frozenset[str]:
    """Names of the tests of a file."""
    if not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether a name exists in the database or the repository."""
    if match := TEST.match(name):
        return match[2] in defined_tests(ROOT / match[1])
    if match := FUNCTION.match(name):
        return (ROOT / "functions" / match[1] / "handler.py").is_file()
    if match := TASK.match(name):
        return match[1] in ROUTINES
    for pattern, query in LOOKUPS:
        if match := pattern.match(name):
            return connection.execute(query, match.groups()).fetchone() is not None
    return not name.startswith("tests/") and FILE.match(name) is not None and (ROOT / name).exists()


def test_every_name_in_the_seed_map_exists(connect: Callable[[], psycopg.Connection]) -> None:
    """A renamed table, a dropped index or a deleted test breaks the map at once."""
    with connect() as connection:
        missing = [
            f"line {row.line}: {name}"
            for row in rows()
            for cell in (row.where, row.filled_by, row.shown_by)
            for name in names(cell)
            if not exists(connection, name)
        ]
    assert not missing, "\n".join(missing)


def test_every_row_says_where_and_by_which_test() -> None:
    """A row without a place needs a reason in words; a row with a place needs a test, and so does a name in a reason."""
    vague = [
        f"line {row.line}: {row.item}"
        for row in rows()
        if ((row.is_place or names(row.where)) and not any(TEST.match(name) for name in names(row.shown_by)))
        or (not row.is_place and ":" not in row.where)
        or not all(TEST.match(name) for name in names(row.shown_by))
    ]
    assert not vague, "\n".join(vague)


def test_no_line_of_the_tables_is_overlooked() -> None:
    lines = [line for line in SEED_MAP.read_text(encoding="utf-8").splitlines() if re.match(r"\| [A-E] \|", line)]
    assert len(lines) == len(rows())


def test_what_is_not_built_is_filled_by_nothing() -> None:
    filled = [f"line {row.line}: {row.item}" for row in rows() if not row.is_place and row.filled_by != "—"]
    assert not filled, "\n".join(filled)


def filled_in_vain(connection: psycopg.Connection, row: Row) -> bool:
    """Whether a row claims that clients fill it, and they may insert or update none of its tables."""
    tables = {match[1] for name in names(row.where + row.filled_by) if (match := TABLE.match(name))}
    writable = "select 1 where has_any_column_privilege('authenticated', %s, 'insert, update')"
    return (
        re.search(r"(?:^|; )clients\b", row.filled_by) is not None
        and bool(tables)
        and not any(connection.execute(writable, (f"public.{table}",)).fetchone() for table in tables)
    )


def test_clients_can_write_where_they_are_said_to_fill(connect: Connect) -> None:
    with connect() as connection:
        wrong = [f"line {row.line}: {row.item}" for row in rows() if filled_in_vain(connection, row)]
        assert not wrong, "\n".join(wrong)
        assert filled_in_vain(connection, Row(0, "B", "", "`public.system_events`", "`task holds`; clients", ""))


@pytest.mark.parametrize(("seed", "least"), [("A", 15), ("B", 50), ("C", 12), ("D", 40), ("E", 50)])
def test_no_seed_is_skipped(seed: str, least: int) -> None:
    """Each of the five designs is mapped item by item, not in a sentence."""
    assert len([row for row in rows() if row.seed == seed]) >= least


def test_a_made_up_name_is_found_missing(connect: Callable[[], psycopg.Connection]) -> None:
    """Prove that the look-up can fail."""
    with connect() as connection:
        for name in (
            "public.no_such_table",
            "public.profiles.no_such_column",
            "public.no_such()",
            "sql/none.sql",
            "tests/database/test_seed_map.py::test_none",
            "tests/database/test_seed_map.py",
            "tests/database/test_seed_map.py::rows",
            "function no_such",
            "function _shared",
            "task none",
            "operation none",
            "retention none",
            "index public.no_such_idx",
            "gibberish",
        ):
            assert not exists(connection, name), name
