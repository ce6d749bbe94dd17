"""Bullet points about a job.

Facts for rule-based models: ``experience_index`` (or None), ``notes``, ``count``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from functions._shared.domain.effects import KeepBullets
from functions._shared.domain.errors import ItemNotFound, NothingToImprove, NothingToWriteFrom
from functions._shared.domain.language.words import folded_words
from functions._shared.domain.resume.field_types import MAX_LINE, MAX_LINES
from functions._shared.domain.resume.model_input import experience_block
from functions._shared.domain.resume.patch import find_item, patch_for_bullets
from functions.generate import prompts
from functions.generate.plan import Draft, Operation, Outcome, Piece, Plan
from functions.generate.requests import Input, ItemReference, Notes, Question, Request
from functions.generate.results import ItemsResult

if TYPE_CHECKING:
    from functions._shared.domain.resume.patch import Patch
    from functions.generate.plan import Context, Delivery

TOKENS: Final = 1_200
MAX_BULLETS: Final = 8
INSTRUCTION: Final = """\
Write up to {count} bullet points about what the candidate did{where}.{beside}
- Each is one line about one thing: what was done, to what, and what came of it; where the material gives no result, \
the act alone. Begin with a verb, or with a noun where the candidate's own bullets do. A bare circumstance is no \
bullet: it goes with the act that it belongs to.
- Present tense for what goes on, past tense for what has ended; all bullets in the same form.
- What matters most for the job comes first. Fewer good ones are better than more."""
OF_THE_JOB: Final = " in the job of the block experience"
OF_AN_ANSWER: Final = """ The notes answer an interviewer: tell in each bullet what the candidate did, why or in what \
situation, and what came of it, each of them only if the notes say it."""
BESIDE: Final = """ They are added to the bullets of that block: write about what the block notes says, and repeat no \
bullet that is there."""


class BulletsInput(Input):
    """The subject of the bullets: a job of the résumé, the user's own words, or both.

    Attributes
    ----------
    experience : int, str or None
        Index (from 0) or ``id`` of an entry under ``experience``. Requires a ``resume_id``.
    notes : str or None
        A description of the work in the user's own words.
    question : str or None
        The question that the notes answer. It is kept with the bullets, and no source.
    session_id : UUID or None
        The interview that the question and the notes come from. It is kept with the bullets.
    count : int
        Maximum number of bullets.
    placement : str or None
        Whether the patch replaces the entry's bullets (``replace``) or adds to them (``append``). The default is
        ``append`` with notes and ``replace`` without.
    """

    experience: ItemReference | None = None
    notes: Notes | None = None
    question: Question | None = None
    session_id: UUID | None = None
    count: Annotated[int, Field(ge=1, le=MAX_BULLETS)] = 4
    placement: Literal["replace", "append"] | None = None

    @model_validator(mode="after")
    def _about_something(self) -> BulletsInput:
        if self.experience is None and self.notes is None:
            raise ValueError("an experience, notes, or both are required")
        if self.placement is not None and self.experience is None:
            raise ValueError("placement requires an experience")
        if self.question is not None and self.notes is None:
            raise ValueError("a question requires notes, which answer it")
        if self.session_id is not None and self.question is None:
            raise ValueError("session_id requires the question of the interview")
        return self


class BulletsRequest(Request):
    """Write bullet points for a job of the résumé, or from the user's own words."""

    operation: Literal["bullets", "GENERATE_BULLETS"]
    input: BulletsInput

    @model_validator(mode="after")
    def _resume_of_the_experience(self) -> BulletsRequest:
        if self.input.experience is not None and self.resume_id is None:
            raise ValueError("experience requires a resume_id")
        return self


class ItemsDraft(Draft):
    """The model's answer: a list of bullets."""

    items: Annotated[
        list[Annotated[str, StringConstraints(max_length=MAX_LINE)]], Field(min_length=1, max_length=2 * MAX_BULLETS)
    ]


def plan(request: BulletsRequest, context: Context) -> Plan[ItemsDraft]:
    """Plan bullets.

    Raises
    ------
    ItemNotFound
        The request names an entry that the résumé does not have.
    NothingToWriteFrom
        There is no material, so a model could only invent.
    NothingToImprove
        The entry has as many bullets as it may have, and more are to be added.
    """
    options = request.input
    index, entry = None, None
    if options.experience is not None:
        index, _ = find_item(context.stored, "experience", options.experience)
        entry = context.content.experience[index] if context.content else None
    if entry is not None and not options.notes and not (entry.bullets or entry.description):
        raise NothingToWriteFrom("The entry has no bullets and no description, and the request has no notes.")
    placement = options.placement or ("append" if options.notes else "replace")
    room = MAX_LINES - len(entry.bullets) if entry and placement == "append" else options.count
    if room <= 0:
        raise NothingToImprove(f"The entry has {MAX_LINES} bullets already, and may have no more.")
    part = None if index is None else f"/experience/{index}"

    present = {tuple(folded_words(each)) for each in entry.bullets} if entry and placement == "append" else set()

    def pieces(draft: ItemsDraft) -> list[Piece]:
        fresh = [text for text in draft.items if tuple(folded_words(text)) not in present]
        if not fresh:
            raise NothingToImprove("The model wrote only bullets that the entry has already.")
        return [Piece(text, line=True, entry=part) for text in fresh]

    def finish(delivery: Delivery[ItemsDraft]) -> Outcome:
        patch: Patch | None = None
        if index is not None:
            patch = patch_for_bullets(context.stored, index, delivery.texts, append=placement == "append")
        if patch == []:
            raise NothingToImprove
        role = entry.role if entry else context.job.title if context.job else None
        kept = KeepBullets(
            session_id=options.session_id,
            question=options.question,
            transcript=options.notes or "",
            bullets=delivery.texts,
            role=role,
            experience=entry.company if entry else None,
        )
        result = ItemsResult(
            items=delivery.texts,
            patch=patch,
            base_version=context.version(patch),
            kept_id=kept.id,
            grounding=delivery.grounding,
            model=delivery.model,
        )
        return Outcome(result, [kept])

    return Plan(
        prompt=prompts.build(
            request.operation,
            INSTRUCTION.format(
                count=options.count,
                where=OF_THE_JOB if entry else "",
                beside=BESIDE if entry and placement == "append" else "",
            )
            + (OF_AN_ANSWER if options.question else ""),
            blocks={"experience": experience_block(entry) if entry else None, "notes": options.notes},
            facts={"experience_index": index, "notes": options.notes, "count": options.count},
            context=context,
        ),
        output=ItemsDraft,
        max_output_tokens=TOKENS,
        pieces=pieces,
        finish=finish,
        shows=True,
        own_words=(options.notes,) if options.notes else (),
        limit=min(options.count, room),
    )


OPERATION: Final = Operation(
    request=BulletsRequest,
    result=ItemsResult,
    plan=plan,
    prompt_version="2",
    instructions=(prompts.SYSTEM, prompts.TODAY, INSTRUCTION, OF_THE_JOB, OF_AN_ANSWER, BESIDE),
    errors=(ItemNotFound, NothingToWriteFrom, NothingToImprove),
)
