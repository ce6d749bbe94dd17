"""What answers can do for the résumé: requests to `generate`, which writes bullets and checks them by the answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions.interview import views
from functions.interview.schemas.results import Rewrite
from functions.interview.wording import VOID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.interviews import Interview, Turn

MAX_NOTES: Final = 4_000
MAX_QUESTION: Final = 2_000
"""Characters that `generate` takes."""
_JOB: Final = re.compile(r"/experience/(\d{1,2})(?:/.*)?")


def rewrites(interview: Interview) -> list[Rewrite]:
    """Make a request for each question about a job of the résumé that has an answer."""
    return list(_rewrites(interview)) if interview.resume_id else []


def _rewrites(interview: Interview) -> Iterator[Rewrite]:
    asked = interview.questions
    for position, question in enumerate(asked):
        about = _JOB.fullmatch(question.details.get("about") or "")
        follow_up = next(iter(asked[position + 1 :]), None)
        told = [question, *([follow_up] if follow_up and follow_up.details.get("follows_up") else [])]
        notes = "\n".join(text for each in told if (text := _told(interview, each)))
        if about and 0 < len(notes) <= MAX_NOTES:
            words = {
                "experience": int(about[1]), "notes": notes, "question": question.message[:MAX_QUESTION],
                "session_id": interview.id,
            }  # fmt: skip
            request = {"operation": "bullets", "resume_id": interview.resume_id, "input": words}
            yield Rewrite(question=question.question_number, about=about[0], request=request)


def _told(interview: Interview, question: Turn) -> str:
    best = views.best_answer(interview, question.question_number)
    if best is None or any(each.code in VOID for each in views.feedback_of(best, interview).findings):
        return ""
    return best.message
