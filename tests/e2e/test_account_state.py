"""Suspended and deleted accounts, and lapsed administrators, over the real API with the stock client."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from postgrest.exceptions import APIError
from storage3.exceptions import StorageApiError

from tests.database.rows import make_admin
from tests.e2e.person import Person

if TYPE_CHECKING:
    from local.stack import Stack
    from tests.database.rows import Connect

LOST = {"suspended": "is_active = false", "deleted": "deleted_at = now()"}
BACK = "update public.profiles set is_active = true, deleted_at = null where id = %s"


@pytest.mark.parametrize("state", LOST)
def test_the_stock_client_of_the_account_sees_its_state_only(stack: Stack, connect: Connect, state: str) -> None:
    person = Person(stack)
    client, files = person.client, person.client.storage.from_("resumes")
    path = f"{person.id}/cv.pdf"
    resume: Any = client.table("resumes").insert({"title": "mine"}).execute().data[0]
    client.table("feedback").insert({"content": "It works well."}).execute()
    files.upload(path, b"%PDF-1", {"content-type": "application/pdf"})
    connect().execute(f"update public.profiles set {LOST[state]} where id = %s", (person.id,))

    seen: Any = (
        client.table("profiles").select("id,is_active,deleted_at,resumes!resumes_user_id_fkey(id)").execute().data
    )
    assert [(row["id"], row["resumes"]) for row in seen] == [(person.id, [])]
    assert (seen[0]["is_active"], seen[0]["deleted_at"] is None) == (
        (False, True) if state == "suspended" else (True, False)
    )
    for table in (
        "resumes",
        "resume_versions",
        "resume_sections",
        "feedback",
        "user_settings",
        "user_credits",
        "credit_summary",
    ):
        assert client.table(table).select("*").execute().data == [], table
    assert client.table("resume_templates").select("slug").eq("slug", "modern-1").execute().data == [
        {"slug": "modern-1"}
    ]
    assert client.table("resumes").update({"title": "x"}).eq("id", resume["id"]).execute().data == []
    assert client.table("resumes").delete().eq("id", resume["id"]).execute().data == []
    assert client.table("profiles").update({"bio": "x"}).eq("id", person.id).execute().data == []
    attempts: list[Any] = [
        lambda: client.table("resumes").insert({"title": "new"}).execute(),
        lambda: client.table("resumes").upsert({**resume, "title": "x"}).execute(),
        lambda: client.table("profiles").upsert({"id": person.id, "bio": "x"}).execute(),
        lambda: client.table("user_settings").upsert({"user_id": person.id, "theme": "dark"}).execute(),
    ]
    for attempt in attempts:
        with pytest.raises(APIError) as refusal:
            attempt()
        assert refusal.value.code == "42501"
    reaches: list[Any] = [
        lambda: files.download(path),
        lambda: files.upload(f"{person.id}/new.pdf", b"%PDF-", {"content-type": "application/pdf"}),
    ]
    for reach in reaches:
        with pytest.raises(StorageApiError):
            reach()
    assert files.list(person.id) == []
    files.remove([path])

    connect().execute(BACK, (person.id,))
    assert client.table("resumes").select("title").execute().data == [{"title": "mine"}]
    assert files.download(path) == b"%PDF-1"
    files.remove([path])


# What a sign-up whose trigger failed would not have.
WITHOUT_TRIGGER = (
    ("credit_grants", "user_id"),
    ("user_credits", "user_id"),
    ("user_settings", "user_id"),
    ("profiles", "id"),
)


def test_a_user_without_a_profile_creates_it_and_an_erased_one_does_not(stack: Stack, connect: Connect) -> None:
    person = Person(stack)
    connection = connect()
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        for table, column in WITHOUT_TRIGGER:
            connection.execute(f"delete from public.{table} where {column} = %s", (person.id,))
    made: Any = person.client.table("profiles").insert({"id": person.id, "full_name": "Asha"}).execute().data
    assert [(row["id"], row["is_active"]) for row in made] == [(person.id, True)]
    assert person.client.table("resumes").insert({"title": "first"}).execute().data
    connect().execute("delete from auth.users where id = %s", (person.id,))
    with pytest.raises(APIError) as refusal:
        person.client.table("profiles").insert({"id": person.id}).execute()
    assert refusal.value.code == "23503"


@pytest.mark.parametrize(
    "loss",
    [
        None,
        "delete from public.admin_users where user_id = %s",
        "update public.profiles set is_active = false where id = %s",
        "update public.profiles set deleted_at = now() where id = %s",
    ],
    ids=["user", "former", "suspended", "deleted"],
)
def test_others_are_refused_through_the_stock_client(stack: Stack, connect: Connect, loss: str | None) -> None:
    person = Person(stack)
    arguments = {"p_table": "subscriptions", "p_reason": "ticket 42"}
    if loss:
        make_admin(connect, uuid.UUID(person.id))
        answer: Any = person.client.rpc("admin_rows", arguments).execute().data
        assert set(answer) == {"rows", "next"}
        connect().execute(loss, (person.id,))
    with pytest.raises(APIError) as refusal:
        person.client.rpc("admin_rows", arguments).execute()
    assert (refusal.value.code, refusal.value.message) == ("PT403", "not_an_administrator")
    written = connect().execute(
        "select from public.audit_logs where actor_id = %s and action = 'admin_read'", (person.id,)
    )
    assert len(written.fetchall()) == (1 if loss else 0)
