"""What many database tests do: insert as a user, upsert as the stock client does, expect a refusal by its code, read a plan."""

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
    """Insert one row as its owner does through the API, and return it. Lists and dicts are json."""
    names = ", ".join(columns)
    values = ", ".join(["%s"] * len(columns))
    what = f"({names}) values ({values})" if columns else "default values"
    with as_user(owner) as cursor:
        cursor.execute(f"insert into public.{table} {what} returning *", [_json(value) for value in columns.values()])
        row: Row = cursor.fetchone()
        return row


def upsert(cursor: Any, table: str, row: Row, conflict: str = "id") -> Row:
    """Do what the stock client's upsert does with a whole row."""
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
    """Put a user among the administrators."""
    connect().execute(
        "insert into public.admin_users (user_id, email) values (%s, %s)", (user_id, f"{user_id}@admin.example")
    )


@contextmanager
def refused(code: str, status: int | None = None) -> Iterator[pytest.ExceptionInfo[psycopg.Error]]:
    """Expect a refusal with this machine-readable code, and this HTTP status if one is given."""
    with pytest.raises(psycopg.Error) as caught:
        yield caught
    assert caught.value.diag.message_primary == code
    if status is not None:
        assert caught.value.sqlstate == f"PT{status}"


def indexes_in(plan: dict[str, Any]) -> set[str]:
    """Names of all indexes in a plan; one of a partition counts as its table's."""
    found = {plan["Index Name"]} if "Index Name" in plan else set()
    for part in plan.get("Plans", []):
        found |= indexes_in(part)
    return found
