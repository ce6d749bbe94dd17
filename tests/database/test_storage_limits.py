"""What an account may store: rows and bytes per table and plan, files, and the end of what nobody finishes."""

from __future__ import annotations

import threading
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused, upsert, written
from tests.database.test_templates import DESIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.database.rows import AsRole, Clock, Connect, NewUser

# One row per user by their primary key.
ONE_EACH = {"profiles", "user_settings"}


def columns_of(table: str, owner: uuid.UUID) -> dict[str, Any]:
    """A new row of a table, as a client inserts it."""
    rows: dict[str, dict[str, Any]] = {
        "resumes": {"title": "x"},
        "jobs": {"title": "x"},
        "resume_drafts": {"resume_id": None},
        "resume_uploads": {"file_name": "cv.pdf", "path": f"{owner}/{uuid.uuid4()}.pdf"},
        "user_experiences": {"company": "Acme", "position": "Engineer"},
        "resume_templates": {"name": "Mine", "design": DESIGN},
        "user_setting_pairs": {"setting_key": f"key.{uuid.uuid4()}"},
        "feedback": {"content": "It works well."},
    }
    return rows[table]


@contextmanager
def limits(connect: Connect, kind: str, plan: str | None = None, **figures: int) -> Iterator[None]:
    """Change a kind's figures, and put them back."""
    connection = connect()
    read = "select max_rows, max_bytes from public.storage_limits where kind = %s and plan is not distinct from %s"
    before = connection.execute(read, (kind, plan)).fetchone()
    write = (
        "insert into public.storage_limits (kind, plan, max_rows, max_bytes) values (%s, %s, %s, %s) "
        "on conflict (kind, plan) do update set max_rows = excluded.max_rows, max_bytes = excluded.max_bytes"
    )
    after = {"max_rows": 1_000_000, "max_bytes": 1 << 40, **figures}
    connection.execute(write, (kind, plan, after["max_rows"], after["max_bytes"]))
    try:
        yield
    finally:
        if before:
            connection.execute(write, (kind, plan, before["max_rows"], before["max_bytes"]))
        else:
            connection.execute(
                "delete from public.storage_limits where kind = %s and plan is not distinct from %s", (kind, plan)
            )


# Functions fill these (tests/database/metering/test_effects.py), and saves do.
RESULTS = {
    "analyses", "generated_documents", "interview_sessions", "interview_transcripts", "interview_turns", "resume_bullets",
    "resume_downloads", "resume_versions",
}  # fmt: skip


def limited(connect: Connect) -> set[str]:
    """Tables that clients insert into."""
    rows = connect().execute(
        "select c.relname from pg_class as c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') "
        "and has_any_column_privilege('authenticated', c.oid, 'insert')"
    )
    return {row["relname"] for row in rows} - ONE_EACH


def test_every_table_that_clients_fill_has_a_limit(connect: Connect) -> None:
    tables = limited(connect)
    kinds = connect().execute("select kind from public.storage_limits where plan is null").fetchall()
    assert {row["kind"] for row in kinds} == tables | RESULTS | {"files"}
    triggers = connect().execute(
        "select t.tgrelid::regclass::text as name, t.tgtype::integer & 20 as verb from pg_trigger as t "
        "where t.tgfoid = 'private.limit_storage()'::regprocedure"
    )
    assert {(row["name"].removeprefix("public."), row["verb"]) for row in triggers} == {
        (table, verb) for table in tables for verb in (4, 16)
    } | {("interview_transcripts", 16)}  # clients correct what functions wrote


def test_every_plan_bounds_what_it_stores_whatever_the_catalogue(connect: Connect) -> None:
    # Figures of plans add to those of all plans, so that none is without.
    rows = connect().execute("select kind from public.storage_limits group by kind having bool_and(plan is not null)")
    assert rows.fetchall() == []


@pytest.mark.parametrize(
    "table",
    ["feedback", "jobs", "resume_templates", "resume_uploads", "resumes", "user_experiences", "user_setting_pairs"],
)
def test_no_account_has_more_rows_than_its_plan_allows(
    connect: Connect, new_user: NewUser, as_user: AsRole, table: str
) -> None:
    owner, other = new_user(), new_user()
    with limits(connect, table, "free", max_rows=3):
        for _ in range(3):
            insert(as_user, owner, table, **columns_of(table, owner))
        with refused("storage_limit_reached", 413) as caught:
            insert(as_user, owner, table, **columns_of(table, owner))
        assert '"max_rows": 3' in (caught.value.diag.message_detail or "")
        insert(as_user, other, table, **columns_of(table, other))


