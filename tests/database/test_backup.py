"""Backup and restore as docs/operations.md describes them: what is lost comes back, and who was erased does not."""

from __future__ import annotations

import subprocess
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
from psycopg.rows import dict_row

from local.postgres import bundled_binaries
from tests.database.checks import broken_invariants

if TYPE_CHECKING:
    from pathlib import Path

    from tests.database.rows import Connect, NewUser

STEPS = ("begin", "list", "files", "user", "confirm")


def erase(connection: psycopg.Connection[dict[str, Any]], user_id: uuid.UUID) -> None:
    for step in STEPS:
        connection.execute("select public.account_erasure_step(%s, %s)", (user_id, step))


def spend(connection: psycopg.Connection[dict[str, Any]], user_id: uuid.UUID) -> None:
    """Charge an operation, and leave another one open."""
    for key in ("done", "open"):
        row = connection.execute(
            "select public.usage_reserve(%s, 'summary', %s, 'h') as held", (user_id, key)
        ).fetchone()
        assert row is not None
        if key == "done":
            held = row["held"]
            connection.execute("select public.usage_commit(%s, %s, '{}')", (held["usage_id"], held["attempt"]))


def books(connection: psycopg.Connection[dict[str, Any]], user_id: uuid.UUID) -> Any:
    return connection.execute(
        "select c.balance, c.reserved, (select sum(t.amount) from public.credit_transactions as t where t.user_id = c.user_id) as ledger "
        "from public.user_credits as c where c.user_id = %s",
        (user_id,),
    ).fetchone()


def test_a_lost_database_comes_back_and_erased_accounts_do_not(
    database: str, connect: Connect, new_user: NewUser, tmp_path: Path
) -> None:
    connection, kept, gone, later = connect(), new_user(), new_user(), uuid.uuid4()
    for user_id in (kept, gone):
        connection.execute("insert into public.resumes (user_id, title) values (%s, 'Mine')", (user_id,))
        spend(connection, user_id)
    before = books(connection, kept)
    tools, backup = bundled_binaries(), tmp_path / "backup.dump"
    subprocess.run(
        [tools / "pg_dump", "--format=custom", "--no-owner", f"--dbname={database}", f"--file={backup}"], check=True
    )

    # After the backup: an account is erased, and another one signs up and is erased.
    connection.execute("insert into auth.users (id, email) values (%s, %s)", (later, f"{later}@example.com"))
    for user_id in (gone, later):
        connection.execute(
            "update public.profiles set deleted_at = private.now() - interval '31 days' where id = %s", (user_id,)
        )
        erase(connection, user_id)
    listed = [gone, later]  # `list` has written them into the archive bucket, which no backup of the database holds

    name = f"restored_{uuid.uuid4().hex}"
    restored = urlsplit(database)._replace(path=f"/{name}").geturl()
    connection.execute(f"create database {name} template template0")
    try:
        subprocess.run(
            [tools / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={restored}", backup], check=True
        )
        with psycopg.connect(restored, autocommit=True, row_factory=dict_row) as back:
            assert broken_invariants(back) == {}
            assert books(back, kept) == before
            assert back.execute("select from auth.users where id = %s", (gone,)).fetchone() is not None, "resurrected"
            replay = back.execute("select public.erasures_replay(%s) as found", (listed,)).fetchone()
            assert replay == {"found": 1}
            erase(back, gone)
            assert back.execute("select from auth.users where id = any(%s)", (listed,)).fetchall() == []
            assert back.execute("select from public.resumes where user_id = %s", (gone,)).fetchall() == []
            assert back.execute("select public.erasures_replay(%s) as found", (listed,)).fetchone() == {"found": 0}
            assert (books(back, kept), broken_invariants(back)) == (before, {})
    finally:
        connection.execute(f"drop database {name} with (force)")
