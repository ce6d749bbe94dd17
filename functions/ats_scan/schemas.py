"""What a scan answers: two parts that are never mixed, and for each point its reason and a next step."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

MAX_POSTING: int = 50_000
"""Characters of a job posting."""


class JobPosting(BaseModel):
    """A job that is not saved.

    Attributes
    ----------
    title, company : str or None
        For the history of scans.
    description : str
        The text of the posting.
    """

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(max_length=255)] | None = None
    company: Annotated[str, Field(max_length=255)] | None = None
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_POSTING)]


class ScanRequest(BaseModel):
    """What to scan: a résumé with a job, with its file, or with both.

    Attributes
    ----------
    resume_id : UUID
        The résumé.
    job_id : UUID or None
        A saved job.
    job : JobPosting or None
        A job that is not saved.
    upload_id : UUID or None
        The file of the résumé, a row of ``resume_uploads``.
    """

    model_config = ConfigDict(extra="forbid")

    resume_id: UUID
    job_id: UUID | None = None
    job: JobPosting | None = None
    upload_id: UUID | None = None

    @model_validator(mode="after")
    def _something_to_scan(self) -> ScanRequest:
        if self.job_id is not None and self.job is not None:
            raise ValueError("send job_id or job, not both")
        if self.job_id is None and self.job is None and self.upload_id is None:
            raise ValueError("send a job, an upload_id, or both")
        return self


Ids = Annotated[list[UUID], Field(min_length=1, max_length=10)]


class MatrixRequest(BaseModel):
    """Which résumés to compare with which saved jobs: up to ten of each.

    Attributes
    ----------
    resume_ids, job_ids : list of UUID
        The caller's, each once.
    """

    model_config = ConfigDict(extra="forbid")

    resume_ids: Ids
    job_ids: Ids

    @field_validator("resume_ids", "job_ids")
    @classmethod
    def _once(cls, ids: list[UUID]) -> list[UUID]:
        if len(set(ids)) < len(ids):
            raise ValueError("name each one once")
        return ids


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
    """How well machines can read the file. ``score`` is 100 minus the points of each failed rule, at most ``cap``."""

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
    """How far the résumé covers the job. ``score`` is null if nothing can be judged; ``reason`` says why."""

    score: int | None
    reason: str | None
    points: int
    possible: int
    requirements: list[RequirementResult]
    credit: str


class MatrixResume(BaseModel):
    """A résumé, in the version that was compared."""

    id: UUID
    title: str
    version: int


class MatrixJob(BaseModel):
    """A job and the résumé that covers it best; null if no score could be given."""

    id: UUID
    title: str
    company: str | None
    status: str
    best_resume_id: UUID | None


class Cell(BaseModel):
    """One pair. ``missing`` and ``unknown`` name the requirements; `Coverage` explains the rest."""

    resume_id: UUID
    job_id: UUID
    score: int | None
    reason: str | None
    points: int
    possible: int
    missing: list[str]
    unknown: list[str]


class FixPlace(BaseModel):
    """A job that asks for it, in its words, and the job's best résumé, which lacks it."""

    job_id: UUID
    resume_id: UUID
    quote: str
    level: Literal["required", "preferred"]


class Fix(BaseModel):
    """Something that the best résumés lack. ``gain`` is the sum of its points over the jobs."""

    kind: Literal["skill", "years", "degree", "language", "certificate", "soft"]
    options: list[str]
    minimum: float | str | None
    gain: int
    next_step: str
    where: list[FixPlace]


class MatrixResult(BaseModel):
    """Résumés against jobs: a cell for each pair, the best résumé of each job, and what to fix first."""

    version: str
    resumes: list[MatrixResume]
    jobs: list[MatrixJob]
    cells: list[Cell]
    fix_first: list[Fix]
    credit: str


class Scan(BaseModel):
    """Both parts; a part is null if there was no file, or no job."""

    version: str
    parseability: Parseability | None
    coverage: Coverage | None


class ScanResult(Scan):
    """The answer of a paid scan.

    Attributes
    ----------
    resume_version : int
        Version of the résumé that was scanned.
    analysis_ids : list of UUID
        The rows of ``analyses`` that keep the parts: first that of the file, then that of the job.
    """

    resume_version: int
    analysis_ids: list[UUID]
