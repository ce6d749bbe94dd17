"""A clean-up run: one routine after the other, in batches, until the time is up; and restoring from the archive."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import DomainError, InternalError, UnknownTask
from functions._shared.ports.request import Deadline
from functions.cleanup.archive import load, unseal
from functions.cleanup.routines import CHECKS, DRY, ROUTINES, Unfinished
from functions.cleanup.schemas import CleanupReport, RestoreReport, TaskReport

if TYPE_CHECKING:
    from functions._shared.ports.archive import Archive
    from functions._shared.ports.erasures import Erasures
    from functions._shared.ports.housekeeping import Housekeeping
    from functions._shared.ports.tasks import Tasks
    from functions._shared.ports.thumbnails import Thumbnails
    from functions.cleanup.routines import Tools
    from functions.cleanup.schemas import CleanupRequest

_BATCH_SECONDS: Final = 2.0
"""No batch starts with less time left. The slowest batch takes a fraction of it."""
_RESTORE_LINES: Final = 100
"""Lines per database call. An analysis can have tens of kilobytes."""


async def run(request: CleanupRequest, deadline: Deadline, tools: Tools) -> CleanupReport:
    """Run routines until they are done or the time is up; the next run continues.

    If one routine fails, the others still run. If a run is killed, only complete batches have been applied; rows
    that were archived but not deleted are archived again by the next run.

    Parameters
    ----------
    request : CleanupRequest
        The names of the routines, a time limit, dry run or not.
    deadline : Deadline
        When the report must be returned.
    tools : Tools
        The ports to work with.

    Raises
    ------
    UnknownTask
        There is no routine with one of the names. Nothing was done.
    """
    tools = replace(tools, dry_run=request.dry_run)
    available = list(DRY if request.dry_run else ROUTINES)
    names = available if request.tasks is None else list(dict.fromkeys(request.tasks))
    unknown = [name for name in names if name not in available]
    if unknown:
        raise UnknownTask(tasks=unknown, known=available)
    until = deadline.minus(_BATCH_SECONDS)
    if request.budget_seconds is not None and request.budget_seconds < until.remaining():
        until = Deadline.after(request.budget_seconds)
    run_id, reports = str(request.run_id), []
    for place, name in enumerate(names, 1):
        # Each routine gets half of the remaining time, so that the others get a turn.
        share = until if place == len(names) else Deadline.after(until.remaining() / 2)
        report = await _run_routine(name, share, tools)
        reports.append(report)
        if not request.dry_run:
            await tools.house.note(run_id, name, report.model_dump(exclude={"task"}))
        logs.logger().info("cleanup_task", extra={"run_id": run_id, **report.model_dump(exclude={"detail"})})
    complete = all(report.complete for report in reports)
    if not request.dry_run:
        await tools.house.note(run_id, None, None, complete=complete)
    breaches = sum(len(report.detail) for report in reports if report.task == CHECKS)
    return CleanupReport(run_id=request.run_id, complete=complete, breaches=breaches, tasks=reports)


async def _run_routine(name: str, until: Deadline, tools: Tools) -> TaskReport:
    report = TaskReport(task=name, done=0, batches=0, complete=False, seconds=0)
    started = time.monotonic()
    try:
        steps = ROUTINES[name](tools, until)
        while until.remaining() > 0:
            step = await anext(steps, None)
            if step is None:
                report.complete = True
                break
            done, detail = step
            report.done += done
            report.batches += 1
            for key, value in detail.items():
                report.detail[key] = report.detail[key] + value if key in report.detail else value
    except Unfinished:
        pass
    except Exception as error:  # noqa: BLE001 - the other routines still run, and the log line triggers the alarm
        report.error = error.code if isinstance(error, DomainError) else InternalError.code
        logs.logger().error("cleanup_failed", extra={"task": name, "code": report.error, **logs.fault(error)})
    report.seconds = round(time.monotonic() - started, 3)
    return report


async def give_up(task_id: str, tasks: Tasks) -> None:
    """End a task of long work whose message no consumer could finish, and give back what it holds."""
    if await tasks.give_up(task_id):
        logs.logger().error("task_given_up", extra={"task_id": task_id})


async def give_up_drawing(entry: str, thumbnails: Thumbnails) -> None:
    """End the outbox entry of a résumé that no consumer could draw. The next save asks again."""
    if await thumbnails.keep(entry, None):
        logs.logger().error("thumbnail_given_up", extra={"outbox_id": entry})


async def restore(key: str, house: Housekeeping, erasures: Erasures, archive: Archive) -> RestoreReport:
    """Restore the rows of an archive object, except those of users who were erased.

    Parameters
    ----------
    key : str
        Key of the manifest.

    Raises
    ------
    NotFound, ArchiveCorrupt, ArchiveUnavailable
        Nothing was restored.
    """
    manifest, stored = await load(archive, key)
    keys = await erasures.archive_keys({line["user_id"] for line in stored if "sealed" in line})
    lines, erased = unseal(stored, manifest.table, keys)
    restored = 0
    for start in range(0, len(lines), _RESTORE_LINES):
        restored += await house.restore(manifest.table, lines[start : start + _RESTORE_LINES])
    return RestoreReport(key=key, data_type=manifest.data_type, lines=len(stored), restored=restored, erased=erased)
