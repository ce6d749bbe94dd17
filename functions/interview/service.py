"""The path of an interview: start, answer, score; or end it without a score.

Starting reserves the interview. Each answer and the score are paid operations of cost 0 (`run_paid`), whose effects are
written with them; the effect of the first accepted answer charges the interview.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from functions._shared.domain.errors import (
    NothingAnswered,
    SessionNotActive,
    SessionNotFound,
)
from functions._shared.domain.interviews import Interview, KeepTurn, NextQuestion, ScoreInterview
from functions._shared.flows.metered import run_paid
from functions.interview import views
from functions.interview.examiner import Examiner, refuse_if_empty
from functions.interview.report import build_report, summary
from functions.interview.schemas.results import InterviewList, InterviewView, Report, TurnResult
from functions.interview.steps import answerable, funding_of, spoken

if TYPE_CHECKING:
    from typing import Literal

    from functions._shared.flows.metered import Hold
    from functions._shared.flows.writers import OwnWriters, Writers
    from functions._shared.ports.documents import Document, ResumeWriter
    from functions._shared.ports.interviews import Interviews
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions._shared.ports.rows import CallerRows
    from functions.interview.schemas.requests import ListQuery, TurnRequest

TURN: Final = "interview_turn"
SCORE: Final = "interview_score"


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports of an interview."""

    ledger: Ledger
    interviews: Interviews
    writers: Writers
    own_writers: OwnWriters


async def read(interview_id: str, rows: CallerRows) -> InterviewView:
    """Return the caller's interview with its current question.

    Raises
    ------
    SessionNotFound
        The caller has no such interview.
    """
    return views.view(await _read(interview_id, rows))


async def read_report(interview_id: str, rows: CallerRows) -> Report:
    """Return the report of a completed interview.

    Raises
    ------
    SessionNotFound, SessionNotActive
        The caller has no such interview, or it is not completed.
    """
    interview = await _read(interview_id, rows)
    if interview.status != "completed":
        raise SessionNotActive(
            f"The interview is {interview.status}. Complete it first.", interview_status=interview.status
        )
    return build_report(interview)


async def write_report(
    interview_id: str, form: Literal["pdf", "docx"], rows: CallerRows, writer: ResumeWriter
) -> Document:
    """Write the report of a completed interview as a document. See `read_report`."""
    from functions.interview.report_document import report_view

    report = await read_report(interview_id, rows)
    return await asyncio.to_thread(writer.write, report_view(report), form)


async def _read(interview_id: str, rows: CallerRows) -> Interview:
    found = await rows.call("interview_state", {"p_session_id": interview_id})
    if found is None:
        raise SessionNotFound
    return Interview.model_validate(found)


async def history(query: ListQuery, rows: CallerRows) -> InterviewList:
    """List the caller's interviews, newest first."""
    found = await rows.call("interview_list", {"p_status": query.status, "p_limit": query.limit})
    return InterviewList(interviews=[views.listed(row) for row in cast("list[dict[str, Any]]", found)])


async def end(
    interview_id: str, user_id: str, status: Literal["abandoned", "cancelled"], interviews: Interviews
) -> InterviewView:
    """End an interview without a score.

    Raises
    ------
    SessionNotFound, SessionNotActive
        The user has no such interview, or it has ended otherwise.
    """
    return views.view(await interviews.end(user_id, interview_id, status))


async def turn(interview_id: str, request: TurnRequest, call: PaidCall, tools: Tools) -> PaidAnswer:
    """Take an answer; return feedback on it and the next question.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds `SessionNotActive`, `TurnTaken`, `TurnLimitReached`, `NoProviderKey` and, before
        the interview is charged, `AnswerTooShort` and the model's errors. Later a failed model is made up for by rules.
    """
    # Also what is found out of date here: the effect is refused if another turn came first.
    found = await tools.interviews.open(
        call.caller.user_id, interview_id, hold=not call.dry_run, key=call.idempotency_key
    )
    if not found.is_repeated:  # refused before anything is reserved, so that it is no attempt given back
        question = answerable(found, request.question, is_retry=request.retry)
        spoken(found, question, request.transcript_id)
        refuse_if_empty(found, question, request.answer)

    async def work(hold: Hold) -> TurnResult:
        if found.payment and found.payment.funding == "own_key":
            async with tools.own_writers(call.caller.user_id) as own:
                return await _turn(found, request, hold, Examiner(own.model, call.caller.user_id))
        return await _turn(found, request, hold, Examiner(tools.writers.model, call.caller.user_id))

    return await run_paid(tools.ledger, call, work, operation=TURN, funding=funding_of(found))


