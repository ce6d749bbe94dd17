"""Recordings: what is in one, and what is said in it.

Used by the ``interview`` function. `AudioInspector` is implemented by the ``audio`` adapter; `Transcriber` by
`SpeechToText` and `TranscriberChain` in `functions._shared.ai` on top of the vendor adapters (``gemini``, ``openai``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.metering import ModelCall

AudioKind = Literal["wav", "mp3", "ogg", "m4a", "webm", "flac"]
MEDIA_TYPES: Final[dict[AudioKind, str]] = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "webm": "audio/webm",
    "flac": "audio/flac",
}


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that was looked into.

    Parameters
    ----------
    data : bytes
        The file.
    kind : str
        Its type, by what is in it.
    seconds : float
        How long it is.
    is_silent : bool
        Whether there is nothing to hear. Noise is not silence.
    """

    data: bytes = field(repr=False)
    kind: AudioKind
    seconds: float
    is_silent: bool


class AudioInspector(Protocol):
    """Looks into recordings, without listening to them."""

    def inspect(self, data: bytes) -> Recording:
        """Find out type and length.

        Raises
        ------
        UnsupportedAudio
            It is no audio, is damaged, or is of another type.
        """
        ...


@dataclass(frozen=True, slots=True)
class Transcription:
    """What is said in a recording.

    Parameters
    ----------
    text : str
        The words; empty if nobody speaks.
    confidence : float or None
        0 to 1; None if the provider gives none.
    calls : tuple of ModelCall
        All calls for it, failed ones too.
    """

    text: str = field(repr=False)
    confidence: float | None
    calls: tuple[ModelCall, ...]


class Transcriber(Protocol):
    """Turns speech into text."""

    def takes(self, recording: Recording) -> bool:
        """Return whether recordings of this type and size can be transcribed."""
        ...

    async def transcribe(
        self,
        recording: Recording,
        *,
        language: str,
        feature: str,
        timeout: float,  # noqa: ASYNC109 - retries and fallbacks share the time, so the adapter must know it
    ) -> Transcription:
        """Write down what is said.

        Parameters
        ----------
        recording : Recording
            One that it takes.
        language : str
            The language that is probably spoken, as ISO 639-1.
        feature : str
            Slug of the operation, for the record of calls.
        timeout : float
            Seconds for the whole call, including retries.

        Raises
        ------
        ModelUnavailable, ModelTimeout, ModelRefused, ModelAnswerInvalid
            There is no transcript. ``calls`` lists the calls that were made.
        UnsupportedAudio
            It does not take this recording.
        """
        ...
