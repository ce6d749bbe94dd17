"""A run: task after task, batch after batch, within its time; whatever it leaves, the next one does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.archive import Manifest, unpack
from functions._shared.domain.errors import ArchiveCorrupt, DomainError, UnknownTask
from functions._shared.ports import Deadline
from functions.cleanup.schemas import CleanupReport, RestoreReport, TaskReport
from functions.cleanup.tasks import CHECKS, TASKS

if TYPE_CHECKING:
    from functions._shared.ports import Archive, Housekeeping
    from functions.cleanup.schemas import CleanupRequest
    from functions.cleanup.tasks import Task

_BATCH_SECONDS: Final = 2.0
"""No batch is begun with less time left: the slowest one, many times over."""
_RESTORE_LINES: Final = 100
"""Lines per call: analyses weigh tens of kilobytes each."""


async def run(request: CleanupRequest, deadline: Deadline, house: Housekeeping, archive: Archive) -> CleanupReport:
    """Run tasks until they are done or the time is up.

    A task that fails does not keep the others from running. Killed at any point, a run leaves only whole batches
    behind, and archived rows whose deletion the next run repeats.

    Parameters
    ----------
    request : CleanupRequest
        Which tasks.
    deadline : Deadline
        When the report must be on its way.
    house : Housekeeping
        The database.
    archive : Archive
        Where rows go before they are deleted.

    Raises
    ------
    UnknownTask
        Before anything was done.
    """
    names = list(TASKS) if request.tasks is None else list(dict.fromkeys(request.tasks))
    unknown = [name for name in names if name not in TASKS]
    if unknown:
        raise UnknownTask(tasks=unknown, known=list(TASKS))
    until = deadline.minus(_BATCH_SECONDS)
    if request.budget_seconds is not None and request.budget_seconds < until.remaining():
        until = Deadline.after(request.budget_seconds)
    run_id, reports = str(request.run_id), []
    for name in names:
        report = await _run_task(name, TASKS[name], until, house, archive)
        reports.append(report)
        await house.note(run_id, name, report.model_dump(exclude={"task"}))
        logs.logger().info("cleanup_task", extra={"run_id": run_id, **report.model_dump()})
    complete = all(report.complete for report in reports)
    await house.note(run_id, None, None, complete=complete)
    breaches = sum(len(report.detail) for report in reports if report.task == CHECKS)
    return CleanupReport(run_id=request.run_id, complete=complete, breaches=breaches, tasks=reports)


async def _run_task(name: str, task: Task, until: Deadline, house: Housekeeping, archive: Archive) -> TaskReport:
    report = TaskReport(task=name, done=0, batches=0, complete=False, seconds=0)
    started = time.monotonic()
    try:
        steps = task(house, archive)
        while until.remaining() > 0:
            step = await anext(steps, None)
            if step is None:
                report.complete = True
                break
            done, detail = step
            report.done += done
            report.batches += 1
            for key, count in detail.items():
                report.detail[key] = report.detail.get(key, 0) + count
    except DomainError as error:
        report.error = error.code
        logs.logger().error("cleanup_failed", extra={"task": name, "code": error.code, **logs.fault(error)})
    report.seconds = round(time.monotonic() - started, 3)
    return report


async def restore(key: str, house: Housekeeping, archive: Archive) -> RestoreReport:
    """Put the rows of an archive object back.

    Parameters
    ----------
    key : str
        Key of the manifest.

    Raises
    ------
    NotFound, ArchiveCorrupt, ArchiveUnavailable
        Nothing was put back.
    """
    try:
        manifest = Manifest.model_validate_json(await archive.get(key))
    except ValueError as error:
        raise ArchiveCorrupt("The manifest is not one.", key=key) from error
    lines = unpack(manifest, await archive.get(manifest.object_key))
    restored = 0
    for start in range(0, len(lines), _RESTORE_LINES):
        restored += await house.restore(manifest.table, lines[start : start + _RESTORE_LINES])
    return RestoreReport(key=key, data_type=manifest.data_type, lines=len(lines), restored=restored)
