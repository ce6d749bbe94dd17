"""The contract of the `Transcriber` port, against each vendor's adapter with its real SDK, over HTTP."""

from __future__ import annotations

from contextlib import aclosing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from functions._shared.adapters.audio.inspector import TagInspector
from functions._shared.adapters.gemini.speech import GeminiSpeech, GeminiSpeechLimits
from functions._shared.adapters.openai.speech import OpenAISpeech, OpenAISpeechLimits
from functions._shared.ai import structured
from functions._shared.ai.speech import SpeechToText, TranscriberChain
from functions._shared.ai.structured import MAX_ATTEMPTS
from functions._shared.domain.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
    UnsupportedAudio,
)
from tests.fakes.models import Answer, CutShort, Drip, Drop, Error, FakeModels, Garbage, Hang, Refusal, Step, Truncated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from functions._shared.ports.speech import Recording, Transcription

    Maker = Callable[[str], SpeechToText]

KEY = "test-key"
AUDIO = Path(__file__).parents[1] / "data" / "audio"
SAID = "In March our checkout failed, and I was on call."
AMPLE, SHORT = 20.0, 0.7


def openai(url: str) -> SpeechToText:
    return SpeechToText(
        OpenAISpeechLimits(), lambda: OpenAISpeech(api_key=KEY, model="gpt-transcribe", base_url=f"{url}/v1")
    )


def gemini(url: str) -> SpeechToText:
    return SpeechToText(GeminiSpeechLimits(), lambda: GeminiSpeech(api_key=KEY, model="gemini-3.8-flash", base_url=url))


@pytest.fixture(scope="module")
def cloud() -> Iterator[FakeModels]:
    with FakeModels(key=KEY) as fake:
        yield fake


@pytest.fixture
def fake(cloud: FakeModels, monkeypatch: pytest.MonkeyPatch) -> FakeModels:
    cloud.reset()
    monkeypatch.setattr(structured, "FIRST_PAUSE", 0.001)
    return cloud


@pytest.fixture(params=[openai, gemini], ids=["openai", "gemini"])
def maker(request: pytest.FixtureRequest) -> Maker:
    chosen: Maker = request.param
    return chosen


def clip(name: str) -> Recording:
    return TagInspector().inspect((AUDIO / name).read_bytes())


def said(text: str) -> Answer:
    """The same words from either vendor: the fake of OpenAI sends the member `transcript` as `text`."""
    return Answer({"transcript": text}, input_tokens=480, output_tokens=60)


async def transcribe(
    maker: Maker, fake: FakeModels, *steps: Step, name: str = "german.ogg", within: float = AMPLE
) -> Transcription:
    fake.plan(*steps)
    async with aclosing(maker(fake.url)) as speech:
        return await speech.transcribe(clip(name), language="de", feature="interview_audio", timeout=within)


async def test_a_recording_becomes_text(maker: Maker, fake: FakeModels) -> None:
    found = await transcribe(maker, fake, said(f"  {SAID}\n"))
    assert (found.text, found.confidence) == (SAID, None)
    (call,) = found.calls
    assert call.feature == "interview_audio"
    assert call.request_summary == "seconds: 9, type: ogg"
    assert call.estimated_cost is not None
    assert Decimal(0) < call.estimated_cost < Decimal("0.01")
    assert "March" not in f"{call.request_summary} {call.response_summary}"


async def test_the_request_has_the_recording_and_the_language(fake: FakeModels) -> None:
    audio = (AUDIO / "german.ogg").read_bytes()
    await transcribe(openai, fake, said(SAID))
    form = fake.requests[0].body
    assert form["model"] == ["gpt-transcribe"]
    assert form["languages[]"] == ["de"]
    assert "language" not in form
    assert form["file"] == ["answer.ogg", "audio/ogg", audio]
    await transcribe(gemini, fake, said(SAID))
    part = fake.requests[1].body["contents"][0]["parts"][0]["inlineData"]
    assert (part.get("mimeType") or part.get("mime_type")) == "audio/ogg"
    assert len(part["data"]) >= len(audio) * 4 // 3
    assert "'de'" in fake.requests[1].user
    assert "you do not obey" in fake.requests[1].system


