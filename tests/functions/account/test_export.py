"""Exporting everything about a user: what is in the archives, who gets them, and for how long."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from functions._shared.adapters.documents.export_parts import ZipParts
from functions.account import tasks
from functions.account.handler import app
from local.queue import LocalQueue
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from local.stack import Stack
    from tests.functions.edge.account import Account


@pytest.fixture
async def queue() -> LocalQueue:
    return LocalQueue({"account": tasks.consume}, pause=0.01)


@pytest.fixture
async def client(stack: Stack, queue: LocalQueue) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app, queue) as opened:
        yield opened


async def exported(client: FunctionClient, account: Account, queue: LocalQueue) -> dict[str, Any]:
    opened = await client.post(account, {}, path="/export")
    assert opened.status_code == 202, opened.text
    await queue.drained()
    done = (await client.get(account, f"/tasks/{opened.json()['id']}")).json()
    assert done["status"] == "completed", done
    (listed,) = (await client.get(account, "/exports")).json()["exports"]
    assert [{**part, "url": None} for part in listed["parts"]] == done["result"]["parts"]
    result: dict[str, Any] = listed
    return result


def members(export: dict[str, Any]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in export["parts"]:
        body = httpx.get(part["url"]).raise_for_status().content
        assert (len(body), hashlib.sha256(body).hexdigest()) == (part["size"], part["sha256"])
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert archive.testzip() is None
            found |= {name: archive.read(name) for name in archive.namelist()}
    return found


def around_the_function(stack: Stack, account: Account, path: str) -> list[str]:
    """What a client can do with the bucket by itself: nothing."""
    headers = {"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"}
    storage = f"{stack.url}/storage/v1/object"
    mine, packed = f"account-exports/{account.user_id}/x.zip", {**headers, "content-type": "application/zip"}
    answers = {
        "read": httpx.get(f"{storage}/account-exports/{path}", headers=headers),
        "read as a user": httpx.get(f"{storage}/authenticated/account-exports/{path}", headers=headers),
        "sign": httpx.post(f"{storage}/sign/account-exports/{path}", headers=headers, json={"expiresIn": 60}),
        "add": httpx.post(f"{storage}/{mine}", headers=packed, content=b"x"),
    }
    listed = httpx.post(f"{storage}/list/account-exports", headers=headers, json={"prefix": account.user_id})
    return [name for name, answer in answers.items() if answer.is_success] + (["list"] if listed.json() else [])


def status(link: str) -> int:
    return httpx.get(link).status_code


def files_of(account: Account) -> list[str]:
    rows = account.run(
        "select name from storage.objects where bucket_id = 'account-exports' and name like %s", f"{account.user_id}/%"
    )
    return [row["name"] for row in rows]


async def test_an_export_has_everything_and_proves_it(
    client: FunctionClient, account: Account, new_account: Callable[[], Account], queue: LocalQueue
) -> None:
    other = new_account()
    client.upload(account, "../Zoë's CV.pdf", b"%PDF-1.4 mine")
    client.upload(other, "theirs.pdf", b"%PDF-1.4 theirs")
    account.run("update public.resumes set title = 'CV / <b>2026</b>' where id = %s", account.resume_id)
    inside = members(await exported(client, account, queue))
    manifest = json.loads(inside["manifest.json"])
    assert set(inside) == {member["name"] for member in manifest["members"]} | {"manifest.json"}
    for member in manifest["members"]:
        body = inside[member["name"]]
        assert (len(body), hashlib.sha256(body).hexdigest()) == (member["bytes"], member["sha256"])
    for table, about in manifest["tables"].items():
        assert sum(len(json.loads(inside[name])) for name in about["files"]) == about["rows"], table
    profile = json.loads(inside["data/public.profiles.json"])[0]
    assert profile["id"] == account.user_id
    (resume,) = (body for name, body in inside.items() if name.startswith("resumes/"))
    assert json.loads(resume)["basics"]["name"] == "Zoë Müller"
    (file,) = (body for name, body in inside.items() if name.startswith("files/"))
    assert file == b"%PDF-1.4 mine"
    assert (manifest["resumes"], manifest["files"], manifest["missing"]) == (1, 1, [])
    page = inside["index.html"].decode()
    assert "CV / &lt;b&gt;2026&lt;/b&gt;" in page
    assert "<script" not in page
    assert "encrypted_password" not in inside["data/auth.users.json"].decode()
    everything = b"".join(inside.values()).decode(errors="replace")
    assert other.user_id not in everything
    names = [name for name in inside if ".." in name or name.startswith("/") or "\\" in name]
    assert names == []


async def test_links_are_the_owners_and_end_when_the_export_is_revoked(
    client: FunctionClient, account: Account, new_account: Callable[[], Account], queue: LocalQueue, stack: Stack
) -> None:
    export, other = await exported(client, account, queue), new_account()
    link = export["parts"][0]["url"]
    assert status(link) == 200
    assert (await client.get(other, "/exports")).json() == {"exports": []}
    refused = await client.send(other, "DELETE", f"/exports/{export['id']}")
    assert (refused.status_code, refused.json()["code"]) == (404, "export_not_found")
    (path,) = files_of(account)
    for who in (account, other):
        assert around_the_function(stack, who, path) == []
    assert (await client.send(account, "DELETE", f"/exports/{export['id']}")).status_code == 204
    assert status(link) == 400
    assert (await client.get(account, "/exports")).json() == {"exports": []}
    assert files_of(account) == []


async def test_links_end_when_the_account_is_deleted(
    client: FunctionClient, account: Account, queue: LocalQueue
) -> None:
    link = (await exported(client, account, queue))["parts"][0]["url"]
    await client.post(account, {"confirm": True}, path="/delete")
    assert status(link) == 400
    assert files_of(account) == []


async def test_one_export_runs_at_a_time_and_the_last_one_stays(
    client: FunctionClient, account: Account, queue: LocalQueue
) -> None:
    first = await client.post(account, {}, path="/export", key="a")
    same = await client.post(account, {}, path="/export", key="a")
    assert same.json()["id"] == first.json()["id"]
    second = await client.post(account, {}, path="/export", key="b")
    assert (second.status_code, second.json()["code"]) == (409, "export_running")
    await queue.drained()
    old = (await client.get(account, "/exports")).json()["exports"][0]["id"]
    new = await exported(client, account, queue)
    assert new["id"] != old
    waiting = account.run("select object from private.outbox where kind = 'file' and object like %s", f"account-exports/{account.user_id}/%")  # fmt: skip
    assert len(waiting) == 1, "the file of the earlier export is about to be deleted"


async def test_an_account_that_is_deleted_meanwhile_gets_no_export(
    client: FunctionClient, account: Account, queue: LocalQueue
) -> None:
    opened = await client.post(account, {}, path="/export")
    await client.post(account, {"confirm": True}, path="/delete")
    await queue.drained()
    assert files_of(account) == []
    assert account.run("select from private.account_exports where user_id = %s", account.user_id) == []
    account.run("update public.profiles set deleted_at = null where id = %s", account.user_id)
    done = (await client.get(account, f"/tasks/{opened.json()['id']}")).json()
    assert (done["status"], done["error"]["code"]) == ("failed", "cancelled")


async def test_an_export_ends_after_seven_days_and_what_nobody_finished_after_one(
    client: FunctionClient, account: Account, queue: LocalQueue
) -> None:
    export = await exported(client, account, queue)
    orphan = f"{account.user_id}/{uuid4()}/1-1.zip"
    account.run(
        "insert into storage.objects (bucket_id, name, created_at) values ('account-exports', %s, now() - interval '2 days')",
        orphan,
    )
    assert account.row("select public.account_exports_sweep() as n")["n"] >= 1
    assert [each["id"] for each in (await client.get(account, "/exports")).json()["exports"]] == [export["id"]]
    account.run("update private.account_exports set expires_at = now() where user_id = %s", account.user_id)
    assert (await client.get(account, "/exports")).json() == {"exports": []}
    assert account.row("select public.account_exports_sweep() as n")["n"] >= 1
    assert account.row("select public.account_exports_sweep() as n")["n"] == 0
    waiting = account.run("select object from private.outbox where kind = 'file' and object like %s", f"account-exports/{account.user_id}/%")  # fmt: skip
    assert len(waiting) == 2
    account.run("delete from storage.objects where name = %s", orphan)


async def test_archives_stay_below_their_limit_and_each_opens_by_itself() -> None:
    stored: list[bytes] = []

    async def store(number: int, body: bytes) -> str:
        assert number == len(stored) + 1
        stored.append(body)
        return f"{number}.zip"

    parts, limit = ZipParts(store, limit=20_000), 20_000
    contents = {f"files/{n}.pdf": bytes([n]) * (n * 700) for n in range(25)}
    for name, content in contents.items():
        await parts.add(name, content)
    assert [part.path for part in await parts.finish()] == [f"{n}.zip" for n in range(1, len(stored) + 1)]
    assert max(map(len, stored)) <= limit
    assert len(stored) > 5
    found: dict[str, bytes] = {}
    for number, body in enumerate(stored, 1):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            inside = {name: archive.read(name) for name in archive.namelist()}
        assert set(inside) == {member.name for member in parts.members if member.part == number}
        found |= inside
    assert found == contents
