"""Interviews: users pay for them, so only the function writes them. Turns are numbered, counted and limited."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused, written

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser, Row

ROOT = Path(__file__).resolve().parent.parent.parent


def session(connect: Connect, owner: uuid.UUID, **columns: Any) -> Row:
    """Open a session as the interview function does."""
    columns = {"user_id": owner, "session_type": "chat", **columns}
    row: Row = (
        connect()
        .execute(
            f"insert into public.interview_sessions ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))}) returning *",
            list(columns.values()),
        )
        .fetchone()
    )
    return row


def say(cursor: Any, owner: uuid.UUID, interview: uuid.UUID, speaker: str, text: str = "…") -> int:
    """Add a turn."""
    cursor.execute(
        "insert into public.interview_turns (session_id, user_id, speaker, message) values (%s, %s, %s, %s) returning turn_number",
        (interview, owner, speaker, text),
    )
    number: int = cursor.fetchone()["turn_number"]
    return number


def test_interviewers_are_readable_by_anybody_and_load_twice(connect: Connect, as_anon: AsRole) -> None:
    read = "select * from public.interviewers order by slug"
    with as_anon() as cursor:
        before = [{**row, "updated_at": None} for row in cursor.execute(read)]
    assert len(before) >= 5
    connect().execute((ROOT / "supabase" / "seeds" / "interviewers.sql").read_bytes())
    with as_anon() as cursor:
        assert [{**row, "updated_at": None} for row in cursor.execute(read)] == before


def test_turns_are_numbered_and_counted(connect: Connect, as_service: AsRole, new_user: NewUser) -> None:
    owner = new_user()
    interview = session(connect, owner, total_questions=5)["id"]
    with as_service() as cursor:
        assert [say(cursor, owner, interview, who) for who in ("ai", "user", "ai", "user", "ai")] == [1, 2, 3, 4, 5]
    row = connect().execute("select * from public.interview_sessions where id = %s", (interview,)).fetchone()
    assert (row["turns_count"], row["questions_answered"]) == (5, 2)


def test_parallel_turns_cannot_exceed_the_limit(connect: Connect, as_service: AsRole, new_user: NewUser) -> None:
    owner = new_user()
    interview = session(connect, owner, max_turns=5)["id"]
    barrier = threading.Barrier(8)
    outcomes: list[str] = []

    def turn() -> None:
        try:
            with as_service() as cursor:
                barrier.wait()
                say(cursor, owner, interview, "user")
            outcomes.append("said")
        except psycopg.Error as error:
            outcomes.append(error.diag.message_primary or "?")

    threads = [threading.Thread(target=turn) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["said"] * 5 + ["turn_limit_reached"] * 3
    numbers = (
        connect()
        .execute(
            "select array_agg(turn_number order by turn_number) as n from public.interview_turns where session_id = %s",
            (interview,),
        )
        .fetchone()
    )
    assert numbers["n"] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("end", ["completed", "abandoned", "cancelled"])
def test_a_session_that_is_over_stays_over(connect: Connect, as_service: AsRole, new_user: NewUser, end: str) -> None:
    owner = new_user()
    interview = session(connect, owner)["id"]
    change = "update public.interview_sessions set status = %s where id = %s returning *"
    with as_service() as cursor:
        row = cursor.execute(change, (end, interview)).fetchone()
    assert row["completed_at"] is not None
    assert row["duration_seconds"] >= 0
    with refused("session_not_active", 409), as_service() as cursor:
        say(cursor, owner, interview, "user")
    for status in {"active", "completed", "abandoned", "cancelled"} - {end}:
        with refused("invalid_transition", 409), as_service() as cursor:
            cursor.execute(change, (status, interview))


def test_minutes_are_rounded_up(connect: Connect, new_user: NewUser) -> None:
    owner = new_user()
    assert [session(connect, owner, duration_seconds=s)["duration_minutes"] for s in (0, 1, 60, 61)] == [0, 1, 1, 2]


def test_a_client_reads_and_deletes_their_sessions_and_writes_none(
    connect: Connect, as_service: AsRole, new_user: NewUser, as_user: AsRole
) -> None:
    owner, other = new_user(), new_user()
    interview = session(connect, owner)["id"]
    with as_service() as cursor:
        say(cursor, owner, interview, "user")
    for statement in (
        "update public.interview_sessions set score = 100 where id = %(id)s",
        "update public.interview_sessions set max_turns = 400 where id = %(id)s",
        "insert into public.interview_sessions (user_id, session_type) values (%(owner)s, 'chat')",
        "insert into public.interview_turns (session_id, user_id, speaker, message) values (%(id)s, %(owner)s, 'user', 'x')",
        "delete from public.interview_turns where session_id = %(id)s",
        "insert into public.interview_transcripts (user_id, audio_path, transcript_text) values (%(owner)s, 'a', 'x')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
            cursor.execute(statement, {"id": interview, "owner": owner})
    with as_user(other) as cursor:
        for table in ("interview_sessions", "interview_turns"):
            assert cursor.execute(f"select from public.{table} where user_id = %s", (owner,)).fetchall() == []
    with as_user(owner) as cursor:
        assert len(cursor.execute("select from public.interview_turns").fetchall()) == 1
        cursor.execute("delete from public.interview_sessions where id = %s", (interview,))
        assert cursor.execute("select from public.interview_turns").fetchall() == []


def test_a_turn_belongs_to_the_sessions_owner(connect: Connect, as_service: AsRole, new_user: NewUser) -> None:
    owner, other = new_user(), new_user()
    interview = session(connect, owner)["id"]
    with refused("session_not_found", 404), as_service() as cursor:
        say(cursor, other, interview, "user")
    with refused("session_not_found", 404), as_service() as cursor:
        say(cursor, owner, uuid.uuid4(), "user")


def test_sessions_and_bullets_cannot_reference_other_users_rows(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner, other = new_user(), new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        session(connect, other, resume_id=resume)
    interview = session(connect, owner, resume_id=resume)["id"]
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        written(as_service, other, "resume_bullets", question="q", transcript="t", bullets=["b"], session_id=interview)


def test_a_transcript_lies_in_the_owners_folder(as_service: AsRole, new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    add = (
        "insert into public.interview_transcripts (user_id, audio_path, transcript_text, confidence_score) "
        "values (%s, %s, 'words', 0.92) returning id"
    )
    with pytest.raises(psycopg.errors.CheckViolation), as_service() as cursor:
        cursor.execute(add, (owner, f"{other}/a.webm"))
    with as_service() as cursor:
        cursor.execute(add, (owner, f"{owner}/a.webm"))
    with as_user(other) as cursor:
        assert cursor.execute("select from public.interview_transcripts where user_id = %s", (owner,)).fetchall() == []
    with as_user(owner) as cursor:
        assert len(cursor.execute("delete from public.interview_transcripts returning id").fetchall()) == 1


def test_only_a_client_deletes_an_interview(connect: Connect, as_service: AsRole, new_user: NewUser) -> None:
    # It locks the account, then the row, as the steps do; the secret key's delete would lock them the other way round.
    interview = session(connect, new_user())
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_service() as cursor:
        cursor.execute("delete from public.interview_sessions where id = %s", (interview["id"],))
