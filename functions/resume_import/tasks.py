"""The consumer of the queue of `resume_import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.edge.queue import consumer, lambda_handler
from functions._shared.flows.task import run_task
from functions.resume_import import service
from functions.resume_import.schemas import ImportInput

if TYPE_CHECKING:
    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.request import Deadline, PaidAnswer


async def run(task_id: str, deadline: Deadline) -> None:
    """Do the work of one message."""
    await run_task(wiring.tasks(), task_id, deadline, _work)


async def _work(task: RunningTask) -> PaidAnswer:
    what = ImportInput.model_validate(task.claim.input)
    tools = service.Tools(wiring.ledger(), wiring.files(), wiring.document_reader())
    return await service.import_resume(what, None, task.paid(), tools)


consume = consumer("resume-import", run)
handler = lambda_handler("resume-import", consume)
