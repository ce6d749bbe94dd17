"""Every object, file, policy row and test that the seed map names exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

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
TEST = re.compile(r"^(tests/[\w/.-]+\.py)(?:::(\w+))?$")
FILE = re.compile(r"^[\w.-]+(?:/[\w.<>-]+)+/?$|^[\w-]+\.(?:yml|toml|md|json)$|^Makefile$")


class Row(NamedTuple):
    """One row of the map."""

    line: int
    seed: str
    item: str
    where: str
    shown_by: str


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


def exists(connection: psycopg.Connection, name: str) -> bool:
    """Whether a name exists in the database or the repository."""
    if match := TEST.match(name):
        path, function = ROOT / match[1], match[2]
        return path.is_file() and (
            function is None or re.search(rf"def {function}\b", path.read_text(encoding="utf-8")) is not None
        )
    for pattern, query in LOOKUPS:
        if match := pattern.match(name):
            return connection.execute(query, match.groups()).fetchone() is not None
    return FILE.match(name) is not None and (ROOT / name).exists()


def test_every_name_in_the_seed_map_exists(connect: Callable[[], psycopg.Connection]) -> None:
    """A renamed table, a dropped index or a deleted test breaks the map at once."""
    with connect() as connection:
        missing = [
            f"line {row.line}: {name}"
            for row in rows()
            for cell in (row.where, row.shown_by)
            for name in names(cell)
            if not exists(connection, name)
        ]
    assert not missing, "\n".join(missing)


def test_every_row_says_where_and_by_which_test() -> None:
    """A row without a place needs a reason in words; a row with a place needs a test."""
    vague = [
        f"line {row.line}: {row.item}"
        for row in rows()
        if not row.where or (names(row.where) and not any(TEST.match(n) for n in names(row.shown_by)))
    ]
    assert not vague, "\n".join(vague)


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
            "gibberish",
        ):
            assert not exists(connection, name), name
