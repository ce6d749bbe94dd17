"""A voice interview: recordings in storage become transcripts, and only what is sent as an answer counts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared.ai.lazy import close
from functions._shared.wiring.voice import transcriber
from tests.fakes.models import Answer, Error
from tests.functions.interview.candidate import GOOD, Candidate, problem, result
from tests.functions.interview.conftest import KEY
from tests.functions.interview.test_charge import JUDGED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from local.stack import Stack
    from tests.fakes.models import Behaviour, FakeModels, Request
    from tests.functions.edge.account import Account

AUDIO = Path(__file__).parents[2] / "data" / "audio"
SAID = "In March our checkout failed on every second Friday, and I was on call."


def listens(request: Request) -> Behaviour:
    """A vendor that hears `SAID` in every recording, and judges every answer."""
    return Answer({"transcript": SAID}) if "audio" in request.path else JUDGED


@pytest.fixture
async def spoken(stack: Stack, fake: FakeModels, vendor: dict[str, str]) -> AsyncIterator[Candidate]:
    """`interview` with a model, and with a vendor that transcribes."""
    fake.always = listens
    async with Candidate(stack, {**vendor, "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{fake.url}/v1"}) as opened:
        yield opened
        await close(transcriber())


async def upload(stack: Stack, account: Account, name: str, kind: str = "audio/webm", body: bytes | None = None) -> str:
    path = f"{account.user_id}/{name}"
    headers = {"authorization": f"Bearer {account.token}", "apikey": stack.publishable_key, "content-type": kind}
    async with httpx.AsyncClient() as client:
        content = (AUDIO / name).read_bytes() if body is None else body
        response = await client.post(f"{stack.url}/storage/v1/object/audio/{path}", headers=headers, content=content)
    assert response.status_code == 200, response.text
    return path


async def record(
    candidate: Candidate, account: Account, interview: dict[str, Any], path: str, key: str | None = None, **more: Any
) -> httpx.Response:
    body = {"question": 1, "path": path, **more}
    return await candidate.send(account, "POST", f"/{interview['id']}/audio", body, key)


def files(account: Account) -> list[str]:
    found = account._connection.execute(
        "select name from storage.objects where name like %s order by 1", (f"{account.user_id}/%",)
    )
    return [row["name"] for row in found]


async def test_a_recording_becomes_a_transcript_and_then_an_answer(
    stack: Stack, spoken: Candidate, account: Account, fake: FakeModels
) -> None:
    interview = await spoken.started(account, type="voice", questions=2)
    assert interview["type"] == "voice"
    path = await upload(stack, account, "answer.webm")
    response = await record(spoken, account, interview, path, "a")
    heard = result(response)
    assert response.json()["receipt"]["charged"] == 0
    assert heard | {"id": None, "processing_time_ms": None} == {
        "id": None, "question": 1, "text": SAID, "confidence": None, "seconds": 13, "processing_time_ms": None, "recordings_left": 1,
    }  # fmt: skip
    again = await record(spoken, account, interview, path, "a")
    assert (again.headers["idempotency-replayed"], result(again)) == ("true", heard)
    assert len(fake.requests) == 1
    # It is no answer yet, and charges nothing.
    found = await spoken.read(account, interview)
    assert (found["current"]["number"], found["questions_answered"], found["price"]["state"]) == (1, 0, "held")
    # The user corrects it, with the stock client's rights, and answers with the corrected words.
    row = account.row("select * from public.interview_transcripts where id = %s", heard["id"])
    assert (row["audio_path"], row["question_number"], row["confidence_score"], row["duration_seconds"]) == (
        path,
        1,
        None,
        13,
    )
    answered = result(await spoken.answer(account, interview, 1, GOOD, transcript_id=heard["id"]))
    measures = answered["feedback"]["measures"]
    assert (measures["seconds"], measures["words_per_minute"]) == (13, round(measures["words"] * 60 / 13))
    assert answered["price"]["state"] == "charged"
    turn = account.row(
        "select message, audio_path from public.interview_turns where session_id = %s and speaker = 'user'",
        interview["id"],
    )
    assert turn == {"message": GOOD, "audio_path": path}
    # Typed answers are answers, too; a transcript of another question is not.
    assert problem(await spoken.answer(account, interview, 2, GOOD, transcript_id=heard["id"])) == (
        404,
        "transcript_not_found",
    )
    assert (await spoken.answer(account, interview, 2)).status_code == 200
    assert result(await spoken.complete(account, interview))["score"] == 95
    assert account.books == (0, 0, 0)


async def test_two_recordings_fit_into_a_question(stack: Stack, spoken: Candidate, account: Account) -> None:
    interview = await spoken.started(account, type="voice", questions=2)
    path = await upload(stack, account, "answer.mp3", "audio/mpeg")
    first, second, third = await asyncio.gather(*(record(spoken, account, interview, path) for _ in range(3)))
    codes = sorted(each.status_code for each in (first, second, third))
    assert codes == [200, 200, 409]
    refused = next(each for each in (first, second, third) if each.status_code == 409)
    assert problem(refused) == (409, "transcription_limit_reached")
    # Deleting one makes no room for another.
    account.row("delete from public.interview_transcripts where user_id = %s returning id", account.user_id)
    assert problem(await record(spoken, account, interview, path)) == (409, "transcription_limit_reached")
    await spoken.answer(account, interview, 1)
    assert problem(await record(spoken, account, interview, path)) == (409, "turn_taken")
    assert result(await record(spoken, account, interview, path, question=2))["question"] == 2


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("silence.webm", "audio/webm", (422, "no_speech")),
        ("silence.mp3", "audio/mpeg", (422, "no_speech")),
        ("make.sh", "audio/wav", (415, "unsupported_audio")),
    ],
)
async def test_what_cannot_be_heard_is_never_sent(
    stack: Stack, spoken: Candidate, account: Account, fake: FakeModels, name: str, kind: str, code: tuple[int, str]
) -> None:
    interview = await spoken.started(account, type="voice")
    path = await upload(stack, account, name, kind)
    assert problem(await record(spoken, account, interview, path)) == code
    assert fake.requests == []
    left = account.row("select transcriptions from public.interview_turns where session_id = %s", interview["id"])
    assert left == {"transcriptions": 0}


async def test_a_recording_is_at_most_ten_minutes_long(
    stack: Stack, spoken: Candidate, account: Account, fake: FakeModels
) -> None:
    # 601 s of 8 kHz, 8 bit.
    rate, seconds = 8_000, 601
    fmt = b"fmt \x10\0\0\0\1\0\1\0" + rate.to_bytes(4, "little") * 2 + b"\1\0\x08\0"
    size = rate * seconds
    body = (
        b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVE" + fmt + b"data" + size.to_bytes(4, "little") + bytes(size)
    )
    interview = await spoken.started(account, type="voice")
    path = await upload(stack, account, "long.wav", "audio/wav", body)
    response = await record(spoken, account, interview, path)
    assert (problem(response), response.json()["limit"]) == ((413, "audio_too_long"), 600)
    assert fake.requests == []


async def test_noise_without_words_is_no_answer(
    stack: Stack, spoken: Candidate, account: Account, fake: FakeModels
) -> None:
    fake.always = Answer({"transcript": " … "})
    interview = await spoken.started(account, type="voice")
    path = await upload(stack, account, "noise.ogg", "audio/ogg")
    assert problem(await record(spoken, account, interview, path)) == (422, "no_speech")
    cost = account.row("select count(*)::int as n from public.ai_usage where user_id = %s", account.user_id)
    assert cost == {"n": 1}


async def test_the_recording_of_another_user_is_not_read(
    stack: Stack, spoken: Candidate, new_account: Callable[..., Account], fake: FakeModels
) -> None:
    owner, other = new_account(), new_account()
    path = await upload(stack, owner, "answer.webm")
    interview = await spoken.started(other, type="voice")
    for wanted in (path, f"{other.user_id}/../{path}", f"{other.user_id}/nothing.webm"):
        assert problem(await record(spoken, other, interview, wanted, delete_recording=True)) == (404, "file_not_found")
    assert problem(await record(spoken, owner, interview, path)) == (404, "session_not_found")
    assert fake.requests == []
    assert files(owner) == [path]


async def test_a_recording_is_deleted_at_once_if_its_user_asks(
    stack: Stack, spoken: Candidate, account: Account
) -> None:
    interview = await spoken.started(account, type="voice")
    path = await upload(stack, account, "answer.webm")
    heard = result(await record(spoken, account, interview, path, "a", delete_recording=True))
    assert files(account) == []
    row = account.row("select audio_path, transcript_text from public.interview_transcripts where id = %s", heard["id"])
    assert row == {"audio_path": None, "transcript_text": SAID}
    assert result(await record(spoken, account, interview, path, "a", delete_recording=True)) == heard


async def test_a_vendor_that_fails_costs_no_recording(
    stack: Stack, spoken: Candidate, account: Account, fake: FakeModels
) -> None:
    interview = await spoken.started(account, type="voice")
    path = await upload(stack, account, "answer.webm")
    fake.always = Error(400)
    assert problem(await record(spoken, account, interview, path, "a")) == (503, "model_unavailable")
    fake.always = listens
    # The same key begins again.
    assert result(await record(spoken, account, interview, path, "a"))["recordings_left"] == 1


async def test_starts_that_only_transcribe_are_bounded(stack: Stack, spoken: Candidate, account: Account) -> None:
    counted = "select released_count as n from public.user_credits where user_id = %s"
    interview = await spoken.started(account, type="voice")
    path = await upload(stack, account, "answer.webm")
    result(await record(spoken, account, interview, path))
    assert account.row(counted, account.user_id) == {"n": 0}
    await spoken.send(account, "POST", f"/{interview['id']}/cancel")
    assert account.row(counted, account.user_id) == {"n": 1}
    assert account.books == (5, 0, 5)


async def test_voice_is_off_without_a_vendor_that_transcribes(
    stack: Stack, vendor: dict[str, str], account: Account, free: Candidate
) -> None:
    assert problem(await free.start(account, type="voice")) == (422, "voice_unavailable")
    async with Candidate(stack, {**vendor, "RESUMEBASE_SPEECH": "none"}) as silent:
        assert problem(await silent.start(account, type="voice")) == (422, "voice_unavailable")
    async with Candidate(stack, vendor) as gemini:  # it has no WebM
        interview = await gemini.started(account, type="voice")
        path = await upload(stack, account, "answer.webm")
        assert problem(await record(gemini, account, interview, path)) == (415, "unsupported_audio")


async def test_a_chat_takes_no_recordings(stack: Stack, spoken: Candidate, account: Account) -> None:
    interview = await spoken.started(account)
    path = await upload(stack, account, "answer.webm")
    assert problem(await record(spoken, account, interview, path)) == (422, "voice_unavailable")


async def test_recordings_at_the_same_time_stay_within_the_limits(
    stack: Stack, spoken: Candidate, account: Account, fake: FakeModels
) -> None:
    account.run("select public.credits_grant(%s, 'pack', 30, %s)", account.user_id, account.user_id)
    path = await upload(stack, account, "answer.webm")
    *full, last, new = [await spoken.started(account, type="voice") for _ in range(6)]
    for number, each in enumerate(full, 1):
        crowd = await asyncio.gather(*(record(spoken, account, each, path) for _ in range(14 if number == 1 else 3)))
        assert {response.status_code for response in crowd} == {200, 409}
        assert len(fake.requests) == 2 * number
    result(await record(spoken, account, last, path))
    # One of the day's ten is left, and two interviews with room ask for it.
    crowd = await asyncio.gather(*(record(spoken, account, each, path) for each in (last, new) for _ in range(3)))
    assert sorted(response.status_code for response in crowd) == [200] + [409] * 5
    assert len(fake.requests) == 10
    assert account.books == (5, 30, 35)


async def test_requests_at_the_same_time_complete_an_interview_once(spoken: Candidate, account: Account) -> None:
    interview = await spoken.started(account, questions=3)
    await spoken.answer(account, interview, 1)
    first, *others = await asyncio.gather(*(spoken.complete(account, interview) for _ in range(3)))
    report = result(first)
    assert [result(each)["score"] for each in others] == [report["score"]] * 2
