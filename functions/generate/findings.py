"""Findings that a model gives advice on: those of the scan about a job, and those about a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import BaseModel

from functions.generate.changes import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.coverage.compare import Coverage
    from functions._shared.domain.json import Json


class AnalysedFinding(BaseModel):
    """A finding of the scan, and what to do about it.

    Attributes
    ----------
    id : int
        Its number, from 1, in the order of the advertisement.
    level : str
        ``required`` or ``preferred``.
    options : list of str
        What is asked for; one of them is enough.
    quote : str
        Where the advertisement asks for it.
    verdict : str
        ``found``, ``variant``, ``missing`` or ``unknown``.
    where : list of str
        JSON Pointers of the places that show it.
    reason : str
        Why the verdict is what it is.
    next_step : str
        What the rules say to do.
    advice : str or None
        What the model says to do; nobody has checked it.
    """

    id: int
    level: Literal["required", "preferred"]
    options: list[str]
    quote: str
    verdict: Literal["found", "variant", "missing", "unknown"]
    where: list[str]
    reason: str
    next_step: str
    advice: str | None


class FileFinding(BaseModel):
    """A rule that the file breaks, and what to do about it.

    Attributes
    ----------
    id : int
        Its number, behind those of the findings about the job.
    rule : str
        The rule's id (docs/scan.md).
    severity : str
        ``blocker``, ``major`` or ``minor``.
    title, reason, next_step : str
        What the rule demands, why, and what the rules say to do.
    pages : list of int
        Where, from 1.
    advice : str or None
        What the model says to do; nobody has checked it.
    """

    id: int
    rule: str
    severity: Literal["blocker", "major", "minor"]
    title: str
    reason: str
    next_step: str
    pages: list[int]
    advice: str | None


class ScannedFile(BaseModel):
    """What the last scan of a file of the résumé found; ``resume_version`` is the version at that time."""

    analysis_id: UUID
    resume_version: int | None
    score: int
    findings: list[FileFinding]


def dumped(models: Iterable[BaseModel]) -> list[Json]:
    """Return models as JSON."""
    return [each.model_dump(mode="json") for each in models]


def findings_of_job(found: Coverage, posting: str) -> list[AnalysedFinding]:
    """Return the findings about a job, numbered from 1."""
    from functions._shared.coverage import words

    return [
        AnalysedFinding(
            id=number,
            level=asked.level,
            options=[option.text for option in asked.options],
            quote=posting[asked.start : asked.end],
            verdict=finding.verdict,
            where=list(finding.where),
            reason=words.reason(finding),
            next_step=words.next_step(asked, finding),
            advice=None,
        )
        for number, (asked, finding) in enumerate(zip(found.requirements, found.findings, strict=True), 1)
    ]


def job_line(each: AnalysedFinding, found: Coverage) -> str:
    """Write a finding for a model."""
    shown = found.findings[each.id - 1].quote
    line = f"[{each.id}] {each.verdict}, {each.level}: {' or '.join(each.options)} ({on_one_line(each.quote)})"
    return f"{line}: {shown}" if shown else line


def findings_of_file(scan: Json | None, behind: int) -> ScannedFile | None:
    """Return what the last scan found in a file, numbered behind the other findings."""
    if scan is None:
        return None
    findings = [
        FileFinding(
            id=behind + number,
            rule=each["id"],
            severity=each["severity"],
            title=each["title"],
            reason=each["reason"],
            next_step=each["next_step"],
            pages=sorted({spot["page"] for spot in each["evidence"]}),
            advice=None,
        )
        for number, each in enumerate(scan["issues"], 1)
    ]
    return ScannedFile(
        analysis_id=scan["id"], resume_version=scan["resume_version"], score=scan["score"], findings=findings
    )


def file_line(each: FileFinding) -> str:
    """Write a finding for a model."""
    return f"[{each.id}] file, {each.severity}: {each.title}. {each.reason} {each.next_step}"
