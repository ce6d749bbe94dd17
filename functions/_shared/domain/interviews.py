"""A practice interview as the database tells it: the session, its turns, who pays for it, and its effects.

The `Interviews` port returns an `Interview`; `Opening` is what one begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from functions._shared.domain.effects import Count, Effect, Version
from functions._shared.domain.json import Json

if TYPE_CHECKING:
    from functions._shared.domain.metering import Receipt

InterviewStatus = Literal["active", "completed", "abandoned", "cancelled"]


class Turn(BaseModel):
    """A question or an answer. ``details`` has what belongs to it: a question's origin, an answer's feedback.

    ``transcriptions``: of a question, how many recorded answers were written down.
    """

    id: str
    speaker: Literal["user", "ai"]
    message: str
    turn_number: int
    question_number: int
    details: dict[str, Any]
    transcriptions: int = 0
    created_at: datetime


class Transcript(BaseModel):
    """What was said in a recorded answer, as its user may have corrected it."""

    id: str
    question_number: int | None
    transcript_text: str
    duration_seconds: int | None = None


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
    """An interview. ``resume`` and ``job`` are read with it where it goes on; None if they are gone.

    ``free_recordings_left``: how many more recordings of interviews that are not charged may be written down today.
    ``is_repeated``: the step that it was opened for is done or under way.
    """

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
    transcripts: list[Transcript] = []
    resume: dict[str, Any] | None = None
    job: dict[str, Any] | None = None
    free_recordings_left: int = 0
    is_repeated: bool = False
    with_tips: bool = True

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


class NextQuestion(BaseModel):
    """The question that follows an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
    details: Json = {}


class KeepTurn(Effect):
    """An answer in ``interview_turns``, with the next question. The first one of an interview charges it.

    Attributes
    ----------
    session_id : UUID
        The interview.
    after : int
        How many turns it had. The charge is refused if it has others by now.
    question_number : int
        The question that is answered.
    answer : str
        The user's words.
    details : dict
        What was measured and scored.
    transcript_id : UUID or None
        The recording that it was spoken in.
    next : NextQuestion or None
        None if there is none, or if the answer was given again.
    processing_time_ms : int
        How long it took to judge.
    """

    kind: Literal["interview_turn"] = "interview_turn"
    session_id: UUID
    after: Count
    question_number: Version
    answer: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    details: Json = Field(default_factory=dict)
    transcript_id: UUID | None = None
    next: NextQuestion | None = None
    processing_time_ms: Count | None = None


class KeepTranscript(Effect):
    """What was said in a recorded answer, in ``interview_transcripts``.

    Attributes
    ----------
    session_id : UUID
        The interview.
    question_number : int
        The question that it answers.
    audio_path : str
        Where the recording is.
    keeps_recording : bool
        Whether it stays there.
    transcript_text : str
        The words.
    confidence_score : float or None
        0 to 1; None if the provider gives none.
    duration_seconds : int
        How long the recording is.
    processing_time_ms : int
        How long it took to write down.
    """

    kind: Literal["interview_transcript"] = "interview_transcript"
    session_id: UUID
    question_number: Version
    audio_path: str
    keeps_recording: bool = True
    transcript_text: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]
    confidence_score: Annotated[float, Field(ge=0, le=1)] | None = None
    duration_seconds: Count
    processing_time_ms: Count


class ScoreInterview(Effect):
    """The end of an interview: its score and its report.

    Attributes
    ----------
    session_id, after
        As for `KeepTurn`.
    score : int or None
        0 to 100; None if nobody but rules judged it.
    strengths, improvements : list of str
        What was good, and what was not.
    feedback : str
        The whole in a few sentences.
    duration_seconds : int
        Without the breaks.
    report : dict
        Everything else.
    """

    kind: Literal["interview_score"] = "interview_score"
    session_id: UUID
    after: Count
    score: Annotated[int, Field(ge=0, le=100)] | None = None
    strengths: Annotated[list[str], Field(max_length=50, default_factory=list)]
    improvements: Annotated[list[str], Field(max_length=50, default_factory=list)]
    feedback: Annotated[str, StringConstraints(max_length=20_000)] = ""
    duration_seconds: Count | None = None
    report: Json = Field(default_factory=dict)
