"""The skills that a résumé shows, grouped, for its skills section.

No model is trusted with them: code looks for each name in the résumé and says where it stands. What it does not find is
left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from functions._shared.domain.errors import AnswerNotGrounded, NothingToImprove, NothingToWriteFrom
from functions._shared.domain.grounding.check import CheckedSentence
from functions._shared.domain.resume.model_input import resume_block
from functions.generate import prompts
from functions.generate.plan import Draft, Operation, Outcome, Plan
from functions.generate.requests import Input, Request
from functions.generate.results import Removed, Result
from functions.generate.review import tidy
from functions.generate.skill_places import SkillPlaces

if TYPE_CHECKING:
    from functions._shared.domain.resume.patch import Patch
    from functions.generate.plan import Context, Delivery

TOKENS: Final = 1_500
MAX_NAME: Final = 80
MOST: Final = 40
INSTRUCTION: Final = """\
List the candidate's skills for the skills section of the résumé, at most {count} technical and {count} soft ones.
- technical: tools, programming and other technologies, methods, procedures, subject knowledge. soft: how the \
candidate works with people and on tasks. Languages that people speak are neither.
- Only what the block resume names, in its own words and spelling; a bullet or a project may name it. One skill per \
entry, as short as it can be; no levels, no sentences, nothing twice.
- A skill is what a recruiter searches for: a noun. A task, a result, a team or a single document is none.
- Leave out what only describes an employer or a product, and what is too common to say anything (email, the internet).
- Begin with what matters most{for_job}."""
FOR_JOB: Final = " for the job in the block job. What only the job names is left out"

SkillName = Annotated[str, StringConstraints(max_length=MAX_NAME)]


class SkillsInput(Input):
    """How many skills to list.

    Attributes
    ----------
    count : int
        Maximum number of technical ones, and of soft ones. Those of the résumé stay in any case.
    """

    count: Annotated[int, Field(ge=1, le=MOST)] = 20


class SkillsRequest(Request):
    """List the skills that a résumé shows, optionally with those first that matter for a job."""

    operation: Literal["skills"]
    resume_id: UUID
    input: SkillsInput = SkillsInput()


class SkillsDraft(Draft):
    """The model's answer."""

    technical: Annotated[list[SkillName], Field(max_length=2 * MOST)]
    soft: Annotated[list[SkillName], Field(max_length=2 * MOST)]


class SkillsResult(Result):
    """The result: the skills in the order of their groups; ``grounding`` has the places that show each of them.

    Attributes
    ----------
    technical, soft : list of str
        As the résumé writes them. In ``grounding.sentences``, ``item`` counts the technical ones first, then the soft.
    """

    technical: list[str]
    soft: list[str]


def plan(request: SkillsRequest, context: Context) -> Plan[SkillsDraft]:
    """Plan a list of skills.

    Raises
    ------
    NothingToWriteFrom
        The résumé is empty.
    """
    resume = resume_block(context.content) if context.content else ""
    if not resume or context.content is None:
        raise NothingToWriteFrom
    places = SkillPlaces(context.content)
    count = request.input.count

    def finish(delivery: Delivery[SkillsDraft]) -> Outcome:
        shown = places.group(_tidied(delivery.draft.technical), _tidied(delivery.draft.soft), count=count)
        removed = [Removed(text=name, reason="not_stated") for name in shown.unknown]
        if not shown.named:
            raise AnswerNotGrounded(reasons=[each.reason for each in removed])
        patch: Patch = shown.patch(context.stored)
        if not patch:
            raise NothingToImprove
        sentences = [
            CheckedSentence(
                item=item,
                start=0,
                end=len(name),
                verdict="supported",
                by="rules",
                evidence=places.of(name),
                how="verbatim",
                reason=None,
            )
            for item, name in enumerate([*shown.technical, *shown.soft])
        ]
        report = delivery.grounding.model_copy(update={"ok": not removed, "sentences": sentences, "removed": removed})
        result = SkillsResult(
            technical=shown.technical,
            soft=shown.soft,
            patch=patch,
            base_version=context.version(patch),
            kept_id=None,
            grounding=report,
            model=delivery.model,
        )
        return Outcome(result)

    return Plan(
        prompt=prompts.build(
            request.operation,
            INSTRUCTION.format(count=count, for_job=FOR_JOB if context.job else ""),
            blocks={"resume": resume},
            facts={},
            context=context,
        ),
        output=SkillsDraft,
        max_output_tokens=TOKENS,
        pieces=None,
        finish=finish,
    )


def _tidied(names: list[str]) -> list[str]:
    return [name for each in names if (name := tidy(each, line=True))]


OPERATION: Final = Operation(
    request=SkillsRequest,
    result=SkillsResult,
    plan=plan,
    prompt_version="2",
    instructions=(prompts.SYSTEM, prompts.TODAY, INSTRUCTION, FOR_JOB),
    errors=(NothingToWriteFrom, NothingToImprove),
)
