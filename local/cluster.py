"""Creates Postgres clusters in the state of a hosted Supabase database before its first migration."""

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
# The template is built from these files: a change to one of them builds a new template.
INGREDIENTS = (
    "local/cluster.py",
    "local/postgres.py",
    "local/supabase.mjs",
    "local/supabase.sql",
    "package-lock.json",
)
_TEMPLATE_PASSWORD = "template"  # noqa: S105 - replaced as soon as a copy is running


def create_supabase_schemas(postgres: Postgres) -> None:
    """Create Supabase's roles and its auth and storage schemas in a running, empty cluster.

    Raises
    ------
    StackError
        `@supabase/lite` could not create them; the message contains its output.
    """
    with tempfile.TemporaryDirectory() as storage:
        result = subprocess.run(
            ["node", ROOT / "local" / "supabase.mjs", "schema"],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": postgres.url,
                "STORAGE_DIRECTORY": storage,
                # This mode signs and checks nothing.
                "SUPABASE_JWT_SECRET": "unused",
                "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_unused",
                "SUPABASE_SECRET_KEY": "sb_secret_unused",
            },
        )
    if result.returncode:
        message = f"@supabase/lite could not create its schemas:\n{result.stdout}{result.stderr}"
        raise StackError(message)
    with psycopg.connect(postgres.url) as connection:
        connection.execute((ROOT / "local" / "supabase.sql").read_bytes())


def make(postgres: Postgres) -> None:
    """Create a cluster from scratch (2 s) and leave it running."""
    postgres.make()
    postgres.start()
    create_supabase_schemas(postgres)
    postgres.mark_made()


def make_from_template(postgres: Postgres) -> None:
    """Create a throwaway cluster as a copy of the cached template (0.3 s) and leave it running."""
    postgres.copy_from(_template() / "data")
    password, postgres.password = postgres.password, _TEMPLATE_PASSWORD
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        connection.execute(sql.SQL("alter role postgres password {}").format(password))
    postgres.password = password
    postgres.mark_made()


def _template() -> Path:
    """Return the folder of the template cluster; create it if it is missing."""
    key = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in INGREDIENTS)).hexdigest()[:16]
    folder = CACHE / f"cluster-{key}"
    if folder.exists():
        return folder
    with alone(CACHE):
        if not folder.exists():  # another process may have created it meanwhile
            _make_template(folder)
    return folder


def _make_template(folder: Path) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=CACHE))
    postgres = Postgres(unfinished, port=free_port(), password=_TEMPLATE_PASSWORD, throwaway=True)
    try:
        make(postgres)
        postgres.stop()
        for old in CACHE.glob("cluster-*"):
            shutil.rmtree(old, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        postgres.stop()
        shutil.rmtree(unfinished, ignore_errors=True)
