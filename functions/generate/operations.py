"""The operations: the prompt of each one, and the change that its answer makes to the résumé.

A new operation is a request in `schemas`, a function here, and a row in the database's registry of operations.

``Prompt.facts`` has the same input as data, for rule-based models: ``content`` (the stored résumé or None), ``job``
(``title``, ``company``, ``description``, or None), and by operation

- summary: ``length``, ``tone``, ``notes``; the answer is a `TextDraft`;
- bullets: ``experience_index`` (or None), ``notes``, ``count``; the answer is an `ItemsDraft`;
- improve: ``text``, ``goal``; the answer is a `TextDraft`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from functions._shared.domain.effects import KeepBullets
from functions._shared.domain.errors import NothingToWriteFrom
from functions._shared.domain.resume.editable_texts import EditableText
from functions._shared.domain.resume.field_types import MAX_LINE, MAX_LONG
from functions._shared.domain.resume.model_input import experience_block, resume_block
from functions._shared.domain.resume.patch import find_item, patch_for_bullets, patch_for_summary
from functions.generate import prompts
from functions.generate.schemas import (
    MAX_BULLETS,
    AnyRequest,
    BulletsRequest,
    ImproveRequest,
    SummaryRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from functions._shared.domain.effects import Effect
    from functions._shared.domain.metering import JobSnapshot
    from functions._shared.domain.resume.content import ResumeContent
    from functions._shared.domain.resume.patch import Patch
    from functions._shared.ports.model import Prompt

SUMMARY_TOKENS: Final = 600
BULLETS_TOKENS: Final = 1_200
IMPROVE_TOKENS: Final = 900


class TextDraft(BaseModel):
    """The model's answer, if it is one text."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_LONG)]

    @property
    def texts(self) -> list[str]:
        """The text, as a list with one item."""
        return [self.text]


class ItemsDraft(BaseModel):
    """The model's answer, if it is a list of bullets."""

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
    """The résumé and the job that were read when the operation was reserved.

    Parameters
    ----------
    content : ResumeContent or None
        The résumé's content, parsed.
    stored : mapping or None
        The same content as it is stored. Patches refer to it.
    job : JobSnapshot or None
        The job applied for.
    """

    content: ResumeContent | None
    stored: Mapping[str, Any] | None
    job: JobSnapshot | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A question to the model, and how to use its answer.

    Parameters
    ----------
    prompt : Prompt
        The question.
    output : type
        `TextDraft` or `ItemsDraft`.
    max_output_tokens : int
        Upper limit for the length of the answer.
    own_words : tuple of str
        The user's own texts in the request. They count as a source, like the résumé.
    limit : int
        Maximum number of bullets; 1 for a text.
    divisible : bool
        Whether the rest can be delivered after an unsupported sentence is removed.
    original : str or None
        The text that the answer replaces.
    entry : str or None
        JSON Pointer of the part of the résumé whose lines count as a source: empty for the whole of it, None for none.
    changes : callable
        Builds the patch from the delivered texts; returns None if the request names no place in the résumé.
    keeps : callable or None
        Builds the effect that keeps the delivered texts, if the operation leaves more behind than its answer.
    """

    prompt: Prompt
    output: type[TextDraft | ItemsDraft]
    max_output_tokens: int
    own_words: tuple[str, ...]
    limit: int
    divisible: bool
    original: str | None
    entry: str | None
    changes: Callable[[list[str]], Patch | None]
    keeps: Callable[[list[str]], Effect] | None = None

    @property
    def rewrites(self) -> str | None:
        """The text whose facts the answer has to keep."""
        return None if self.divisible else self.original


def plan(request: AnyRequest, context: Context) -> Plan:
    """Plan the question to the model.

    Parameters
    ----------
    request : SummaryRequest, BulletsRequest or ImproveRequest
        The request, validated.
    context : Context
        The user's résumé and job.

    Raises
    ------
    ItemNotFound
        The request names an entry or a text that the résumé does not have.
    NothingToWriteFrom
        There is no material, so a model could only invent.
    """
    if isinstance(request, SummaryRequest):
        return _summary(request, context)
    if isinstance(request, BulletsRequest):
        return _bullets(request, context)
    return _improve(request, context)


def _summary(request: SummaryRequest, context: Context) -> Plan:
    options = request.input
    resume = resume_block(context.content) if context.content else ""
    if not resume and not options.notes:
        raise NothingToWriteFrom

    def changes(texts: list[str]) -> Patch:
        return patch_for_summary(context.stored or {}, texts[0])

    return Plan(
        prompt=prompts.build(
            request.operation,
            prompts.SUMMARY.format(sentences=prompts.SENTENCES[options.length], tone=prompts.TONES[options.tone]),
            blocks={"resume": resume, "notes": options.notes},
            facts={"length": options.length, "tone": options.tone, "notes": options.notes},
            content=context.stored,
            job=context.job,
        ),
        output=TextDraft,
        max_output_tokens=SUMMARY_TOKENS,
        own_words=(options.notes,) if options.notes else (),
        limit=1,
        divisible=True,
        original=context.content.summary if context.content else None,
        entry="",
        changes=changes,
    )


def _bullets(request: BulletsRequest, context: Context) -> Plan:
    options = request.input
    index, entry = None, None
    if options.experience is not None:
        index, _ = find_item(context.stored or {}, "experience", options.experience)
        entry = context.content.experience[index] if context.content else None
    if entry is not None and not options.notes and not (entry.bullets or entry.description):
        raise NothingToWriteFrom("The entry has no bullets and no description, and the request has no notes.")
    placement = options.placement or ("append" if options.notes else "replace")

    def changes(texts: list[str]) -> Patch | None:
        if index is None:
            return None
        return patch_for_bullets(context.stored or {}, index, texts, append=placement == "append")

    def keeps(texts: list[str]) -> KeepBullets:
        role = entry.role if entry else context.job.title if context.job else None
        return KeepBullets(
            question=options.question,
            transcript=options.notes or "",
            bullets=texts,
            role=role,
            experience=entry.company if entry else None,
        )

    place = " in the job of the block experience" if entry else ""
    return Plan(
        prompt=prompts.build(
            request.operation,
            prompts.BULLETS.format(count=options.count, where=place),
            blocks={"experience": experience_block(entry) if entry else None, "notes": options.notes},
            facts={"experience_index": index, "notes": options.notes, "count": options.count},
            content=context.stored,
            job=context.job,
        ),
        output=ItemsDraft,
        max_output_tokens=BULLETS_TOKENS,
        own_words=(options.notes,) if options.notes else (),
        limit=options.count,
        divisible=True,
        original=None,
        entry=None if index is None else f"/experience/{index}",
        changes=changes,
        keeps=keeps,
    )


def _improve(request: ImproveRequest, context: Context) -> Plan:
    options = request.input
    target = EditableText.parse(options.path) if options.path else None
    text = target.read(context.stored or {}) if target else options.text or ""

    def changes(texts: list[str]) -> Patch | None:
        return None if target is None else target.patch(context.stored or {}, texts[0])

    return Plan(
        prompt=prompts.build(
            request.operation,
            prompts.IMPROVE.format(goal=prompts.GOALS[options.goal]),
            blocks={"text": text},
            facts={"text": text, "goal": options.goal},
            content=context.stored,
            job=context.job,
        ),
        output=TextDraft,
        max_output_tokens=IMPROVE_TOKENS,
        own_words=(text,),
        limit=1,
        divisible=False,
        original=text,
        entry=None if target is None else target.entry,
        changes=changes,
    )
