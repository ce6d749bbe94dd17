"""Exporting a résumé, from the request to the file in storage, through the real writers."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import docx
import httpx
import pypdf
import pytest
from PIL import Image

from functions._shared.ports.documents import Format
from functions.resume_export import tasks
from functions.resume_export.handler import app
from local.queue import LocalQueue
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from local.stack import Stack
    from tests.functions.edge.account import Account

ASYNC = {"prefer": "respond-async"}
FULL: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "export" / "full.json").read_text())


@pytest.fixture
async def queue() -> LocalQueue:
    return LocalQueue({"resume-export": tasks.consume}, pause=0.01)


@pytest.fixture
async def client(stack: Stack, queue: LocalQueue) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app, queue) as opened:
        yield opened


@pytest.fixture
def writer(account: Account) -> Account:
    """A user whose résumé is full."""
    account.row(
        "update public.resumes set content = %s where id = %s returning id", json.dumps(FULL), account.resume_id
    )
    return account


def download(result: dict[str, Any]) -> bytes:
    return httpx.get(result["url"]).raise_for_status().content


def words(form: str, content: bytes) -> str:
    if form == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if form == "docx":
        return " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    return content.decode()


@pytest.mark.parametrize("form", get_args(Format))
async def test_each_format_is_made_once_and_holds_the_resume(
    client: FunctionClient, writer: Account, form: str
) -> None:
    request = {"resume_id": writer.resume_id, "format": form}
    response = await client.post(writer, request)
    assert response.status_code == 200, response.text
    result = response.json()
    content = download(result)
    assert (result["is_new"], result["size"]) == (True, len(content))
    if form == "png":
        assert Image.open(io.BytesIO(content)).size[0] >= 700
    elif form != "overleaf":
        assert FULL["experience"][0]["company"] in words(form, content)
    row = writer.row("select * from public.resume_downloads where id = %s", result["download_id"])
    assert (row["format"], row["file_path"], row["file_size_bytes"]) == (form, result["path"], len(content))
    assert row["details"] == result["details"]

    again = (await client.post(writer, {**request, "inline": True})).json()
    assert (again["is_new"], again["download_id"], again["details"]) == (
        False, result["download_id"], result["details"],
    )  # fmt: skip
    assert base64.b64decode(again["data"]) == content


async def test_a_change_makes_another_file(client: FunctionClient, writer: Account) -> None:
    request = {"resume_id": writer.resume_id, "format": "markdown"}
    before = (await client.post(writer, request)).json()
    writer.row(
        "update public.resumes set content = jsonb_set(content, '{summary}', '\"Changed.\"') where id = %s returning id",
        writer.resume_id,
    )
    after = (await client.post(writer, request)).json()
    assert after["path"] != before["path"]
    assert "Changed." in download(after).decode()


async def test_a_file_that_is_gone_is_made_again(client: FunctionClient, writer: Account) -> None:
    request = {"resume_id": writer.resume_id, "format": "text"}
    first = (await client.post(writer, request)).json()
    client.remove("exports", first["path"])
    second = (await client.post(writer, request)).json()
    assert (second["is_new"], second["download_id"]) == (True, first["download_id"])
    assert download(second)


async def test_the_latest_pdf_is_named_on_the_resume(client: FunctionClient, writer: Account) -> None:
    result = (await client.post(writer, {"resume_id": writer.resume_id, "format": "pdf", "max_pages": 1})).json()
    row = writer.row(
        "select exported_pdf_path, last_accessed_at, version from public.resumes where id = %s", writer.resume_id
    )
    assert (row["exported_pdf_path"], row["last_accessed_at"] is not None) == (result["path"], True)
    assert result["details"]["fit"]["requested"] == 1
    assert result["details"]["fit"]["size"] >= 9


async def test_premium_templates_come_with_a_plan(client: FunctionClient, writer: Account) -> None:
    premium = writer.row("select id, slug from public.resume_templates where is_premium limit 1")
    for template in (premium["slug"], str(premium["id"])):
        request = {"resume_id": writer.resume_id, "format": "html", "template": template}
        response = await client.post(writer, request)
        assert (response.status_code, response.json()["code"]) == (403, "premium_template")
    writer.row(
        "insert into public.admin_users (user_id, email) select id, email from auth.users where id = %s returning id",
        writer.user_id,
    )
    assert (await client.post(writer, request)).status_code == 200


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"template": "no-such-template"}, 404, "template_not_found"),
        ({"template": "00000000-0000-0000-0000-000000000000"}, 404, "template_not_found"),
        ({"resume_id": "00000000-0000-0000-0000-000000000000"}, 404, "resume_not_found"),
        ({"format": "exe"}, 422, "validation_failed"),
        ({"template": "../modern-1"}, 422, "validation_failed"),
        ({"max_pages": 0}, 422, "validation_failed"),
        ({"language": "english"}, 422, "validation_failed"),
        ({"paper": "legal"}, 422, "validation_failed"),
    ],
)
async def test_bad_requests_are_refused(
    client: FunctionClient, writer: Account, more: dict[str, Any], status: int, code: str
) -> None:
    response = await client.post(writer, {"resume_id": writer.resume_id, "format": "text", **more})
    assert (response.status_code, response.json()["code"]) == (status, code), response.text


async def test_nobody_exports_the_resume_or_the_template_of_another(
    client: FunctionClient, writer: Account, new_account: Any
) -> None:
    other = new_account()
    response = await client.post(other, {"resume_id": writer.resume_id, "format": "text"})
    assert (response.status_code, response.json()["code"]) == (404, "resume_not_found")
    design = writer.row("select design from public.resume_templates where slug = 'modern-1'")["design"]
    template = writer.row(
        "insert into public.resume_templates (name, user_id, design) values ('Mine', %s, %s) returning id",
        writer.user_id, json.dumps(design),
    )["id"]  # fmt: skip
    request = {"resume_id": other.resume_id, "format": "text", "template": str(template)}
    assert (await client.post(other, request)).json()["code"] == "template_not_found"
    request = {"resume_id": writer.resume_id, "format": "text", "template": str(template)}
    assert (await client.post(writer, request)).status_code == 200


async def test_a_file_that_the_plan_does_not_store_is_not_left_behind(client: FunctionClient, writer: Account) -> None:
    writer.row(
        "insert into public.storage_limits (kind, plan, max_rows, max_bytes) values ('resume_downloads', 'free', 0, 0) returning id"
    )
    try:
        response = await client.post(writer, {"resume_id": writer.resume_id, "format": "text"})
    finally:
        writer.row("delete from public.storage_limits where kind = 'resume_downloads' and plan = 'free' returning id")
    assert (response.status_code, response.json()["code"]) == (413, "storage_limit_reached")
    left = writer.row("select count(*)::int as n from storage.objects where name like %s", f"{writer.user_id}/%")
    assert left == {"n": 0}


async def test_an_endless_resume_is_refused(client: FunctionClient, account: Account) -> None:
    content = {"experience": [{"role": "x", "bullets": ["y"] * 40} for _ in range(60)]}
    account.row(
        "update public.resumes set content = %s where id = %s returning id", json.dumps(content), account.resume_id
    )
    response = await client.post(account, {"resume_id": account.resume_id, "format": "pdf"})
    assert (response.status_code, response.json()["code"]) == (422, "resume_too_long"), response.text


async def test_options_that_do_not_matter_make_no_second_file(client: FunctionClient, writer: Account) -> None:
    request = {"resume_id": writer.resume_id, "format": "json"}
    first = (await client.post(writer, request)).json()
    second = (await client.post(writer, {**request, "page": 2, "max_pages": 1, "language": "de"})).json()
    assert (second["is_new"], second["path"]) == (False, first["path"])


async def test_a_request_chooses_the_paper(client: FunctionClient, writer: Account) -> None:
    request = {"resume_id": writer.resume_id, "format": "pdf"}
    widths = []
    for more in ({}, {"paper": "a4"}, {"paper": "letter"}):
        content = download((await client.post(writer, {**request, **more})).json())
        widths.append(round(float(pypdf.PdfReader(io.BytesIO(content)).pages[0].mediabox.width)))
    assert widths == [612, 595, 612], "the résumé is of San Francisco"


async def test_an_export_that_nobody_waits_for_is_a_task(
    client: FunctionClient, writer: Account, queue: LocalQueue
) -> None:
    request = {"resume_id": writer.resume_id, "format": "pdf", "inline": True}
    opened = await client.post(writer, request, key="k", more=ASYNC)
    assert (opened.status_code, opened.json()["status"]) == (202, "waiting"), opened.text
    assert opened.headers["location"] == f"/functions/v1/resume-export/tasks/{opened.json()['id']}"
    writer.run("update public.resumes set title = 'Edited meanwhile' where id = %s", writer.resume_id)
    await queue.drained()
    done = (await client.get(writer, f"/tasks/{opened.json()['id']}")).json()
    assert (done["status"], done.get("receipt")) == ("completed", None), done
    result = done["result"]
    assert FULL["experience"][0]["company"] in words("pdf", download(result))
    assert (result["data"], result["is_new"]) == (None, True)
    row = writer.row("select resume_version from public.resume_downloads where id = %s", result["download_id"])
    version = writer.row("select version from public.resumes where id = %s", writer.resume_id)["version"]
    assert row["resume_version"] == version - 1, "the résumé as it was when it was asked for"

    again = await client.post(writer, request, key="k", more=ASYNC)
    assert (again.status_code, again.headers["idempotency-replayed"], again.json()) == (200, "true", done)
    waited_for = (await client.post(writer, request)).json()
    assert (waited_for["download_id"], waited_for["is_new"]) == (result["download_id"], False)
    assert base64.b64decode(waited_for["data"]) == download(result)


async def test_a_task_is_refused_for_what_an_export_is(
    client: FunctionClient, writer: Account, new_account: Any
) -> None:
    other = new_account()
    for request, code in (
        ({"resume_id": other.resume_id, "format": "pdf"}, "resume_not_found"),
        ({"resume_id": writer.resume_id, "format": "pdf", "template": "no-such"}, "template_not_found"),
    ):
        response = await client.post(writer, request, more=ASYNC)
        assert (response.status_code, response.json()["code"]) == (404, code)
    assert writer.run("select from public.resume_generations where user_id = %s", writer.user_id) == []


async def test_the_task_of_a_resume_that_is_gone_fails_and_leaves_no_file(
    client: FunctionClient, writer: Account, queue: LocalQueue
) -> None:
    request = {"resume_id": writer.resume_id, "format": "text"}
    opened = (await client.post(writer, request, more=ASYNC)).json()
    writer.run("update public.resumes set deleted_at = now() where id = %s", writer.resume_id)
    await queue.drained()
    done = (await client.get(writer, f"/tasks/{opened['id']}")).json()
    assert (done["status"], done["error"]["code"]) == ("failed", "resume_not_found")
    assert writer.row("select count(*) as n from storage.objects where name like %s", f"{writer.user_id}/%")["n"] == 0


async def test_an_export_is_no_edit(client: FunctionClient, writer: Account) -> None:
    columns = "select version, updated_at, last_edited from public.resumes where id = %s"
    before = writer.row(columns, writer.resume_id)
    await client.post(writer, {"resume_id": writer.resume_id, "format": "pdf"})
    assert writer.row(columns, writer.resume_id) == before


@pytest.mark.parametrize("end", ["deleted_at = now()", "is_active = false"])
async def test_an_account_that_is_not_active_is_told_so(client: FunctionClient, account: Account, end: str) -> None:
    account.run(f"update public.profiles set {end} where id = %s", account.user_id)
    for path, body in (
        ("", {"resume_id": account.resume_id, "format": "text"}),
        ("/letters", {"document_id": account.resume_id, "format": "pdf"}),
    ):
        answer = await client.post(account, body, path=path)
        assert (answer.status_code, answer.json()["code"]) == (403, "account_inactive")
