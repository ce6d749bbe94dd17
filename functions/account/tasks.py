"""The consumer of the queue of `account`: exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring
from functions._shared.edge.queue import consumer, lambda_handler
from functions._shared.flows.task import run_task
from functions._shared.wiring import privacy
from functions.account import export

if TYPE_CHECKING:
    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.request import Deadline
    from functions.account.schemas import Export


async def run(task_id: str, deadline: Deadline) -> None:
    """Do the work of one message."""
    await run_task(wiring.tasks(), task_id, deadline, _work)


async def _work(task: RunningTask) -> Export:
    return await export.write(task, privacy.user_accounts(), wiring.files(), privacy.export_parts)


consume = consumer("account", run)
handler = lambda_handler("account", consume)
