"""How far a résumé covers what a job asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.coverage.evidence import Evidence
from functions._shared.coverage.matching import match
from functions._shared.coverage.requirements import requirements

if TYPE_CHECKING:
    from datetime import date

    from functions._shared.coverage.asked import Finding, Requirement
    from functions._shared.domain.resume.content import ResumeContent

WEIGHTS: Final = {"required": 2, "preferred": 1}
"""Points of a requirement that is met, found or as a variant."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a résumé covers a job.

    Parameters
    ----------
    requirements : tuple of Requirement
        What the job asks for.
    findings : tuple of Finding
        What the résumé says about each of them.
    points, possible : int
        Those of the requirements that are met, and of all whose verdict is known.
    """

    requirements: tuple[Requirement, ...]
    findings: tuple[Finding, ...]
    points: int
    possible: int

    @property
    def score(self) -> int | None:
        """Per cent of the possible points; None if the job names no requirement that can be judged."""
        return round(100 * self.points / self.possible) if self.possible else None


def coverage(content: ResumeContent, posting: str, *, today: date) -> Coverage:
    """Compare a résumé with a job posting.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    posting : str
        The text of the job posting.
    today : datetime.date
        Until when current jobs count.
    """
    return compare(Evidence(content), requirements(posting), today)


def compare(evidence: Evidence, asked: list[Requirement], today: date) -> Coverage:
    """Compare a résumé that was read with requirements that were read."""
    findings = tuple(match(each, evidence, today) for each in asked)
    points = possible = 0
    for each, finding in zip(asked, findings, strict=True):
        if finding.verdict != "unknown":
            possible += WEIGHTS[each.level]
            points += WEIGHTS[each.level] * (finding.verdict != "missing")
    return Coverage(tuple(asked), findings, points, possible)


def matrix(contents: list[ResumeContent], postings: list[str], *, today: date) -> list[list[Coverage]]:
    """Compare each résumé with each job: a row per résumé. Every text is read once."""
    jobs = [requirements(posting) for posting in postings]
    return [[compare(evidence, asked, today) for asked in jobs] for evidence in map(Evidence, contents)]
