"""The Supabase CLI applies the migrations on the oldest and the newest supported PostgreSQL, also repeatedly."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from bench.scale.load import load
from local import cluster, migrate
from local.postgres import Postgres, bundled_binaries
from local.processes import free_port
from tests.database.checks import broken_invariants

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST, NEWEST = 15, 18
# The folders of Debian, Red Hat, Homebrew and Postgres.app; a variable can name another one.
PLACES = (
    os.environ.get("RESUMEBASE_POSTGRES_15", ""),
    "/usr/lib/postgresql/15/bin",
    "/usr/pgsql-15/bin",
    "/opt/homebrew/opt/postgresql@15/bin",
    "/usr/local/opt/postgresql@15/bin",
    "/Applications/Postgres.app/Contents/Versions/15/bin",
)


def major_version(binaries: Path) -> int:
    output = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"\d+", output)
    assert found, output
    return int(found[0])


def binaries_of(version: int) -> Path:
    """The programs of a major version; skip the test if it is not installed."""
    if version == NEWEST:
        assert major_version(bundled_binaries()) == NEWEST
        return bundled_binaries()
    found = shutil.which("initdb")
    candidates = [Path(place) for place in PLACES if place] + ([Path(found).resolve().parent] if found else [])
    for place in candidates:
        if (place / "initdb").exists() and major_version(place) == version:
            return place
    pytest.skip(f"PostgreSQL {version} is not installed: install it, or set RESUMEBASE_POSTGRES_15 to its bin folder")


@pytest.fixture(
    scope="module",
    # All other tests run on the newest, and test_migrate compares what the CLI makes there.
    params=[pytest.param(OLDEST, id="postgres-15"), pytest.param(NEWEST, id="postgres-18", marks=pytest.mark.long)],
)
def server(request: pytest.FixtureRequest, scratch: Path) -> Iterator[Postgres]:
    """A server of that version; its database `postgres` stays in the state of a new Supabase project."""
    folder = scratch / f"migrations-{request.param}"
    binaries = binaries_of(request.param)
    postgres = Postgres(folder, port=free_port(), password="local", throwaway=True, binaries=binaries)
    try:
        cluster.make(postgres)
        yield postgres
    finally:
        postgres.stop()


def execute(url: str, statement: str) -> list[dict[str, Any]]:
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def new_database(server: Postgres, name: str) -> str:
    """A new database on the same server, whose roles may have privileges from earlier migrations."""
    execute(server.url, f"drop database if exists {name}")
    execute(server.url, f"create database {name} template postgres")
    # A copy does not include the settings of a database.
    execute(server.url, f'alter database {name} set search_path = "$user", public, extensions')
    return server.url.rsplit("/", 1)[0] + f"/{name}"


def up(url: str) -> subprocess.CompletedProcess[str]:
    return migrate.run_cli("migration", "up", "--yes", f"--remote={url}")


def shape(url: str) -> dict[str, list[str]]:
    """Columns, indexes, policies, privileges and functions, by name and definition."""
    queries = {
        "columns": "select format('%s.%s %s', table_schema, table_name, column_name) as it "
        "from information_schema.columns where table_schema in ('public', 'private')",
        "indexes": "select indexdef as it from pg_indexes where schemaname in ('public', 'private')",
        "policies": "select to_jsonb(p)::text as it from pg_policies as p",
        "privileges": "select format('%s %s', c.oid::regclass, c.relacl) as it from pg_class as c "
        "where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)",
        "functions": "select format('%s %s %s', p.oid::regprocedure, p.proacl, md5(p.prosrc)) as it from pg_proc as p "
        "where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)",
    }
    return {kind: sorted(row["it"] for row in execute(url, query)) for kind, query in queries.items()}


@pytest.fixture(scope="module")
def migrated(server: Postgres) -> str:
    """A migrated and seeded database on that server, created after a first one was migrated and dropped."""
    first = new_database(server, "first")
    done = up(first)
    assert done.returncode == 0, done.stdout + done.stderr
    expected = shape(first)
    assert min(len(part) for part in expected.values()) > 50
    execute(server.url, "drop database first")
    second = new_database(server, "second")
    done = up(second)
    assert done.returncode == 0, done.stdout + done.stderr
    assert shape(second) == expected, "the second database differs from the first"
    migrate.apply_seeds(second)
    return second


def test_every_migration_is_applied_and_recorded(migrated: str) -> None:
    recorded = execute(migrated, "select version from supabase_migrations.schema_migrations order by version")
    assert [row["version"] for row in recorded] == [path.stem.split("_", 1)[0] for path in migrate.migrations()]


def test_a_second_run_changes_nothing(migrated: str) -> None:
    before = shape(migrated)
    done = up(migrated)
    assert done.returncode == 0, done.stdout + done.stderr
    assert shape(migrated) == before


def test_the_template_database_is_unchanged(server: Postgres, migrated: str) -> None:
    assert migrated != server.url
    assert execute(server.url, "select 1 from pg_namespace where nspname = 'private'") == []


def test_invariants_hold_with_a_population(migrated: str) -> None:
    load(migrated, 0.001)
    with psycopg.connect(migrated, autocommit=True, row_factory=dict_row) as connection:
        assert broken_invariants(connection) == {}


def test_a_user_signs_up_writes_and_pays(migrated: str) -> None:
    """The product's main path in SQL, which no other test runs on the oldest version."""
    with psycopg.connect(migrated, autocommit=True, row_factory=dict_row) as connection:
        [user] = connection.execute(
            "insert into auth.users (id, aud, role, email, email_confirmed_at, raw_user_meta_data) values "
            "(gen_random_uuid(), 'authenticated', 'authenticated', 'old@example.com', now(), '{\"full_name\": \"Old Server\"}') "
            "returning id"
        ).fetchall()
        claims = json.dumps({"sub": str(user["id"]), "role": "authenticated"})
        with connection.transaction():
            connection.execute(
                sql.SQL(
                    "select set_config('request.jwt.claims', {0}, true), set_config('request.jwt.claim.sub', {1}, true)"
                ).format(claims, str(user["id"]))
            )
            connection.execute("set local role authenticated")
            [resume] = connection.execute(
                "insert into public.resumes (title, content) values ('Mine', '{\"summary\": \"Wrote it on an old server\"}') "
                "returning id, version"
            ).fetchall()
            [saved] = connection.execute(
                "select version from public.resume_save(%s, 1, '{\"summary\": \"Wrote it twice\"}', 'ai_optimized')",
                (resume["id"],),
            ).fetchall()
            assert (resume["version"], saved["version"]) == (1, 2)
            found = connection.execute("select title from public.resume_search('twice')").fetchall()
            assert found == [{"title": "Mine"}]
        with connection.transaction():
            connection.execute("set local role service_role")
            [reserved] = connection.execute(
                "select public.usage_reserve(%s, 'summary', 'key-1', 'hash', %s) as r", (user["id"], resume["id"])
            ).fetchall()
            [receipt] = connection.execute(
                "select public.usage_commit(%s, %s, %s) as r",
                (reserved["r"]["usage_id"], reserved["r"]["attempt"], "A summary"),
            ).fetchall()
        assert (receipt["r"]["charged"], receipt["r"]["balance"]) == (1, 4)
        assert broken_invariants(connection) == {}
