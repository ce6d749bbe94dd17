"""The job tracker as a client uses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Connect, NewUser, Row


def new_job(as_user: AsRole, user_id: uuid.UUID, **columns: Any) -> Row:
    """Insert a job."""
    return insert(as_user, user_id, "jobs", **{"title": "Backend Engineer", **columns})


def test_a_new_job_is_saved_for_its_owner(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_job(as_user, user_id)
    assert (row["user_id"], row["status"]) == (user_id, "saved")


def test_every_status_follows_every_other(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    job = new_job(as_user, user_id)["id"]
    for status in ("applied", "interviewing", "offered", "accepted", "rejected", "saved"):
        with as_user(user_id) as cursor:
            row = cursor.execute(
                "update public.jobs set status = %s where id = %s returning status", (status, job)
            ).fetchone()
            assert row["status"] == status
    with pytest.raises(psycopg.errors.CheckViolation), as_user(user_id) as cursor:
        cursor.execute("update public.jobs set status = 'ghosted' where id = %s", (job,))


@pytest.mark.parametrize(
    "columns",
    [
        {"title": ""},
        {"title": "x" * 256},
        {"source_url": "javascript:alert(1)"},
        {"extracted_data": "[]"},
        {"description": "x" * 100_001},
    ],
)
def test_bad_values_are_refused(new_user: NewUser, as_user: AsRole, columns: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        new_job(as_user, new_user(), **columns)


def test_upsert_works_without_granting_more_rights(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, thief = new_user(), new_user()
    row = new_job(as_user, owner)
    statement = (
        "insert into public.jobs select * from jsonb_populate_record(null::public.jobs, %s) on conflict (id) do update set "
        + ", ".join(f"{name} = excluded.{name}" for name in row)
        + " returning *"
    )
    sent = {**row, "title": "Renamed", "created_at": "2001-01-01", "search": "'other'"}
    with as_user(owner) as cursor:
        saved = cursor.execute(statement, (json.dumps(sent, default=str),)).fetchone()
    assert (saved["title"], saved["created_at"]) == ("Renamed", row["created_at"])
    assert "renam" in saved["search"]
    for forged in ({**sent, "title": "Stolen"}, {**sent, "title": "Stolen", "user_id": thief}):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(thief) as cursor:
            cursor.execute(statement, (json.dumps(forged, default=str),))
    assert (
        connect().execute("select title from public.jobs where id = %s", (row["id"],)).fetchone()["title"] == "Renamed"
    )


def test_only_owners_can_use_the_bin(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    job = new_job(as_user, owner)["id"]
    for call in ("job_delete(%s)", "job_delete(%s, true)", "job_undelete(%s)"):
        with refused("job_not_found", 404), as_user(other) as cursor:
            cursor.execute(f"select public.{call}", (job,))
    with refused("read_only_column"), as_user(owner) as cursor:
        cursor.execute("update public.jobs set deleted_at = now() where id = %s", (job,))
    with as_user(owner) as cursor:
        cursor.execute("select public.job_delete(%s)", (job,))
        assert cursor.execute("select from public.jobs where id = %s", (job,)).fetchall() == []
        assert cursor.execute("select kind, id from public.bin_list()").fetchall() == [{"kind": "job", "id": job}]
        assert cursor.execute("select id from public.job_undelete(%s)", (job,)).fetchone()["id"] == job
        cursor.execute("select public.job_delete(%s, permanently => true)", (job,))
    assert connect().execute("select from public.jobs where id = %s", (job,)).fetchall() == []


def test_search_finds_own_jobs(new_user: NewUser, as_user: AsRole) -> None:
    user_id, other = new_user(), new_user()
    text = "We run Python services on Kubernetes."
    job = new_job(as_user, user_id, description=text, company="Initech")["id"]
    new_job(as_user, user_id, description="Java only", title="Java developer")
    new_job(as_user, other, description=text)
    with as_user(user_id) as cursor:
        found = cursor.execute("select id, headline from public.job_search('python kubernetes -java')").fetchall()
        assert [row["id"] for row in found] == [job]
        assert "**Python**" in found[0]["headline"]
        assert [row["id"] for row in cursor.execute("select id from public.job_search('initech')")] == [job]
        rows = cursor.execute(
            "select id from public.jobs where search @@ plainto_tsquery('english', 'service')"
        ).fetchall()
        assert [row["id"] for row in rows] == [job]


# what was sent, and what became of it ------------------------------------------------------------------------------


def test_an_application_remembers_the_version_that_was_sent(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = insert(as_user, user_id, "resumes", title="Data")["id"]
    job = new_job(as_user, user_id, resume_id=resume, interview_at="2026-12-01T09:00:00Z")
    assert (job["resume_version"], job["furthest_step"]) == (None, "saved")
    with as_user(user_id) as cursor:
        sent = cursor.execute(
            "update public.jobs set status = 'applied' where id = %s returning *", (job["id"],)
        ).fetchone()
        cursor.execute("update public.resumes set title = 'Newer' where id = %s", (resume,))
        forged = cursor.execute(
            "update public.jobs set resume_version = 99, furthest_step = 'accepted', status = 'rejected' where id = %s returning *",
            (job["id"],),
        ).fetchone()
        again = cursor.execute(
            "update public.jobs set status = 'saved' where id = %s returning *", (job["id"],)
        ).fetchone()
    assert (sent["resume_version"], sent["furthest_step"]) == (1, "applied")
    assert (forged["resume_version"], forged["furthest_step"]) == (1, "applied")
    assert (again["resume_version"], again["furthest_step"]) == (None, "saved")


def test_outcomes_are_counted_for_each_version(new_user: NewUser, as_user: AsRole) -> None:
    user_id, other = new_user(), new_user()
    resume = insert(as_user, user_id, "resumes", title="Data")["id"]
    new_job(as_user, user_id, resume_id=resume, status="applied")
    new_job(as_user, user_id, resume_id=resume)
    with as_user(user_id) as cursor:
        cursor.execute("update public.resumes set title = 'Data 2' where id = %s", (resume,))
    lost = new_job(as_user, user_id, resume_id=resume, status="interviewing")
    new_job(as_user, user_id, resume_id=resume, status="offered")
    with as_user(user_id) as cursor:
        cursor.execute("update public.jobs set status = 'rejected' where id = %s", (lost["id"],))
        rows = cursor.execute("select * from public.resume_outcomes()").fetchall()
    counts = ("resume_version", "applications", "waiting", "interviews", "offers", "rejections")
    assert [tuple(row[name] for name in counts) for row in rows] == [(2, 2, 0, 2, 1, 1), (1, 1, 1, 0, 0, 0)]
    with as_user(other) as cursor:
        assert cursor.execute("select * from public.resume_outcomes()").fetchall() == []


def test_a_job_cannot_name_the_resume_of_another(new_user: NewUser, as_user: AsRole) -> None:
    owner, thief = new_user(), new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        new_job(as_user, thief, resume_id=resume)


def test_a_job_outlives_the_resume_that_was_sent(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = insert(as_user, user_id, "resumes")["id"]
    job = new_job(as_user, user_id, resume_id=resume, status="applied")["id"]
    with as_user(user_id) as cursor:
        cursor.execute("delete from public.resumes where id = %s", (resume,))
    row = (
        connect().execute("select resume_id, resume_version, status from public.jobs where id = %s", (job,)).fetchone()
    )
    assert row == {"resume_id": None, "resume_version": None, "status": "applied"}
