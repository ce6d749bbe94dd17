"""The overhead of a task: the processor time that the functions use for it besides its work."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg

from bench._lambda import sign_up
from bench.registry import Context, Measured, benchmark
from bench.warm import undisturbed_ms
from functions._shared import logs, wiring
from functions._shared.domain.tasks import Part, TaskPlan
from functions._shared.edge.queue import consumer
from functions._shared.flows.task import open_task, run_task
from functions._shared.ports.queue import Queue
from functions._shared.ports.request import Caller, Deadline, PaidCall, TaskAnswer
from functions._shared.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.queue import Message

COUNT = 200
WARM_UP = 20


class _Nowhere(Queue):
    """Takes messages at no cost: what SQS costs depends on the network."""

    async def send(self, messages: Sequence[Message]) -> None:
        """Take them."""


async def _nothing(task: RunningTask) -> str:
    await task.progress(1, 2)
    return '{"items":[]}'


async def _run(task_id: str, deadline: Deadline) -> None:
    await run_task(wiring.tasks(), task_id, deadline, _nothing)


async def _once(user_id: str, resume_id: str) -> float:
    """Open a task, and deliver it to a consumer whose work is nothing; return the processor's seconds."""
    plan = TaskPlan("batch", {}, [Part("summary", resume_id=resume_id, number=1)])
    call = PaidCall(Caller(user_id, token=""), str(uuid4()), "bench", dry_run=False, deadline=Deadline.after(30))
    began = time.process_time()
    answer = await open_task(wiring.tasks(), wiring.queue(), plan, call, function="bench", request_id="bench")
    if not isinstance(answer, TaskAnswer) or answer.task.id is None:
        message = f"no task: {answer}"
        raise TypeError(message)
    record = {"messageId": "m", "body": json.dumps({"task_id": answer.task.id})}
    await consumer("bench", _run)({"Records": [record]}, Deadline.after(30))
    return time.process_time() - began


@benchmark("tasks.overhead", unit="ms", target="value <= 15")
def overhead(context: Context) -> Measured:
    """Measure opening, claiming, telling the progress of and ending a task, without database and queue."""
    stack, member = context.stack, sign_up(context.stack)
    logs.logger().setLevel("WARNING")
    with psycopg.connect(stack.database_url, autocommit=True) as connection:  # one user opens more than the rate allows
        connection.execute(
            "update public.global_config set value = jsonb_set(value, '{dry_runs_per_minute}', '1000') "
            "where key = 'metering'"
        )

    async def repeat() -> list[float]:
        with wiring.override(settings=Settings(stack.env()), queue=_Nowhere()):
            return [await _once(member.user_id, member.resume_id) for _ in range(WARM_UP + COUNT)][WARM_UP:]

    return Measured(undisturbed_ms(asyncio.run(repeat())))
