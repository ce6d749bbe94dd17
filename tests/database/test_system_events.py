"""System events: each is written in the transaction in which a failure became final, and only then."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.database.rows import Connect, NewUser, Row


def events(connect: Connect, kind: str) -> list[Row]:
    rows: list[Row] = (
        connect()
        .execute(
            "select severity, user_id, event_data as data from public.system_events where event_type = %s order by created_at",
            (kind,),
        )
        .fetchall()
    )
    return rows


def test_failures_become_system_events(connect: Connect, new_user: NewUser) -> None:
    user, connection = new_user(), connect()

    def open_task(key: str) -> Any:
        statement = "select public.task_open(%s, 'generate', 'batch', %s, 'h', '{}', '[]') ->> 'id' as id"
        return connection.execute(statement, (user, key)).fetchone()["id"]

    failed, cancelled = open_task("a"), open_task("b")
    connection.execute("select public.task_give_up(%s)", (failed,))
    connection.execute("select public.task_cancel(%s, 'generate', %s)", (user, cancelled))
    [event] = events(connect, "task_failed")
    assert (event["severity"], event["user_id"]) == ("warning", user)
    assert event["data"] == {"task_id": failed, "function": "generate", "operation": "batch", "code": "task_failed"}

    for name, due in (("later", "now() + interval '1 minute'"), ("never", "null")):
        connection.execute(
            "insert into private.webhook_events (provider, event_id, body_hash, event_type, occurred_at, status, error_code, next_attempt_at) "
            f"values ('stripe', %s, sha256(%s), 'x', now(), 'failed', 'c', {due})",
            (name, name.encode()),
        )
    [event] = events(connect, "webhook_given_up")
    assert (event["severity"], event["data"]["code"], event["data"]["provider"]) == ("error", "c", "stripe")

    run = uuid.uuid4()
    note = "select public.cleanup_note(%s, %s, %s)"
    connection.execute(note, (run, "holds", '{"done": 3, "error": null}'))
    connection.execute(note, (run, "files", '{"done": 0, "error": "database_unavailable"}'))
    connection.execute(note, (run, "lots", '{"done": 0}'))
    connection.execute(note, (run, "checks", '{"done": 2, "detail": {"ledger": 2}}'))
    [event] = events(connect, "cleanup_failed")
    assert event["data"] == {"run_id": str(run), "task": "files", "code": "database_unavailable"}
    [event] = events(connect, "invariant_breach")
    assert event["data"] == {"run_id": str(run), "violations": 2}
