"""Steps of many database tests: insert as a user, upsert like the stock client, expect a refusal, read a plan."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

Connect = Any
AsRole = Any
NewUser = Any
Clock = Any
Row = dict[str, Any]


def _json(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (dict, list)) else value


def insert(as_user: AsRole, owner: uuid.UUID, table: str, /, **columns: Any) -> Row:
    """Insert a row with its owner's rights and return it. Lists and dicts become JSON."""
    names = ", ".join(columns)
    values = ", ".join(["%s"] * len(columns))
    what = f"({names}) values ({values})" if columns else "default values"
    with as_user(owner) as cursor:
        cursor.execute(f"insert into public.{table} {what} returning *", [_json(value) for value in columns.values()])
        row: Row = cursor.fetchone()
        return row


@contextmanager
def no_provisioning(connection: psycopg.Connection[Row]) -> Iterator[None]:
    """Let no trigger provision the users that are made meanwhile."""
    connection.execute("alter table auth.users disable trigger resumebase_user_created")
    try:
        yield
    finally:
        connection.execute("alter table auth.users enable trigger resumebase_user_created")


def written(as_service: AsRole, owner: uuid.UUID, table: str, /, **columns: Any) -> Row:
    """Insert a row for its owner as a function does, with the secret key, and return it."""
    columns = {"user_id": owner, **columns}
    with as_service() as cursor:
        cursor.execute(
            f"insert into public.{table} ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))}) returning *",
            [_json(value) for value in columns.values()],
        )
        row: Row = cursor.fetchone()
        return row


def upsert(cursor: Any, table: str, row: Row, conflict: str = "id") -> Row:
    """Upsert a complete row, as the stock client does."""
    columns = ", ".join(row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in row)
    cursor.execute(
        f"insert into public.{table} ({columns}) select {columns} from jsonb_populate_record(null::public.{table}, %s) "
        f"on conflict ({conflict}) do update set {changes} returning *",
        (json.dumps(row, default=str),),
    )
    saved: Row = cursor.fetchone()
    return saved


def make_admin(connect: Connect, user_id: uuid.UUID) -> None:
    """Make a user an administrator."""
    connect().execute(
        "insert into public.admin_users (user_id, email) values (%s, %s)", (user_id, f"{user_id}@admin.example")
    )


@contextmanager
def refused(code: str, status: int | None = None) -> Iterator[pytest.ExceptionInfo[psycopg.Error]]:
    """Expect a refusal with this error code and, if given, this HTTP status."""
    with pytest.raises(psycopg.Error) as caught:
        yield caught
    assert caught.value.diag.message_primary == code
    if status is not None:
        assert caught.value.sqlstate == f"PT{status}"


def indexes_in(plan: dict[str, Any]) -> set[str]:
    """Names of all indexes in a plan; one of a partition counts as its table's."""
    names = {plan["Index Name"]} if "Index Name" in plan else set()
    for part in plan.get("Plans", []):
        names |= indexes_in(part)
    return names
