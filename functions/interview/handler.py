"""The routes of `interview`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from functions._shared import wiring
from functions._shared.domain import errors
from functions._shared.edge import FunctionApp, Reply
from functions._shared.flows.task import open_task
from functions._shared.ports.request import PaidAnswer
from functions._shared.wiring.voice import audio_inspector, own_transcriber, transcriber
from functions.interview import opening, service, voice
from functions.interview.schemas.requests import AudioRequest, ListQuery, StartRequest, TurnRequest
from functions.interview.schemas.results import InterviewList, InterviewView, Report, TranscriptView, TurnResult

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.request import TaskAnswer

app = FunctionApp("interview", summary="Practice interviews: questions from the job and the résumé, feedback, a report")

_GONE = (errors.SessionNotFound, errors.SessionNotActive, errors.AccountInactive)
_MODEL = (
    errors.NoProviderKey,
    errors.ModelRefused,
    errors.ModelAnswerInvalid,
    errors.ModelUnavailable,
    errors.ModelTimeout,
)


@app.post(
    "/",
    request=StartRequest,
    response=InterviewView,
    paid=True,
    errors=(
        errors.VoiceUnavailable,
        errors.LanguageUnavailable,
        errors.InterviewerNotFound,
        errors.ResumeNotFound,
        errors.JobNotFound,
        errors.NoProviderKey,
    ),
)
async def start(call: Call[StartRequest]) -> PaidAnswer:
    """Start an interview and return its first question. The same key returns the interview as it is now."""
    rows = wiring.rows(call.caller)
    has_voice = call.body.type == "voice" and await _has_voice(call.body, call.caller.user_id)
    return await opening.start(call.body, call.paid, rows, wiring.interviews(), wiring.model(), has_voice=has_voice)


@app.get("/", response=InterviewList, query=ListQuery, errors=(errors.AccountInactive,))
async def history(call: Call[None]) -> InterviewList:
    """List the caller's interviews, newest first."""
    return await service.history(call.query, wiring.rows(call.caller))


@app.get("/{id:uuid}", response=InterviewView, errors=(errors.SessionNotFound, errors.AccountInactive))
async def read(call: Call[None]) -> InterviewView:
    """Return an interview with its current question, to go on with it."""
    return await service.read(str(call.path["id"]), wiring.rows(call.caller))


@app.post(
    "/{id:uuid}/audio",
    request=AudioRequest,
    response=TranscriptView,
    paid=True,
    tasks=True,
    errors=(
        *_GONE,
        *_MODEL,
        errors.VoiceUnavailable,
        errors.TurnTaken,
        errors.TranscriptionLimitReached,
        errors.StoredFileNotFound,
        errors.FileTooLarge,
        errors.UnsupportedAudio,
        errors.AudioTooLong,
        errors.NoSpeech,
    ),
)
async def audio(call: Call[AudioRequest]) -> PaidAnswer | TaskAnswer:
    """Write down a recorded answer, a long one as a task. It counts only once it is sent as an answer, corrected."""
    as_task = True if call.prefers_task else None
    tools = voice.Tools(
        wiring.ledger(), wiring.interviews(), wiring.files(), audio_inspector(), transcriber(), own_transcriber
    )
    answer = await voice.transcribe(str(call.path["id"]), call.body, call.paid, tools, as_task=as_task)
    if isinstance(answer, PaidAnswer):
        return answer
    return await open_task(
        wiring.tasks(), wiring.queue(), answer, call.paid, function=app.name, request_id=call.request_id
    )


@app.post(
    "/{id:uuid}/turns",
    request=TurnRequest,
    response=TurnResult,
    paid=True,
    errors=(
        *_GONE,
        *_MODEL,
        errors.TurnTaken,
        errors.TurnLimitReached,
        errors.AnswerTooShort,
        errors.TranscriptNotFound,
    ),
)
async def turn(call: Call[TurnRequest]) -> PaidAnswer:
    """Answer a question: feedback, and the next question. The first accepted answer charges the interview."""
    return await service.turn(str(call.path["id"]), call.body, call.paid, _tools())


@app.post("/{id:uuid}/complete", response=Report, paid=True, errors=(*_GONE, *_MODEL, errors.NothingAnswered))
async def complete(call: Call[None]) -> PaidAnswer:
    """Score the interview and return its report. It may be repeated."""
    return await service.complete(str(call.path["id"]), call.paid, _tools())


@app.get("/{id:uuid}/report", response=Report, errors=_GONE)
async def report(call: Call[None]) -> Report:
    """Return the report of a completed interview."""
    return await service.read_report(str(call.path["id"]), wiring.rows(call.caller))


@app.get("/{id:uuid}/report/pdf", produces="application/pdf", per_minute=20, errors=_GONE)
async def report_as_pdf(call: Call[None]) -> Reply:
    """Return the report of a completed interview as a PDF."""
    return await _document(call, "pdf")


@app.get("/{id:uuid}/report/docx", produces="application/octet-stream", per_minute=20, errors=_GONE)
async def report_as_docx(call: Call[None]) -> Reply:
    """Return the report of a completed interview as a Word document."""
    return await _document(call, "docx")


async def _document(call: Call[None], form: Literal["pdf", "docx"]) -> Reply:
    written = await service.write_report(str(call.path["id"]), form, wiring.rows(call.caller), wiring.resumes())
    disposition = f'attachment; filename="interview.{written.extension}"'
    headers = {"content-disposition": disposition, "cache-control": "private, no-store"}
    # supabase-js would read a type that it does not know as text, which destroys the file.
    kind = written.media_type if form == "pdf" else "application/octet-stream"
    return Reply(written.content, kind, headers=headers)


@app.post("/{id:uuid}/abandon", response=InterviewView, errors=_GONE)
async def abandon(call: Call[None]) -> InterviewView:
    """Leave an interview without a score. What was charged stays charged."""
    return await service.end(str(call.path["id"]), call.caller.user_id, "abandoned", wiring.interviews())


@app.post("/{id:uuid}/cancel", response=InterviewView, errors=_GONE)
async def cancel(call: Call[None]) -> InterviewView:
    """Cancel an interview. If no answer was accepted, nothing is charged."""
    return await service.end(str(call.path["id"]), call.caller.user_id, "cancelled", wiring.interviews())


async def _has_voice(request: StartRequest, user_id: str) -> bool:
    if request.funding != "own_key":
        return transcriber() is not None
    async with own_transcriber(user_id) as own:
        return own is not None


def _tools() -> service.Tools:
    return service.Tools(wiring.ledger(), wiring.interviews(), wiring.writers(), wiring.own_writers)


handler = app.lambda_handler()
