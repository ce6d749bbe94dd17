"""Public résumés: the data that a reader with the slug receives, and everything that ends sharing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Clock, Connect, NewUser

CONTENT = {
    "personalInfo": {
        "name": "Ada",
        "headline": "Engineer",
        "email": "ada@example.com",
        "phone": "+44 1",
        "address": {"city": "London"},
        "extra": {"basics": {"email": "ada@example.com"}},
    },
    "summary": "Writes engines",
    "experience": [{"company": "Acme", "extra": {"salary": "secret"}}],
    "awards": [{"title": "Hidden award"}],
    "extra": {"jsonResume": {"basics": {"phone": "+44 1"}}},
    "x-private-notes": "secret",
}
LAYOUT = {"sectionOrder": ["summary", "personalInfo"], "hidden": ["awards"]}


def publish(as_user: AsRole, owner: uuid.UUID, **columns: Any) -> dict[str, Any]:
    """Create a public résumé."""
    return insert(as_user, owner, "resumes", content=CONTENT, layout=LAYOUT, is_public=True, title="CV", **columns)


def read(as_service: AsRole, slug: str) -> Any:
    """Read a shared résumé as the share function does."""
    with as_service() as cursor:
        return cursor.execute("select public.share_read(%s) as page", (slug,)).fetchone()["page"]


def test_a_reader_gets_allow_listed_fields(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    row = publish(as_user, new_user())
    page = read(as_service, row["share_slug"])
    assert set(page) == {
        "title", "content", "section_order", "template", "indexable", "updated_at", "expires_at", "password_hash",
    }  # fmt: skip
    assert page["content"] == {
        "personalInfo": {"name": "Ada", "headline": "Engineer"},
        "summary": "Writes engines",
        "experience": [{"company": "Acme"}],
    }
    assert page["section_order"] == ["summary", "personalInfo", "experience"]
    assert (page["indexable"], page["password_hash"]) == (False, None)
    assert page["template"]["slug"] == "modern-1"
    text = json.dumps(page)
    for secret in ("ada@example.com", "+44", "London", "secret", "Hidden", str(row["id"]), str(row["user_id"])):
        assert secret not in text


def test_contact_details_are_shown_only_if_the_owner_allows_it(
    new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    row = publish(as_user, new_user(), share_contact=True)
    personal = read(as_service, row["share_slug"])["content"]["personalInfo"]
    assert (personal["email"], personal["phone"]) == ("ada@example.com", "+44 1")
    assert "extra" not in personal


@pytest.mark.parametrize(
    "end",
    [
        "update public.resumes set is_public = false where id = %s",
        "update public.resumes set status = 'draft' where id = %s",
        "select public.resume_delete(%s)",
        "delete from public.resumes where id = %s",
    ],
)
def test_unpublishing_or_deleting_ends_sharing(
    new_user: NewUser, as_user: AsRole, as_service: AsRole, end: str
) -> None:
    owner = new_user()
    row = publish(as_user, owner)
    with as_user(owner) as cursor:
        cursor.execute(end, (row["id"],))
    assert read(as_service, row["share_slug"]) is None


def test_sharing_ends_at_its_expiry_and_with_the_account(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole, clock: Clock
) -> None:
    owner = new_user()
    row = publish(as_user, owner, share_expires_at=clock.now().isoformat())
    assert read(as_service, row["share_slug"]) is None
    lasting = publish(as_user, owner)
    assert read(as_service, lasting["share_slug"]) is not None
    connect().execute("update public.profiles set is_active = false where id = %s", (owner,))
    assert read(as_service, lasting["share_slug"]) is None


def test_an_unknown_slug_returns_nothing(as_service: AsRole) -> None:
    assert read(as_service, "AAAAAAAAAAAAAAAAAAAAAA") is None
    assert read(as_service, "") is None


def test_only_the_share_function_can_read_the_password_hash(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole
) -> None:
    owner, other = new_user(), new_user()
    row = publish(as_user, owner)
    protect = "select public.resume_share_password(%s, %s)"
    with refused("resume_not_found", 404), as_user(other) as cursor:
        cursor.execute(protect, (row["id"], "scrypt$" + "x" * 40))
    for value in ("scrypt$" + "x" * 40, "scrypt$" + "y" * 40):
        with as_user(owner) as cursor:
            cursor.execute(protect, (row["id"], value))
        assert read(as_service, row["share_slug"])["password_hash"] == value
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute("select * from private.share_passwords")
    with as_user(owner) as cursor:
        cursor.execute(protect, (row["id"], None))
    assert read(as_service, row["share_slug"])["password_hash"] is None
    assert connect().execute("select from private.share_passwords where resume_id = %s", (row["id"],)).fetchall() == []


def test_clients_cannot_read_by_slug_and_visitors_cannot_read_the_table(
    new_user: NewUser, as_user: AsRole, as_anon: AsRole
) -> None:
    row = publish(as_user, new_user())
    for acting in (as_user(new_user()), as_anon()):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), acting as cursor:
            cursor.execute("select public.share_read(%s)", (row["share_slug"],))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
        cursor.execute("select title from public.resumes where share_slug = %s", (row["share_slug"],))
    with as_user(new_user()) as cursor:
        assert cursor.execute("select from public.resumes where share_slug = %s", (row["share_slug"],)).fetchall() == []
