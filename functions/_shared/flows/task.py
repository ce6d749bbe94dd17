"""The steps of long work: a request opens a task, the consumer of a queue claims it, works and ends it, once.

`open_task` is called by handlers, `run_task` by the ``tasks`` modules. The row is the truth and a message is only its
id. So if sending fails, the clean-up sends it again; a message that comes twice finds the task claimed or ended; and if
a consumer dies, its claim runs out, and the next delivery takes the task over.

Metered work ends its task in the transaction that charges or gives back (`run_paid`); all other in a call of its own.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import (
    DatabaseUnavailable,
    DeadlineExceeded,
    DomainError,
    InternalError,
    TaskLost,
)
from functions._shared.domain.tasks import part_key
from functions._shared.ports.queue import Message
from functions._shared.ports.request import Caller, Deadline, PaidAnswer, PaidCall, TaskAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pydantic import BaseModel

    from functions._shared.domain.tasks import ClaimedTask, TaskPlan
    from functions._shared.ports.queue import Queue
    from functions._shared.ports.tasks import Tasks

    Work = Callable[["RunningTask"], Awaitable["BaseModel | str | PaidAnswer"]]

END_SECONDS: Final = 3.0
"""Reserved at the end of a claim for ending the task."""


async def open_task(
    tasks: Tasks, queue: Queue, plan: TaskPlan, call: PaidCall, *, function: str, request_id: str
) -> TaskAnswer | PaidAnswer:
    """Open a task and send its id to the consumer.

    Parameters
    ----------
    tasks : Tasks
        Where it is kept.
    queue : Queue
        Carries its id. If it fails, the answer is the same: the clean-up sends the id again.
    plan : TaskPlan
        What is to be done.
    call : PaidCall
        Payer, idempotency key, request hash and dry run.
    function, request_id : str
        Whose consumer takes it, and the id that its log lines carry.

    Returns
    -------
    TaskAnswer or PaidAnswer
        The task, which may have ended if the key is known; for a dry run the receipt that it would give.

    Raises
    ------
    DomainError
        See `Tasks.open`.
    """
    opened = await tasks.open(function, plan, call, request_id)
    if opened.task is None:
        receipt = "null" if opened.dry_run is None else opened.dry_run.model_dump_json()
        return PaidAnswer(f'{{"result":null,"receipt":{receipt}}}'.encode())
    if opened.is_new and opened.task.id is not None:
        try:
            await queue.send([Message(function, opened.task.id)])
        except DomainError as error:
            logs.logger().warning("task_not_sent", extra={"task_id": opened.task.id, "code": error.code})
    return TaskAnswer(opened.task, replayed=not opened.is_new)


@dataclass(frozen=True, slots=True)
class RunningTask:
    """A claimed task: the input of the work, and how it tells its progress."""

    claim: ClaimedTask
    deadline: Deadline
    _tasks: Tasks

    def paid(self, part: int | None = None) -> PaidCall:
        """Return the paid call of the task itself, whose settlement ends it, or of one of its parts."""
        claim = self.claim
        caller = Caller(claim.user_id, token="")
        if part is None:
            return PaidCall(
                caller, claim.idempotency_key, claim.request_hash, dry_run=False, deadline=self.deadline, task=claim
            )
        key, request_hash = part_key(claim.idempotency_key, part), part_key(claim.request_hash, part)
        return PaidCall(caller, key, request_hash, dry_run=False, deadline=self.deadline, part_of=claim)

    async def progress(self, done: int, total: int) -> None:
        """Record the progress. A database that is away does not stop the work.

        Raises
        ------
        TaskLost
            The task was cancelled, or another consumer has taken it over.
        """
        try:
            is_ours = await self._tasks.progress(self.claim, done * 100 // total)
        except DatabaseUnavailable:
            return
        if not is_ours:
            raise TaskLost


async def run_task(tasks: Tasks, task_id: str, deadline: Deadline, work: Work) -> None:
    """Claim a task, do its work and end it. A task that has ended, or is another consumer's, is left alone.

    Parameters
    ----------
    tasks : Tasks
        Where it is kept.
    task_id : str
        From the message.
    deadline : Deadline
        When the consumer must be done, whatever the task may take.
    work : coroutine function
        Takes the `RunningTask`. Returns the result of an unmetered task as a model or JSON text, or the `PaidAnswer`
        of its own `RunningTask.paid`.

    Raises
    ------
    DatabaseUnavailable
        The task has not ended. Its message must come again.
    """
    claim = await tasks.claim(task_id)
    if claim is None:
        logs.logger().info("task_not_claimed", extra={"task_id": task_id})
        return
    logs.bind(function=claim.function, request_id=claim.request_id, task_id=claim.id, user_id=claim.user_id)
    until = Deadline(min(deadline.at, Deadline.after(claim.runtime).at))
    try:
        async with asyncio.timeout(until.minus(END_SECONDS).remaining()) as limit:
            answer = await work(RunningTask(claim, until, tasks))
    except TaskLost:
        outcome = "lost"
    except DatabaseUnavailable:
        raise
    except Exception as failure:  # noqa: BLE001 - whatever it is, the task ends
        error = _error(failure, is_late=isinstance(failure, TimeoutError) and limit.expired())
        if isinstance(error, InternalError):
            logs.logger().error("fault", extra=logs.fault(failure))
        outcome = error.code
        if "receipt" not in error.extra:  # else it ended with the release of its hold
            await tasks.end(claim, error=error)
    else:
        outcome = "completed"
        if not isinstance(answer, PaidAnswer):
            await tasks.end(claim, result=answer if isinstance(answer, str) else answer.model_dump_json(by_alias=True))
        elif answer.replayed:  # else it ended with the charge
            await tasks.end(claim, usage_id=json.loads(answer.body)["receipt"]["usage_id"])
    logs.logger().info("task", extra={"operation": claim.operation, "attempt": claim.attempt, "outcome": outcome})


def _error(failure: Exception, *, is_late: bool) -> DomainError:
    if is_late:
        return DeadlineExceeded()
    return failure if isinstance(failure, DomainError) else InternalError()