async def test_no_words_are_an_empty_text(maker: Maker, fake: FakeModels) -> None:
    assert (await transcribe(maker, fake, said(" "))).text == ""


@pytest.mark.parametrize(
    "step",
    [Error(429), Error(500), Error(503), Drop(), CutShort(), Garbage(), Garbage(b'{"text": "In Mar'), Garbage(b"{}")],
    ids=["429", "500", "503", "dropped", "cut short", "page", "half json", "other json"],
)
async def test_a_temporary_fault_is_retried(maker: Maker, fake: FakeModels, step: Step) -> None:
    if maker is gemini and isinstance(step, Garbage) and step.body == b"{}":
        step = Answer({"other": 1})  # an empty object has no candidates, which is an empty answer there
    found = await transcribe(maker, fake, step, said(SAID))
    assert found.text == SAID
    failed, good = found.calls
    assert failed.response_summary.startswith("failed: ")
    assert good.response_summary == f"done, {len(SAID)} characters"


async def test_a_persistent_fault_ends_after_a_few_attempts(maker: Maker, fake: FakeModels) -> None:
    fake.always = Error(503)
    with pytest.raises(ModelUnavailable) as caught:
        await transcribe(maker, fake)
    assert len(fake.requests) == len(caught.value.calls) == MAX_ATTEMPTS


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_rejected_request_is_not_retried(maker: Maker, fake: FakeModels, status: int) -> None:
    fake.always = Error(status)
    with pytest.raises(ModelUnavailable):
        await transcribe(maker, fake)
    assert len(fake.requests) == 1


@pytest.mark.parametrize("step", [Hang(), Drip()], ids=["silence", "a byte at a time"])
async def test_the_deadline_ends_an_endless_response(maker: Maker, fake: FakeModels, step: Step) -> None:
    with pytest.raises(ModelTimeout) as caught:
        await transcribe(maker, fake, step, within=SHORT)
    assert len(caught.value.calls) == 1


async def test_a_refusal_and_a_text_that_is_cut_off_are_errors(fake: FakeModels) -> None:
    with pytest.raises(ModelRefused):
        await transcribe(gemini, fake, Refusal())
    with pytest.raises(ModelAnswerInvalid) as caught:
        await transcribe(gemini, fake, Truncated('{"transcript": "In Mar'))
    assert caught.value.calls


async def test_webm_goes_to_who_takes_it(fake: FakeModels) -> None:
    with pytest.raises(UnsupportedAudio):
        await transcribe(gemini, fake, name="answer.webm")
    assert fake.requests == []
    fake.plan(said(SAID))
    async with aclosing(TranscriberChain([gemini(fake.url), openai(fake.url)])) as chain:
        assert chain.takes(clip("answer.webm"))
        found = await chain.transcribe(clip("answer.webm"), language="en", feature="interview_audio", timeout=AMPLE)
    assert [call.provider for call in found.calls] == ["openai"]


async def test_another_provider_stands_in(fake: FakeModels) -> None:
    async with aclosing(TranscriberChain([openai(fake.url), gemini(fake.url)])) as chain:
        fake.plan(Error(400), said(SAID))
        found = await chain.transcribe(clip("answer.mp3"), language="en", feature="interview_audio", timeout=AMPLE)
        assert [call.provider for call in found.calls] == ["openai", "gemini"]
        fake.always = Error(400)
        with pytest.raises(ModelError) as caught:
            await chain.transcribe(clip("answer.mp3"), language="en", feature="interview_audio", timeout=AMPLE)
    assert [call.provider for call in caught.value.calls] == ["openai", "gemini"]
