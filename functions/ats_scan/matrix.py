"""Résumés against jobs: which one for which job, and what to fix first.

Every pair is a cell with its score. The best résumé of a job is the one with the highest score; what it lacks is what
there is to fix, and a gap counts as many points as it would gain over all jobs. The answer itself is kept with the
charge, so that a replay shows the same cells; no rows of ``analyses`` are written.
"""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from functions._shared.coverage.compare import WEIGHTS, matrix
from functions._shared.coverage.lexicon import CREDIT
from functions._shared.domain.errors import JobNotFound, NothingToCompare, ResumeNotFound
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.metered import run_paid
from functions.ats_scan import schemas
from functions.ats_scan.report import VERSION, covered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from functions._shared.flows.metered import Hold
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions._shared.ports.rows import CallerRows

Row = dict[str, Any]
OPERATION: Final = "ats_matrix"
PAIRS: Final = 20
"""Pairs of a résumé and a job that one charge pays."""
_MOST_FIXES: Final = 10


async def compare(
    request: schemas.MatrixRequest, call: PaidCall, ledger: Ledger, rows: CallerRows, *, today: date | None = None
) -> PaidAnswer:
    """Compare each résumé with each job, and charge once per started 20 pairs.

    Raises
    ------
    DomainError
        See `run_paid`. `ResumeNotFound`, `JobNotFound` and `NothingToCompare` come before it.
    """
    # Before the reservation, so that a stored answer dies with each of its résumés and jobs.
    resumes, jobs = await _read(request, rows)

    async def work(_: Hold) -> schemas.MatrixResult:
        return await _compare(resumes, jobs, today or datetime.now(UTC).date())

    pairs = len(request.resume_ids) * len(request.job_ids)
    return await run_paid(ledger, call, work, operation=OPERATION, units=math.ceil(pairs / PAIRS))


async def _read(request: schemas.MatrixRequest, rows: CallerRows) -> tuple[list[Row], list[Row]]:
    """Return the résumés and the jobs in the order of the request."""
    resumes = await rows.select(
        "resumes", columns="id,title,version,content", match={"id": [str(each) for each in request.resume_ids]}
    )
    jobs = await rows.select(
        "jobs", columns="id,title,company,status,description", match={"id": [str(each) for each in request.job_ids]}
    )
    by_id = {row["id"]: row for row in [*resumes, *jobs]}
    if any(str(each) not in by_id for each in request.resume_ids):
        raise ResumeNotFound
    if any(str(each) not in by_id for each in request.job_ids):
        raise JobNotFound
    resumes = [by_id[str(each)] for each in request.resume_ids]
    jobs = [by_id[str(each)] for each in request.job_ids]
    if not all((job["description"] or "").strip() for job in jobs):
        raise NothingToCompare
    return resumes, jobs


async def _compare(resumes: Sequence[Row], jobs: Sequence[Row], today: date) -> schemas.MatrixResult:
    contents = [parse_content(resume["content"]) for resume in resumes]
    postings = [job["description"] for job in jobs]
    found = await asyncio.to_thread(matrix, contents, postings, today=today)
    parts = [[covered(each, posting) for each, posting in zip(row, postings, strict=True)] for row in found]
    best = [_best([row[column] for row in parts]) for column in range(len(jobs))]
    return schemas.MatrixResult(
        version=VERSION,
        resumes=[schemas.MatrixResume.model_validate(resume) for resume in resumes],
        jobs=[
            schemas.MatrixJob(**job, best_resume_id=None if top is None else resumes[top]["id"])
            for job, top in zip(jobs, best, strict=True)
        ],
        cells=[
            _cell(resume["id"], job["id"], part)
            for resume, row in zip(resumes, parts, strict=True)
            for job, part in zip(jobs, row, strict=True)
        ],
        fix_first=_fixes(
            [
                (job["id"], resumes[top]["id"], parts[top][column])
                for column, (job, top) in enumerate(zip(jobs, best, strict=True))
                if top is not None
            ]
        ),
        credit=CREDIT,
    )


def _best(column: Sequence[schemas.Coverage]) -> int | None:
    """Return the first of the résumés with the highest score; None if no score can be given."""
    scored = [(part.score, -index) for index, part in enumerate(column) if part.score is not None]
    return -max(scored)[1] if scored else None


def _cell(resume_id: UUID, job_id: UUID, part: schemas.Coverage) -> schemas.Cell:
    def named(verdict: str) -> list[str]:
        return [" or ".join(each.options) or each.quote for each in part.requirements if each.verdict == verdict]

    return schemas.Cell(
        resume_id=resume_id,
        job_id=job_id,
        score=part.score,
        reason=part.reason,
        points=part.points,
        possible=part.possible,
        missing=named("missing"),
        unknown=named("unknown"),
    )


def _fixes(chosen: Sequence[tuple[UUID, UUID, schemas.Coverage]]) -> list[schemas.Fix]:
    """Return what the best résumés lack, what gains the most points over all jobs first."""
    fixes: dict[tuple[str, ...], schemas.Fix] = {}
    for job_id, resume_id, part in chosen:
        for each in part.requirements:
            if each.verdict != "missing":
                continue
            key = (each.kind, str(each.minimum), *sorted(option.casefold() for option in each.options))
            fix = fixes.setdefault(
                key,
                schemas.Fix(
                    kind=each.kind,
                    options=each.options,
                    minimum=each.minimum,
                    gain=0,
                    next_step=each.next_step,
                    where=[],
                ),
            )
            fix.gain += WEIGHTS[each.level]
            fix.where.append(schemas.FixPlace(job_id=job_id, resume_id=resume_id, quote=each.quote, level=each.level))
    return sorted(fixes.values(), key=lambda fix: -fix.gain)[:_MOST_FIXES]
