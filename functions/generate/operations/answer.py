"""An answer to a question of an application form. It is kept in ``generated_documents``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from functions._shared.domain.errors import NothingToWriteFrom
from functions._shared.domain.language.output_filter import Room, fault
from functions._shared.domain.resume.field_types import MAX_LONG
from functions.generate import letters, prompts
from functions.generate.changes import on_one_line
from functions.generate.formalities import without_formalities
from functions.generate.letters import Language, Length
from functions.generate.plan import Draft, Operation, Piece
from functions.generate.requests import Input, Notes, Question, Request, Tone
from functions.generate.results import TextResult

if TYPE_CHECKING:
    from functions.generate.plan import Context, Delivery, Outcome, Plan

TOKENS: Final = 1_600
MAX_MISSING: Final = 300
ROOMS: Final = {"short": Room(900, 8), "medium": Room(1_600, 14), "long": Room(3_000, 26)}
SIZES: Final = {"short": "about 60 words", "medium": "about 120 words", "long": "about 250 words"}
WITHIN: Final = "at most {characters} characters, spaces included (about {words} words)"
INSTRUCTION: Final = """\
Answer the question of an application form in the block question: {size}, {tone}. {language}
- Answer what is asked in the first sentence, then give the one or two facts of the material that show it: what the \
candidate did, where, and with what result. What does not answer the question stays out, even if there is room.
- If the question asks for something that the material does not say (a motive, a wish, a salary, a permit, a story), \
set answerable to false and leave the text empty. If the material says a part of it, answer that part.
- missing: what the question asks for and the material does not say, in a few words in the language of the question, \
such as "desired salary"; "" if nothing is.
- Do not repeat the question, and write no headings."""
_LETTERS_OF_A_WORD: Final = 7


class AnswerInput(Input):
    """The question, and how to answer it.

    Attributes
    ----------
    question : str
        As the form has it. It is no source.
    max_characters : int or None
        The form's limit. An answer never exceeds it.
    length : str
        If there is no limit: ``short`` (about 60 words), ``medium`` (about 120) or ``long`` (about 250).
    tone : str
        ``neutral``, ``confident`` or ``warm``.
    language : str or None
        By default the language of the question.
    notes : str or None
        Facts and reasons in the user's own words. They count as a source, like the résumé.
    """

    question: Question
    max_characters: Annotated[int, Field(ge=100, le=MAX_LONG)] | None = None
    length: Length = "medium"
    tone: Tone = "neutral"
    language: Language | None = None
    notes: Notes | None = None


class AnswerRequest(Request):
    """Answer a question of an application form, optionally for a saved job."""

    operation: Literal["answer"]
    resume_id: UUID
    input: AnswerInput


class AnswerDraft(Draft):
    """The model's answer."""

    answerable: bool
    text: Annotated[str, StringConstraints(max_length=MAX_LONG)]
    missing: Annotated[str, StringConstraints(max_length=MAX_MISSING)] = ""


class AnswerResult(TextResult):
    """The answer, and what it leaves open.

    Attributes
    ----------
    missing : str or None
        What the question asks for and neither the résumé nor the notes say, in the model's words. Ask for notes on it.
    """

    missing: str | None


def plan(request: AnswerRequest, context: Context) -> Plan[AnswerDraft]:
    """Plan an answer.

    Raises
    ------
    NothingToWriteFrom
        There is no material, so a model could only invent.
    """
    options = request.input
    longest = options.max_characters
    size = SIZES[options.length]
    if longest:
        size = WITHIN.format(characters=longest, words=longest // _LETTERS_OF_A_WORD)

    def pieces(draft: AnswerDraft) -> list[Piece]:
        if not draft.answerable:
            raise NothingToWriteFrom("The question asks for what the résumé and the notes do not say. Send notes.")
        return [Piece(without_formalities(draft.text, letters.name_of(context)))]

    def finish(delivery: Delivery[AnswerDraft]) -> Outcome:
        title = ": ".join(each for each in ("Answer", letters.job_name(context.job)) if each)
        outcome = letters.kept(delivery, context, "answer", title=title, prompt=options.question)
        missing = on_one_line(delivery.draft.missing)
        known = fault([missing], rules=f"{letters.SYSTEM}\n{INSTRUCTION}", material=options.question, speaks=True)
        fields = outcome.result.model_dump()
        return replace(outcome, result=AnswerResult(**fields, missing=missing if missing and known is None else None))

    planned = letters.plan(
        request,
        INSTRUCTION,
        context,
        output=AnswerDraft,
        tokens=TOKENS if longest is None else max(TOKENS, longest // 2),
        pieces=pieces,
        finish=finish,
        question=options.question,
        size=size,
    )
    return replace(planned, longest=lambda _: longest) if longest else replace(planned, room=ROOMS[options.length])


OPERATION: Final = Operation(
    request=AnswerRequest,
    result=AnswerResult,
    plan=plan,
    prompt_version="2",
    instructions=(letters.SYSTEM, prompts.TODAY, INSTRUCTION, WITHIN, *SIZES.values(), *prompts.TONES.values()),
    errors=(NothingToWriteFrom,),
)
