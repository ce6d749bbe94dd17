"""The end of an account as a client sees it: the stock SDK exports, deletes and restores it."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from supabase_functions.errors import FunctionsHttpError

from tests.e2e.person import PASSWORD, Person

if TYPE_CHECKING:
    from local.stack import Stack


@pytest.fixture
def person(stack: Stack) -> Person:
    return Person(stack)


def invoke(person: Person, path: str, method: str = "POST", **options: Any) -> Any:
    answer: Any = person.client.functions.invoke(path, {"method": method, **options})
    return json.loads(answer) if answer else None


def test_an_account_is_exported_deleted_and_restored_through_the_stock_client(person: Person) -> None:
    person.client.table("resumes").insert({"title": "Mine", "content": {"summary": "Engineer."}}).execute()
    person.client.storage.from_("resumes").upload(
        f"{person.id}/cv.pdf", b"%PDF-1.4 mine", {"content-type": "application/pdf"}
    )
    task, until = invoke(person, "account/export", body={}), time.monotonic() + 60
    while task["status"] in {"waiting", "processing"} and time.monotonic() < until:
        time.sleep(0.1)
        task = invoke(person, f"account/tasks/{task['id']}", "GET")
    assert task["status"] == "completed", task
    (export,) = invoke(person, "account/exports", "GET")["exports"]
    link = export["parts"][0]["url"]
    with zipfile.ZipFile(io.BytesIO(httpx.get(link).raise_for_status().content)) as archive:
        assert archive.read("files/resumes/cv.pdf") == b"%PDF-1.4 mine"
        assert json.loads(archive.read("data/public.resumes.json"))[0]["content"]["summary"] == "Engineer."

    deleted = invoke(person, "account/delete", body={"confirm": True})
    assert (deleted["state"], deleted["can_be_restored"]) == ("deleted", True)
    assert httpx.get(link).status_code == 400
    assert person.client.table("resumes").select("id").execute().data == []
    with pytest.raises(FunctionsHttpError):
        invoke(person, "account/export", body={})
    with pytest.raises(FunctionsHttpError):
        invoke(person, "account/restore")
    time.sleep(1 - time.time() % 1)
    person.client.auth.sign_out({"scope": "local"})
    person.client.auth.sign_in_with_password({"email": person.email, "password": PASSWORD})
    assert invoke(person, "account/restore")["state"] == "active"
    assert len(person.client.table("resumes").select("id").execute().data) == 1
