"""Migrations and seeds.

`make up` applies migrations with the official CLI, as a deployment does. Tests apply the same files, in the same order
and with the same record in `supabase_migrations.schema_migrations`, over one connection, in a fraction of the time.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tomllib
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SUPABASE = ROOT / "supabase"
CLI = ROOT / "node_modules" / ".bin" / "supabase"


class MigrationError(RuntimeError):
    """A migration or seed failed; the message names the file and holds what PostgreSQL said."""


def migrations(folder: Path = SUPABASE / "migrations") -> list[Path]:
    """Return the migration files in the order in which they apply."""
    return sorted(folder.glob("[0-9]*_*.sql"))


def seeds(config: Path = SUPABASE / "config.toml") -> list[Path]:
    """Return the seed files in the order in which `db.seed.sql_paths` of config.toml names them."""
    patterns = tomllib.loads(config.read_text())["db"]["seed"]["sql_paths"]
    return [path for pattern in patterns for path in sorted(config.parent.glob(pattern))]


def run_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the official Supabase CLI in this repository, without telemetry and without asking."""
    return subprocess.run(
        [CLI, *arguments, "--workdir", str(ROOT), "--agent", "no"],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1"},
    )


def pending(connection: psycopg.Connection) -> list[Path]:
    """Return the migrations that the database does not record as applied, in order."""
    rows = connection.execute("select version from supabase_migrations.schema_migrations").fetchall()
    applied = {row[0] for row in rows}
    return [path for path in migrations() if path.stem.split("_", 1)[0] not in applied]


def apply_with_cli(url: str) -> None:
    """Apply pending migrations as a deployment does: `supabase migration up`.

    Raises
    ------
    MigrationError
        The CLI refused; the message holds what it printed.
    """
    with psycopg.connect(url) as connection:
        if not pending(connection):
            return
    done = run_cli("migration", "up", "--yes", f"--remote={url}")
    if done.returncode:
        message = f"`supabase migration up` failed:\n{done.stdout}{done.stderr}"
        raise MigrationError(message)


def apply_directly(url: str) -> None:
    """Apply pending migrations over one connection, each file in a transaction with its record.

    Raises
    ------
    MigrationError
        A file failed; those before it stay applied.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        for path in pending(connection):
            version, name = path.stem.split("_", 1)
            with connection.transaction():
                _execute(connection, path)
                connection.execute(
                    "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
                    (version, name, [path.read_text()]),
                )


def apply_seeds(url: str) -> None:
    """Apply seed files that are new or have changed since; they are written so that a second time does no harm.

    Raises
    ------
    MigrationError
        A file failed; those before it stay applied.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        known: dict[str, str] = dict(
            connection.execute("select path, hash from supabase_migrations.seed_files").fetchall()
        )
        for path in seeds():
            name = str(path.relative_to(ROOT))
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if known.get(name) == digest:
                continue
            with connection.transaction():
                _execute(connection, path)
                connection.execute(
                    "insert into supabase_migrations.seed_files (path, hash) values (%s, %s) "
                    "on conflict (path) do update set hash = excluded.hash",
                    (name, digest),
                )


def _execute(connection: psycopg.Connection, path: Path) -> None:
    try:
        connection.execute(path.read_bytes())
    except psycopg.Error as error:
        line = ""
        if error.diag.statement_position:
            line = f", line {path.read_text()[: int(error.diag.statement_position)].count(chr(10)) + 1}"
        message = f"{path.relative_to(ROOT)}{line}: {error}"
        raise MigrationError(message) from error
