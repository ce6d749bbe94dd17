"""What a scan answers: two parts that are never mixed, and for each point its reason and a next step."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Source(BaseModel):
    """Where a rule comes from.

    Attributes
    ----------
    level : str
        ``vendor``: a maker of such systems says so; ``public``: a public standard does; ``inference``: ours.
    name, url : str
        Who says so, and where; no URL for ``inference``.
    """

    level: Literal["vendor", "public", "inference"]
    name: str
    url: str | None = None


class Spot(BaseModel):
    """A place in the file: page from 1, and the text there."""

    page: int
    text: str


class RuleResult(BaseModel):
    """One rule, applied to the file."""

    id: str
    title: str
    status: Literal["pass", "fail", "unknown"]
    severity: Literal["blocker", "major", "minor"]
    points: int
    evidence: list[Spot]
    reason: str
    next_step: str
    source: Source


class Difference(BaseModel):
    """A row that is read otherwise in the order of the file."""

    page: int
    row: str
    stream: list[str]


class Parseability(BaseModel):
    """How well machines can read the file. ``score`` is 100 less the points of the failed rules, at most ``cap``."""

    score: int
    cap: int
    rules: list[RuleResult]
    stream: list[Spot]
    rows: list[Spot]
    differences: list[Difference]


class RequirementResult(BaseModel):
    """One requirement of the job, and what the résumé shows of it."""

    kind: Literal["skill", "years", "degree", "language", "certificate", "soft"]
    level: Literal["required", "preferred"]
    options: list[str]
    minimum: float | str | None
    quote: str
    start: int
    end: int
    verdict: Literal["found", "variant", "missing", "unknown"]
    where: list[str]
    found: str
    reason: str
    points: int
    possible: int
    next_step: str


class Coverage(BaseModel):
    """How far the résumé covers the job. ``score`` is null if the job names nothing that can be judged."""

    score: int | None
    points: int
    possible: int
    requirements: list[RequirementResult]
    credit: str


class Scan(BaseModel):
    """Both parts; a part is null if there was no file, or no job."""

    version: str
    parseability: Parseability | None
    coverage: Coverage | None
