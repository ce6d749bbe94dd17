"""A professional summary.

Facts for rule-based models: ``length``, ``tone``, ``notes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from functions._shared.domain.errors import NothingToImprove, NothingToWriteFrom
from functions._shared.domain.language.output_filter import Room
from functions._shared.domain.resume.model_input import resume_block
from functions._shared.domain.resume.patch import patch_for_summary
from functions.generate import prompts
from functions.generate.plan import Operation, Piece, Plan, TextDraft
from functions.generate.requests import Input, Notes, Request, Tone
from functions.generate.results import TextResult
from functions.generate.review import rewritten

if TYPE_CHECKING:
    from functions.generate.plan import Context

TOKENS: Final = 600
ROOMS: Final = {"short": Room(600, 4), "medium": Room(900, 5), "long": Room(1_500, 8)}
SENTENCES: Final = {"short": "about 2 sentences", "medium": "about 3 sentences", "long": "about 5 sentences"}
INSTRUCTION: Final = """\
Write a professional summary of the candidate for the top of the résumé: {sentences}, {tone}.
- Begin with what the candidate is, and for how many years if the jobs of that kind say it.
- Go on with the one or two facts that speak most for the job in the block job; if there is none, the strongest ones.
- Then what else of the material a reader looks for first: a licence, a degree, a language, a tool.
- Whole sentences, as one says them, with two figures at most in each. What needs explaining is left to the bullets."""


class SummaryInput(Input):
    """Length, tone and additional facts of the summary.

    Attributes
    ----------
    length : str
        ``short`` (about 2 sentences), ``medium`` (about 3) or ``long`` (about 5).
    tone : str
        ``neutral``, ``confident`` or ``warm``.
    notes : str or None
        Facts in the user's own words. They count as a source, like the résumé.
    """

    length: Literal["short", "medium", "long"] = "medium"
    tone: Tone = "neutral"
    notes: Notes | None = None


class SummaryRequest(Request):
    """Write a professional summary for a résumé, optionally for a job."""

    operation: Literal["summary", "GENERATE_SUMMARY"]
    resume_id: UUID
    input: SummaryInput = SummaryInput()


def plan(request: SummaryRequest, context: Context) -> Plan[TextDraft]:
    """Plan a summary.

    Raises
    ------
    NothingToWriteFrom
        There is no material, so a model could only invent.
    """
    options = request.input
    resume = resume_block(context.content) if context.content else ""
    if not resume and not options.notes:
        raise NothingToWriteFrom

    original = context.content.summary if context.content else None
    return Plan(
        prompt=prompts.build(
            request.operation,
            INSTRUCTION.format(sentences=SENTENCES[options.length], tone=prompts.TONES[options.tone]),
            blocks={"resume": resume, "notes": options.notes},
            facts={"length": options.length, "tone": options.tone, "notes": options.notes},
            context=context,
        ),
        output=TextDraft,
        max_output_tokens=TOKENS,
        pieces=lambda draft: [Piece(draft.text)],
        finish=lambda delivery: rewritten(
            delivery, context, original, lambda text: patch_for_summary(context.stored, text)
        ),
        shows=True,
        own_words=(options.notes,) if options.notes else (),
        room=ROOMS[options.length],
    )


OPERATION: Final = Operation(
    request=SummaryRequest,
    result=TextResult,
    plan=plan,
    prompt_version="2",
    instructions=(prompts.SYSTEM, prompts.TODAY, INSTRUCTION, *SENTENCES.values(), *prompts.TONES.values()),
    errors=(NothingToWriteFrom, NothingToImprove),
)
