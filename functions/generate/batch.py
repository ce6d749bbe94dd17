"""Several texts with one request: each is written and charged by itself, and one that fails leaves the others alone."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.errors import DatabaseUnavailable, DomainError, TaskLost

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions.generate.schemas import AnyRequest, BatchRequest

    Write = Callable[[AnyRequest, PaidCall], Awaitable[PaidAnswer]]
    Describe = Callable[[DomainError, str], dict[str, Any]]

AT_ONCE: Final = 4
"""Texts that are written at the same time."""


async def write_batch(request: BatchRequest, task: RunningTask, write: Write, describe: Describe) -> str:
    """Write the texts of a batch.

    Parameters
    ----------
    request : BatchRequest
        What to write.
    task : RunningTask
        Pays for each text with a key of its own, so that a text that was written is never written again.
    write : coroutine function
        Writes one text and charges for it.
    describe : callable
        Builds the problem document of an error, with the request's id.

    Returns
    -------
    str
        A `BatchResult` as JSON: the answers in the order of the requests, each as it would be without the batch.

    Raises
    ------
    DatabaseUnavailable, TaskLost
        The batch has not ended.
    """
    requests = request.input.requests
    turns = asyncio.Semaphore(AT_ONCE)

    begun: set[int] = set()

    async def one(number: int, each: AnyRequest) -> str:
        async with turns:
            begun.add(number)
            try:
                answer = await write(each, task.paid(number))
            except (DatabaseUnavailable, TaskLost):
                raise
            except DomainError as error:
                return (
                    f'{{"error":{json.dumps(describe(error, task.claim.request_id), ensure_ascii=False, default=str)}}}'
                )
            return answer.body.decode()

    running = [asyncio.create_task(one(number, each)) for number, each in enumerate(requests, 1)]
    try:
        for done, finished in enumerate(asyncio.as_completed(running), 1):
            await finished
            await task.progress(done, len(requests))
    except TaskLost:
        # What has begun ends by itself: its charge is refused, and its hold given back.
        for number, each in enumerate(running, 1):
            if number not in begun:
                each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        raise
    finally:
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return f'{{"items":[{",".join(each.result() for each in running)}]}}'
