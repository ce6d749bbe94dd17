"""Importing a résumé, from the request to the rows: new ones, proposals, tasks, and files that cannot be read."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import jsonpatch
import pytest

from functions.resume_import import tasks
from functions.resume_import.handler import app
from local.queue import LocalQueue
from tests.database.test_storage_limits import limits
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from local.stack import Stack
    from tests.functions.edge.account import Account

FILES = Path(__file__).parents[2] / "data" / "import" / "dev"
PDF, DOCX = "hr_director_typst.pdf", "electrician_cv.docx"
TEXT = (FILES / "electrician_txt.txt").read_text(encoding="utf-8", errors="replace")


@pytest.fixture
async def queue() -> LocalQueue:
    return LocalQueue({"resume-import": tasks.consume}, pause=0.01)


@pytest.fixture
async def client(stack: Stack, queue: LocalQueue) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app, queue) as opened:
        yield opened


def truth(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((FILES / name).with_suffix(".json").read_text())["truth"]
    return value


def inline(name: str, data: bytes | None = None) -> dict[str, Any]:
    body = (FILES / name).read_bytes() if data is None else data
    return {"file": {"name": name, "data": base64.b64encode(body).decode()}}


def stored(account: Account, table: str) -> int:
    count: int = account.row(f"select count(*)::int as n from {table} where user_id = %s", account.user_id)["n"]
    return count


async def test_an_upload_becomes_a_new_resume(client: FunctionClient, account: Account) -> None:
    upload = client.upload(account, PDF, (FILES / PDF).read_bytes())
    response = await client.post(account, {"upload_id": upload})
    assert response.status_code == 200, response.text
    result, receipt = response.json()["result"], response.json()["receipt"]
    assert (receipt["charged"], receipt["funding"]) == (0, "plan")  # three imports are free
    assert result["content"]["personalInfo"]["name"] == truth(PDF)["name"]
    resume = account.row("select title, content, status from public.resumes where id = %s", result["resume_id"])
    assert (resume["title"], resume["content"], resume["status"]) == (truth(PDF)["name"], result["content"], "draft")
    row = account.row("select * from public.resume_uploads where id = %s", upload)
    assert (row["parse_status"], str(row["resume_id"]), row["file_name"]) == ("completed", result["resume_id"], PDF)
    assert row["parsed_data"]["content"] == result["content"]
    original = account.row("select original_file_path from public.resumes where id = %s", result["resume_id"])
    assert original == {"original_file_path": row["path"]}
    assert float(row["confidence"]) == pytest.approx(result["confidence"], abs=0.01)
    field = next(each for each in result["fields"] if each["pointer"] == "/personalInfo/name")
    assert (field["page"], len(field["box"]), field["found_by"]) == (1, 4, "rules")


def keep_template(stack: Stack, account: Account, design: Any) -> httpx.Response:
    token = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"}
    return httpx.post(
        f"{stack.url}/rest/v1/resume_templates",
        headers={**token, "prefer": "return=representation"},
        json={"name": "Mine", "type": "extracted", "design": design},
    )


async def test_the_look_of_a_pdf_becomes_a_template_of_the_user(
    stack: Stack, client: FunctionClient, account: Account
) -> None:
    result = (await client.post(account, inline(PDF), key="k")).json()["result"]
    answer = keep_template(stack, account, result["design"])
    assert answer.status_code == 201, answer.text
    assert (answer.json()[0]["layout"], answer.json()[0]["type"]) == ("two-column", "extracted")
    docx = (await client.post(account, inline(DOCX), key="l")).json()["result"]
    assert docx["design"] is None


@pytest.mark.parametrize("name", [PDF, DOCX])
async def test_a_file_in_the_request_is_kept(client: FunctionClient, account: Account, name: str) -> None:
    response = await client.post(account, inline(name), key="k")
    assert response.status_code == 200, response.text
    result = response.json()["result"]
    row = account.row("select path from public.resume_uploads where id = %s", result["upload_id"])
    assert client.stored(account, row["path"]) == (FILES / name).read_bytes()
    again = await client.post(account, inline(name), key="k")
    assert (again.headers["idempotency-replayed"], again.json()) == ("true", response.json())
    assert (stored(account, "public.resumes"), stored(account, "public.resume_uploads")) == (2, 1)


async def test_a_pasted_text_makes_a_resume_and_no_upload(client: FunctionClient, account: Account) -> None:
    response = await client.post(account, {"text": TEXT, "title": "Pasted"})
    result = response.json()["result"]
    assert (response.status_code, result["upload_id"], result["source"]) == (200, None, "text"), response.text
    assert account.row("select title from public.resumes where id = %s", result["resume_id"]) == {"title": "Pasted"}


async def test_a_proposal_is_a_patch_and_changes_nothing(client: FunctionClient, account: Account) -> None:
    before = account.row("select content, version from public.resumes where id = %s", account.resume_id)
    response = await client.post(account, {**inline(PDF), "resume_id": account.resume_id})
    result = response.json()["result"]
    assert (response.status_code, result["resume_id"], result["base_version"]) == (200, None, before["version"])
    assert account.row("select content, version from public.resumes where id = %s", account.resume_id) == before
    patched = jsonpatch.apply_patch(before["content"], result["patch"])
    assert patched["experience"] == result["content"]["experience"]
    assert patched["personalInfo"]["name"] == truth(PDF)["name"]
    assert patched["personalInfo"]["fullName"] == before["content"]["personalInfo"]["fullName"]


async def test_an_upload_is_imported_as_a_task(client: FunctionClient, queue: LocalQueue, account: Account) -> None:
    upload = client.upload(account, PDF, (FILES / PDF).read_bytes())
    response = await client.post(account, {"upload_id": upload}, more={"prefer": "respond-async"})
    assert response.status_code == 202, response.text
    await queue.drained()
    done = (await client.get(account, f"/tasks/{response.json()['id']}")).json()
    assert done["status"] == "completed", done
    assert done["result"]["content"]["personalInfo"]["name"] == truth(PDF)["name"]
    assert stored(account, "public.resumes") == 2


SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (SCAN, 422, "no_text"),
        (b"%PDF-1.4 and nothing else", 422, "document_damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 415, "document_type_unsupported"),
        (b"MZ" + b"\0" * 100, 415, "document_type_unsupported"),
        (b"", 422, "no_text"),
    ],
)
async def test_what_cannot_be_read_costs_nothing_and_leaves_nothing(
    client: FunctionClient, account: Account, data: bytes, status: int, code: str
) -> None:
    books = account.books
    if data:
        response = await client.post(account, inline("cv.pdf", data))
        assert (response.status_code, response.json()["code"]) == (status, code), response.text
        assert response.json()["receipt"]["charged"] == 0
    upload = client.upload(account, "cv.pdf", data or b" ")
    response = await client.post(account, {"upload_id": upload})
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    row = account.row("select parse_status, error_message from public.resume_uploads where id = %s", upload)
    assert (row["parse_status"], row["error_message"]) == ("failed", response.json()["detail"])
    assert account.books == books
    assert (stored(account, "public.resumes"), stored(account, "public.resume_uploads")) == (1, 1)


async def test_nobody_imports_the_upload_of_another(client: FunctionClient, account: Account, new_account: Any) -> None:
    upload = client.upload(account, PDF, (FILES / PDF).read_bytes())
    response = await client.post(new_account(), {"upload_id": upload})
    assert (response.status_code, response.json()["code"]) == (404, "upload_not_found")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "x", "upload_id": "00000000-0000-0000-0000-000000000000"},
        {"file": {"name": "cv.pdf", "data": "not base64!"}},
        {"file": {"name": "", "data": "eA=="}},
        {"text": ""},
        {"text": "x", "other": 1},
    ],
)
async def test_bad_requests_are_refused(client: FunctionClient, account: Account, body: dict[str, Any]) -> None:
    response = await client.post(account, body)
    assert (response.status_code, response.json()["code"]) == (422, "validation_failed"), response.text


async def test_a_row_without_its_file_is_said_to_be_missing(client: FunctionClient, account: Account) -> None:
    upload = client.upload(account, PDF, b"%PDF-1.4")
    path = account.row("select path from public.resume_uploads where id = %s", upload)["path"]
    client.remove("resumes", path)
    response = await client.post(account, {"upload_id": upload})
    assert (response.status_code, response.json()["code"]) == (404, "file_not_found")


async def test_a_full_account_is_told_before_the_work(client: FunctionClient, account: Account) -> None:
    allowed = account.row("select max_resumes from public.plans where slug = 'free'")["max_resumes"]
    account.row("update public.plans set max_resumes = 1 where slug = 'free' returning slug")
    try:
        response = await client.post(account, inline(PDF))
        proposed = await client.post(account, {**inline(PDF), "resume_id": account.resume_id})
        task = await client.post(account, {"text": TEXT}, more={"prefer": "respond-async"})
    finally:
        account.row("update public.plans set max_resumes = %s where slug = 'free' returning slug", allowed)
    assert (response.status_code, response.json()["code"]) == (403, "resume_limit_reached"), response.text
    assert (task.status_code, task.json()["code"]) == (403, "resume_limit_reached"), task.text
    assert proposed.status_code == 200, proposed.text
    assert [event[0] for event in account.events] == ["committed"]  # what makes a résumé was refused before any work
    left = account.row("select count(*)::int as n from storage.objects where name like %s", f"{account.user_id}/%")
    assert left == {"n": 1}


async def test_a_file_beyond_the_plan_is_refused_before_it_is_paid(
    client: FunctionClient, account: Account, connect: Any
) -> None:
    with limits(connect, "files", "free", max_rows=0):
        response = await client.post(account, inline(PDF))
    assert (response.status_code, response.json().get("code")) == (413, "storage_limit_reached"), response.text
    assert (stored(account, "public.resumes"), stored(account, "public.resume_uploads")) == (1, 0)
    files = account.row("select count(*) as n from storage.objects where name like %s", f"{account.user_id}/%")
    assert files == {"n": 0}
    assert [event[0] for event in account.events] == ["released"]


async def test_only_a_file_in_the_request_needs_room_for_an_upload(
    client: FunctionClient, account: Account, connect: Any
) -> None:
    upload = client.upload(account, PDF, (FILES / PDF).read_bytes())
    with limits(connect, "resume_uploads", "free", max_rows=1):
        refused = await client.post(account, inline(PDF))
        pasted, again = await client.post(account, {"text": TEXT}), await client.post(account, {"upload_id": upload})
    assert (refused.status_code, refused.json()["code"]) == (413, "storage_limit_reached"), refused.text
    assert (pasted.status_code, again.status_code) == (200, 200), pasted.text
    assert [event[0] for event in account.events] == ["committed", "committed"]  # the other never began


async def test_a_deleted_upload_does_not_come_back(client: FunctionClient, queue: LocalQueue, account: Account) -> None:
    upload = client.upload(account, PDF, (FILES / PDF).read_bytes())
    response = await client.post(account, {"upload_id": upload}, more={"prefer": "respond-async"})
    account.row("delete from public.resume_uploads where id = %s returning id", upload)
    await queue.drained()
    done = (await client.get(account, f"/tasks/{response.json()['id']}")).json()
    assert (done["status"], stored(account, "public.resume_uploads")) == ("failed", 0), done
