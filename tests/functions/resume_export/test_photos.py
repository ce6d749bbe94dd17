"""Photos: uploaded by their owner, cut and stripped of what cameras note, shown where they may be."""

from __future__ import annotations

import io
import json
import uuid
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import httpx
import pikepdf
import pytest
from PIL import Image

from functions._shared import wiring
from functions._shared.settings import Settings
from functions.resume_export.handler import app
from functions.share.handler import app as share
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from local.stack import Stack
    from tests.functions.edge.account import Account

CONTENT = {
    "personalInfo": {"name": "Ada", "email": "ada@example.com", "image": "http://127.0.0.1:9/never.jpg"},
    "summary": "Writes engines",
}
WHERE = b"taken at home"


def picture(kind: str = "JPEG") -> bytes:
    """Return a photo that says where it was taken."""
    image, file = Image.new("RGB", (900, 700), "#336699"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = WHERE.decode()
    image.save(file, kind, exif=exif)
    assert WHERE in file.getvalue()
    return file.getvalue()


@pytest.fixture
async def client(stack: Stack) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app) as opened:
        yield opened


def upload(stack: Stack, account: Account, data: bytes, kind: str = "image/jpeg", *, owner: str = "") -> httpx.Response:
    path = f"{owner or account.user_id}/{uuid.uuid4()}.jpg"
    headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}", "content-type": kind}
    return httpx.post(f"{stack.url}/storage/v1/object/photos/{path}", headers=headers, content=data)


def pose(stack: Stack, account: Account, data: bytes, kind: str = "image/jpeg") -> str:
    """Upload a photo and put it on the résumé, as a client does."""
    stored = upload(stack, account, data, kind)
    assert stored.status_code == 200, stored.text
    path = stored.json()["Key"].removeprefix("photos/")
    answer = httpx.patch(
        f"{stack.url}/rest/v1/resumes?id=eq.{account.resume_id}",
        headers={"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"},
        json={"content": CONTENT, "photo_path": path},
    )
    assert answer.status_code == 204, answer.text
    return str(path)


def download(result: dict[str, Any]) -> bytes:
    return httpx.get(result["url"]).raise_for_status().content


async def export(client: FunctionClient, account: Account, form: str, template: str = "europass") -> dict[str, Any]:
    response = await client.post(account, {"resume_id": account.resume_id, "format": form, "template": template})
    assert response.status_code == 200, response.text
    result: dict[str, Any] = response.json()
    return result


def pictures(form: str, content: bytes) -> list[bytes]:
    if form == "docx":
        with ZipFile(io.BytesIO(content)) as opened:
            return [opened.read(name) for name in opened.namelist() if name.startswith("word/media/")]
    if form == "html":
        return [content] if b"data:image/jpeg;base64," in content else []
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [image.read_raw_bytes() for page in opened.pages for image in page.get_images().values()]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
async def test_a_photo_is_shown_without_what_the_camera_noted(
    stack: Stack, client: FunctionClient, account: Account, form: str
) -> None:
    pose(stack, account, picture())
    first = await export(client, account, form)
    content = download(first)
    assert len(pictures(form, content)) == 1
    assert WHERE not in content
    assert b"never.jpg" not in content
    assert WHERE not in b"".join(pictures(form, content))
    account.run("update public.resumes set show_photo = false where id = %s", account.resume_id)
    without = await export(client, account, form)
    assert without["path"] != first["path"]
    assert pictures(form, download(without)) == []


async def test_a_template_without_a_place_shows_none(stack: Stack, client: FunctionClient, account: Account) -> None:
    pose(stack, account, picture())
    assert pictures("pdf", download(await export(client, account, "pdf", "modern-1"))) == []


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("WEBP", "image/webp")])
async def test_png_and_webp_are_photos_too(
    stack: Stack, client: FunctionClient, account: Account, kind: str, media_type: str
) -> None:
    pose(stack, account, picture(kind), media_type)
    assert len(pictures("docx", download(await export(client, account, "docx")))) == 1


