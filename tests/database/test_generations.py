"""Long-running work and its files: states, progress, redelivery, download counts, Realtime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused, written

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Clock, Connect, NewUser, Row


def generation(connect: Connect, owner: uuid.UUID, **columns: Any) -> Row:
    """Queue some work as a function does."""
    columns = {"user_id": owner, "operation": "resume_export", **columns}
    row: Row = (
        connect()
        .execute(
            f"insert into public.resume_generations ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))}) returning *",
            list(columns.values()),
        )
        .fetchone()
    )
    return row


def test_work_goes_from_waiting_to_completed(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    row = generation(connect, new_user())
    assert (row["status"], row["progress"], row["attempts"]) == ("waiting", 0, 0)
    with as_service() as cursor:
        started = cursor.execute(
            "update public.resume_generations set status = 'processing', progress = 5 where id = %s returning *",
            (row["id"],),
        ).fetchone()
    assert (started["progress"], started["completed_at"]) == (5, None)
    clock.advance("90 seconds")
    with as_service() as cursor:
        done = cursor.execute(
            "update public.resume_generations set status = 'completed' where id = %s returning *", (row["id"],)
        ).fetchone()
    assert done["progress"] == 100
    assert 90_000 <= done["processing_time_ms"] < 120_000


@pytest.mark.parametrize(
    ("way", "refused_status"),
    [
        ((), "completed"),
        (("processing", "completed"), "waiting"),
        (("processing", "completed"), "failed"),
        (("processing",), "waiting"),
        (("processing", "failed"), "waiting"),
        (("failed",), "completed"),
    ],
)
def test_other_transitions_are_refused(
    connect: Connect, new_user: NewUser, as_service: AsRole, way: tuple[str, ...], refused_status: str
) -> None:
    row = generation(connect, new_user())
    change = "update public.resume_generations set status = %s where id = %s"
    with as_service() as cursor:
        for status in way:
            cursor.execute(change, (status, row["id"]))
    with refused("invalid_transition", 409), as_service() as cursor:
        cursor.execute(change, (refused_status, row["id"]))


def test_clients_can_read_and_delete_but_not_write_their_work(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    owner, other = new_user(), new_user()
    row = generation(connect, owner)
    with as_user(other) as cursor:
        assert cursor.execute("select from public.resume_generations where id = %s", (row["id"],)).fetchall() == []
    for statement in (
        "update public.resume_generations set status = 'processing' where id = %s",
        "insert into public.resume_generations (user_id, operation, usage_id) select user_id, 'x', id from public.resume_generations where id = %s",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
            cursor.execute(statement, (row["id"],))
    ended = generation(connect, owner, status="completed")
    delete = "delete from public.resume_generations where id = any(%s) returning id"
    with as_user(owner) as cursor:
        deleted = cursor.execute(delete, ([row["id"], ended["id"]],)).fetchall()
    assert [each["id"] for each in deleted] == [ended["id"]], "what has not ended stays"


def test_it_is_the_only_table_published_to_realtime(connect: Connect) -> None:
    rows = (
        connect().execute("select tablename from pg_publication_tables where pubname = 'supabase_realtime'").fetchall()
    )
    assert [row["tablename"] for row in rows] == ["resume_generations"]


# downloads -------------------------------------------------------------------------------------------------------


def test_word_is_another_name_of_docx(new_user: NewUser, as_service: AsRole) -> None:
    owner = new_user()
    row = written(as_service, owner, "resume_downloads", format="word", file_path=f"{owner}/a.docx")
    assert (row["format"], row["download_count"]) == ("docx", 0)
    with pytest.raises(psycopg.errors.CheckViolation):
        written(as_service, owner, "resume_downloads", format="exe")
    with pytest.raises(psycopg.errors.CheckViolation):
        written(as_service, owner, "resume_downloads", format="pdf", file_path=f"{new_user()}/a.pdf")


def test_downloads_are_counted_by_their_owner(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner, other = new_user(), new_user()
    made = generation(connect, owner)
    row = written(as_service, owner, "resume_downloads", format="pdf", generation_id=made["id"])
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        written(as_service, other, "resume_downloads", format="pdf", generation_id=made["id"])
    with as_user(owner) as cursor:
        assert cursor.execute("select public.resume_download_hit(%s) as n", (row["id"],)).fetchone()["n"] == 1
        assert cursor.execute("select public.resume_download_hit(%s) as n", (row["id"],)).fetchone()["n"] == 2
    with refused("download_not_found", 404), as_user(other) as cursor:
        cursor.execute("select public.resume_download_hit(%s)", (row["id"],))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute("update public.resume_downloads set download_count = 0 where id = %s", (row["id"],))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        insert(as_user, owner, "resume_downloads", format="pdf", file_path=f"{owner}/forged.pdf")
