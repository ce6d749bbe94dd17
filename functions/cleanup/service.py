"""A run: task after task, batch after batch, within its time; whatever it leaves, the next one does."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import ArchiveCorrupt, DomainError, InternalError, UnknownTask
from functions._shared.ports.request import Deadline
from functions.cleanup.archive import Manifest, unpack
from functions.cleanup.routines import CHECKS, DRY, TASKS, Unfinished
from functions.cleanup.schemas import CleanupReport, RestoreReport, TaskReport

if TYPE_CHECKING:
    from functions._shared.ports.archive import Archive
    from functions._shared.ports.housekeeping import Housekeeping
    from functions.cleanup.routines import Tools
    from functions.cleanup.schemas import CleanupRequest

_BATCH_SECONDS: Final = 2.0
"""No batch is begun with less time left: the slowest one, many times over."""
_RESTORE_LINES: Final = 100
"""Lines per call: analyses weigh tens of kilobytes each."""


async def run(request: CleanupRequest, deadline: Deadline, tools: Tools) -> CleanupReport:
    """Run tasks until they are done or the time is up.

    A task that fails does not keep the others from running. Killed at any point, a run leaves only whole batches
    behind, and archived rows whose deletion the next run repeats.

    Parameters
    ----------
    request : CleanupRequest
        Which tasks.
    deadline : Deadline
        When the report must be on its way.
    tools : Tools
        What they work with.

    Raises
    ------
    UnknownTask
        Before anything was done.
    """
    tools = replace(tools, dry_run=request.dry_run)
    known = list(DRY if request.dry_run else TASKS)
    names = known if request.tasks is None else list(dict.fromkeys(request.tasks))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UnknownTask(tasks=unknown, known=known)
    until = deadline.minus(_BATCH_SECONDS)
    if request.budget_seconds is not None and request.budget_seconds < until.remaining():
        until = Deadline.after(request.budget_seconds)
    run_id, reports = str(request.run_id), []
    for place, name in enumerate(names, 1):
        # However much one has to do, the others get their turn: half of what is left is each one's share.
        share = until if place == len(names) else Deadline.after(until.remaining() / 2)
        report = await _run_task(name, share, tools)
        reports.append(report)
        if not request.dry_run:
            await tools.house.note(run_id, name, report.model_dump(exclude={"task"}))
        logs.logger().info("cleanup_task", extra={"run_id": run_id, **report.model_dump(exclude={"detail"})})
    complete = all(report.complete for report in reports)
    if not request.dry_run:
        await tools.house.note(run_id, None, None, complete=complete)
    breaches = sum(len(report.detail) for report in reports if report.task == CHECKS)
    return CleanupReport(run_id=request.run_id, complete=complete, breaches=breaches, tasks=reports)


async def _run_task(name: str, until: Deadline, tools: Tools) -> TaskReport:
    report = TaskReport(task=name, done=0, batches=0, complete=False, seconds=0)
    started = time.monotonic()
    try:
        steps = TASKS[name](tools, until)
        while until.remaining() > 0:
            step = await anext(steps, None)
            if step is None:
                report.complete = True
                break
            done, detail = step
            report.done += done
            report.batches += 1
            for key, more in detail.items():
                report.detail[key] = report.detail[key] + more if key in report.detail else more
    except Unfinished:
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, the other tasks still run, and the alarm hears of it
        report.error = error.code if isinstance(error, DomainError) else InternalError.code
        logs.logger().error("cleanup_failed", extra={"task": name, "code": report.error, **logs.fault(error)})
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