async def test_what_is_no_picture_is_not_shown(stack: Stack, client: FunctionClient, account: Account) -> None:
    pose(stack, account, b"<svg onload=alert(1)>")
    assert pictures("pdf", download(await export(client, account, "pdf"))) == []


def test_storage_refuses_other_types_larger_files_and_other_folders(
    stack: Stack, account: Account, new_account: Any
) -> None:
    assert upload(stack, account, b"<svg/>", "image/svg+xml").status_code >= 400
    assert upload(stack, account, b"x" * (5 * 1024 * 1024 + 1)).status_code >= 400
    assert upload(stack, account, picture(), owner=new_account().user_id).status_code >= 400


async def test_a_shared_page_has_the_photo_only_by_consent(stack: Stack, account: Account) -> None:
    pose(stack, account, picture())
    with wiring.override(settings=Settings(stack.env())):
        transport = httpx.ASGITransport(share, client=("198.51.100.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://cv.example/functions/v1/share") as reader:

            async def shows(**columns: Any) -> bool:
                names = ", ".join(f"{name} = %s" for name in columns)
                row = account.row(
                    "update public.resumes set is_public = true, template_id = "
                    f"(select id from public.resume_templates where slug = 'europass'), {names} where id = %s "
                    "returning share_slug",
                    *columns.values(), account.resume_id,
                )  # fmt: skip
                answer = await reader.get(f"/{row['share_slug']}", headers={"accept": "text/html"})
                assert answer.status_code == 200, answer.text
                assert WHERE not in answer.content
                return b"data:image/jpeg" in answer.content

            assert not await shows(share_contact=True)
            assert await shows(share_photo=True)
            assert not await shows(show_photo=False)
            assert await shows(show_photo=True)
            assert not await shows(layout=json.dumps({"hidden": ["personalInfo"]}))


async def test_whoever_takes_the_data_of_a_shared_resume_needs_no_photo(stack: Stack, account: Account) -> None:
    pose(stack, account, picture())
    row = account.row(
        "update public.resumes set is_public = true, share_photo = true, template_id = "
        "(select id from public.resume_templates where slug = 'europass') where id = %s returning share_slug",
        account.resume_id,
    )
    # Storage that nobody may ask: reading from it fails.
    with wiring.override(settings=Settings(stack.env()), files=None):
        transport = httpx.ASGITransport(share, client=("198.51.100.8", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://cv.example/functions/v1/share") as reader:
            slug = row["share_slug"]
            assert (await reader.get(f"/{slug}/json")).status_code == 200
            assert (await reader.get(f"/{slug}", headers={"accept": "application/json"})).status_code == 200
            assert (await reader.get(f"/{slug}", headers={"accept": "text/html"})).status_code == 500


async def test_a_photo_that_is_no_picture_is_read_once_for_all_readers(stack: Stack, account: Account) -> None:
    pose(stack, account, b"<svg onload=alert(1)>")
    change = "update public.resumes set {} where id = %s returning share_slug"
    shared = "is_public = true, share_photo = true, template_id = (select id from public.resume_templates where slug = 'europass')"
    slug = account.row(change.format(shared), account.resume_id)["share_slug"]

    async def answer(files: Any) -> int:
        with wiring.override(settings=Settings(stack.env()), **files):
            transport = httpx.ASGITransport(share, client=("198.51.100.9", 1))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://cv.example/functions/v1/share"
            ) as reader:
                return (await reader.get(f"/{slug}", headers={"accept": "text/html"})).status_code

    assert await answer({}) == 200
    # Storage that nobody may ask: the refusal is known, until the résumé is edited.
    assert await answer({"files": None}) == 200
    account.run(change.format("content = jsonb_set(content, '{summary}', '\"New\"')"), account.resume_id)
    assert await answer({"files": None}) == 500


async def test_the_file_of_a_replaced_photo_is_deleted(stack: Stack, account: Account) -> None:
    first = pose(stack, account, picture())
    second = pose(stack, account, picture("PNG"), "image/png")
    assert first != second
    row = account.row("select count(*)::int as n from private.outbox where object = %s", f"photos/{first}")
    assert row == {"n": 1}
