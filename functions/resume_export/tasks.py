"""The consumer of the queue of `resume_export`: exports that nobody waits for, and pictures of saved résumés."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.edge.queue import consumer, lambda_handler
from functions._shared.flows.task import run_task
from functions.resume_export import files, service, thumbnails

if TYPE_CHECKING:
    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.request import Deadline
    from functions.resume_export.schemas import ExportResult


async def run(task_id: str, deadline: Deadline) -> None:
    """Do the work of a message that names a task."""
    await run_task(wiring.tasks(), task_id, deadline, _work)


async def _work(task: RunningTask) -> ExportResult:
    what = service.Export.model_validate(task.claim.input)
    return await files.make(what, files.Tools(wiring.files(), wiring.downloads(), wiring.resumes()))


async def draw(entry: str, _: Deadline) -> None:
    """Do the work of a message that names an entry of the outbox."""
    await thumbnails.draw(entry, wiring.thumbnails(), wiring.files(), wiring.resumes())


consume = consumer("resume-export", run, draw)
handler = lambda_handler("resume-export", consume)
