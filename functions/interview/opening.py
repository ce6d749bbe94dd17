"""How an interview begins: read the résumé, the job and the interviewer, plan the questions, reserve and open."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.errors import ContentInvalid, InterviewerNotFound, LanguageUnavailable, VoiceUnavailable
from functions._shared.domain.interviews import NextQuestion, Opening
from functions._shared.domain.metering import OFFLINE
from functions._shared.domain.resume.content import parse_content
from functions._shared.ports.request import PaidAnswer
from functions.interview import views
from functions.interview.bank import languages
from functions.interview.personal import Background
from functions.interview.plan import Wanted, plan
from functions.interview.roles import family_of

if TYPE_CHECKING:
    from uuid import UUID

    from functions._shared.domain.resume.content import ResumeContent
    from functions._shared.ports.interviews import Interviews
    from functions._shared.ports.model import Model
    from functions._shared.ports.request import PaidCall
    from functions._shared.ports.rows import CallerRows
    from functions.interview.schemas.requests import StartRequest

TURNS_PER_QUESTION: Final = 4
"""A question, its answer, and room for answers that are given again."""
_REMEMBERED: Final = 60
"""Latest questions of earlier interviews, which do not come up again while there are others."""


async def start(
    request: StartRequest, call: PaidCall, rows: CallerRows, interviews: Interviews, model: Model, *, has_voice: bool
) -> PaidAnswer:
    """Start an interview, or return the one of the same key.

    Raises
    ------
    VoiceUnavailable, LanguageUnavailable, InterviewerNotFound
        It cannot be conducted, by this one or at all.
    DomainError
        See `Interviews.start`.
    """
    # What the free writer conducts, nobody pays for, so nobody could be paid to listen.
    if request.type == "voice" and (not has_voice or (model.provider == OFFLINE and request.funding is None)):
        raise VoiceUnavailable
    _refuse_language(request, is_free=model.provider == OFFLINE and request.funding is None)
    resume, job, interviewers, asked = await asyncio.gather(
        _one(rows, "resumes", "id,content,version", request.resume_id),
        _one(rows, "jobs", "id,title,company,description", request.job_id),
        rows.select("interviewers", columns="id,slug,specialty", match={"is_active": True}, order="slug"),
        rows.select(
            "interview_turns", columns="details", match={"speaker": "ai"}, order="created_at.desc", limit=_REMEMBERED
        ),
    )
    # A résumé or a job that is gone is not refused here: the interview of this key may have begun before.
    known = _background(request, resume, job)
    interviewer = _interviewer(request.interviewer, interviewers, known)
    wanted = Wanted(
        known,
        interviewer["specialty"],
        request.questions,
        seed=_seed(request, resume, job, interviewer["slug"]),
        asked_before=frozenset(row["details"].get("id", "") for row in asked),
        about_resume=request.type == "resume_analyzer",
        language=request.language,
    )
    questions = plan(wanted)
    opening = Opening(
        {
            "session_type": request.type,
            "interviewer_id": interviewer["id"],
            "role_type": request.role,
            "job_title": known.job_title,
            "job_description": request.job.description if request.job else None,
            "job_id": str(request.job_id) if request.job_id else None,
            "resume_id": str(request.resume_id) if request.resume_id else None,
            "resume_version": resume["version"] if resume else None,
            "language": request.language,
            "total_questions": request.questions,
            "max_turns": request.questions * TURNS_PER_QUESTION,
            "session_data": {"plan": [{"text": each.text, **each.details()} for each in questions]},
        },
        NextQuestion(message=questions[0].text, details=questions[0].details()),
    )
    funding = request.funding or ("offline" if model.provider == OFFLINE else None)
    started = await interviews.start(call, opening, funding)
    result = "null" if started.interview is None else views.view(started.interview).model_dump_json()
    body = f'{{"result":{result},"receipt":{started.receipt.model_dump_json()}}}'
    return PaidAnswer(body.encode(), replayed=not started.is_new)


def _refuse_language(request: StartRequest, *, is_free: bool) -> None:
    """Refuse a language without questions, or without anybody who judges answers in it: rules only know English."""
    if request.language not in languages():
        raise LanguageUnavailable
    if request.language != "en" and is_free:
        raise LanguageUnavailable("Without an AI model, interviews are in English.")
    if request.language != "en" and request.type == "resume_analyzer":
        raise LanguageUnavailable("Interviews about the résumé are in English.")


async def _one(rows: CallerRows, table: str, columns: str, identity: UUID | None) -> dict[str, Any] | None:
    if identity is None:
        return None
    found = await rows.select(table, columns=columns, match={"id": str(identity), "deleted_at": None}, limit=1)
    return found[0] if found else None


def _background(request: StartRequest, resume: dict[str, Any] | None, job: dict[str, Any] | None) -> Background:
    text = request.job
    return Background(
        resume=_content(resume),
        job_title=job["title"] if job else text.title if text else None,
        company=job["company"] if job else None,
        job_description=job["description"] if job else text.description if text else None,
        role=request.role,
    )


def _content(resume: dict[str, Any] | None) -> ResumeContent | None:
    try:
        return None if resume is None else parse_content(resume["content"])
    except ContentInvalid:  # stored by an older version: interview without it
        return None


def _interviewer(asked: str | None, interviewers: list[dict[str, Any]], known: Background) -> dict[str, Any]:
    """Return the interviewer that was asked for, or one who knows the role, or who begins with anybody."""
    if asked is not None:
        found = [each for each in interviewers if asked in (each["slug"], each["id"])]
        if not found:
            raise InterviewerNotFound
        return found[0]
    family = family_of(known.title, known.latest.role if known.latest else None)
    fitting = [each for each in interviewers if family is not None and family_of(each["specialty"]) == family]
    screening = [each for each in interviewers if family_of(each["specialty"]) is None]
    chosen = next(iter([*fitting, *screening, *interviewers]), None)
    if chosen is None:
        raise InterviewerNotFound("There is no interviewer.")
    return chosen


def _seed(request: StartRequest, resume: dict[str, Any] | None, job: dict[str, Any] | None, interviewer: str) -> str:
    """Return what the choice of questions depends on: the job, the version of the résumé and the interviewer."""
    rows = [row and {key: value for key, value in row.items() if key != "id"} for row in (resume, job)]
    parts = [request.model_dump(mode="json", include={"type", "role", "job", "questions"}), rows, interviewer]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
