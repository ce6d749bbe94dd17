"""New clusters that look as a hosted Supabase database does before its first migration."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from local.postgres import Postgres
from local.processes import StackError, alone, free_port

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".local" / "cache"
# What a template is made from: a change in any of them makes another one.
INGREDIENTS = (
    "local/cluster.py",
    "local/postgres.py",
    "local/supabase.mjs",
    "local/supabase.sql",
    "package-lock.json",
)
_TEMPLATE_PASSWORD = "template"  # noqa: S105 - replaced as soon as a copy runs


def create_supabase_schemas(postgres: Postgres) -> None:
    """Create Supabase's roles, auth and storage schemas in a running, empty cluster.

    Raises
    ------
    StackError
        `@supabase/lite` could not create them; the message holds its output.
    """
    with tempfile.TemporaryDirectory() as storage:
        done = subprocess.run(
            ["node", ROOT / "local" / "supabase.mjs", "schema"],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": postgres.url,
                "STORAGE_DIRECTORY": storage,
                # Nothing is signed or checked in this mode.
                "SUPABASE_JWT_SECRET": "unused",
                "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_unused",
                "SUPABASE_SECRET_KEY": "sb_secret_unused",
            },
        )
    if done.returncode:
        message = f"@supabase/lite could not create its schemas:\n{done.stdout}{done.stderr}"
        raise StackError(message)
    with psycopg.connect(postgres.url) as connection:
        connection.execute((ROOT / "local" / "supabase.sql").read_bytes())


def make(postgres: Postgres) -> None:
    """Make a cluster from nothing (2 s) and leave it running."""
    postgres.make()
    postgres.start()
    create_supabase_schemas(postgres)
    postgres.mark_made()


def make_from_template(postgres: Postgres) -> None:
    """Make a throwaway cluster as a copy of a cached one (0.3 s) and leave it running."""
    postgres.copy_from(_template() / "data")
    password, postgres.password = postgres.password, _TEMPLATE_PASSWORD
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        connection.execute(sql.SQL("alter role postgres password {}").format(password))
    postgres.password = password
    postgres.mark_made()


def _template() -> Path:
    """Return the folder of the template cluster, making it where it is missing."""
    key = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in INGREDIENTS)).hexdigest()[:16]
    place = CACHE / f"cluster-{key}"
    if place.exists():
        return place
    with alone(CACHE):
        if not place.exists():  # otherwise another process was faster
            _make_template(place)
    return place


def _make_template(place: Path) -> None:
    making = Path(tempfile.mkdtemp(prefix="making-", dir=CACHE))
    postgres = Postgres(making, port=free_port(), password=_TEMPLATE_PASSWORD, throwaway=True)
    try:
        make(postgres)
        postgres.stop()
        for old in CACHE.glob("cluster-*"):
            shutil.rmtree(old, ignore_errors=True)
        making.rename(place)
    finally:
        postgres.stop()
        shutil.rmtree(making, ignore_errors=True)
