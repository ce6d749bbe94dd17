"""Pictures of saved résumés: from the save through the outbox and the queue to the file that the résumé names."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from functions._shared import wiring
from functions._shared.adapters.documents.resumes.writer import DocumentWriter
from functions._shared.ports.queue import Message
from functions._shared.ports.request import Deadline
from functions.cleanup.handler import scheduled
from functions.resume_export import tasks
from functions.resume_export.handler import app
from local.queue import LocalQueue
from tests.functions.client import FunctionClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from local.stack import Stack
    from tests.functions.edge.account import Account

pytestmark = pytest.mark.usefixtures("client")

FULL: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "export" / "full.json").read_text())
SAVED = "version, updated_at, last_edited, thumbnail_path"
ENTRY = "select id::text, attempts from private.outbox where kind = 'thumbnail' and object = %s"


@pytest.fixture
async def queue() -> LocalQueue:
    return LocalQueue({"resume-export": tasks.consume}, scheduled, pause=0.01)


@pytest.fixture
async def client(stack: Stack, queue: LocalQueue) -> AsyncIterator[FunctionClient]:
    async with FunctionClient(stack, app, queue) as opened:
        yield opened


@pytest.fixture
def run(queue: LocalQueue, account: Account) -> Callable[[], Any]:
    """The clean-up of every five minutes, for the résumés of this user, until the queue is empty."""

    async def _run() -> dict[str, Any]:
        account.run(
            "update private.outbox as o set next_attempt_at = 'infinity' where o.kind = 'thumbnail' and not exists "
            "(select from public.resumes as r where r.id::text = o.object and r.user_id = %s)",
            account.user_id,
        )
        report: Any = await scheduled({"tasks": ["thumbnails"]}, Deadline.after(60))
        await queue.drained()
        task: dict[str, Any] = report["tasks"][0]
        return task

    return _run


def save(account: Account, content: dict[str, Any] = FULL) -> None:
    account.run("update public.resumes set content = %s where id = %s", json.dumps(content), account.resume_id)


def resume(account: Account) -> dict[str, Any]:
    return account.row(f"select {SAVED} from public.resumes where id = %s", account.resume_id)


def entry(account: Account) -> dict[str, Any] | None:
    found = account.run(ENTRY, account.resume_id)
    return found[0] if found else None


def picture(stack: Stack, account: Account) -> Image.Image | None:
    """The picture, as its owner reads it."""
    path = resume(account)["thumbnail_path"]
    answer = httpx.get(
        f"{stack.url}/storage/v1/object/exports/{path}",
        headers={"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"},
    )
    return Image.open(io.BytesIO(answer.content)) if answer.is_success else None


async def test_a_saved_resume_is_drawn_once_however_often_it_was_saved(
    stack: Stack, account: Account, run: Callable[[], Any]
) -> None:
    save(account)
    save(account, {**FULL, "summary": "Saved again."})
    before = resume(account)
    versions = "select count(*) as n from public.resume_versions where resume_id = %s"
    kept = account.row(versions, account.resume_id)
    report = await run()
    assert (report["done"], report["complete"]) == (1, True)
    after = resume(account)
    shown = picture(stack, account)
    assert shown is not None
    assert (shown.format, shown.size[0]) == ("PNG", 720)
    assert after["thumbnail_path"].startswith(f"{account.user_id}/")
    assert {**after, "thumbnail_path": None} == before, "drawing is no edit"
    assert account.row(versions, account.resume_id) == kept
    assert entry(account) is None
    assert (await run())["done"] == 0


async def test_a_new_picture_takes_the_place_of_the_old_one(
    stack: Stack, account: Account, run: Callable[[], Any]
) -> None:
    await run()
    old = resume(account)["thumbnail_path"]
    save(account)
    await run()
    new = resume(account)["thumbnail_path"]
    assert old != new
    gone = account.run("select kind from private.outbox where object = %s", f"exports/{old}")
    assert [row["kind"] for row in gone] == ["file"]
    assert picture(stack, account) is not None


async def test_what_asks_for_no_picture_leaves_none_to_draw(account: Account, run: Callable[[], Any]) -> None:
    await run()
    for change in ("ats_score = 50", "share_contact = true", "last_accessed_at = now()", "exported_pdf_path = null"):
        account.run(f"update public.resumes set {change} where id = %s", account.resume_id)
    assert entry(account) is None
    account.run("update public.resumes set deleted_at = now() where id = %s", account.resume_id)
    assert entry(account) is None
    account.run("update public.resumes set deleted_at = null where id = %s", account.resume_id)
    assert entry(account) is not None, "what comes out of the bin may have been changed in it"


async def test_a_message_that_comes_twice_or_late_does_no_harm(
    stack: Stack, account: Account, queue: LocalQueue
) -> None:
    save(account)
    found = entry(account)
    assert found is not None
    message = Message("resume-export", found["id"], "outbox_id")
    await queue.send([message, message, message])
    await queue.drained()
    path = resume(account)["thumbnail_path"]
    assert path is not None
    await queue.send([message])
    await queue.drained()
    assert resume(account)["thumbnail_path"] == path
    house = wiring.housekeeping()
    files = [file.path for _, file in await house.files_due(1000)]
    assert path not in files, "two consumers at one picture do not delete it"
    assert picture(stack, account) is not None


async def test_a_resume_that_is_saved_while_it_is_drawn_is_drawn_again(
    account: Account, run: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(account)
    draw = DocumentWriter.thumbnail

    def slow(self: DocumentWriter, *arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(DocumentWriter, "thumbnail", draw)
        save(account, {**FULL, "summary": "Meanwhile."})
        return draw(self, *arguments, **options)

    monkeypatch.setattr(DocumentWriter, "thumbnail", slow)
    await run()
    assert resume(account)["thumbnail_path"] is None
    assert entry(account) is not None
    left = account.run(
        "select object from private.outbox where kind = 'file' and object like %s", f"exports/{account.user_id}/%"
    )
    assert len(left) == 1, "the picture of before is deleted"
    await run()
    assert resume(account)["thumbnail_path"] is not None


@pytest.mark.parametrize(
    "gone",
    [
        "delete from public.resumes where user_id = %s",
        "update public.resumes set deleted_at = now() where user_id = %s",
        "update public.profiles set is_active = false where id = %s",
        "update public.profiles set deleted_at = now() where id = %s",
    ],
)
async def test_what_is_deleted_or_suspended_is_not_drawn(account: Account, queue: LocalQueue, gone: str) -> None:
    found = entry(account)
    assert found is not None
    account.run(gone, account.user_id)
    await queue.send([Message("resume-export", found["id"], "outbox_id")])
    await queue.drained()
    stored = account.row("select count(*) as n from storage.objects where name like %s", f"{account.user_id}/%")
    assert (stored["n"], entry(account)) == (0, None)


async def test_one_that_cannot_be_drawn_is_given_up_and_keeps_no_other_waiting(
    account: Account, new_account: Callable[[], Account], queue: LocalQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = DocumentWriter.thumbnail
    tried = []

    def poisoned(self: DocumentWriter, view: Any, *arguments: Any, **options: Any) -> Any:
        if view.name == "Poison":
            tried.append(view.name)
            raise RuntimeError("the typesetter died")
        return draw(self, view, *arguments, **options)

    monkeypatch.setattr(DocumentWriter, "thumbnail", poisoned)
    save(account, {"personalInfo": {"name": "Poison"}})
    other = new_account()
    found = [entry(each) for each in (account, other)]
    await queue.send([Message("resume-export", each["id"], "outbox_id") for each in found if each])
    await queue.drained()
    assert len(tried) == 3
    assert (entry(account), resume(account)["thumbnail_path"]) == (None, None)
    assert resume(other)["thumbnail_path"] is not None
    save(account, {"personalInfo": {"name": "Ada"}})
    assert entry(account) is not None, "the next save asks again"


async def test_one_that_is_too_long_is_left_without_a_picture(account: Account, run: Callable[[], Any]) -> None:
    save(account, {"experience": [{"role": "x", "bullets": ["y"] * 40} for _ in range(60)]})
    await run()
    assert (entry(account), resume(account)["thumbnail_path"]) == (None, None)


async def test_a_message_that_was_lost_is_sent_again_hours_later(
    account: Account, run: Callable[[], Any], clock: Any
) -> None:
    with wiring.override(settings=wiring.settings(), queue=LocalQueue({"resume-export": _nothing})):
        assert (await run())["done"] == 1
    assert (await run())["done"] == 0, "not while its message may still be on its way"
    clock.advance("121 minutes")
    assert (await run())["done"] == 1
    assert resume(account)["thumbnail_path"] is not None


async def _nothing(*_: object) -> dict[str, Any]:
    return {"batchItemFailures": []}


async def test_saves_and_pictures_at_the_same_time_do_not_wait_for_each_other_forever(
    stack: Stack, account: Account, queue: LocalQueue
) -> None:
    async def edit(number: int) -> None:
        await asyncio.to_thread(
            lambda: httpx.patch(
                f"{stack.url}/rest/v1/resumes?id=eq.{account.resume_id}",
                headers={"apikey": stack.publishable_key, "authorization": f"Bearer {account.token}"},
                json={"title": f"Title {number}"},
            ).raise_for_status()
        )

    for number in range(6):
        found = entry(account)
        assert found is not None
        await queue.send([Message("resume-export", found["id"], "outbox_id")] * 2)
        await asyncio.gather(*(edit(10 * number + each) for each in range(4)), queue.drained())


@pytest.mark.parametrize(
    "body", ["x", "{}", '{"outbox_id": "x"}', '{"outbox_id": null}', '{"task_id": 1, "outbox_id": 2}']
)
async def test_a_message_that_names_nothing_fails(body: str) -> None:
    event = {"Records": [{"messageId": "1", "body": body}]}
    failed = {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert await tasks.consume(event, Deadline.after(5)) == failed


async def test_other_queues_take_no_outbox_messages() -> None:
    from functions.generate.tasks import consume

    event = {"Records": [{"messageId": "1", "body": Message("generate", str(uuid4()), "outbox_id").body}]}
    assert (await consume(event, Deadline.after(5)))["batchItemFailures"] == [{"itemIdentifier": "1"}]
