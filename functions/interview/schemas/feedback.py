"""Feedback on an answer: what was counted, found and scored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Finding(BaseModel):
    """What rules found in an answer.

    Attributes
    ----------
    code : str
        Stable name, such as ``no_result``.
    kind : str
        ``strength`` or ``weakness``.
    message : str
        For the candidate: what it means, and what to do.
    quote : str or None
        The words of the answer that show it.
    """

    code: str
    kind: Literal["strength", "weakness"]
    message: str
    quote: str | None = None


class Measures(BaseModel):
    """What was counted in an answer. ``seconds``: of its recording, or else how long it takes to say at the usual pace.

    ``words_per_minute``: of a recording; null without one.
    """

    words: int
    sentences: int
    seconds: int
    fillers: int
    hedges: int
    figures: int
    first_person: int
    we: int
    words_per_minute: int | None = None


class DimensionScore(BaseModel):
    """The score of an answer in one dimension of the rubric.

    Attributes
    ----------
    dimension : str
        ``relevance``, ``structure``, ``specificity``, ``ownership`` or ``clarity``.
    score : int
        1 to 5.
    quote : str or None
        The words of the answer that earn it; none if nothing earns more than rules allow.
    reason : str
        Why.
    """

    dimension: str
    score: Annotated[int, Field(ge=1, le=5)]
    quote: str | None = None
    reason: str = ""


class Feedback(BaseModel):
    """Feedback on an answer.

    Attributes
    ----------
    score : int or None
        0 to 100, computed from ``dimensions``; null if a model has not judged the answer.
    text : str
        The most important thing, in one or two sentences.
    dimensions : list of DimensionScore
        Empty if a model has not judged it.
    findings : list of Finding
        By rules.
    measures : Measures
        By rules.
    """

    score: int | None = None
    text: str
    dimensions: list[DimensionScore] = []
    findings: list[Finding]
    measures: Measures
