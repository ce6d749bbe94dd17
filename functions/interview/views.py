"""How an interview looks to its candidate, from what the database keeps of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from functions._shared.domain.metering import OFFLINE
from functions.interview.schemas.feedback import Feedback
from functions.interview.schemas.results import Answer, Exchange, InterviewView, ListedInterview, Price, Question
from functions.interview.wording import VOID

if TYPE_CHECKING:
    from functions._shared.domain.interviews import Interview, Turn
    from functions.interview.personal import Asked

LONGEST_PAUSE: Final = 600
"""Seconds between two turns that count as part of the interview; a longer pause is a break."""
_STATES: Final[dict[str, Literal["held", "charged", "returned"]]] = {"reserved": "held", "committed": "charged"}


def question_of(turn: Turn) -> Question:
    """Show a question."""
    details = turn.details
    return Question(
        number=turn.question_number,
        text=turn.message,
        kind=details.get("kind", "behavioural"),
        follows_up=details.get("follows_up", False),
        about=details.get("about"),
    )


def next_question(asked: Asked, number: int) -> Question:
    """Show a question that is being asked."""
    return Question(number=number, text=asked.text, kind=asked.kind, follows_up=asked.follows_up, about=asked.about)


def feedback_of(turn: Turn, interview: Interview) -> Feedback:
    """Show the feedback on an answer: as it was given, or as it was judged when the interview was completed."""
    late = (interview.session_data.get("report") or {}).get("late") or {}
    return Feedback.model_validate(late.get(turn.id) or turn.details["feedback"])


def best_answer(interview: Interview, question: int) -> Turn | None:
    """Return the answer that counts: the better one, and of equal ones the later."""
    found = interview.answers(question)
    return max(found, key=lambda turn: (*worth(feedback_of(turn, interview)), turn.turn_number), default=None)


def is_better(feedback: Feedback, interview: Interview, question: int) -> bool:
    """Return whether a new answer to a question counts from now on."""
    best = best_answer(interview, question)
    return best is None or worth(feedback) >= worth(feedback_of(best, interview))


def worth(feedback: Feedback) -> tuple[int, int]:
    """Return a measure that is larger for the better of two answers: the score, or else what rules found."""
    weak = sum(each.kind == "weakness" for each in feedback.findings)
    void = any(each.code in VOID for each in feedback.findings)
    return (-1 if feedback.score is None else feedback.score, -weak - 20 * void)


def price_of(interview: Interview) -> Price:
    """Show what an interview costs."""
    payment = interview.payment
    if payment is None:  # its usage event is no longer kept
        return Price(credits=0, funding="unknown", state="charged")
    ran_out = payment.status == "reserved" and payment.expires_at <= datetime.now(UTC)
    state = "returned" if ran_out else _STATES.get(payment.status, "returned")
    return Price(credits=payment.cost, funding=payment.funding, state=state)


def is_scored(interview: Interview) -> bool:
    """Return whether models judge the answers."""
    return interview.payment is not None and interview.payment.funding != OFFLINE


def duration(interview: Interview) -> int:
    """Return the seconds that an interview took, without its breaks."""
    times = [turn.created_at for turn in interview.turns]
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    return round(sum(pause for pause in pauses if pause <= LONGEST_PAUSE))


def view(interview: Interview) -> InterviewView:
    """Show an interview."""
    current = interview.current
    return InterviewView(
        id=UUID(interview.id),
        status=interview.status,
        type=interview.session_type,
        language=interview.language,
        interviewer=interview.interviewer,
        title=interview.job_title or interview.role_type,
        resume_id=None if interview.resume_id is None else UUID(interview.resume_id),
        resume_version=interview.resume_version,
        job_id=None if interview.job_id is None else UUID(interview.job_id),
        current=None if current is None else question_of(current),
        questions_answered=interview.questions_answered,
        total_questions=interview.total_questions,
        is_scored=is_scored(interview),
        price=price_of(interview),
        exchanges=[_exchange(turn, interview) for turn in interview.questions],
        started_at=interview.created_at,
        completed_at=interview.completed_at,
    )


def _exchange(question: Turn, interview: Interview) -> Exchange:
    best = best_answer(interview, question.question_number)
    return Exchange(
        question=question_of(question),
        answers=[
            Answer(
                text=turn.message,
                at=turn.created_at,
                feedback=feedback_of(turn, interview),
                counts=best is not None and turn.id == best.id,
            )
            for turn in interview.answers(question.question_number)
        ],
    )


def listed(row: dict[str, Any]) -> ListedInterview:
    """Show an interview in the list."""
    return ListedInterview(
        id=row["id"],
        status=row["status"],
        type=row["session_type"],
        title=row["job_title"] or row["role_type"],
        score=row["score"],
        questions_answered=row["questions_answered"],
        total_questions=row["total_questions"],
        started_at=row["created_at"],
        completed_at=row["completed_at"],
    )
