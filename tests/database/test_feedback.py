"""Feedback: written by users, and deleted with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, upsert

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser

TEXT = "The export is very good."


@pytest.mark.parametrize("category", ["bug", "feature_request", "general", "praise", "complaint"])
def test_the_categories(new_user: NewUser, as_user: AsRole, category: str) -> None:
    row = insert(as_user, new_user(), "feedback", content=TEXT, category=category, context={"page_url": "/x"})
    assert row["category"] == category


@pytest.mark.parametrize(
    "columns",
    [
        {"content": "too short"},
        {"content": "x" * 5001},
        {"category": "spam"},
        {"context": ["no object"]},
        {"context": {"a": "x" * 20000}},
    ],
)
def test_bad_values_are_refused(new_user: NewUser, as_user: AsRole, columns: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        insert(as_user, new_user(), "feedback", **{"content": TEXT, **columns})


def test_ten_and_five_thousand_characters_are_taken(new_user: NewUser, as_user: AsRole) -> None:
    for length in (10, 5000):
        insert(as_user, new_user(), "feedback", content="é" * length)


def test_it_is_the_owners(new_user: NewUser, as_user: AsRole, as_anon: AsRole) -> None:
    owner, other = new_user(), new_user()
    row = insert(as_user, owner, "feedback", content=TEXT)
    read = "select id from public.feedback where id = %s"
    with as_user(other) as cursor:
        assert cursor.execute(read, (row["id"],)).fetchall() == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
        cursor.execute(read, (row["id"],))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        insert(as_user, other, "feedback", content=TEXT, user_id=owner)
    with as_user(owner) as cursor:
        assert upsert(cursor, "feedback", {**row, "content": TEXT + TEXT})["content"] == TEXT + TEXT


def test_the_text_goes_with_the_user(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    """It may say who wrote it."""
    owner = new_user()
    row = insert(as_user, owner, "feedback", content=TEXT)
    connect().execute("delete from auth.users where id = %s", (owner,))
    assert connect().execute("select from public.feedback where id = %s", (row["id"],)).fetchall() == []
