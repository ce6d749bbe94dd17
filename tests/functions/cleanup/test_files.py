"""Files of deleted rows: gone from storage with the next run, also after one that was killed or found no storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx

from functions._shared import wiring
from functions._shared.adapters.supabase.housekeeping import SupabaseHousekeeping
from functions._shared.domain.errors import DatabaseUnavailable
from tests.functions.cleanup.test_cleanup import one, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from functions._shared.ports.housekeeping import StoredFile
    from local.stack import Stack
    from tests.functions.cleanup.test_cleanup import Connect


def with_a_resume(stack: Stack, connection: Any) -> tuple[str, str]:
    """A user with a résumé that has a PDF; the user's id and the path."""
    key = {"apikey": stack.publishable_key}
    email = f"files-{uuid4().hex[:10]}@example.com"
    signed_up = httpx.post(
        f"{stack.url}/auth/v1/signup", headers=key, json={"email": email, "password": "correct horse battery"}
    ).json()
    user: str = signed_up["user"]["id"]
    path = f"{user}/{uuid4()}.pdf"
    uploaded = httpx.post(
        f"{stack.url}/storage/v1/object/exports/{path}",
        headers={
            "apikey": stack.secret_key,
            "authorization": f"Bearer {stack.secret_key}",
            "content-type": "application/pdf",
        },
        content=b"%PDF-1.4 mine",
    )
    assert uploaded.status_code == 200, uploaded.text
    connection.execute(
        "insert into public.resumes (user_id, title, exported_pdf_path, deleted_at) values (%s, 'Mine', %s, now() - interval '31 days')",
        (user, path),
    )
    return user, path


def stored(connection: Any, path: str) -> int:
    return int(one(connection, "select count(*) from storage.objects where name = %s", path))


def waiting(connection: Any) -> int:
    return int(one(connection, "select count(*) from private.outbox where kind = 'file'"))


async def test_the_file_of_a_purged_resume_goes_with_it(
    client: httpx.AsyncClient, connect: Connect, stack: Stack
) -> None:
    connection = connect()
    user, path = with_a_resume(stack, connection)
    await run(client, "retention")
    assert one(connection, "select count(*) from public.resumes where user_id = %s and title = 'Mine'", UUID(user)) == 0
    assert stored(connection, path) == 1
    reports = await run(client, "files")
    assert reports["files"]["complete"]
    assert (stored(connection, path), waiting(connection)) == (0, 0)


async def test_without_storage_files_wait_and_go_later(
    client: httpx.AsyncClient, connect: Connect, stack: Stack, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    connection = connect()
    _, path = with_a_resume(stack, connection)
    await run(client, "retention")

    async def down(_: SupabaseHousekeeping, files: Sequence[StoredFile]) -> None:
        raise DatabaseUnavailable(files=len(files))

    with monkeypatch.context() as patched:
        patched.setattr(SupabaseHousekeeping, "delete_files", down)
        reports = await run(client, "files", "holds")
    assert (reports["files"]["error"], reports["holds"]["complete"]) == ("database_unavailable", True)
    assert (stored(connection, path), waiting(connection)) == (1, 1)
    assert (await run(client, "files"))["files"]["done"] == 0, "not before its time"
    clock.advance("6 minutes")
    assert (await run(client, "files"))["files"]["done"] == 1
    assert (stored(connection, path), waiting(connection)) == (0, 0)


async def test_what_a_killed_run_deleted_is_no_trouble_for_the_next(
    client: httpx.AsyncClient, connect: Connect, stack: Stack
) -> None:
    connection = connect()
    _, path = with_a_resume(stack, connection)
    await run(client, "retention")
    house = wiring.housekeeping()
    # Killed between the deletion and the note of it.
    await house.delete_files([file for _, file in await house.files_due(100)])
    assert (stored(connection, path), waiting(connection)) == (0, 1)
    assert (await run(client, "files"))["files"]["done"] == 1
    assert waiting(connection) == 0


async def test_failed_payment_events_are_tried_one_by_one(
    client: httpx.AsyncClient, connect: Connect, clock: Any
) -> None:
    connection = connect()
    for number in range(3):
        connection.execute(
            "select public.webhook_receive('razorpay', %s, false, 'x', null, private.now(), %s, '{\"subscriptions\": [{\"id\": \"sub_x\"}]}')",
            (f"evt_{uuid4().hex}", f"{number} {uuid4()}"),
        )
    connection.execute(
        "update private.webhook_events set facts = '{}' where id = (select max(id) from private.webhook_events)"
    )
    assert (await run(client, "webhooks"))["webhooks"]["done"] == 0
    clock.advance("2 minutes")
    report = (await run(client, "webhooks"))["webhooks"]
    assert (report["done"], report["complete"], report["detail"]) == (3, True, {"applied": 1})
    connection.execute("update private.webhook_events set next_attempt_at = null where status = 'failed'")
    report = (await run(client, "webhooks"))["webhooks"]
    assert (report["done"], report["detail"]) == (0, {"given_up": 2})
    connection.execute("delete from private.webhook_events")
