"""OpenAI's audio transcriptions through openai 3."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.ai.backend import RawAnswer, VendorFailure
from functions._shared.ai.prices import per_minute
from functions._shared.ai.speech import SpeechBackend
from functions._shared.ai.stainless import vendor_failures
from functions._shared.ports.speech import MEDIA_TYPES

if TYPE_CHECKING:
    from functions._shared.ports.speech import AudioKind, Recording


class OpenAISpeechLimits:
    """What https://developers.openai.com/api/docs/guides/speech-to-text says that it takes."""

    kinds: frozenset[AudioKind] = frozenset(["wav", "mp3", "ogg", "m4a", "webm", "flac"])
    max_bytes = 25 * 1024 * 1024


class OpenAISpeech(OpenAISpeechLimits, SpeechBackend):
    """OpenAI's transcriptions.

    Parameters
    ----------
    api_key : str
        API key.
    model : str
        Model code.
    base_url : str, optional
        Another host with the same API.
    """

    provider = "openai"

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None) -> None:
        from openai import AsyncOpenAI

        self.model = model
        # The caller retries, because it knows the deadline.
        self._client = AsyncOpenAI(api_key=api_key, base_url=base_url, max_retries=0)

    @override
    async def ask(self, recording: Recording, *, language: str, timeout: float) -> RawAnswer:
        import openai

        takes_several = self.model.startswith("gpt-transcribe")
        with vendor_failures(openai):
            # The name's extension and the media type tell the vendor what it is.
            answer = await self._client.audio.transcriptions.create(
                file=(f"answer.{recording.kind}", recording.data, MEDIA_TYPES[recording.kind]),
                model=self.model,
                # A hint. gpt-transcribe has a field of its own for it, because it takes several.
                language=openai.omit if takes_several else language,
                languages=[language] if takes_several else openai.omit,
                response_format="json",
                timeout=timeout,
            )
        # The SDK returns a body that is not JSON as text, and other JSON with missing fields.
        text = getattr(answer, "text", None)
        if not isinstance(text, str):
            raise VendorFailure("answer is not a transcript", retryable=True, billed=True)
        usage = getattr(answer, "usage", None)
        return RawAnswer(
            text=text,
            stop="done",
            input_tokens=getattr(usage, "input_tokens", None) or 0,
            output_tokens=getattr(usage, "output_tokens", None) or 0,
            cost=self._cost(recording, usage),
        )

    def _cost(self, recording: Recording, usage: object) -> Decimal | None:
        price = per_minute(self.provider, self.model)
        seconds = getattr(usage, "seconds", None) or recording.seconds
        return None if price is None else price * Decimal(str(seconds)) / 60

    @override
    async def aclose(self) -> None:
        await self._client.close()
