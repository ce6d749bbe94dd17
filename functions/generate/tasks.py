"""The consumer of `generate`'s queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.edge import problem
from functions._shared.edge.queue import consumer, lambda_handler
from functions._shared.flows.task import run_task
from functions.generate import service
from functions.generate.batch import write_batch
from functions.generate.schemas import BatchRequest, GenerateRequest

if TYPE_CHECKING:
    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.request import Deadline, PaidAnswer, PaidCall
    from functions.generate.schemas import AnyRequest


async def run(task_id: str, deadline: Deadline) -> None:
    """Do the work of one message."""
    await run_task(wiring.tasks(), task_id, deadline, _work)


async def _work(task: RunningTask) -> PaidAnswer | str:
    request = GenerateRequest.model_validate(task.claim.input).root
    if isinstance(request, BatchRequest):
        return await write_batch(request, task, _write, problem.document)
    return await _write(request, task.paid())


async def _write(request: AnyRequest, call: PaidCall) -> PaidAnswer:
    return await service.generate(request, call, wiring.ledger(), wiring.writers(), wiring.own_writers)


consume = consumer("generate", run)
handler = lambda_handler("generate", consume)
