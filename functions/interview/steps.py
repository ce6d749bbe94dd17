"""What every step of an interview asks first: which question it is about, what was recorded for it, and who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.errors import SessionNotActive, TranscriptNotFound, TurnLimitReached, TurnTaken
from functions._shared.domain.metering import OFFLINE

if TYPE_CHECKING:
    from uuid import UUID

    from functions._shared.domain.interviews import Interview, Transcript, Turn
    from functions._shared.domain.metering import ChosenFunding


def answerable(interview: Interview, number: int, *, is_retry: bool) -> Turn:
    """Return the question that is answered, if it may be.

    Raises
    ------
    SessionNotActive, TurnTaken, TurnLimitReached
        It may not.
    """
    if interview.status != "active":
        raise SessionNotActive(f"The interview is {interview.status}.", interview_status=interview.status)
    current = interview.current
    if is_retry:
        found = next((each for each in interview.questions if each.question_number == number), None)
        if found is None or not interview.answers(found.question_number):
            raise TurnTaken("This question has not been answered yet.", question=current and current.question_number)
        left = 0 if current is None else 2 * (interview.total_questions - current.question_number) + 1
        if interview.turns_count + 1 + left > interview.max_turns:
            raise TurnLimitReached(max_turns=interview.max_turns)
        return found
    if current is None or current.question_number != number:
        detail = "Every question is answered. Complete the interview." if current is None else None
        raise TurnTaken(detail, question=current and current.question_number)
    return current


def spoken(interview: Interview, question: Turn, transcript_id: UUID | None) -> Transcript | None:
    """Return the transcript that a question is answered with, if it is one of it.

    Raises
    ------
    TranscriptNotFound
        There is no such transcript of an answer to this question.
    """
    if transcript_id is None:
        return None
    of_question = [each for each in interview.transcripts if each.question_number == question.question_number]
    found = next((each for each in of_question if each.id == str(transcript_id)), None)
    if found is None:
        raise TranscriptNotFound
    return found


def funding_of(interview: Interview) -> ChosenFunding | None:
    """Return the funding of a step: free if the interview is, else decided by the ledger, at no cost."""
    funding = interview.payment.funding if interview.payment else OFFLINE
    return funding if funding in ("offline", "own_key") else None
