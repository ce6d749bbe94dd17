"""A short message about a saved job, to a recruiter or asking for a referral. It is kept in ``generated_documents``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from functions._shared.domain.errors import NothingToWriteFrom
from functions.generate import letters, prompts
from functions.generate.formalities import without_formalities
from functions.generate.letters import Frame, Language, Recipient
from functions.generate.plan import Operation, Piece, TextDraft
from functions.generate.requests import Input, Notes, Request, Tone
from functions.generate.results import TextResult

if TYPE_CHECKING:
    from functions.generate.plan import Context, Delivery, Outcome, Plan

TOKENS: Final = 900
MOST: Final = 2_000
LINKEDIN_NOTE: Final = 300
"""Characters of a note with an invitation on LinkedIn."""
ROOM_FOR_GREETING: Final = 10
"""Characters of a greeting without a name."""
READERS: Final = {
    "recruiter": "a recruiter of the employer, whom the candidate does not know. End by asking for a short talk about "
    "the job",
    "referral": "somebody who works for the employer and does not know the candidate well, if at all. End by asking "
    "whether they would refer the candidate, or name the one to talk to; make it easy to say no",
}
INSTRUCTION: Final = """\
Write a message about the job in the block job to {reader}. At most {characters} characters, spaces included (about \
{words} words), {tone}. {language}
- Name the job. Always give the one fact of the material that speaks most for it, with its figure or how long, and if \
there is room a second one. Choose what this job asks for first, not the largest number. Do not list skills.
- If the notes say how they know the reader, begin with that.
- Write as one would to a busy person: no small talk, no compliments, no history of the application."""
_LETTERS_OF_A_WORD: Final = 7


class OutreachInput(Input):
    """Who gets the message, and how it is written.

    Attributes
    ----------
    to : str
        ``recruiter``, or ``referral``: somebody who works there and is asked for one.
    recipient : str or None
        Who is addressed, such as ``Anna``; by default nobody by name.
    max_characters : int
        The channel's limit, greeting included; by default that of a note on LinkedIn. A message never exceeds it.
    tone : str
        ``neutral``, ``confident`` or ``warm``.
    language : str or None
        By default the language of the advertisement.
    notes : str or None
        Facts in the user's own words, such as how they know the reader. They count as a source, like the résumé.
    """

    to: Literal["recruiter", "referral"]
    recipient: Recipient | None = None
    max_characters: Annotated[int, Field(ge=200, le=MOST)] = LINKEDIN_NOTE
    tone: Tone = "neutral"
    language: Language | None = None
    notes: Notes | None = None


class OutreachRequest(Request):
    """Write a message about a saved job."""

    operation: Literal["outreach"]
    resume_id: UUID
    job_id: UUID
    input: OutreachInput


def plan(request: OutreachRequest, context: Context) -> Plan[TextDraft]:
    """Plan a message.

    Raises
    ------
    NothingToWriteFrom
        There is no material, so a model could only invent.
    """
    options = request.input
    frame = Frame(options.recipient, language=options.language, is_letter=False)
    characters = options.max_characters - ROOM_FOR_GREETING - len(options.recipient or "")

    def finish(delivery: Delivery[TextDraft]) -> Outcome:
        title = f"Message: {letters.job_name(context.job)}"
        reader = ", ".join(each for each in (options.to, options.recipient) if each)
        return letters.kept(delivery, context, "outreach", title=title, prompt=reader, frame=frame)

    planned = letters.plan(
        request,
        INSTRUCTION,
        context,
        output=TextDraft,
        tokens=TOKENS,
        pieces=lambda draft: [Piece(without_formalities(draft.text, letters.name_of(context)))],
        finish=finish,
        reader=READERS[options.to],
        characters=characters,
        words=characters // _LETTERS_OF_A_WORD,
    )
    return replace(planned, longest=lambda body: options.max_characters - frame.length(body))


OPERATION: Final = Operation(
    request=OutreachRequest,
    result=TextResult,
    plan=plan,
    prompt_version="2",
    instructions=(letters.SYSTEM, prompts.TODAY, INSTRUCTION, *READERS.values(), *prompts.TONES.values()),
    errors=(NothingToWriteFrom,),
)
