"""Recordings: long ones go through the queue, what is free is bounded by day, and an own key pays for its own."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared import wiring
from functions._shared.adapters.supabase.provider_keys import SupabaseProviderKeys
from functions._shared.ai.lazy import close
from functions._shared.settings import Settings
from functions._shared.wiring.voice import transcriber
from local import queue as queues
from tests.database.test_storage_limits import limits
from tests.functions.edge.wire import Wire
from tests.functions.interview.candidate import GOOD, Candidate, problem, result
from tests.functions.interview.conftest import KEY
from tests.functions.interview.test_voice import SAID, listens, record, spoken, upload

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from local.queue import LocalQueue
    from local.stack import Stack
    from tests.fakes.models import FakeModels, Request
    from tests.functions.edge.account import Account

__all__ = ["spoken"]

RATE = 8_000


def wav(seconds: int) -> bytes:
    """A recording of noise, 8 kHz and 8 bit."""
    size = RATE * seconds
    fmt = b"fmt \x10\0\0\0\1\0\1\0" + RATE.to_bytes(4, "little") * 2 + b"\1\0\x08\0"
    return (
        b"RIFF"
        + (36 + size).to_bytes(4, "little")
        + b"WAVE"
        + fmt
        + b"data"
        + size.to_bytes(4, "little")
        + random.Random(1).randbytes(size)
    )


@pytest.fixture
async def queue(stack: Stack, spoken: Candidate) -> AsyncIterator[LocalQueue]:
    settings = Settings({**stack.env(), "RESUMEBASE_VERIFIER": "off", **spoken.environment})
    opened = queues.discover(["interview"])
    with wiring.override(settings=settings, queue=opened):
        yield opened
        await opened.drained()
        await close(transcriber())
        await close(wiring.model())


async def task_of(candidate: Candidate, account: Account, task: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await candidate.send(account, "GET", f"/tasks/{task['id']}")).json()
    return found


async def test_a_long_recording_is_a_task(
    stack: Stack,
    spoken: Candidate,
    queue: LocalQueue,
    account: Account,
    fake: FakeModels,
) -> None:
    interview = await spoken.started(account, type="voice", questions=2)
    path = await upload(stack, account, "long.wav", "audio/wav", wav(130))
    opened = await record(spoken, account, interview, path, "a", delete_recording=True)
    assert opened.status_code == 202, opened.text
    assert opened.headers["location"].endswith(f"/interview/tasks/{opened.json()['id']}")
    await queue.drained()
    done = await task_of(spoken, account, opened.json())
    assert done["status"] == "completed", done
    heard = done["result"]
    assert (heard["text"], heard["seconds"], heard["recordings_left"]) == (SAID, 130, 1)
    assert done["receipt"]["charged"] == 0
    # The same key has the same answer, although the file is gone; nobody listens twice.
    again = await record(spoken, account, interview, path, "a", delete_recording=True)
    assert (again.status_code, result(again)) == (200, heard)
    assert len(fake.requests) == 1
    answered = result(await spoken.answer(account, interview, 1, GOOD, transcript_id=heard["id"]))
    assert answered["feedback"]["measures"]["seconds"] == 130


async def test_two_transcriptions_fit_into_a_question_also_as_tasks(
    stack: Stack,
    spoken: Candidate,
    queue: LocalQueue,
    account: Account,
    fake: FakeModels,
) -> None:
    interview = await spoken.started(account, type="voice", questions=2)
    path = await upload(stack, account, "long.wav", "audio/wav", wav(121))
    # Refused is one when it is asked for or, if the two before it had not begun then, as a task.
    asked = await asyncio.gather(*(record(spoken, account, interview, path) for _ in range(6)))
    await queue.drained()
    ended = [await task_of(spoken, account, each.json()) for each in asked if each.status_code == 202]
    refused = [each.json() for each in asked if each.status_code != 202]
    assert [each["status"] for each in ended].count("completed") == 2
    refused += [each["error"] for each in ended if "error" in each]
    assert [each["code"] for each in refused] == ["transcription_limit_reached"] * 4
    assert len(fake.requests) == 2
    assert problem(await record(spoken, account, interview, path)) == (409, "transcription_limit_reached")
    # One that is answered otherwise is not written down any more.
    await spoken.answer(account, interview, 1)
    late = (await record(spoken, account, interview, path, question=2)).json()
    await spoken.send(account, "POST", f"/{interview['id']}/abandon")
    await queue.drained()
    assert (await task_of(spoken, account, late))["status"] in {"completed", "failed"}


async def test_starting_and_deleting_writes_nothing_down_for_free(
    stack: Stack,
    spoken: Candidate,
    account: Account,
    fake: FakeModels,
    as_user: Callable[..., Any],
) -> None:
    path = await upload(stack, account, "answer.webm")
    heard = 0
    for _ in range(6):
        interview = await spoken.started(account, type="voice", questions=2)
        for _ in range(2):
            response = await record(spoken, account, interview, path)
            heard += response.status_code == 200
        with as_user(account.user_id) as cursor:
            cursor.execute("delete from public.interview_sessions where id = %s", (interview["id"],))
    assert (heard, len(fake.requests)) == (10, 10)
    assert problem(response) == (409, "transcription_limit_reached")
    # The interview goes on in writing, and once it is charged, with recordings.
    interview = await spoken.started(account, type="voice", questions=2)
    await spoken.answer(account, interview, 1)
    assert result(await record(spoken, account, interview, path, question=2))["text"] == SAID


async def test_transcripts_have_a_limit_of_bytes(
    stack: Stack,
    spoken: Candidate,
    account: Account,
    connect: Any,
    as_user: Callable[..., Any],
) -> None:
    interview = await spoken.started(account, type="voice", questions=2)
    path = await upload(stack, account, "answer.webm")
    with limits(connect, "interview_transcripts", "free", max_bytes=10):
        assert problem(await record(spoken, account, interview, path)) == (413, "storage_limit_reached")
    heard = result(await record(spoken, account, interview, path))
    correct = "update public.interview_transcripts set transcript_text = %s where id = %s"
    with limits(connect, "interview_transcripts", "free", max_bytes=1_000):
        with as_user(account.user_id) as cursor:
            cursor.execute(correct, ("In May our checkout failed.", heard["id"]))
        noise = "".join(random.Random(2).choices("abcdefghij", k=5_000))
        with as_user(account.user_id) as cursor, pytest.raises(Exception, match="storage_limit_reached"):
            cursor.execute(correct, (noise, heard["id"]))


async def test_an_own_key_transcribes_too(
    stack: Stack, fake: FakeModels, vendor: dict[str, str], account: Account
) -> None:
    fake.always = listens
    ours = {**vendor, "GEMINI_API_KEY": "wrong", "OPENAI_API_KEY": "wrong", "OPENAI_BASE_URL": f"{fake.url}/v1"}
    async with Candidate(stack, ours) as candidate:
        async with httpx.AsyncClient(transport=Wire()) as client:
            keys = SupabaseProviderKeys(stack.url, stack.secret_key, client, [stack.env()["PROVIDER_KEYS_SECRET"]])
            for provider in ("gemini", "openai"):
                await keys.put(account.user_id, provider, KEY)
        interview = await candidate.started(account, type="voice", questions=2, funding="own_key")
        path = await upload(stack, account, "answer.webm")
        heard = result(await record(candidate, account, interview, path))
        assert heard["text"] == SAID
        answered = await candidate.answer(account, interview, 1, GOOD, transcript_id=heard["id"])
        assert result(answered)["feedback"]["score"] == 95
    sent = [request for request in fake.requests if "audio" in request.path]
    assert [_key(request) for request in sent] == [f"Bearer {KEY}"]
    assert account.books == (5, 0, 5)
    payers = "select array_agg(distinct payer) as of, count(*)::int as n from public.ai_usage where user_id = %s"
    assert account.row(payers, account.user_id) == {"of": ["user"], "n": 2}


def _key(request: Request) -> str:
    return request.headers["authorization"]
