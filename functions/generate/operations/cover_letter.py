"""A cover letter for a saved job. It is kept in ``generated_documents``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from functions._shared.domain.errors import NothingToWriteFrom
from functions._shared.domain.language.output_filter import Room
from functions.generate import letters, prompts
from functions.generate.letters import BodyDraft, Frame, Language, Length, Recipient
from functions.generate.plan import Operation, Piece
from functions.generate.requests import Input, Notes, Request, Tone
from functions.generate.results import TextResult

if TYPE_CHECKING:
    from functions.generate.plan import Context, Plan

TOKENS: Final = 2_000
ROOMS: Final = {"short": Room(1_400, 12), "medium": Room(2_400, 20), "long": Room(3_600, 30)}
SIZES: Final = {
    "short": "2 or 3 short paragraphs, about 120 words",
    "medium": "3 or 4 paragraphs, about 200 words",
    "long": "4 or 5 paragraphs, about 320 words",
}
INSTRUCTION: Final = """\
Write the body of a cover letter for the job in the block job: {size}, {tone}. {language}
- The first sentence applies for the job at the employer by name. The next one has the fact of the material that \
matters most for this job, with how long if the dates say it.
- Then take the two or three things that the job needs most and the material shows, a paragraph each. Begin with what \
the candidate did, not with what is asked for; say where and what came of it, in the terms of the advertisement where \
they mean the same.
- Each sentence has a fact that the reader needs for a decision. No list of what is left at the end.
- Give a reason for wanting this employer only if the notes have one, in the candidate's words.
- End with one short sentence of its own that suggests talking.
- What the material does not show is left out, without apology or promise. Do not retell the résumé in its order."""


class CoverLetterInput(Input):
    """How the letter is written.

    Attributes
    ----------
    length : str
        ``short`` (about 120 words), ``medium`` (about 200) or ``long`` (about 320).
    tone : str
        ``neutral``, ``confident`` or ``warm``.
    language : str or None
        By default the language of the advertisement.
    recipient : str or None
        Who is addressed, such as ``Ms Ferrari``; by default the hiring team.
    notes : str or None
        Facts and reasons in the user's own words. They count as a source, like the résumé.
    """

    length: Length = "medium"
    tone: Tone = "neutral"
    language: Language | None = None
    recipient: Recipient | None = None
    notes: Notes | None = None


class CoverLetterRequest(Request):
    """Write a cover letter for a saved job."""

    operation: Literal["cover_letter"]
    resume_id: UUID
    job_id: UUID
    input: CoverLetterInput = CoverLetterInput()


def plan(request: CoverLetterRequest, context: Context) -> Plan[BodyDraft]:
    """Plan a cover letter.

    Raises
    ------
    NothingToWriteFrom
        There is no material, so a model could only invent.
    """
    options = request.input
    frame = Frame(options.recipient, letters.name_of(context), options.language)
    title = f"Cover letter: {letters.job_name(context.job)}"
    planned = letters.plan(
        request,
        INSTRUCTION,
        context,
        output=BodyDraft,
        tokens=TOKENS,
        pieces=lambda draft: [Piece(draft.body(frame.signature))],
        finish=lambda delivery: letters.kept(delivery, context, "cover_letter", title=title, frame=frame),
        size=SIZES[options.length],
    )
    return replace(planned, room=ROOMS[options.length])


OPERATION: Final = Operation(
    request=CoverLetterRequest,
    result=TextResult,
    plan=plan,
    prompt_version="2",
    instructions=(letters.SYSTEM, prompts.TODAY, INSTRUCTION, *SIZES.values(), *prompts.TONES.values()),
    errors=(NothingToWriteFrom,),
)
