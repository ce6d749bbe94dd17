"""The fast path that tests use creates the same database as the Supabase CLI."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from local import cluster, migrate
from local.postgres import Postgres, bundled_binaries
from local.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def databases(scratch: Path) -> Iterator[dict[str, Postgres]]:
    """Two seeded clusters: one migrated by the CLI, the other over a connection."""
    clusters = {
        name: Postgres(scratch / name, port=free_port(), password="local", throwaway=True) for name in ("cli", "direct")
    }
    try:
        for name, apply in (("cli", migrate.apply_with_cli), ("direct", migrate.apply_directly)):
            cluster.make_from_template(clusters[name])
            apply(clusters[name].url)
            migrate.apply_seeds(clusters[name].url)
        yield clusters
    finally:
        for postgres in clusters.values():
            postgres.stop()


def query(postgres: Postgres, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(postgres.url) as connection:
        return connection.execute(statement).fetchall()


def schema(postgres: Postgres) -> list[str]:
    """The whole schema with its privileges, as lines of pg_dump."""
    command = [str(bundled_binaries() / "pg_dump"), "--schema-only", "--no-comments", postgres.url]
    dump = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # pg_dump encloses its output in commands with a random token.
    return [line for line in dump.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]


def counts(postgres: Postgres) -> dict[str, int]:
    tables = query(
        postgres,
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'private')",
    )
    return {table: query(postgres, f"select count(*) from {table}")[0][0] for (table,) in tables}


def test_both_paths_create_the_same_schema(databases: dict[str, Postgres]) -> None:
    cli, direct = schema(databases["cli"]), schema(databases["direct"])
    assert len(cli) > 1000
    assert cli == direct


def test_both_paths_record_the_same_migrations(databases: dict[str, Postgres]) -> None:
    statement = "select version, name from supabase_migrations.schema_migrations order by version"
    expected = [tuple(path.stem.split("_", 1)) for path in migrate.migrations()]
    assert query(databases["cli"], statement) == query(databases["direct"], statement) == expected


def test_the_cli_finds_nothing_to_apply_after_the_fast_path(databases: dict[str, Postgres]) -> None:
    done = migrate.run_cli("migration", "up", "--yes", f"--remote={databases['direct'].url}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert schema(databases["direct"]) == schema(databases["cli"])


def test_seeds_can_be_applied_again(databases: dict[str, Postgres]) -> None:
    postgres = databases["direct"]
    before = counts(postgres)
    with psycopg.connect(postgres.url) as connection:
        connection.execute("truncate supabase_migrations.seed_files")
    migrate.apply_seeds(postgres.url)
    assert sum(before.values()) > 0
    assert counts(postgres) == before


def test_the_error_of_a_failed_migration_names_file_and_line(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = scratch / "failing"
    folder = root / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (folder / "20990101000000_good.sql").write_text("create table public.good (id integer primary key);\n")
    (folder / "20990101000001_bad.sql").write_text(
        "create table public.half (id integer primary key);\n\nselect nothing;\n"
    )
    postgres = Postgres(root / "cluster", port=free_port(), password="local", throwaway=True)
    monkeypatch.setattr(migrate, "ROOT", root)
    monkeypatch.setattr(migrate, "migrations", lambda: sorted(folder.glob("*.sql")))
    try:
        cluster.make_from_template(postgres)
        with pytest.raises(migrate.MigrationError, match=r"20990101000001_bad\.sql, line 3: column \"nothing\""):
            migrate.apply_directly(postgres.url)
        found = query(postgres, "select tablename from pg_tables where schemaname = 'public'")
        assert found == [("good",)], "a file is applied completely or not at all"
    finally:
        postgres.stop()
