"""The parts of a result, and the results that several operations share."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from functions._shared.domain.grounding.check import CheckedSentence
from functions._shared.domain.grounding.verdicts import Doubt, Flaw
from functions._shared.domain.resume.field_types import MAX_LONG
from functions._shared.domain.resume.patch import Patch


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


class Result(BaseModel):
    """The fields of every result whose texts are judged.

    Attributes
    ----------
    patch : list of dict or None
        JSON Patch (RFC 6902) that puts the text into the résumé; None if the request names no place in it.
    base_version : int or None
        Version of the résumé that the patch is for. Save the result with `resume_save`, which refuses other versions.
    kept_id : UUID or None
        Id of the row that keeps the result: of bullets, in `resume_bullets`; of a variant, in `resumes`. None if only
        the answer has it.
    """

    patch: Patch | None
    base_version: int | None
    kept_id: UUID | None
    grounding: GroundingReport
    model: UsedModel


class TextResult(Result):
    """The result of an operation that writes one text."""

    text: Annotated[str, StringConstraints(max_length=MAX_LONG)]


class ItemsResult(Result):
    """The result of an operation that writes bullets."""

    items: list[str]
