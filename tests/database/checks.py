"""Runs `sql/checks`: each file is a query that finds what must not be, and returns no row when all is well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

FOLDER = Path(__file__).resolve().parents[2] / "sql" / "checks"


def broken_invariants(connection: psycopg.Connection[Any], folder: Path = FOLDER) -> dict[str, list[Any]]:
    """Run every check.

    Parameters
    ----------
    connection
        As the database's owner.
    folder
        Where the checks are; folders in it count.

    Returns
    -------
    dict
        File name -> the rows it found, only for files that found some.
    """
    found = {}
    for path in sorted(folder.rglob("*.sql")):
        rows = connection.execute(path.read_bytes()).fetchall()
        if rows:
            found[path.name] = rows[:20]
    return found
