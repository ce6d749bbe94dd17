"""Queue in: an SQS event, one message after the other, and which of them must come again.

A ``tasks`` module has the counterpart of a handler: ``consume = consumer("generate", run)`` for the local stack, and
``handler = lambda_handler("generate", consume)`` for AWS.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.errors import MessageUnreadable
from functions._shared.edge.aws import LambdaHandler

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from functions._shared.ports.request import Deadline

    Run = Callable[[str, Deadline], Awaitable[None]]
    Consume = Callable[[dict[str, Any], Deadline], Awaitable[dict[str, Any]]]


def consumer(function: str, run: Run, outbox: Run | None = None) -> Consume:
    """Build the consumer of a queue.

    Parameters
    ----------
    function : str
        Name of the function, for logs.
    run : coroutine function
        Takes the id of a task and the deadline. If it raises, the message is delivered again.
    outbox : coroutine function, optional
        The same for the id of an entry of the outbox.

    Returns
    -------
    coroutine function
        Takes an SQS event; returns its ``batchItemFailures``.
    """

    async def consume(event: dict[str, Any], deadline: Deadline) -> dict[str, Any]:
        failed: list[str] = []
        for record in event["Records"]:
            try:
                await _run(record["body"], deadline, {"task_id": run, "outbox_id": outbox})
            except Exception as error:  # noqa: BLE001 - one message does not fail the others
                logs.logger().error("message_failed", extra={"message_id": record["messageId"], **logs.fault(error)})
                failed.append(record["messageId"])
            logs.bind(function=function)
        return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}

    return consume


def lambda_handler(function: str, consume: Consume) -> LambdaHandler:
    """Build the entry point for AWS Lambda."""
    return LambdaHandler(None, function, consume)


async def _run(body: str, deadline: Deadline, runs: dict[str, Run | None]) -> None:
    try:
        ((kind, value),) = json.loads(body).items()
        run, identity = runs[kind], str(UUID(value))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MessageUnreadable from error
    if run is None:
        raise MessageUnreadable
    await run(identity, deadline)
