"""The operations: what each asks the model, and what it changes in the résumé.

A new one is a request in `schemas`, a planner here, and a row in the database's registry of operations.

``Prompt.facts`` has, for models that are rules: ``content`` (the stored résumé or None), ``job`` (``title``,
``company``, ``description``, or None), and by operation

- summary: ``length``, ``tone``, ``notes``; the answer is a `TextDraft`;
- bullets: ``experience_index`` (or None), ``notes``, ``count``; the answer is an `ItemsDraft`;
- improve: ``text``, ``goal``; the answer is a `TextDraft`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from functions._shared.domain.errors import ItemNotFound, NothingToWriteFrom
from functions._shared.domain.resume.content import ResumeContent
from functions._shared.domain.resume.patch import find_item, patch_for_bullets, patch_for_summary
from functions._shared.domain.resume.places import Place
from functions._shared.domain.resume.types import MAX_LINE, MAX_LONG
from functions._shared.ports.model import Prompt
from functions.generate import prompts
from functions.generate.material import experience_block, facts_of, job_block, resume_block
from functions.generate.schemas import (
    MAX_BULLETS,
    AnyRequest,
    BulletsRequest,
    ImproveRequest,
    SummaryRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from functions._shared.domain.metering import JobSnapshot
    from functions._shared.domain.resume.content import Experience
    from functions._shared.domain.resume.patch import Patch

SUMMARY_TOKENS: Final = 600
BULLETS_TOKENS: Final = 1_200
IMPROVE_TOKENS: Final = 900


class TextDraft(BaseModel):
    """A text as the model gives it."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_LONG)]

    @property
    def texts(self) -> list[str]:
        """The one text."""
        return [self.text]


class ItemsDraft(BaseModel):
    """Bullets as the model gives them."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[
        list[Annotated[str, StringConstraints(max_length=MAX_LINE)]], Field(min_length=1, max_length=2 * MAX_BULLETS)
    ]

    @property
    def texts(self) -> list[str]:
        """The bullets."""
        return self.items


@dataclass(frozen=True, slots=True)
class Context:
    """What was reserved together with the operation.

    Parameters
    ----------
    content : ResumeContent or None
        The résumé's content, understood.
    stored : mapping or None
        The same as it is stored: patches point into this.
    job : JobSnapshot or None
        The job applied for.
    """

    content: ResumeContent | None
    stored: Mapping[str, Any] | None
    job: JobSnapshot | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One request, ready to be asked.

    Parameters
    ----------
    prompt : Prompt
        The question.
    output : type
        `TextDraft` or `ItemsDraft`.
    max_output_tokens : int
        Length of the answer.
    said : tuple of str
        What the user told besides the résumé: a source like it.
    limit : int
        Bullets at most; 1 for a text.
    divisible : bool
        Whether a sentence may be taken out and the rest delivered.
    original : str or None
        The text that the answer is to replace.
    changes : callable
        From the delivered texts to the patch; gives None where the request named no place.
    """

    prompt: Prompt
    output: type[TextDraft | ItemsDraft]
    max_output_tokens: int
    said: tuple[str, ...]
    limit: int
    divisible: bool
    original: str | None
    changes: Callable[[list[str]], Patch | None]


def plan(request: AnyRequest, context: Context) -> Plan:
    """Work out what to ask.

    Parameters
    ----------
    request : SummaryRequest, BulletsRequest or ImproveRequest
        What the user wants.
    context : Context
        What they have.

    Raises
    ------
    ItemNotFound
        The request names an entry or a text that the résumé does not have.
    NothingToWriteFrom
        There is no material, and a model could only invent.
    """
    if isinstance(request, SummaryRequest):
        return _summary(request, context)
    if isinstance(request, BulletsRequest):
        return _bullets(request, context)
    return _improve(request, context)


def _summary(request: SummaryRequest, context: Context) -> Plan:
    wanted = request.input
    resume = resume_block(context.content) if context.content else ""
    if not resume and not wanted.notes:
        raise NothingToWriteFrom
    old = context.content.summary if context.content else None

    def changes(texts: list[str]) -> Patch:
        return patch_for_summary(context.stored or {}, texts[0])

    return Plan(
        prompt=_prompt(
            request,
            context,
            prompts.SUMMARY.format(sentences=prompts.SENTENCES[wanted.length], tone=prompts.TONES[wanted.tone]),
            {"resume": resume, "notes": wanted.notes},
            {"length": wanted.length, "tone": wanted.tone, "notes": wanted.notes},
        ),
        output=TextDraft,
        max_output_tokens=SUMMARY_TOKENS,
        said=_said(wanted.notes),
        limit=1,
        divisible=True,
        original=old,
        changes=changes,
    )


def _bullets(request: BulletsRequest, context: Context) -> Plan:
    wanted = request.input
    index, entry = (None, None) if wanted.experience is None else _experience(wanted.experience, context)
    if entry is not None and not wanted.notes and not (entry.bullets or entry.description):
        raise NothingToWriteFrom("The entry has no bullets and no description, and there are no notes.")
    placement = wanted.placement or ("append" if wanted.notes else "replace")

    def changes(texts: list[str]) -> Patch | None:
        if index is None or entry is None:
            return None
        kept = entry.bullets if placement == "append" else []
        return patch_for_bullets(context.stored or {}, index, [*kept, *texts])

    where = " in the job of the block experience" if entry else ""
    return Plan(
        prompt=_prompt(
            request,
            context,
            prompts.BULLETS.format(count=wanted.count, where=where),
            {"experience": experience_block(entry) if entry else None, "notes": wanted.notes},
            {"experience_index": index, "notes": wanted.notes, "count": wanted.count},
        ),
        output=ItemsDraft,
        max_output_tokens=BULLETS_TOKENS,
        said=_said(wanted.notes),
        limit=wanted.count,
        divisible=True,
        original=None,
        changes=changes,
    )


def _improve(request: ImproveRequest, context: Context) -> Plan:
    wanted = request.input
    place = Place.parse(wanted.path) if wanted.path else None
    text = wanted.text or _text_at(place, context)

    def changes(texts: list[str]) -> Patch | None:
        return None if place is None else place.patch(context.stored or {}, texts[0])

    return Plan(
        prompt=_prompt(
            request,
            context,
            prompts.IMPROVE.format(goal=prompts.GOALS[wanted.goal]),
            {"text": text},
            {"text": text, "goal": wanted.goal},
        ),
        output=TextDraft,
        max_output_tokens=IMPROVE_TOKENS,
        said=(text,),
        limit=1,
        divisible=False,
        original=text,
        changes=changes,
    )


def _prompt(
    request: AnyRequest,
    context: Context,
    instruction: str,
    data: Mapping[str, str | None],
    facts: Mapping[str, Any],
) -> Prompt:
    blocks = {**data, "job": job_block(context.job)}
    return Prompt(
        operation=request.operation,
        system=prompts.SYSTEM,
        instruction=instruction,
        data={name: text for name, text in blocks.items() if text},
        facts={**facts_of(context.stored, context.job), **facts},
    )


def _experience(wanted: int | str, context: Context) -> tuple[int, Experience]:
    index, _ = find_item(context.stored or {}, "experience", wanted)
    content = context.content or ResumeContent()
    return index, content.experience[index]


def _text_at(place: Place | None, context: Context) -> str:
    value = place.read(context.stored or {}) if place else None
    if not isinstance(value, str) or not value.strip():
        raise ItemNotFound("The résumé has no text at this path.")
    return value


def _said(notes: str | None) -> tuple[str, ...]:
    return (notes,) if notes else ()
