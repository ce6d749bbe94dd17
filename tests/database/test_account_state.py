"""A suspended or deleted account reads its own profile and nothing else, and writes nothing, whichever way it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from postgrest.exceptions import APIError
from psycopg import sql
from storage3.exceptions import StorageApiError

from tests.database.access import FUNCTIONS
from tests.database.person import Person
from tests.database.rows import insert, refused

if TYPE_CHECKING:
    from local.stack import Stack
    from tests.database.rows import AsRole, Connect, NewUser

LOST = {"suspended": "is_active = false", "deleted": "deleted_at = now()"}
BACK = "update public.profiles set is_active = true, deleted_at = null where id = %s"
# Functions of signed-in clients that every client may call, or that answer administrators.
OPEN = {"billing_catalogue", "admin_rows"}
# Arguments that find the account's row, so that a function that asks too late is found out.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "job_search": {"query": "carpenter"},
    "resume_search": {"query": "carpenter"},
    "job_delete": {"id": "{job}"},
    "job_undelete": {"id": "{job}"},
    "resume_save": {"id": "{resume}", "base_version": 1, "content": "{}"},
    "resume_restore": {"id": "{resume}", "version_number": 1},
    "resume_delete": {"id": "{resume}", "permanently": True},
    "resume_undelete": {"id": "{resume}"},
    "resume_share_password": {"id": "{resume}", "password_hash": "x" * 40},
    "resume_download_hit": {"id": "{resume}"},
    "get_user_subscription_status": {"p_user_id": "{user}"},
}


@pytest.mark.parametrize("state", LOST)
@pytest.mark.parametrize(
    "name", sorted(n for n, roles in FUNCTIONS.items() if "authenticated" in roles and n not in OPEN)
)
def test_functions_refuse_the_account(
    connect: Connect, new_user: NewUser, as_user: AsRole, name: str, state: str
) -> None:
    user = new_user()
    found = {
        "user": user,
        "resume": insert(as_user, user, "resumes", title="carpenter")["id"],
        "job": insert(as_user, user, "jobs", title="carpenter")["id"],
    }
    with as_user(user) as cursor:
        for kind in ("resume", "job"):
            spare = insert(as_user, user, f"{kind}s", title="old")["id"]
            cursor.execute(f"select public.{kind}_delete(%s)", (spare,))
    connect().execute(f"update public.profiles set {LOST[state]} where id = %s", (user,))
    arguments = {
        key: value.format(**found) if isinstance(value, str) and value != "{}" else value
        for key, value in ARGUMENTS.get(name, {}).items()
    }
    call = sql.SQL("select * from public.{}({})").format(
        sql.Identifier(name),
        sql.SQL(", ").join(sql.SQL("{} => {}").format(sql.Identifier(k), sql.Literal(v)) for k, v in arguments.items()),
    )
    with refused("account_inactive", 403), as_user(user) as cursor:
        cursor.execute(call)
    connect().execute(BACK, (user,))
    # The clean-up of this module's invariants sees an account like any other.
    assert connect().execute("select private.active_user(%s) as id", (user,)).fetchone() == {"id": user}


def test_a_service_still_asks_about_the_account(connect: Connect, new_user: NewUser, as_service: AsRole) -> None:
    user = new_user()
    connect().execute("update public.profiles set is_active = false where id = %s", (user,))
    with as_service() as cursor:
        assert cursor.execute("select public.entitlements(%s) ->> 'plan' as plan", (user,)).fetchone()["plan"]
        with refused("account_inactive", 403):
            cursor.execute("select public.account_require_active(%s)", (user,))


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


def test_a_user_without_a_profile_creates_it_and_an_erased_one_does_not(stack: Stack, connect: Connect) -> None:
    person = Person(stack)
    connect().execute("delete from public.profiles where id = %s", (person.id,))
    made: Any = person.client.table("profiles").insert({"id": person.id, "full_name": "Asha"}).execute().data
    assert [(row["id"], row["is_active"]) for row in made] == [(person.id, True)]
    assert person.client.table("resumes").insert({"title": "first"}).execute().data
    connect().execute("delete from auth.users where id = %s", (person.id,))
    with pytest.raises(APIError) as refusal:
        person.client.table("profiles").insert({"id": person.id}).execute()
    assert refusal.value.code == "23503"
