"""Recorded answers: a file in storage becomes a transcript, which the candidate may correct and then answers with.

A recording is looked into before anybody is paid to listen to it. The transcript is an effect of its operation, which
costs nothing; two of them fit into a question. A long recording is written down by the consumer of a queue, because
that takes longer than a request may.
"""

from __future__ import annotations

import re
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.errors import (
    AudioTooLong,
    DomainError,
    NoSpeech,
    StoredFileNotFound,
    TranscriptionLimitReached,
    UnsupportedAudio,
    VoiceUnavailable,
)
from functions._shared.domain.interviews import KeepTranscript
from functions._shared.domain.tasks import Part, TaskPlan
from functions._shared.flows.metered import run_paid
from functions.interview.schemas.results import TranscriptView
from functions.interview.steps import answerable, funding_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from functions._shared.domain.interviews import Interview, Turn
    from functions._shared.domain.json import Json
    from functions._shared.flows.metered import Hold
    from functions._shared.flows.writers import OwnTranscriber
    from functions._shared.ports.files import Files
    from functions._shared.ports.interviews import Interviews
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions._shared.ports.speech import AudioInspector, Recording, Transcriber
    from functions.interview.schemas.requests import AudioRequest

AUDIO: Final = "interview_audio"
BUCKET: Final = "audio"
MAX_BYTES: Final = 25 * 1024 * 1024
MAX_SECONDS: Final = 600
LONG_SECONDS: Final = 120
"""Longer ones are a task: providers take up to a sixth of a recording's length, and a request has 28 seconds."""
PER_QUESTION: Final = 2
MARGIN_SECONDS: Final = 0.5
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports of a recording. ``transcriber`` is None where voice is off."""

    ledger: Ledger
    interviews: Interviews
    files: Files
    inspector: AudioInspector
    transcriber: Transcriber | None
    own_transcriber: OwnTranscriber


async def transcribe(
    interview_id: str, request: AudioRequest, call: PaidCall, tools: Tools, *, as_task: bool | None = None
) -> PaidAnswer | TaskPlan:
    """Write down what is said in a recording, or return the task that does it.

    Parameters
    ----------
    interview_id, request, call, tools
        The interview, the recording, the payer and the ports.
    as_task : bool or None
        Whether a task is wanted; None: if the recording is long.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds `SessionNotActive`, `TurnTaken`, `VoiceUnavailable`, `TranscriptionLimitReached`,
        `StoredFileNotFound`, `FileTooLarge`, `UnsupportedAudio`, `AudioTooLong`, `NoSpeech` and the model's errors.
    """
    found = await tools.interviews.open(
        call.caller.user_id, interview_id, hold=not call.dry_run, key=call.idempotency_key
    )
    if not found.is_repeated:
        _refuse_if_closed(found, answerable(found, request.question, is_retry=request.retry))
    # Decided once more with the reservation, under the account's lock: requests at the same time see the same counts.
    needs: Json = {"recording": {"session_id": interview_id, "question": request.question}}
    known = await _known(found, request.path, call.caller.user_id, tools) if as_task is None else None
    if as_task or (known is not None and known.seconds > LONG_SECONDS):
        kept = {"interview_id": interview_id, "request": request.model_dump(mode="json")}
        return TaskPlan(AUDIO, kept, [Part(AUDIO, funding=funding_of(found), needs=needs)])

    async def work(hold: Hold) -> TranscriptView:
        question = answerable(found, request.question, is_retry=request.retry)
        _refuse_if_closed(found, question)
        async with _transcriber(found, call.caller.user_id, tools) as transcriber:
            recording = known or await _read(request.path, call.caller.user_id, tools)
            return await _transcribe(found, question, recording, request, hold, transcriber)

    answer = await run_paid(tools.ledger, call, work, operation=AUDIO, funding=funding_of(found), needs=needs)
    if request.delete_recording and not call.dry_run:
        await _remove(request.path, call.caller.user_id, tools.files)
    return answer


def _refuse_if_closed(interview: Interview, question: Turn) -> None:
    if interview.session_type != "voice":
        raise VoiceUnavailable("This is no voice interview.")
    if question.transcriptions >= PER_QUESTION:
        raise TranscriptionLimitReached
    paid = interview.payment
    is_ours_to_pay = paid is not None and paid.status != "committed" and paid.funding != "own_key"
    if is_ours_to_pay and interview.free_recordings_left <= 0:
        raise TranscriptionLimitReached(
            "No more recordings of interviews that are not paid for today. Type the first answer."
        )


async def _known(interview: Interview, path: str, owner: str, tools: Tools) -> Recording | None:
    """Read a recording to learn how long it is; it is not read again for whoever writes it down."""
    try:
        return await _read(path, owner, tools)
    except DomainError:
        if interview.is_repeated:  # what was written down may be had again, also when the file is gone
            return None
        raise


@asynccontextmanager
async def _transcriber(interview: Interview, user_id: str, tools: Tools) -> AsyncIterator[Transcriber]:
    if interview.payment and interview.payment.funding == "own_key":
        async with tools.own_transcriber(user_id) as own:
            if own is None:
                raise VoiceUnavailable
            yield own
    elif tools.transcriber is None:
        raise VoiceUnavailable
    else:
        yield tools.transcriber


async def _transcribe(
    interview: Interview,
    question: Turn,
    recording: Recording,
    request: AudioRequest,
    hold: Hold,
    transcriber: Transcriber,
) -> TranscriptView:
    if not transcriber.takes(recording):
        raise UnsupportedAudio(found=recording.kind)
    started = time.monotonic()
    found = await transcriber.transcribe(
        recording,
        language=interview.language,
        feature=AUDIO,
        timeout=max(0.1, hold.time_left() - MARGIN_SECONDS),
    )
    hold.record(*found.calls)
    if not _WORD.search(found.text):
        raise NoSpeech
    kept = KeepTranscript(
        session_id=UUID(interview.id),
        question_number=question.question_number,
        audio_path=request.path,
        keeps_recording=not request.delete_recording,
        transcript_text=found.text,
        confidence_score=found.confidence,
        duration_seconds=round(recording.seconds),
        processing_time_ms=round((time.monotonic() - started) * 1000),
    )
    hold.keep(kept)
    return TranscriptView(
        id=kept.id,
        question=kept.question_number,
        text=kept.transcript_text,
        confidence=kept.confidence_score,
        seconds=kept.duration_seconds,
        processing_time_ms=kept.processing_time_ms,
        recordings_left=PER_QUESTION - question.transcriptions - 1,
    )


async def _read(path: str, owner: str, tools: Tools) -> Recording:
    """Read a recording of the caller and look into it."""
    if not path.startswith(f"{owner}/"):  # the secret key could read any
        raise StoredFileNotFound
    recording = tools.inspector.inspect(await tools.files.read(BUCKET, path, limit=MAX_BYTES))
    if recording.seconds > MAX_SECONDS:
        raise AudioTooLong(limit=MAX_SECONDS)
    if recording.is_silent:
        raise NoSpeech
    return recording


async def _remove(path: str, user_id: str, files: Files) -> None:
    """Remove a recording at once. If that fails, the clean-up does it: the transcript has left it word."""
    if not path.startswith(f"{user_id}/"):
        return
    try:
        await files.remove(BUCKET, path)
    except DomainError as error:
        logs.logger().warning("recording_not_removed", extra={"code": error.code})
