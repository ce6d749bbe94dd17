"""The answer of a scan: both parts, each point with its reason and a next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.coverage import words
from functions._shared.coverage.compare import WEIGHTS, Coverage
from functions._shared.coverage.lexicon import CREDIT
from functions.ats_scan import schemas

if TYPE_CHECKING:
    from functions._shared.coverage.asked import Finding, Requirement

VERSION: Final = "2026-11.1"
"""Of rules, lists and weights: the same version, file and job give the same answer on the same day."""


def report(parseability: schemas.Parseability | None, coverage: Coverage | None, posting: str) -> schemas.Scan:
    """Return the answer."""
    return schemas.Scan(
        version=VERSION,
        parseability=parseability,
        coverage=covered(coverage, posting) if coverage else None,
    )


def covered(coverage: Coverage, posting: str) -> schemas.Coverage:
    """Return the part about a job."""
    return schemas.Coverage(
        score=coverage.score,
        reason=_no_score(coverage),
        points=coverage.points,
        possible=coverage.possible,
        requirements=[
            _requirement(*pair, posting) for pair in zip(coverage.requirements, coverage.findings, strict=True)
        ],
        credit=CREDIT,
    )


def _no_score(coverage: Coverage) -> str | None:
    if coverage.score is not None:
        return None
    if coverage.requirements:
        return "The résumé does not say enough to judge any of the requirements."
    return "The text names no requirement that could be read: give the whole posting, with its list of requirements."


def _requirement(asked: Requirement, finding: Finding, posting: str) -> schemas.RequirementResult:
    known = finding.verdict != "unknown"
    met = finding.verdict in {"found", "variant"}
    return schemas.RequirementResult(
        kind=asked.kind,
        level=asked.level,
        options=[option.text for option in asked.options],
        minimum=words.minimum(asked),
        quote=posting[asked.start : asked.end],
        start=asked.start,
        end=asked.end,
        verdict=finding.verdict,
        where=list(finding.where),
        found=finding.quote[:300],
        reason=words.reason(finding),
        points=WEIGHTS[asked.level] * met,
        possible=WEIGHTS[asked.level] * known,
        next_step=words.next_step(asked, finding),
    )
