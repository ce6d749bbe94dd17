"""Files do not outlive the rows that name them: whatever deletes a row leaves its files to be deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser

# Columns of public that hold a path, and the bucket that it is in. The pictures of interviewers are ours.
PATHS = {
    ("resumes", "thumbnail_path"): "exports",
    ("resumes", "original_file_path"): "resumes",
    ("resumes", "exported_pdf_path"): "exports",
    ("resumes", "photo_path"): "photos",
    ("resume_uploads", "path"): "resumes",
    ("resume_downloads", "file_path"): "exports",
    ("resume_templates", "preview_path"): "exports",
    ("interview_turns", "audio_path"): "audio",
    ("interview_transcripts", "audio_path"): "audio",
}
NOT_OF_USERS = {("interviewers", "avatar_path")}
DESIGN = "(select design from public.resume_templates where slug = 'classic')"


def one(connection: Any, statement: str, *arguments: object) -> Any:
    row = connection.execute(statement, arguments).fetchone()
    return next(iter(row.values()))


def waiting(connection: Any, user_id: UUID) -> set[str]:
    rows = connection.execute("select object from private.outbox where object like %s", (f"%/{user_id}/%",))
    return {row["object"] for row in rows}


def path_of(user_id: UUID, ending: str = "pdf") -> str:
    return f"{user_id}/{uuid4()}.{ending}"


def resume(connection: Any, user_id: UUID, **paths: str) -> UUID:
    row = connection.execute(
        "insert into public.resumes (user_id, title, thumbnail_path, original_file_path, exported_pdf_path, photo_path) "
        "values (%s, 'Mine', %s, %s, %s, %s) returning id",
        (user_id, paths.get("thumbnail"), paths.get("original"), paths.get("exported"), paths.get("photo")),
    ).fetchone()
    identity: UUID = row["id"]
    return identity


def test_no_column_with_a_path_is_forgotten(connect: Connect) -> None:
    connection = connect()
    columns = connection.execute(
        "select c.relname as name, a.attname as column from pg_attribute as a join pg_class as c on c.oid = a.attrelid "
        "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped "
        # By name, or because a check says that it lies in the owner's folder.
        "and (a.attname ~ '(^|_)(path|file|url)s?$' and a.attname !~ '^(source|avatar|receipt)_url$' or exists ("
        "select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey) "
        "and a.attname <> 'user_id' and pg_get_constraintdef(k.oid) ~ ('own_path\\(\"?' || a.attname || '\\M')))"
    ).fetchall()
    assert {(row["name"], row["column"]) for row in columns} == PATHS.keys() | NOT_OF_USERS
    triggers = connection.execute(
        "select c.relname as name, encode(t.tgargs, 'escape') as arguments from pg_trigger as t "
        "join pg_class as c on c.oid = t.tgrelid where t.tgfoid = 'private.outbox_files'::regproc"
    ).fetchall()
    told: dict[tuple[str, str], str] = {}
    for row in triggers:
        arguments = row["arguments"].split("\\000")
        told |= {(row["name"], column): bucket for bucket, column in zip(arguments[::2], arguments[1::2], strict=False)}
    assert told == PATHS


def new_paths(user: UUID) -> dict[tuple[str, str], str]:
    return {key: path_of(user, "webm" if bucket == "audio" else "pdf") for key, bucket in PATHS.items()}


def row_of_each_kind(connection: Any, user: UUID) -> dict[tuple[str, str], str]:
    """Insert a row of each table that names files; return their paths."""
    paths = new_paths(user)
    resume(
        connection,
        user,
        thumbnail=paths["resumes", "thumbnail_path"],
        original=paths["resumes", "original_file_path"],
        exported=paths["resumes", "exported_pdf_path"],
        photo=paths["resumes", "photo_path"],
    )
    for table, columns, values in (
        ("resume_uploads", "file_name, path", ("cv.pdf", paths["resume_uploads", "path"])),
        ("resume_downloads", "format, file_path", ("pdf", paths["resume_downloads", "file_path"])),
        (
            "interview_transcripts",
            "audio_path, transcript_text",
            (paths["interview_transcripts", "audio_path"], "I did it."),
        ),
    ):
        connection.execute(f"insert into public.{table} (user_id, {columns}) values (%s, %s, %s)", (user, *values))
    connection.execute(
        f"insert into public.resume_templates (user_id, name, type, design, preview_path) values (%s, 'x', 'custom', {DESIGN}, %s)",
        (user, paths["resume_templates", "preview_path"]),
    )
    session = one(
        connection,
        "insert into public.interview_sessions (user_id, session_type) values (%s, 'voice') returning id",
        user,
    )
    connection.execute(
        "insert into public.interview_turns (session_id, user_id, speaker, message, audio_path) values (%s, %s, 'user', 'Yes.', %s)",
        (session, user, paths["interview_turns", "audio_path"]),
    )
    assert waiting(connection, user) == set()
    return paths


def test_each_kind_of_row_leaves_the_files_that_it_names_no_more(connect: Connect, new_user: NewUser) -> None:
    connection, user = connect(), new_user()
    old, new = row_of_each_kind(connection, user), new_paths(user)
    for (table, column), path in new.items():
        connection.execute(f"update public.{table} set {column} = {column} where user_id = %s", (user,))
        assert f"{PATHS[table, column]}/{old[table, column]}" not in waiting(connection, user)
        connection.execute(f"update public.{table} set {column} = %s where user_id = %s", (path, user))
    assert waiting(connection, user) == {f"{PATHS[key]}/{path}" for key, path in old.items()}


def test_each_kind_of_row_leaves_its_files(connect: Connect, new_user: NewUser) -> None:
    connection, user = connect(), new_user()
    paths = row_of_each_kind(connection, user)
    for table in (
        "resumes",
        "resume_uploads",
        "resume_downloads",
        "resume_templates",
        "interview_transcripts",
        "interview_sessions",
    ):
        connection.execute(f"delete from public.{table} where user_id = %s", (user,))
    assert waiting(connection, user) == {f"{PATHS[key]}/{path}" for key, path in paths.items()}


@pytest.mark.parametrize("way", ["purge", "client"])
def test_a_resume_that_is_gone_for_good_leaves_its_pdf(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole, clock: Clock, way: str
) -> None:
    connection, user = connect(), new_user()
    path = path_of(user)
    gone = resume(connection, user, exported=path)
    connection.execute("update public.resumes set deleted_at = private.now() where id = %s", (gone,))
    assert waiting(connection, user) == set()
    if way == "purge":
        clock.advance("31 days")
        with as_service() as cursor:
            cursor.execute("select public.retention_purge('deleted_resumes', 1000)")
    else:
        connection.execute("update public.resumes set deleted_at = null where id = %s", (gone,))
        with as_user(user) as cursor:
            cursor.execute("delete from public.resumes where id = %s", (gone,))
    assert waiting(connection, user) == {f"exports/{path}"}


def test_a_template_does_not_take_another_users_file_along(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    connection, user, other = connect(), new_user(), new_user()
    theirs = path_of(other)
    for path in (theirs, f"{user}/../{theirs}", f"{user}//{theirs}"):
        with as_user(user) as cursor:
            cursor.execute(
                "insert into public.resume_templates (name, design, preview_path) "
                f"select 'x', {DESIGN}, %s returning id",
                (path,),
            )
            cursor.execute("delete from public.resume_templates where id = %s", (cursor.fetchone()["id"],))
    assert waiting(connection, user) | waiting(connection, other) == set()


def due(as_service: AsRole, user_id: UUID) -> dict[str, str]:
    with as_service() as cursor:
        listed = cursor.execute("select public.files_due(1000) as files").fetchone()["files"]
    return {file["path"]: file["id"] for file in listed if file["path"].startswith(str(user_id))}


def test_a_file_that_another_row_names_stays(connect: Connect, new_user: NewUser, as_service: AsRole) -> None:
    connection, user = connect(), new_user()
    shared, alone = path_of(user), path_of(user)
    first, copy = resume(connection, user, exported=shared, thumbnail=alone), resume(connection, user, original=shared)
    connection.execute("delete from public.resumes where id = %s", (first,))
    assert due(as_service, user).keys() == {alone}
    assert waiting(connection, user) == {f"exports/{alone}"}
    connection.execute("delete from public.resumes where id = %s", (copy,))
    assert due(as_service, user).keys() == {alone, shared}


def test_what_failed_is_put_off_longer_each_time_and_what_is_done_is_gone(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    connection, user = connect(), new_user()
    connection.execute("select private.outbox_put('file', %s)", (f"exports/{path_of(user)}",))
    for minutes in (5, 10, 20):
        [entry] = due(as_service, user).values()
        with as_service() as cursor:
            cursor.execute("select public.outbox_failed(%s)", ([entry],))
        clock.advance(f"{minutes - 1} minutes")
        assert due(as_service, user) == {}
        clock.advance("61 seconds")
    [entry] = due(as_service, user).values()
    with as_service() as cursor:
        assert cursor.execute("select public.outbox_done(%s) as n", ([entry],)).fetchone()["n"] == 1
    assert waiting(connection, user) == set()


def test_what_is_asked_for_again_while_it_is_done_is_done_again(
    connect: Connect, new_user: NewUser, as_service: AsRole
) -> None:
    connection, user = connect(), new_user()
    path = path_of(user)
    connection.execute("select private.outbox_put('file', %s)", (f"exports/{path}",))
    entry = due(as_service, user)[path]
    connection.execute("select private.outbox_put('file', %s)", (f"exports/{path}",))
    with as_service() as cursor:
        assert cursor.execute("select public.outbox_done(%s) as n", ([entry],)).fetchone()["n"] == 0
    assert due(as_service, user).keys() == {path}


def test_nobody_reads_or_writes_the_outbox_over_the_api(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    user = new_user()
    for acting, statement in (
        (as_user(user), "select * from private.outbox"),
        (as_user(user), "select public.files_due(1)"),
        (as_service(), "select * from private.outbox"),
        (as_service(), f"select private.outbox_put('file', {json.dumps(str(user))!r})"),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), acting as cursor:
            cursor.execute(statement)
