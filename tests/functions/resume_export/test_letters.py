"""Exporting a letter, from the request to the file in storage."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import httpx
import pypdf
import pytest

from functions.resume_export.handler import app
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from local.stack import Stack
    from tests.functions.edge.account import Account

FULL: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "export" / "full.json").read_text())
TEXT = "Dear hiring team,\n\nI moved forty services.\n\nKind regards,\nMaren Okafor"


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app) as opened:
        yield opened


@pytest.fixture
def letter(account: Account) -> str:
    """The id of a cover letter to Acme, from a full résumé."""
    account.row(
        "update public.resumes set content = %s where id = %s returning id", json.dumps(FULL), account.resume_id
    )
    job = account.row(
        "insert into public.jobs (user_id, title, company) values (%s, 'Engineer', 'Acme Ltd') returning id",
        account.user_id,
    )["id"]
    row = account.row(
        "insert into public.generated_documents (user_id, document_type, title, content, job_id, resume_id)"
        " values (%s, 'cover_letter', 'Cover letter: Engineer', %s, %s, %s) returning id",
        account.user_id, TEXT, job, account.resume_id,
    )  # fmt: skip
    return str(row["id"])


def download(result: dict[str, Any]) -> bytes:
    return httpx.get(result["url"]).raise_for_status().content


async def post(client: FunctionClient, account: Account, request: dict[str, Any]) -> httpx.Response:
    return await client.post(account, request, path="/letters")


async def text_of(client: FunctionClient, account: Account, request: dict[str, Any]) -> tuple[dict[str, Any], str]:
    response = await post(client, account, request)
    assert response.status_code == 200, response.text
    result = response.json()
    content = download(result)
    assert len(content) == result["size"]
    if request["format"] == "docx":
        return result, "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    return result, "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("form", ["pdf", "docx"])
async def test_a_letter_is_made_once_in_the_design_of_its_resume(
    client: FunctionClient, account: Account, letter: str, form: str
) -> None:
    request = {"document_id": letter, "format": form, "date": "2026-03-01"}
    result, text = await text_of(client, account, request)
    for part in ("Maren Okafor", "maren.okafor@example.com", "March 1, 2026", "Acme Ltd", "I moved forty services."):
        assert part in text
    assert result["file_name"] == f"Cover letter Engineer.{form}"
    row = account.row("select * from public.resume_downloads where id = %s", result["download_id"])
    assert (str(row["document_id"]), row["resume_id"], row["format"]) == (letter, None, form)
    again = (await post(client, account, request)).json()
    assert (again["is_new"], again["download_id"]) == (False, result["download_id"])
    other = (await post(client, account, {**request, "subject": "Your advertisement"})).json()
    assert (other["is_new"], other["path"] != result["path"]) == (True, True)


async def test_a_request_chooses_recipient_subject_template_and_paper(
    client: FunctionClient, account: Account, letter: str
) -> None:
    more = {"recipient": ["Globex", "Ms Ferrari"], "subject": "Reference 42", "template": "europass", "paper": "letter"}
    _, text = await text_of(client, account, {"document_id": letter, "format": "pdf", **more})
    assert "Globex" in text
    assert "Reference 42" in text
    assert "Acme Ltd" not in text


async def test_a_letter_whose_resume_and_job_are_gone_is_still_a_letter(
    client: FunctionClient, account: Account, letter: str
) -> None:
    account.run("update public.resumes set deleted_at = now() where id = %s", account.resume_id)
    account.run("update public.jobs set deleted_at = now() where user_id = %s", account.user_id)
    _, text = await text_of(client, account, {"document_id": letter, "format": "pdf", "date": "2026-03-01"})
    assert text.split("\n")[:2] == ["1 March 2026", "Dear hiring team,"]


async def test_nobody_exports_the_letter_of_another(
    client: FunctionClient, account: Account, letter: str, new_account: Any
) -> None:
    for who, document in ((new_account(), letter), (account, "00000000-0000-0000-0000-000000000000")):
        response = await post(client, who, {"document_id": document, "format": "pdf"})
        assert (response.status_code, response.json()["code"]) == (404, "letter_not_found")


@pytest.mark.parametrize(
    "more",
    [{"format": "html"}, {"date": "yesterday"}, {"recipient": ["x"] * 9}, {"paper": "legal"}, {"subject": ""}],
)
async def test_bad_requests_are_refused(
    client: FunctionClient, account: Account, letter: str, more: dict[str, Any]
) -> None:
    response = await post(client, account, {"document_id": letter, "format": "pdf", **more})
    assert (response.status_code, response.json()["code"]) == (422, "validation_failed"), response.text


async def test_the_file_goes_with_the_letter(client: FunctionClient, account: Account, letter: str) -> None:
    result = (await post(client, account, {"document_id": letter, "format": "docx"})).json()
    account.run("delete from public.generated_documents where id = %s", letter)
    assert account.run("select from public.resume_downloads where id = %s", result["download_id"]) == []
    assert account.row("select kind from private.outbox where object = %s", f"exports/{result['path']}") == {
        "kind": "file"
    }
