"""A practice interview as the database tells it: the session, its turns, and who pays for it.

The `Interviews` port returns an `Interview`; `Opening` is what one begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

if TYPE_CHECKING:
    from functions._shared.domain.effects import NextQuestion
    from functions._shared.domain.metering import Receipt

InterviewStatus = Literal["active", "completed", "abandoned", "cancelled"]


class Turn(BaseModel):
    """A question or an answer. ``details`` has what belongs to it: a question's origin, an answer's feedback."""

    id: str
    speaker: Literal["user", "ai"]
    message: str
    turn_number: int
    question_number: int
    details: dict[str, Any]
    created_at: datetime


class Interviewer(BaseModel):
    """The character who asks."""

    slug: str
    name: str
    title: str | None = None
    company: str | None = None
    specialty: str | None = None
    description: str | None = None


class Payment(BaseModel):
    """The metered operation of an interview. ``committed``: it is charged."""

    status: Literal["reserved", "committed", "released", "expired"]
    funding: Literal["plan", "credits", "unlimited", "offline", "own_key"]
    cost: int
    expires_at: datetime


class Interview(BaseModel):
    """An interview. ``resume`` and ``job`` are read with it where it goes on; None if they are gone."""

    id: str
    status: InterviewStatus
    session_type: Literal["voice", "chat", "resume_analyzer"]
    language: str
    role_type: str | None = None
    job_title: str | None = None
    job_description: str | None = None
    job_id: str | None = None
    resume_id: str | None = None
    resume_version: int | None = None
    turns_count: int
    max_turns: int
    questions_answered: int
    total_questions: int
    score: int | None = None
    strengths: list[str] = []
    improvements: list[str] = []
    feedback: str | None = None
    duration_seconds: int | None = None
    session_data: dict[str, Any] = {}
    created_at: datetime
    completed_at: datetime | None = None
    interviewer: Interviewer | None = None
    payment: Payment | None = None
    turns: list[Turn]
    resume: dict[str, Any] | None = None
    job: dict[str, Any] | None = None

    @property
    def questions(self) -> list[Turn]:
        """The questions that were asked, in order."""
        return [turn for turn in self.turns if turn.speaker == "ai"]

    def answers(self, question: int) -> list[Turn]:
        """Return the answers to a question; several, if it was answered again."""
        return [turn for turn in self.turns if turn.speaker == "user" and turn.question_number == question]

    @property
    def current(self) -> Turn | None:
        """The question that waits for an answer; None if there is none."""
        last = self.questions[-1] if self.questions else None
        waits = last is not None and self.status == "active" and not self.answers(last.question_number)
        return last if waits else None


@dataclass(frozen=True, slots=True)
class Opening:
    """A new interview.

    Parameters
    ----------
    session : mapping
        Columns of ``interview_sessions``.
    question : NextQuestion
        The first question.
    """

    session: dict[str, Any] = field(repr=False)
    question: NextQuestion


@dataclass(frozen=True, slots=True)
class StartedInterview:
    """The answer to `Interviews.start`. A dry run has no interview."""

    interview: Interview | None
    receipt: Receipt
    is_new: bool
