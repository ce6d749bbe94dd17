"""Buckets are private, and users can access only their own folder."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser

BUCKETS = ("audio", "exports", "photos", "resumes")
ADD = "insert into storage.objects (bucket_id, name, owner_id) values (%s, %s, %s) returning id"


def test_the_buckets_are_private_and_limited(connect: Connect) -> None:
    rows = (
        connect().execute("select * from storage.buckets where id = any (%s) order by id", (list(BUCKETS),)).fetchall()
    )
    assert [row["id"] for row in rows] == list(BUCKETS)
    for row in rows:
        assert row["public"] is False
        assert 0 < row["file_size_limit"] <= 26_214_400
        assert row["allowed_mime_types"]
    assert "application/pdf" in rows[3]["allowed_mime_types"]
    assert not any("html" in kind or "svg" in kind for kind in rows[3]["allowed_mime_types"])


@pytest.mark.parametrize("bucket", ["audio", "resumes"])
def test_a_users_folder_is_theirs(new_user: NewUser, as_user: AsRole, as_anon: AsRole, bucket: str) -> None:
    owner, other = new_user(), new_user()
    name = f"{owner}/{uuid.uuid4()}.pdf"
    with as_user(owner) as cursor:
        cursor.execute(ADD, (bucket, name, owner))
    with as_user(other) as cursor:
        for statement in (
            "select id from storage.objects where name = %s",
            "update storage.objects set name = 'x' where name = %s returning id",
            "delete from storage.objects where name = %s returning id",
        ):
            assert cursor.execute(statement, (name,)).fetchall() == []
    with as_anon() as cursor:
        assert cursor.execute("select id from storage.objects where name = %s", (name,)).fetchall() == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute("update storage.objects set name = %s where name = %s", (f"{other}/x.pdf", name))
    with as_user(owner) as cursor:
        assert len(cursor.execute("delete from storage.objects where name = %s returning id", (name,)).fetchall()) == 1


@pytest.mark.parametrize(
    "name", ["{other}/a.pdf", "a.pdf", "/{owner}/a.pdf", "x{owner}/a.pdf", "{other}/{owner}/a.pdf"]
)
def test_files_cannot_be_added_elsewhere(new_user: NewUser, as_user: AsRole, as_anon: AsRole, name: str) -> None:
    owner, other = new_user(), new_user()
    path = name.format(owner=owner, other=other)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(ADD, ("resumes", path, owner))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
        cursor.execute(ADD, ("resumes", path, owner))


def test_users_only_read_exports(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner = new_user()
    name = f"{owner}/{uuid.uuid4()}.pdf"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(ADD, ("exports", name, owner))
    with as_service() as cursor:
        cursor.execute(ADD, ("exports", name, owner))
    with as_user(owner) as cursor:
        assert len(cursor.execute("select id from storage.objects where name = %s", (name,)).fetchall()) == 1
        for statement in (
            "update storage.objects set name = name where name = %s returning id",
            "delete from storage.objects where name = %s returning id",
        ):
            assert cursor.execute(statement, (name,)).fetchall() == []
    with as_user(owner) as cursor:
        cursor.execute(ADD, ("resumes", name, owner))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(
            "update storage.objects set bucket_id = 'exports' where bucket_id = 'resumes' and name = %s", (name,)
        )
