"""Analyses and generated documents: their states, their scores, and that an analysis outlives its résumé."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused, written

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Connect, NewUser, Row


def resume_of(connect: Connect, resume: uuid.UUID) -> Row:
    """Read a résumé as the database's owner."""
    row: Row = connect().execute("select * from public.resumes where id = %s", (resume,)).fetchone()
    return row


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("ats_score", "ats_score"),
        ("full_analysis", "ats_score"),
        ("keyword_match", "optimization_score"),
        ("optimization", "optimization_score"),
    ],
)
def test_a_completed_analysis_puts_its_score_on_the_resume(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole, kind: str, column: str
) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    row = written(as_service, owner, "analyses", resume_id=resume, analysis_type=kind, status="completed", score=78)
    assert row["completed_at"] is not None
    after = resume_of(connect, resume)
    assert (after[column], after["version"]) == (78, 1)


def test_an_unknown_score_leaves_the_resume_alone(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    written(as_service, owner, "analyses", resume_id=resume, analysis_type="ats_score", status="completed")
    written(
        as_service, owner, "analyses", resume_id=resume, analysis_type="keyword_match", status="completed", score=10
    )
    assert resume_of(connect, resume)["ats_score"] is None


def test_states_move_forward_whoever_asks(
    as_service: AsRole, connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    row = written(as_service, owner, "analyses", resume_id=resume, analysis_type="ats_score")
    change = "update public.analyses set status = %s, score = 55 where id = %s returning completed_at"
    with as_service() as cursor:
        for status in ("processing", "failed", "pending", "processing", "completed"):
            done = cursor.execute(change, (status, row["id"])).fetchone()
            assert (done["completed_at"] is not None) is (status in {"failed", "completed"})
    assert resume_of(connect, resume)["ats_score"] == 55
    for status in ("pending", "processing", "failed"):
        with refused("invalid_transition", 409), as_service() as cursor:
            cursor.execute(change, (status, row["id"]))


@pytest.mark.parametrize(
    "columns",
    [
        {"score": 101},
        {"score": -1},
        {"keywords_matched": 2, "keywords_missing": 3, "keywords_total": 6},
        {"issues": {"a": 1}},
        {"suggestions": [1]},
        {"analysis_type": "astrology"},
        {"tokens_used": -1},
    ],
)
def test_impossible_values_are_refused(new_user: NewUser, as_service: AsRole, columns: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        written(as_service, new_user(), "analyses", **{"analysis_type": "ats_score", **columns})


def test_an_analysis_outlives_resume_and_job(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    job = insert(as_user, owner, "jobs", title="Engineer")["id"]
    row = written(
        as_service, owner, "analyses", resume_id=resume, job_id=job, analysis_type="keyword_match", job_title="Engineer"
    )
    letter = written(
        as_service,
        owner,
        "generated_documents",
        resume_id=resume,
        job_id=job,
        document_type="cover_letter",
        content="Dear",
    )
    with as_user(owner) as cursor:
        cursor.execute("delete from public.resumes where id = %s", (resume,))
        cursor.execute("delete from public.jobs where id = %s", (job,))
    for table, made in (("analyses", row), ("generated_documents", letter)):
        left = (
            connect()
            .execute(f"select resume_id, job_id, user_id from public.{table} where id = %s", (made["id"],))
            .fetchone()
        )
        assert left == {"resume_id": None, "job_id": None, "user_id": owner}


def test_analyses_and_documents_cannot_reference_other_users_rows(
    new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner, other = new_user(), new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    job = insert(as_user, owner, "jobs", title="Engineer")["id"]
    for foreign in ({"resume_id": resume}, {"job_id": job}):
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            written(as_service, other, "analyses", analysis_type="ats_score", **foreign)
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            written(as_service, other, "generated_documents", document_type="answer", content="x", **foreign)


def test_clients_can_delete_but_not_change_analyses(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner, other = new_user(), new_user()
    row = written(as_service, owner, "analyses", analysis_type="ats_score")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute("update public.analyses set score = 100 where id = %s", (row["id"],))
    with as_user(other) as cursor:
        assert cursor.execute("select from public.analyses where id = %s", (row["id"],)).fetchall() == []
        assert cursor.execute("delete from public.analyses where id = %s returning id", (row["id"],)).fetchall() == []
    with as_user(owner) as cursor:
        assert cursor.execute("delete from public.analyses where id = %s returning id", (row["id"],)).fetchone() == {
            "id": row["id"]
        }


def test_owners_can_edit_their_letters(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner, other = new_user(), new_user()
    row = written(as_service, owner, "generated_documents", document_type="cover_letter", content="Dear")
    change = "update public.generated_documents set content = 'Hello' where id = %s returning content"
    with as_user(other) as cursor:
        assert cursor.execute(change, (row["id"],)).fetchall() == []
    with as_user(owner) as cursor:
        assert cursor.execute(change, (row["id"],)).fetchone() == {"content": "Hello"}


@pytest.mark.parametrize(
    "assignment",
    [
        "ai_provider = 'made up'",
        "model_used = 'x'",
        "usage_id = gen_random_uuid()",
        "resume_version = 9",
        "prompt = 'x'",
    ],
)
def test_owners_cannot_say_where_a_letter_comes_from(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, assignment: str
) -> None:
    owner = new_user()
    row = written(as_service, owner, "generated_documents", document_type="cover_letter", content="Dear")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(f"update public.generated_documents set {assignment} where id = %s", (row["id"],))


def test_a_user_cannot_make_up_a_score(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes", ats_score=100)["id"]
    forged = {"resume_id": resume, "analysis_type": "ats_score", "status": "completed", "score": 100}
    for columns in (forged, {"analysis_type": "ats_score"}):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            insert(as_user, owner, "analyses", **columns)
    assert resume_of(connect, resume)["ats_score"] is None