def test_drafts_are_limited_too(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    resumes = [insert(as_user, owner, "resumes")["id"] for _ in range(2)]
    with limits(connect, "resume_drafts", "free", max_rows=2):
        for resume in resumes:
            insert(as_user, owner, "resume_drafts", resume_id=resume)
        with refused("storage_limit_reached"):
            insert(as_user, owner, "resume_drafts")
        with as_user(owner) as cursor:  # an auto-save of an existing one is no new row
            row = {"user_id": owner, "resume_id": resumes[0], "content": {"a": 1}}
            upsert(cursor, "resume_drafts", row, conflict="user_id, resume_id")


def test_a_statement_with_many_rows_is_counted_whole(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    statement = "insert into public.jobs (title) select 'x' from generate_series(1, %s)"
    with limits(connect, "jobs", "free", max_rows=5):
        with refused("storage_limit_reached"), as_user(owner) as cursor:
            cursor.execute(statement, (6,))
        with as_user(owner) as cursor:
            cursor.execute(statement, (5,))


def test_the_bin_counts(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    with limits(connect, "resumes", "free", max_rows=7):
        with refused("storage_limit_reached", 413):
            for _ in range(60):
                resume = insert(as_user, owner, "resumes")["id"]
                with as_user(owner) as cursor:
                    cursor.execute("select public.resume_delete(%s)", (resume,))
        with as_user(owner) as cursor:
            kept = cursor.execute("select id from public.bin_list()").fetchall()
            assert len(kept) == 7
            cursor.execute("select public.resume_undelete(%s)", (kept[0]["id"],))
            cursor.execute("select public.resume_delete(%s, true)", (kept[1]["id"],))
        insert(as_user, owner, "resumes")


def noise(connect: Connect, size: int) -> str:
    """Text that does not compress."""
    row = connect().execute(
        "select left(string_agg(encode(sha256(random()::text::bytea), 'base64'), ''), %s) as text "
        "from generate_series(1, %s)",
        (size, size // 40 + 1),
    )
    text: str = row.fetchone()["text"]
    return text


def test_no_account_has_more_bytes_than_its_plan_allows(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    text = noise(connect, 18_000)
    with limits(connect, "jobs", "free", max_bytes=30_000):
        job = insert(as_user, owner, "jobs", title="x", notes=text)["id"]
        with refused("storage_limit_reached", 413):
            insert(as_user, owner, "jobs", title="x", notes=text)
        other = insert(as_user, owner, "jobs", title="y")["id"]
        change = "update public.jobs set notes = %s where id = %s"
        with refused("storage_limit_reached", 413), as_user(owner) as cursor:
            cursor.execute(change, (text, other))
        with as_user(owner) as cursor:
            cursor.execute(change, (text[:16_000], job))


def test_what_exists_stays_editable_after_a_downgrade(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    text = noise(connect, 9_000)
    jobs = [insert(as_user, owner, "jobs", title="x", notes=text) for _ in range(3)]
    with limits(connect, "jobs", "free", max_rows=1, max_bytes=1000):
        with as_user(owner) as cursor:
            cursor.execute("update public.jobs set status = 'applied' where id = %s", (jobs[0]["id"],))
            cursor.execute("update public.jobs set notes = %s where id = %s", (text[:4000], jobs[0]["id"]))
            upsert(cursor, "jobs", {"id": jobs[1]["id"], "user_id": owner, "title": "z", "notes": text})
        with refused("storage_limit_reached"), as_user(owner) as cursor:
            cursor.execute("update public.jobs set notes = %s where id = %s", (text * 2, jobs[2]["id"]))


def test_a_plan_has_its_own_figures(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    free, paying = new_user(), new_user()
    connect().execute(
        "insert into public.subscriptions (user_id, provider, plan, status, current_period_end) "
        "values (%s, 'manual', 'pro', 'active', now() + interval '1 month')",
        (paying,),
    )
    with limits(connect, "jobs", "free", max_rows=1), limits(connect, "jobs", max_rows=2):
        for owner, count in ((free, 1), (paying, 2)):
            for _ in range(count):
                insert(as_user, owner, "jobs", title="x")
            with refused("storage_limit_reached"):
                insert(as_user, owner, "jobs", title="x")


def test_inserts_at_once_do_not_exceed_the_limit(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    barrier = threading.Barrier(8)
    outcomes: list[str] = []

    def add() -> None:
        barrier.wait()
        try:
            insert(as_user, owner, "jobs", title="x")
            outcomes.append("made")
        except psycopg.Error as error:
            outcomes.append(error.diag.message_primary or "")

    with limits(connect, "jobs", "free", max_rows=3):
        threads = [threading.Thread(target=add) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["made"] * 3 + ["storage_limit_reached"] * 5


def add_file(as_user: AsRole, owner: uuid.UUID, size: int = 1000) -> None:
    """Add a file as the storage service does for a client."""
    with as_user(owner) as cursor:
        cursor.execute(
            "insert into storage.objects (bucket_id, name, owner_id, metadata) values "
            "('resumes', %s, %s, jsonb_build_object('size', %s::bigint))",
            (f"{owner}/{uuid.uuid4()}.pdf", owner, size),
        )


def test_files_are_limited_in_number_and_size(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    many, large = new_user(), new_user()
    with limits(connect, "files", "free", max_rows=2, max_bytes=10_000):
        add_file(as_user, many)
        add_file(as_user, many)
        with refused("storage_limit_reached"):
            add_file(as_user, many)
        add_file(as_user, large, 9_000)
        with refused("storage_limit_reached"):
            add_file(as_user, large, 1_001)


def test_what_the_secret_key_stores_counts_too(connect: Connect, new_user: NewUser, as_service: AsRole) -> None:
    # The storage API writes with it after an upload that the caller's policies allowed.
    owner = new_user()
    add = "insert into storage.objects (bucket_id, name) values (%s, %s)"
    with limits(connect, "files", "free", max_rows=1):
        with as_service() as cursor:
            cursor.execute(add, ("resumes", f"{owner}/a.pdf"))
            cursor.execute(add, ("exports", f"{owner}/a.pdf"))  # bounded by resume_downloads
            cursor.execute(add, ("resumes", "public/a.pdf"))
        for bucket in ("resumes", "audio"):
            with refused("storage_limit_reached"), as_service() as cursor:
                cursor.execute(add, (bucket, f"{owner}/b.pdf"))


# states ----------------------------------------------------------------------------------------------------------


def purge(as_service: AsRole, policy: str) -> None:
    """Run a retention policy until nothing is left."""
    with as_service() as cursor:
        while cursor.execute("select public.retention_purge(%s) as n", (policy,)).fetchone()["n"]:
            pass


OPEN = [
    ("open_uploads", "resume_uploads", {"file_name": "x"}, "failed", 1),
    ("open_analyses", "analyses", {"analysis_type": "ats_score"}, "failed", 1),
    ("open_analyses", "analyses", {"analysis_type": "ats_score", "status": "processing"}, "failed", 1),
    ("open_generations", "resume_generations", {}, "failed", 1),
    ("open_interviews", "interview_sessions", {"session_type": "chat"}, "abandoned", 7),
]


@pytest.mark.parametrize("case", OPEN, ids=lambda case: f"{case[0]} {case[2].get('status', '')}")
def test_what_nobody_finishes_ends(
    connect: Connect,
    new_user: NewUser,
    as_service: AsRole,
    clock: Clock,
    case: tuple[str, str, dict[str, Any], str, int],
) -> None:
    policy, table, columns, end, days = case
    column = "parse_status" if table == "resume_uploads" else "status"
    owner = new_user()
    if table == "resume_uploads":
        columns = {**columns, "path": f"{owner}/{uuid.uuid4()}.pdf"}
    row = written(as_service, owner, table, **columns)

    def state() -> str:
        found = (
            connect().execute(f"select {column} as state from public.{table} where id = %s", (row["id"],)).fetchone()
        )
        return str(found["state"])

    clock.advance(f"{days} days -1 hour")
    purge(as_service, policy)
    assert state() == row[column]
    clock.advance("2 hours")
    purge(as_service, policy)
    assert state() == end


def test_a_failed_upload_goes_with_its_file(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    owner = new_user()
    path = f"{owner}/{uuid.uuid4()}.pdf"
    written(as_service, owner, "resume_uploads", file_name="x", path=path, parse_status="failed")
    clock.advance("31 days")
    purge(as_service, "failed_uploads")
    assert connect().execute("select from public.resume_uploads where path = %s", (path,)).fetchall() == []
    assert connect().execute("select from private.outbox where object = %s", (f"resumes/{path}",)).fetchall() != []


def test_every_state_that_waits_has_a_policy(connect: Connect) -> None:
    # The states that a worker or a user is expected to leave, by table.
    waiting = {
        ("public.resume_uploads", "pending"), ("public.analyses", "pending"), ("public.analyses", "processing"),
        ("public.resume_generations", "waiting"), ("public.resume_generations", "processing"),
        ("public.interview_sessions", "active"),
    }  # fmt: skip
    rows = connect().execute("select table_name, only_where from private.retention_policies where becomes is not null")
    ended = {(row["table_name"], state) for row in rows for state in (row["only_where"] or "").split("'")[1::2]}
    assert ended == waiting
