"""Runs `sql/checks`: each file is a query that returns violations, and no row if there are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

FOLDER = Path(__file__).resolve().parents[1] / "sql" / "checks"


def broken_invariants(connection: psycopg.Connection[Any], folder: Path = FOLDER) -> dict[str, list[Any]]:
    """Run every check.

    Parameters
    ----------
    connection
        Connection of the database's owner.
    folder
        Folder of the checks, including subfolders.

    Returns
    -------
    dict
        Violations by file name, only for files that return some.
    """
    violations = {}
    for path in sorted(folder.rglob("*.sql")):
        rows = connection.execute(path.read_bytes()).fetchall()
        if rows:
            violations[path.name] = rows[:20]
    return violations
