"""What rules make of a tailored résumé: the scan's coverage of the job, before and after, in ``analyses``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from functions._shared.domain.effects import KeepAnalysis
from functions._shared.domain.language.words import fold
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.patch import apply_patch
from functions.generate.changes import on_one_line
from functions.generate.findings import dumped, findings_of_job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from functions._shared.coverage.compare import Coverage
    from functions._shared.domain.metering import JobSnapshot
    from functions._shared.domain.resume.patch import Patch
    from functions.generate.changes import Change
    from functions.generate.findings import AnalysedFinding
    from functions.generate.plan import Context
    from functions.generate.results import UsedModel


@dataclass(frozen=True, slots=True)
class Comparison:
    """A job, a version of a résumé, and what the scan makes of it before and after the changes.

    Parameters
    ----------
    job : JobSnapshot
        The job.
    version : int
        The version that was tailored.
    before, after : Coverage
        As the scan has them.
    findings : list of AnalysedFinding
        Those before.
    """

    job: JobSnapshot
    version: int
    before: Coverage
    after: Coverage
    findings: list[AnalysedFinding]

    def finding_of(self, asked: str | None) -> int | None:
        """Return the number of the finding about words of the advertisement."""
        words = fold(on_one_line(asked or ""))
        quotes = ((each.id, fold(on_one_line(each.quote))) for each in self.findings)
        return next((number for number, quote in quotes if words and (words in quote or quote in words)), None)

    def kept(self, changes: Sequence[Change], model: UsedModel, variant: UUID | None) -> KeepAnalysis:
        """Return the row that keeps it."""
        missing = [each for each in self.findings if each.verdict == "missing"]
        return KeepAnalysis(
            analysis_type="optimization",
            resume_version=self.version,
            job_title=self.job.title,
            company=self.job.company,
            job_description=self.job.description,
            # Of the résumé as it is, which stays so: the same figure as that of a scan.
            score=self.before.score,
            keywords_matched=sum(each.verdict in {"found", "variant"} for each in self.findings),
            keywords_missing=len(missing),
            issues=dumped(missing),
            suggestions=list(dict.fromkeys(each.reason for each in changes)),
            results={
                "coverage": self.before.score,
                "coverage_after": self.after.score,
                "changes": [
                    each.model_dump(
                        mode="json", include={"kind", "path", "reason", "asked", "finding", "verdict", "applied"}
                    )
                    | ({"after": each.after} if each.kind == "reword" else {})
                    for each in changes
                ],
                "variant_id": variant and str(variant),
            },
            ai_provider=model.provider,
            model_used=model.name[:100],
        )


def compare(context: Context, patch: Patch) -> Comparison:
    """Scan a résumé for the job, as it is and with a patch."""
    from functions._shared.coverage.compare import coverage

    resume, job = context.resume, context.job
    if resume is None or job is None:
        raise ValueError
    posting, today = job.description or "", datetime.now(UTC).date()
    version = resume.version
    changed = apply_patch(resume.content, patch, base_version=version, current_version=version)
    before, after = (coverage(parse_content(each), posting, today=today) for each in (resume.content, changed))
    return Comparison(job, version, before, after, findings_of_job(before, posting))
