"""The `Transcriber` port on top of any vendor: the same retries, time limit and records as `StructuredModel`.

`SpeechBackend` is implemented by the ``gemini`` and ``openai`` adapters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from typing_extensions import override

from functions._shared.ai.chain import SHARE, SHORTEST_TURN
from functions._shared.ai.lazy import close
from functions._shared.ai.structured import Asked, ask_until_answered
from functions._shared.domain.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRefused,
    ModelTimeout,
    UnsupportedAudio,
)
from functions._shared.domain.language.invisible import visible
from functions._shared.ports.request import Deadline
from functions._shared.ports.speech import Transcriber, Transcription

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from functions._shared.ai.backend import RawAnswer
    from functions._shared.domain.metering import ModelCall, Payer
    from functions._shared.ports.speech import AudioKind, Recording

LONGEST: Final = 50_000
"""Characters of a transcript; ten minutes of speech have a fifth of that."""


class SpeechLimits(Protocol):
    """Which recordings a vendor takes."""

    kinds: frozenset[AudioKind]
    max_bytes: int


class SpeechBackend(SpeechLimits, Protocol):
    """One vendor's SDK, reduced to one call."""

    provider: str
    model: str

    async def ask(
        self,
        recording: Recording,
        *,
        language: str,
        timeout: float,  # noqa: ASYNC109 - passed on to the SDK
    ) -> RawAnswer:
        """Send one request, without retries. The text of the answer is the transcript; "" if nobody speaks.

        Raises
        ------
        VendorFailure
            There is no answer.
        TimeoutError
            The SDK gave up waiting.
        """
        ...

    async def aclose(self) -> None:
        """Close the connections of the SDK."""
        ...


class SpeechToText(Transcriber):
    """A vendor behind the `Transcriber` port.

    Parameters
    ----------
    limits : SpeechLimits
        What the vendor takes, known before its SDK is loaded.
    build : callable
        Builds the vendor's adapter, when it is first asked.
    payer : str
        Whose key the adapter has.
    """

    def __init__(self, limits: SpeechLimits, build: Callable[[], SpeechBackend], payer: Payer = "service") -> None:
        self._limits = limits
        self._build = build
        self._payer = payer
        self._backend: SpeechBackend | None = None

    @override
    def takes(self, recording: Recording) -> bool:
        return recording.kind in self._limits.kinds and len(recording.data) <= self._limits.max_bytes

    @override
    async def transcribe(self, recording: Recording, *, language: str, feature: str, timeout: float) -> Transcription:
        if not self.takes(recording):
            raise UnsupportedAudio(found=recording.kind)
        backend = self._backend = self._backend or self._build()

        async def ask(remaining: float) -> RawAnswer:
            return await backend.ask(recording, language=language, timeout=remaining)

        asked = Asked(backend, feature, f"seconds: {recording.seconds:.0f}, type: {recording.kind}", self._payer)
        raw, calls = await ask_until_answered(ask, asked, Deadline.after(timeout))
        if raw.stop == "refused":
            raise ModelRefused(calls=calls)
        if raw.stop != "done":
            raise ModelAnswerInvalid("The transcript was cut off.", calls=calls)
        text = " ".join(visible(raw.text).split())
        if len(text) > LONGEST:
            raise ModelAnswerInvalid("The transcript is longer than anybody can speak.", calls=calls)
        # Neither vendor tells how sure it is.
        return Transcription(text, None, calls)

    async def aclose(self) -> None:
        """Close the adapter, if it was built, in the event loop that used it."""
        if self._backend is not None:
            await self._backend.aclose()


class TranscriberChain(Transcriber):
    """Asks transcribers in order, those that take the recording, until one answers. A refusal ends it.

    Parameters
    ----------
    transcribers : sequence of Transcriber
        In the order in which they are asked.
    """

    def __init__(self, transcribers: Sequence[Transcriber]) -> None:
        self._transcribers = tuple(transcribers)

    @override
    def takes(self, recording: Recording) -> bool:
        return any(each.takes(recording) for each in self._transcribers)

    @override
    async def transcribe(self, recording: Recording, *, language: str, feature: str, timeout: float) -> Transcription:
        usable = [each for each in self._transcribers if each.takes(recording)]
        if not usable:
            raise UnsupportedAudio(found=recording.kind)
        deadline = Deadline.after(timeout)
        calls: list[ModelCall] = []
        last_error: ModelError = ModelTimeout()
        for position, each in enumerate(usable):
            remaining = deadline.remaining()
            if position and remaining < SHORTEST_TURN:
                break
            share = remaining if position + 1 == len(usable) else remaining * SHARE
            try:
                found = await each.transcribe(recording, language=language, feature=feature, timeout=share)
            except ModelError as error:
                calls.extend(error.calls)
                last_error = error
                if isinstance(error, ModelRefused):
                    break
            else:
                return Transcription(found.text, found.confidence, (*calls, *found.calls))
        last_error.calls = tuple(calls)
        raise last_error

    async def aclose(self) -> None:
        """Close the connections of all transcribers."""
        for each in self._transcribers:
            await close(each)
