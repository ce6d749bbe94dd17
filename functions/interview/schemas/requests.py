"""Requests of `interview`."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
    model_validator,
)

from functions._shared.domain.interviews import InterviewStatus
from functions._shared.domain.language.invisible import visible

MAX_QUESTIONS = 20
MAX_ANSWER = 8_000
"""Characters: ten minutes of speech."""
SHORTEST, USUAL = 2, 6


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Job(_Input):
    """A job that is not in the caller's list.

    Attributes
    ----------
    title : str
        Title of the position.
    description : str or None
        Text of the posting.
    """

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    description: Annotated[str, StringConstraints(max_length=50_000)] | None = None


class StartRequest(_Input):
    """What to practise.

    Attributes
    ----------
    type : str
        ``chat``; ``voice``, whose answers may be recorded; ``resume_analyzer``, which asks for what the résumé leaves
        open.
    interviewer : str or None
        Slug or id of an interviewer; by default one who knows the role.
    role : str or None
        The role to practise for, if there is no job.
    job_id : UUID or None
        One of the caller's jobs.
    job : Job or None
        Or a job as text.
    resume_id : UUID or None
        One of the caller's résumés. Its present version is the subject.
    questions : int
        How many questions, follow-ups included.
    language : str
        Language of the questions: ``en``, ``de``, ``fr`` or ``es``.
    funding : str or None
        ``own_key``: the models of the caller's own keys conduct it.
    """

    type: Literal["chat", "resume_analyzer", "voice"] = "chat"
    interviewer: Annotated[str, StringConstraints(min_length=1, max_length=60)] | None = None
    role: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] | None = None
    job_id: UUID | None = None
    job: Job | None = None
    resume_id: UUID | None = None
    questions: Annotated[int, Field(ge=SHORTEST, le=MAX_QUESTIONS)] = USUAL
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] = "en"
    funding: Literal["own_key"] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> StartRequest:
        if self.job is not None and self.job_id is not None:
            raise ValueError("give job_id or job, not both")
        if self.type == "resume_analyzer" and self.resume_id is None:
            raise ValueError("an interview about the résumé needs resume_id")
        return self


class TurnRequest(_Input):
    """An answer.

    Attributes
    ----------
    question : int
        Number of the question that it answers: the current one, or with ``retry`` one that is answered already.
    answer : str
        The caller's words.
    transcript_id : UUID or None
        The transcript that ``answer`` is the text of, with or without corrections.
    retry : bool
        Answer a question again. The better answer counts.
    """

    question: Annotated[int, Field(ge=1, le=200)]
    answer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ANSWER)]
    transcript_id: UUID | None = None
    retry: StrictBool = False

    @field_validator("answer")
    @classmethod
    def _says_something(cls, answer: str) -> str:
        if not visible(answer).strip():
            raise ValueError("an answer needs words")
        return answer


class AudioRequest(_Input):
    """A recorded answer, in storage.

    Attributes
    ----------
    question : int
        As in `TurnRequest`.
    path : str
        Where it is in the bucket ``audio``: ``{user_id}/{name}``.
    retry : bool
        As in `TurnRequest`.
    delete_recording : bool
        Delete the file once its transcript is kept.
    """

    question: Annotated[StrictInt, Field(ge=1, le=200)]
    path: Annotated[str, StringConstraints(min_length=38, max_length=500)]
    retry: StrictBool = False
    delete_recording: StrictBool = False


class ListQuery(_Input):
    """Which interviews to list, newest first."""

    status: InterviewStatus | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20
