"""Results of `interview`: an interview as it is now, what an answer got, and the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from functions._shared.domain.interviews import Interviewer, InterviewStatus
from functions.interview.schemas.feedback import Feedback


class Question(BaseModel):
    """A question of an interview.

    Attributes
    ----------
    number : int
        From 1.
    text : str
        The question.
    kind : str
        ``behavioural``, ``technical`` or ``situational``.
    follows_up : bool
        Whether it follows up on the answer before.
    about : str or None
        JSON pointer to the place of the résumé that it is about.
    """

    number: int
    text: str
    kind: Literal["behavioural", "technical", "situational"]
    follows_up: bool = False
    about: str | None = None


class Price(BaseModel):
    """What an interview costs.

    Attributes
    ----------
    credits : int
        0 if the plan pays, or nobody.
    funding : str
        As in a receipt.
    state : str
        ``held`` until an answer is accepted, then ``charged``; ``returned`` if it ended or ran out without one.
    """

    credits: int
    funding: str
    state: Literal["held", "charged", "returned"]


class Answer(BaseModel):
    """An answer that was given.

    Attributes
    ----------
    text : str
        The candidate's words.
    at : datetime
        When.
    feedback : Feedback
        What was said about it.
    counts : bool
        Whether it is the better one, if the question was answered several times.
    """

    text: str
    at: datetime
    feedback: Feedback
    counts: bool


class Exchange(BaseModel):
    """A question with its answers."""

    question: Question
    answers: list[Answer]


class InterviewView(BaseModel):
    """An interview as it is now.

    Attributes
    ----------
    id, status, type, language
        Of the session. ``status``: ``active``, ``completed``, ``abandoned`` or ``cancelled``.
    interviewer : Interviewer or None
        Who asks.
    title : str or None
        The role it is for.
    resume_id, resume_version, job_id
        What it is about, as long as it is there.
    current : Question or None
        The question that waits for an answer; null if none does.
    questions_answered, total_questions : int
        Progress.
    is_scored : bool
        Whether a model judges the answers; else rules measure them, for free.
    price : Price
        What it costs, and whether that is charged.
    exchanges : list of Exchange
        Everything so far.
    started_at, completed_at
        When.
    """

    id: UUID
    status: InterviewStatus
    type: Literal["voice", "chat", "resume_analyzer"]
    language: str
    interviewer: Interviewer | None
    title: str | None
    resume_id: UUID | None
    resume_version: int | None
    job_id: UUID | None
    current: Question | None
    questions_answered: int
    total_questions: int
    is_scored: bool
    price: Price
    exchanges: list[Exchange]
    started_at: datetime
    completed_at: datetime | None


class TurnResult(BaseModel):
    """What an answer got.

    Attributes
    ----------
    interview_id : UUID
        The interview.
    question : int
        Number of the answered question.
    feedback : Feedback
        On this answer.
    counts : bool
        Whether this answer counts: an earlier one may have been better.
    next : Question or None
        The question to answer now; null if all are answered: complete the interview.
    questions_answered, total_questions : int
        Progress.
    price : Price
        The first accepted answer charges the interview.
    """

    interview_id: UUID
    question: int
    feedback: Feedback
    counts: bool
    next: Question | None
    questions_answered: int
    total_questions: int
    price: Price


class TranscriptView(BaseModel):
    """What was said in a recording. Answer with it, corrected where it is wrong.

    Attributes
    ----------
    id : UUID
        The ``transcript_id`` of the answer.
    question : int
        The question.
    text : str
        The words.
    confidence : float or None
        0 to 1; null if the provider gives none.
    seconds : int
        How long the recording is.
    processing_time_ms : int
        How long it took to write down.
    recordings_left : int
        How many more recordings of this question can be written down.
    """

    id: UUID
    question: int
    text: str
    confidence: float | None
    seconds: int
    processing_time_ms: int
    recordings_left: int


class DimensionSummary(BaseModel):
    """A dimension over the whole interview: the mean of its scores, and what it means."""

    dimension: str
    name: str
    score: float
    advice: str


class Rewrite(BaseModel):
    """What an answer can do for the résumé: a request to `generate`, which answers with bullets as a patch.

    Attributes
    ----------
    question : int
        The question about a job of the résumé.
    about : str
        JSON pointer to the place of the résumé, in ``resume_version`` of the interview.
    request : dict
        Body for ``POST /functions/v1/generate``. The answers are its source, so every bullet is checked against them.
    """

    question: int
    about: str
    request: dict[str, Any]


class Report(BaseModel):
    """The report of a completed interview.

    Attributes
    ----------
    interview : InterviewView
        Questions, answers and feedback.
    score : int or None
        0 to 100: the mean of the answers that count; null if rules alone measured them.
    feedback : str
        The whole in a few sentences.
    strengths, improvements : list of str
        What was good, and what to work on, with words of the answers.
    next_steps : list of str
        What to do next; empty if the user turned `resume_tips` off.
    dimensions : list of DimensionSummary
        Empty without a score.
    rewrites : list of Rewrite
        Bullets that the answers can become.
    duration_seconds : int
        Without the breaks.
    """

    interview: InterviewView
    score: int | None
    feedback: str
    strengths: list[str]
    improvements: list[str]
    next_steps: list[str]
    dimensions: list[DimensionSummary]
    rewrites: list[Rewrite]
    duration_seconds: int


class ListedInterview(BaseModel):
    """An interview in the list."""

    id: UUID
    status: InterviewStatus
    type: str
    title: str | None
    score: int | None
    questions_answered: int
    total_questions: int | None
    started_at: datetime
    completed_at: datetime | None


class InterviewList(BaseModel):
    """Interviews, newest first."""

    interviews: list[ListedInterview]
