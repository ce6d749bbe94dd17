"""Better wording for one text.

Facts for rule-based models: ``text``, ``goal``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from functions._shared.domain.errors import ItemNotFound, NothingToImprove
from functions._shared.domain.resume.editable_texts import EDITABLE_PATH, EditableText
from functions._shared.domain.resume.field_types import MAX_LINE
from functions.generate import prompts
from functions.generate.plan import Operation, Piece, Plan, TextDraft
from functions.generate.requests import Input, Request
from functions.generate.results import TextResult
from functions.generate.review import rewritten

if TYPE_CHECKING:
    from functions.generate.plan import Context

TOKENS: Final = 900
INSTRUCTION: Final = """\
Rewrite the candidate's text (block text) so that it {goal}. Keep every fact and every number in it, and add none. \
Keep its form: a bullet stays a bullet, a paragraph a paragraph. Words that limit it ("helped", "about", "one of") and \
the part of others stay. If it cannot be better without a new fact, return it as it is. It reads as one \
phrase that a person would write."""
GOALS: Final = {
    "clarity": "is easy to understand",
    "concise": "is as short as it can be without losing a fact",
    "impact": "puts the result first and begins with the strongest verb that is still true; if it does not say who "
    "brought a result about, neither do you",
    "grammar": "is correct in grammar and spelling, changing nothing else",
}


class ImproveInput(Input):
    """The text to improve: one of the résumé, or one in the request.

    Attributes
    ----------
    path : str or None
        JSON pointer to a text of the résumé, such as ``/experience/0/bullets/2``. Requires a ``resume_id``.
    text : str or None
        A text to improve, which need not be in a résumé.
    goal : str
        ``clarity``, ``concise``, ``impact`` or ``grammar``.
    """

    path: Annotated[str, Field(pattern=EDITABLE_PATH)] | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE)] | None = None
    goal: Literal["clarity", "concise", "impact", "grammar"] = "impact"

    @model_validator(mode="after")
    def _one_text(self) -> ImproveInput:
        if (self.path is None) == (self.text is None):
            raise ValueError("either a path or a text is required, not both")
        return self


class ImproveRequest(Request):
    """Improve the wording of one text."""

    operation: Literal["improve", "IMPROVE_BULLET"]
    input: ImproveInput

    @model_validator(mode="after")
    def _resume_of_the_path(self) -> ImproveRequest:
        if self.input.path is not None and self.resume_id is None:
            raise ValueError("path requires a resume_id")
        return self


def plan(request: ImproveRequest, context: Context) -> Plan[TextDraft]:
    """Plan an improvement.

    Raises
    ------
    ItemNotFound
        The request names a text that the résumé does not have.
    """
    options = request.input
    target = EditableText.parse(options.path) if options.path else None
    text = target.read(context.stored) if target else options.text or ""
    return Plan(
        prompt=prompts.build(
            request.operation,
            INSTRUCTION.format(goal=GOALS[options.goal]),
            blocks={"text": text},
            facts={"text": text, "goal": options.goal},
            context=context,
        ),
        output=TextDraft,
        max_output_tokens=TOKENS,
        pieces=lambda draft: [Piece(draft.text, entry=target.entry if target else None, rewrites=text)],
        finish=lambda delivery: rewritten(
            delivery, context, text, lambda better: target.patch(context.stored, better) if target else None
        ),
        shows=True,
        own_words=(text,),
        whole=True,
    )


OPERATION: Final = Operation(
    request=ImproveRequest,
    result=TextResult,
    plan=plan,
    prompt_version="2",
    instructions=(prompts.SYSTEM, INSTRUCTION, *GOALS.values()),
    errors=(ItemNotFound, NothingToImprove),
)
