"""Cached model answers: separate for each user, with an expiry, and deleted with the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Clock, Connect, NewUser

HASH = "a" * 64


def get(as_service: AsRole, user_id: uuid.UUID) -> str | None:
    """Read a cached answer."""
    with as_service() as cursor:
        answer: str | None = cursor.execute("select public.ai_cache_get(%s, %s) as a", (user_id, HASH)).fetchone()["a"]
        return answer


def test_an_answer_is_kept_an_hour_for_its_user(as_service: AsRole, new_user: NewUser, clock: Clock) -> None:
    user_id, other = new_user(), new_user()
    with as_service() as cursor:
        cursor.execute("select public.ai_cache_put(%s, %s, 'first')", (user_id, HASH))
        cursor.execute("select public.ai_cache_put(%s, %s, 'second')", (user_id, HASH))
    assert get(as_service, user_id) == "second"
    assert get(as_service, other) is None
    clock.advance("3599 seconds")
    assert get(as_service, user_id) == "second"
    clock.advance("2 seconds")
    assert get(as_service, user_id) is None


def test_deleting_a_user_deletes_cached_answers(connect: Connect, as_service: AsRole, new_user: NewUser) -> None:
    user_id = new_user()
    with as_service() as cursor:
        cursor.execute("select public.ai_cache_put(%s, %s, 'text', 60)", (user_id, HASH))
    connect().execute("delete from auth.users where id = %s", (user_id,))
    assert connect().execute("select from private.ai_cache where user_id = %s", (user_id,)).fetchall() == []


def test_clients_cannot_read_the_cache(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    for statement in (
        "select public.ai_cache_get(%s, 'x')",
        "select public.ai_cache_put(%s, 'x', 'y')",
        "select * from private.ai_cache where user_id = %s",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
            cursor.execute(statement, (user_id,))
