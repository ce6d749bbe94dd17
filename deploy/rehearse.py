"""`make rehearse OLD=<commit>`: the functions of an earlier commit on the schema of this tree.

A deployment migrates first and replaces the functions minutes later, so what runs meanwhile, and what one goes back to,
is old code on the new schema. Here the old tree's functions run on a local database with the migrations of this tree:
the old smoke checks them, and what the old code calls by name (RPCs, tables) must still be there.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg

from local import migrate
from local.scratch import scratch
from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent


class RehearsalError(Exception):
    """The old commit cannot be rehearsed."""


def checkout(commit: str, folder: Path) -> Path:
    """Unpack the tree of a commit into a folder.

    Raises
    ------
    RehearsalError
        There is no such commit.
    """
    made = subprocess.run(["git", "archive", commit], cwd=ROOT, check=False, capture_output=True)
    if made.returncode:
        raise RehearsalError(made.stderr.decode().strip())
    with tarfile.open(fileobj=io.BytesIO(made.stdout)) as archive:
        archive.extractall(folder, filter="data")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def missing(old: Path, url: str) -> Iterator[str]:
    """Yield a line for each function of the database or table that the old code names and the schema has no more.

    Parameters
    ----------
    old
        The old tree.
    url
        A database with the migrations of this tree.
    """
    with psycopg.connect(url) as connection:
        public = "pronamespace = 'public'::regnamespace"
        now = _names(connection, f"select proname from pg_catalog.pg_proc where {public}")
        now |= _names(connection, "select relname from pg_catalog.pg_class where relnamespace = 'public'::regnamespace")
    # Only what the old schema had: other strings of the code look like names, too.
    then = set(re.findall(r"create (?:or replace )?function public\.(\w+)", _schema(old)))
    then |= set(re.findall(r"create (?:or replace )?(?:unlogged )?(?:table|view) public\.(\w+)", _schema(old)))
    for path in sorted((old / "functions").rglob("*.py")):
        text = path.read_text()
        named = {each for each in then - now if re.search(rf"\b{each}\b", text)}
        for name in sorted(named):
            yield f"{_function(path.relative_to(old))}: {path.relative_to(old)} names public.{name}, which is gone"


def _names(connection: psycopg.Connection, query: str) -> set[str]:
    return {row[0] for row in connection.execute(query.encode()).fetchall()}


def _schema(old: Path) -> str:
    return "\n".join(path.read_text() for path in migrate.migrations(old / "supabase" / "migrations"))


def _function(path: Path) -> str:
    name = path.parts[1].replace("_", "-")
    return "several functions" if name == "-shared" else name


def smoke(old: Path, stack: Stack) -> subprocess.CompletedProcess[str]:
    """Run the smoke of the old tree, with its catalogue: it looks for no other."""
    url, env = stack.database_url, {**os.environ, **stack.env(), "PYTHONPATH": str(old)}
    load = [sys.executable, "-c", f"from deploy import catalogue; catalogue.load({url!r})"]
    loaded = subprocess.run(load, cwd=old, env=env, check=False, capture_output=True, text=True)
    if loaded.returncode:
        return loaded
    command = [sys.executable, "-m", "deploy.smoke", stack.url]
    return subprocess.run(command, cwd=old, env=env, check=False, capture_output=True, text=True)


def rehearse(commit: str, more: Iterable[str] = ()) -> list[str]:
    """Run the functions of a commit on the schema of this tree; return what breaks, by function.

    Parameters
    ----------
    commit
        The commit that runs now.
    more
        Statements that come after this tree's migrations, as further ones would.
    """
    with scratch() as folder:
        old = checkout(commit, folder / "old")
        with Stack(folder / "stack", env={"RESUMEBASE_AI_PROVIDER": "offline"}, code=old) as stack:
            with psycopg.connect(stack.database_url, autocommit=True) as connection:
                for statement in more:
                    connection.execute(statement.encode())
            found = list(missing(old, stack.database_url))
            done = smoke(old, stack)
    print(done.stdout, flush=True)
    if done.returncode:
        lines = done.stdout.splitlines()
        failed = [f"smoke: {after.strip()}" for line, after in itertools.pairwise(lines) if line.startswith("FAILED")]
        found += failed or [f"smoke: {done.stderr.strip()}"]
    return found


def main(arguments: list[str] | None = None) -> int:
    """Rehearse; return 1 if something breaks."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.rehearse", description="Run an earlier commit's functions on this tree's schema."
    )
    parser.add_argument("old", help="the commit that runs now, for example v0.1.0")
    options = parser.parse_args(arguments)
    try:
        found = rehearse(options.old)
    except RehearsalError as error:
        found = [str(error)]
    print("\n".join(found) or "The old functions work on the new schema.", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
