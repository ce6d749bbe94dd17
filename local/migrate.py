"""Applies migrations and seeds.

`make up` applies migrations with the Supabase CLI, as a deployment does. Tests apply the same files in the same order
over one connection, which takes a fraction of the time, and also record them in `supabase_migrations`.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
SUPABASE = ROOT / "supabase"
# The row of global_config with the hash of the seed files.
CATALOGUE_KEY = "catalogue_files"
CLI = ROOT / "node_modules" / ".bin" / "supabase"
_PASSWORD = re.compile(r"(--remote=postgres(?:ql)?://[^:@/]+):([^@/]*)(@.*)")


class MigrationError(RuntimeError):
    """A migration or seed failed; the message names the file and contains PostgreSQL's error."""


def migrations(folder: Path = SUPABASE / "migrations") -> list[Path]:
    """Return the migration files in the order in which they apply."""
    return sorted(folder.glob("[0-9]*_*.sql"))


def seeds(config: Path = SUPABASE / "config.toml") -> list[Path]:
    """Return the seed files in the order of `db.seed.sql_paths` in config.toml."""
    patterns = tomllib.loads(config.read_text())["db"]["seed"]["sql_paths"]
    return [path for pattern in patterns for path in sorted(config.parent.glob(pattern))]


def run_cli(
    *arguments: str, folder: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the Supabase CLI in this repository or another folder, without telemetry and without prompts.

    The password of a database goes through the environment: other users of the machine can read arguments.
    """
    parted = [_without_password(argument) for argument in arguments]
    passwords = [("PGPASSWORD", password) for _, password in parted if password]
    return subprocess.run(
        [CLI, *(argument for argument, _ in parted), "--workdir", str(folder), "--agent", "no"],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", **dict(passwords), **(env or {})},
    )


def _without_password(argument: str) -> tuple[str, str]:
    found = _PASSWORD.match(argument)
    return (found[1] + found[3], unquote(found[2])) if found else (argument, "")


def pending(connection: psycopg.Connection) -> list[Path]:
    """Return the migrations that are not recorded as applied, in order."""
    rows = connection.execute("select version from supabase_migrations.schema_migrations").fetchall()
    applied = {row[0] for row in rows}
    return [path for path in migrations() if path.stem.split("_", 1)[0] not in applied]


def apply_with_cli(url: str) -> None:
    """Apply pending migrations as a deployment does: `supabase migration up`.

    Raises
    ------
    MigrationError
        The CLI failed; the message contains its output.
    """
    with psycopg.connect(url) as connection:
        if not pending(connection):
            return
    result = run_cli("migration", "up", "--yes", f"--remote={url}")
    if result.returncode:
        message = f"`supabase migration up` failed:\n{result.stdout}{result.stderr}"
        raise MigrationError(message)


def apply_directly(url: str) -> None:
    """Apply pending migrations over one connection: one transaction for each file and its record.

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
    """Apply seed files that are new or have changed; every seed file can be applied repeatedly.

    Raises
    ------
    MigrationError
        A file failed; those before it stay applied.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        applied: dict[str, str] = dict(
            connection.execute("select path, hash from supabase_migrations.seed_files").fetchall()
        )
        for path in seeds():
            name = str(path.relative_to(ROOT))
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if applied.get(name) == digest:
                continue
            with connection.transaction():
                _execute(connection, path)
                connection.execute(
                    "insert into supabase_migrations.seed_files (path, hash) values (%s, %s) "
                    "on conflict (path) do update set hash = excluded.hash",
                    (name, digest),
                )
        record_catalogue(connection, seeds())


def fingerprint(paths: list[Path]) -> str:
    """Return the hash of seed files, by which a database tells which catalogue it has."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def record_catalogue(connection: psycopg.Connection, paths: list[Path]) -> None:
    """Keep the hash of the seed files that a database has."""
    connection.execute(
        "insert into public.global_config as c (key, value, description) values (%s, to_jsonb(%s::text), %s) "
        "on conflict (key) do update set value = excluded.value where c.value <> excluded.value",
        (CATALOGUE_KEY, fingerprint(paths), "SHA-256 of the files of the catalogue that was loaded last"),
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
