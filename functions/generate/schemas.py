"""What `generate` takes and gives. The operations are one union, told apart by ``operation``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union, get_args
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    model_validator,
)

from functions._shared.domain.errors import UnknownOperation
from functions._shared.domain.grounding.check import Kind
from functions._shared.domain.resume.patch import Patch
from functions._shared.domain.resume.types import MAX_LINE, MAX_LONG

MAX_NOTES = 4_000
"""Characters of what the user adds in their own words."""
MAX_BULLETS = 8
PATH = r"^/(summary|(experience|projects|volunteer)/\d{1,2}/(description|bullets/\d{1,2}))$"
"""The texts of a résumé that a model may rewrite; items and bullets are at most 100."""

Notes = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NOTES)]
Tone = Literal["neutral", "confident", "warm"]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SummaryInput(_Input):
    """How the summary should be.

    Attributes
    ----------
    length : str
        ``short`` (about 2 sentences), ``medium`` (about 3) or ``long`` (about 5).
    tone : str
        ``neutral``, ``confident`` or ``warm``.
    notes : str or None
        Facts in the user's own words, as good a source as the résumé.
    """

    length: Literal["short", "medium", "long"] = "medium"
    tone: Tone = "neutral"
    notes: Notes | None = None


class BulletsInput(_Input):
    """What the bullets are about: a job of the résumé, the user's own words, or both.

    Attributes
    ----------
    experience : int, str or None
        Index (from 0) or ``id`` of an entry under ``experience``. Needs a ``resume_id``.
    notes : str or None
        What the user did, in their own words.
    count : int
        How many, at most.
    placement : str or None
        What the patch does with the entry's bullets: ``replace`` them or ``append`` to them. By default notes are
        appended and rewritten bullets replaced.
    """

    experience: (
        Annotated[int, Field(ge=0, strict=True)] | Annotated[str, Field(min_length=1, max_length=100)] | None
    ) = None
    notes: Notes | None = None
    count: Annotated[int, Field(ge=1, le=MAX_BULLETS)] = 4
    placement: Literal["replace", "append"] | None = None

    @model_validator(mode="after")
    def _about_something(self) -> BulletsInput:
        if self.experience is None and self.notes is None:
            raise ValueError("give an experience, notes, or both")
        if self.placement is not None and self.experience is None:
            raise ValueError("placement needs an experience")
        return self


class ImproveInput(_Input):
    """Which text to improve: one of the résumé's, or one that is sent along.

    Attributes
    ----------
    path : str or None
        JSON pointer to a text of the résumé, such as ``/experience/0/bullets/2``. Needs a ``resume_id``.
    text : str or None
        A text of the user's own.
    goal : str
        ``clarity``, ``concise``, ``impact`` or ``grammar``.
    """

    path: Annotated[str, Field(pattern=PATH)] | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE)] | None = None
    goal: Literal["clarity", "concise", "impact", "grammar"] = "impact"

    @model_validator(mode="after")
    def _one_text(self) -> ImproveInput:
        if (self.path is None) == (self.text is None):
            raise ValueError("give either a path or a text")
        return self


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")

    resume_id: UUID | None = None
    job_id: UUID | None = None
    fresh: bool = False
    """Ask for another text, where the same question may have been answered from a cache."""


class SummaryRequest(_Request):
    """A professional summary for a résumé, optionally with a job in mind."""

    operation: Literal["summary"]
    resume_id: UUID
    input: SummaryInput = SummaryInput()


class BulletsRequest(_Request):
    """Bullet points for a job of the résumé, or from the user's own words."""

    operation: Literal["bullets"]
    input: BulletsInput

    @model_validator(mode="after")
    def _resume_of_the_experience(self) -> BulletsRequest:
        if self.input.experience is not None and self.resume_id is None:
            raise ValueError("an experience needs a resume_id")
        return self


class ImproveRequest(_Request):
    """A better wording of one text."""

    operation: Literal["improve"]
    input: ImproveInput

    @model_validator(mode="after")
    def _resume_of_the_path(self) -> ImproveRequest:
        if self.input.path is not None and self.resume_id is None:
            raise ValueError("a path needs a resume_id")
        return self


AnyRequest = Union[SummaryRequest, BulletsRequest, ImproveRequest]  # noqa: UP007 - a value, used at run time
OPERATIONS = frozenset(get_args(kind.model_fields["operation"].annotation)[0] for kind in get_args(AnyRequest))
"""Slugs, as the requests name them."""


class GenerateRequest(RootModel[Annotated[AnyRequest, Field(discriminator="operation")]]):
    """A request to `generate`."""

    @model_validator(mode="wrap")
    @classmethod
    def _known(cls, value: Any, validate: ValidatorFunctionWrapHandler) -> GenerateRequest:  # noqa: ANN401 - any JSON
        operation = value.get("operation") if isinstance(value, dict) else None
        if isinstance(operation, str) and operation not in OPERATIONS:
            raise UnknownOperation(f"Operations here are: {', '.join(sorted(OPERATIONS))}.")
        made: GenerateRequest = validate(value)
        return made


class Reason(BaseModel):
    """Something that the source does not say.

    Attributes
    ----------
    kind : str
        What it is.
    text : str
        As the model wrote it.
    """

    kind: Kind
    text: str


class Removed(BaseModel):
    """A sentence or a bullet that was taken out of the answer.

    Attributes
    ----------
    text : str
        As the model wrote it.
    unsupported : list of Reason
        What in it the source does not say.
    """

    text: str
    unsupported: list[Reason]


class GroundingReport(BaseModel):
    """How the answer stands to what the user has said.

    Attributes
    ----------
    ok : bool
        Whether the model kept to the source; else ``removed`` has what was taken out. What is delivered keeps to it
        in either case.
    removed : list of Removed
        Only if it is true: the user may add it, as their own statement.
    gaps : list of str
        Skills that the job asks for and the source does not have. They are never written into the text.
    """

    ok: bool
    removed: list[Removed]
    gaps: list[str]


class UsedModel(BaseModel):
    """Which model wrote it; ``offline`` are rules, not a language model."""

    provider: str
    name: str


class _Result(BaseModel):
    """Common to all results.

    Attributes
    ----------
    patch : list of dict or None
        JSON Patch (RFC 6902) that puts it into the résumé; None where the request named no place in it.
    base_version : int or None
        Version of the résumé that the patch is for. Apply it with `resume_save`, which refuses another version.
    """

    patch: Patch | None
    base_version: int | None
    grounding: GroundingReport
    model: UsedModel


class TextResult(_Result):
    """A text."""

    text: Annotated[str, StringConstraints(max_length=MAX_LONG)]


class ItemsResult(_Result):
    """Bullets."""

    items: list[str]


class GenerateResult(RootModel[Union[TextResult, ItemsResult]]):  # noqa: UP007 - a value, used at run time
    """``text`` for a summary or an improvement, ``items`` for bullets."""
