"""Requests and results of `generate`. The request is a union of the operations and their batch, by ``operation``.

The first name of an operation is its slug, the others are its aliases in the registry (``public.operations.aliases``).
A validated request has the slug, so that an alias gets the same prompt and the same price.
"""

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
    field_validator,
    model_validator,
)

from functions._shared.domain.errors import UnknownOperation
from functions._shared.domain.grounding.check import CheckedSentence
from functions._shared.domain.grounding.verdicts import Doubt, Flaw
from functions._shared.domain.metering import Receipt
from functions._shared.domain.resume.editable_texts import EDITABLE_PATH
from functions._shared.domain.resume.field_types import MAX_LINE, MAX_LONG
from functions._shared.domain.resume.patch import Patch

MAX_NOTES = 4_000
"""Characters of the user's notes."""
MAX_QUESTION = 2_000
"""Characters of the question that the notes answer."""
MAX_BULLETS = 8
MAX_BATCH = 20
"""Requests of a batch. The database knows this number, too (`private.release_task`)."""

Notes = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NOTES)]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
Tone = Literal["neutral", "confident", "warm"]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SummaryInput(_Input):
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


class BulletsInput(_Input):
    """The subject of the bullets: a job of the résumé, the user's own words, or both.

    Attributes
    ----------
    experience : int, str or None
        Index (from 0) or ``id`` of an entry under ``experience``. Requires a ``resume_id``.
    notes : str or None
        A description of the work in the user's own words.
    question : str or None
        The question that the notes answer. It is kept with the bullets, and no source.
    count : int
        Maximum number of bullets.
    placement : str or None
        Whether the patch replaces the entry's bullets (``replace``) or adds to them (``append``). The default is
        ``append`` with notes and ``replace`` without.
    """

    experience: (
        Annotated[int, Field(ge=0, strict=True)] | Annotated[str, Field(min_length=1, max_length=100)] | None
    ) = None
    notes: Notes | None = None
    question: Question | None = None
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
        return self


class ImproveInput(_Input):
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


