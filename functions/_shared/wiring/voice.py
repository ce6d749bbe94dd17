"""Builders for recorded answers: who looks into recordings, and who writes down what is said in them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.wiring.parts import Lifetime

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from functions._shared.ai.speech import SpeechBackend
    from functions._shared.ports.speech import AudioInspector, Transcriber
    from functions._shared.settings import Settings


@wiring._parts.register(Lifetime.CONTAINER)  # noqa: SLF001 - one registry for the whole package
def audio_inspector() -> AudioInspector:
    """Return who looks into recordings."""
    from functions._shared.adapters.audio.inspector import TagInspector

    return TagInspector()


@wiring._parts.register()  # noqa: SLF001 - the same
def transcriber() -> Transcriber | None:
    """Return who writes down what is said, with our API keys; None: voice is off."""
    from functions._shared.ai.speech import TranscriberChain

    config = wiring.settings()
    names = config.speech_providers
    return TranscriberChain([_speech(config, name) for name in names]) if names else None


@asynccontextmanager
async def own_transcriber(user_id: str) -> AsyncIterator[Transcriber | None]:
    """Open the transcriber of a user's own keys. See `OwnTranscriber`."""
    from functions._shared.ai.speech import TranscriberChain
    from functions._shared.domain.providers import SPEECH

    config = wiring.settings()
    keys = await wiring.provider_keys().read(user_id)
    chain = TranscriberChain([_speech(config, name, keys[name]) for name in SPEECH if name in keys])
    try:
        yield chain if any(name in keys for name in SPEECH) else None
    finally:
        await chain.aclose()


def _speech(config: Settings, name: str, own_key: str | None = None) -> Transcriber:
    from functions._shared.adapters.gemini.speech import GeminiSpeechLimits
    from functions._shared.adapters.openai.speech import OpenAISpeechLimits
    from functions._shared.ai.speech import SpeechToText

    limits = OpenAISpeechLimits() if name == "openai" else GeminiSpeechLimits()
    return SpeechToText(limits, partial(_backend, config, name, own_key), "user" if own_key else "service")


def _backend(config: Settings, name: str, own_key: str | None) -> SpeechBackend:
    from functions._shared.adapters.gemini.speech import GeminiSpeech
    from functions._shared.adapters.openai.speech import OpenAISpeech

    account = config.speech(name, own_key)
    adapter = OpenAISpeech if name == "openai" else GeminiSpeech
    return adapter(api_key=account.api_key, model=account.model, base_url=account.base_url)