async def _turn(interview: Interview, request: TurnRequest, hold: Hold, examiner: Examiner) -> TurnResult:
    started = time.monotonic()
    question = answerable(interview, request.question, is_retry=request.retry)
    recorded = spoken(interview, question, request.transcript_id)
    is_next = interview.current is not None and question.id == interview.current.id
    seconds = recorded.duration_seconds if recorded else None
    judged = await examiner.judge(interview, question, request.answer, hold, goes_on=is_next, seconds=seconds)
    counts = views.is_better(judged.feedback, interview, question.question_number)
    follows = judged.next if is_next else None
    hold.keep(
        KeepTurn(
            session_id=UUID(interview.id),
            after=interview.turns_count,
            question_number=question.question_number,
            answer=request.answer,
            transcript_id=request.transcript_id,
            details={
                "feedback": judged.feedback.model_dump(mode="json"),
                "judge": judged.judge,
                **({} if seconds is None else {"seconds": seconds}),
            },
            next=None if follows is None else NextQuestion(message=follows.text, details=follows.details()),
            processing_time_ms=round((time.monotonic() - started) * 1000),
        )
    )
    waiting = interview.current if not is_next else None
    shown = views.next_question(follows, question.question_number + 1) if follows else None
    return TurnResult(
        interview_id=UUID(interview.id),
        question=question.question_number,
        feedback=judged.feedback,
        counts=counts,
        next=views.question_of(waiting) if waiting else shown,
        questions_answered=interview.questions_answered + is_next,
        total_questions=interview.total_questions,
        price=views.price_of(interview).model_copy(update={"state": "charged"}),
    )


async def complete(interview_id: str, call: PaidCall, tools: Tools) -> PaidAnswer:
    """Score an interview and return its report. It may be repeated until it succeeds, and then returns the same report.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds `SessionNotActive`, `NothingAnswered`, `NoProviderKey` and the model's errors.
    """
    try:
        return await _complete_once(interview_id, call, tools)
    except SessionNotActive as error:
        if "receipt" not in error.extra:  # refused before the work
            raise
    # Another request completed it meanwhile.
    return await _complete_once(interview_id, call, tools)


async def _complete_once(interview_id: str, call: PaidCall, tools: Tools) -> PaidAnswer:
    found = await tools.interviews.open(call.caller.user_id, interview_id, hold=False, key=call.idempotency_key)
    if found.status not in ("active", "completed"):
        raise SessionNotActive(f"The interview is {found.status}.", interview_status=found.status)
    if not found.questions_answered:
        raise NothingAnswered

    async def work(hold: Hold) -> Report:
        if found.status == "completed":
            return build_report(found)
        if found.payment and found.payment.funding == "own_key":
            async with tools.own_writers(call.caller.user_id) as own:
                return await _complete(found, hold, Examiner(own.model, call.caller.user_id))
        return await _complete(found, hold, Examiner(tools.writers.model, call.caller.user_id))

    return await run_paid(tools.ledger, call, work, operation=SCORE, funding=funding_of(found))


async def _complete(interview: Interview, hold: Hold, examiner: Examiner) -> Report:
    late = await examiner.judge_late(interview, hold)
    stored = {turn_id: feedback.model_dump(mode="json") for turn_id, feedback in late.items()}
    judged = interview.model_copy(update={"session_data": {**interview.session_data, "report": {"late": stored}}})
    made = summary(judged)
    duration = views.duration(interview)
    report = {"late": stored, "next_steps": made.next_steps}
    hold.keep(
        ScoreInterview(
            session_id=UUID(interview.id),
            after=interview.turns_count,
            score=made.score,
            strengths=made.strengths,
            improvements=made.improvements,
            feedback=made.feedback,
            duration_seconds=duration,
            report=report,
        )
    )
    done = {
        "status": "completed",
        "completed_at": datetime.now(UTC),
        "score": made.score,
        "strengths": made.strengths,
        "improvements": made.improvements,
        "feedback": made.feedback,
        "duration_seconds": duration,
        "session_data": {**interview.session_data, "report": report},
    }
    return build_report(interview.model_copy(update=done))