def names_of(request: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of a request's operation: the slug, then its aliases."""
    return get_args(request.model_fields["operation"].annotation)


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")

    resume_id: UUID | None = None
    job_id: UUID | None = None
    fresh: bool = False
    """Ask the model again, even if a cached answer to the same request exists."""
    funding: Literal["own_key"] | None = None
    """``own_key``: ask only models for which the user has stored a key. Their provider bills the user; no credits."""

    @field_validator("operation", check_fields=False)
    @classmethod
    def _slug(cls, _: str) -> str:
        return names_of(cls)[0]


class SummaryRequest(_Request):
    """Write a professional summary for a résumé, optionally for a job."""

    operation: Literal["summary", "GENERATE_SUMMARY"]
    resume_id: UUID
    input: SummaryInput = SummaryInput()


class BulletsRequest(_Request):
    """Write bullet points for a job of the résumé, or from the user's own words."""

    operation: Literal["bullets", "GENERATE_BULLETS"]
    input: BulletsInput

    @model_validator(mode="after")
    def _resume_of_the_experience(self) -> BulletsRequest:
        if self.input.experience is not None and self.resume_id is None:
            raise ValueError("experience requires a resume_id")
        return self


class ImproveRequest(_Request):
    """Improve the wording of one text."""

    operation: Literal["improve", "IMPROVE_BULLET"]
    input: ImproveInput

    @model_validator(mode="after")
    def _resume_of_the_path(self) -> ImproveRequest:
        if self.input.path is not None and self.resume_id is None:
            raise ValueError("path requires a resume_id")
        return self


AnyRequest = Union[SummaryRequest, BulletsRequest, ImproveRequest]  # noqa: UP007 - a value, used at run time
OPERATIONS = {slug: frozenset(aliases) for slug, *aliases in map(names_of, get_args(AnyRequest))}
"""Slug → aliases, of the operations that write one text."""


class BatchInput(_Input):
    """The requests of a batch. Each is charged by itself."""

    requests: Annotated[
        list[Annotated[AnyRequest, Field(discriminator="operation")]], Field(min_length=1, max_length=MAX_BATCH)
    ]


class BatchRequest(BaseModel):
    """Write several texts, as a task."""

    model_config = ConfigDict(extra="forbid")

    operation: Literal["batch"]
    input: BatchInput


_NAMES = frozenset(OPERATIONS).union(*OPERATIONS.values(), names_of(BatchRequest))


class GenerateRequest(RootModel[Annotated[Union[AnyRequest, BatchRequest], Field(discriminator="operation")]]):  # noqa: UP007 - a value, used at run time
    """A request to `generate`."""

    @model_validator(mode="wrap")
    @classmethod
    def _known(cls, value: Any, validate: ValidatorFunctionWrapHandler) -> GenerateRequest:  # noqa: ANN401 - any JSON
        operation = value.get("operation") if isinstance(value, dict) else None
        if isinstance(operation, str) and operation not in _NAMES:
            raise UnknownOperation(f"The operations are: {', '.join(sorted({*OPERATIONS, *names_of(BatchRequest)}))}.")
        request: GenerateRequest = validate(value)
        return request


class UsedModel(BaseModel):
    """A model that was used. The provider ``offline`` is a set of rules, not a language model."""

    provider: str
    name: str


class Removed(BaseModel):
    """A sentence or a bullet that was removed from the answer.

    Attributes
    ----------
    text : str
        As the model wrote it.
    reason : str or None
        What is wrong with it.
    """

    text: str
    reason: Flaw | Doubt | None


class GroundingReport(BaseModel):
    """What is known of each sentence of the answer.

    Attributes
    ----------
    ok : bool
        Whether all delivered sentences are supported and nothing was removed.
    checked : str
        How far the check went. ``figures_and_names``: rules compared words and figures; what they are not certain of
        is ``unverified``. ``entailment``: a verifier judged these sentences.
    verifier : UsedModel or None
        The model that judged.
    sentences : list of CheckedSentence
        The delivered sentences in order, each with its verdict and the places of the résumé that it rests on.
    removed : list of Removed
        Sentences or bullets that were removed. The user may add them if they are true.
    lost : list of str
        For an improvement: figures, negations and names of the original that the new text does not have.
    gaps : list of str
        Skills that the job asks for and the résumé does not have. The model is told not to write them.
    """

    ok: bool
    checked: Literal["figures_and_names", "entailment"]
    verifier: UsedModel | None
    sentences: list[CheckedSentence]
    removed: list[Removed]
    lost: list[str]
    gaps: list[str]


class _Result(BaseModel):
    """The fields of all results.

    Attributes
    ----------
    patch : list of dict or None
        JSON Patch (RFC 6902) that puts the text into the résumé; None if the request names no place in it.
    base_version : int or None
        Version of the résumé that the patch is for. Save the result with `resume_save`, which refuses other versions.
    kept_id : UUID or None
        Id of the row that keeps the result: of bullets, in `resume_bullets`. None if only the answer has it.
    """

    patch: Patch | None
    base_version: int | None
    kept_id: UUID | None
    grounding: GroundingReport
    model: UsedModel


class TextResult(_Result):
    """The result of an operation that writes one text."""

    text: Annotated[str, StringConstraints(max_length=MAX_LONG)]


class ItemsResult(_Result):
    """The result of an operation that writes bullets."""

    items: list[str]


class GenerateResult(RootModel[Union[TextResult, ItemsResult]]):  # noqa: UP007 - a value, used at run time
    """The result: ``text`` for a summary or an improvement, ``items`` for bullets."""


class BatchItem(BaseModel):
    """The answer to one request of a batch: ``result`` and ``receipt``, or ``error``.

    Attributes
    ----------
    error : dict or None
        Problem details. Nothing was charged for this one.
    """

    result: GenerateResult | None = None
    receipt: Receipt | None = None
    error: dict[str, Any] | None = None


class BatchResult(BaseModel):
    """The result of a batch: the answers in the order of its requests."""

    items: list[BatchItem]


class AnyResult(RootModel[Union[TextResult, ItemsResult, BatchResult]]):  # noqa: UP007 - a value, used at run time
    """The result of a `GenerateRequest`; a `BatchResult` comes with its task."""
