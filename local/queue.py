"""The queues of the local stack: in the process of the functions, with the events and the deliveries of SQS.

A message that its consumer does not finish is delivered again, and after some deliveries goes to the clean-up, as a
dead letter. Messages do not survive the process: the clean-up's task `resend` sends those of open tasks again.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from typing_extensions import override

from functions._shared.domain.errors import QueueUnavailable
from functions._shared.ports.queue import Queue
from functions._shared.ports.request import Deadline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from functions._shared.ports.queue import Message

    Consume = Callable[[dict[str, Any], Deadline], Awaitable[Any]]

AT_ONCE = 4
DELIVERIES = 3
SECONDS = 150.0
"""Of a consumer, as in serverless.yml."""


class LocalQueue(Queue):
    """Delivers messages to the consumers in this process.

    Parameters
    ----------
    consumers
        The `consume` of each function's `tasks` module, by the function's name in URLs.
    dead_letters
        Takes the messages that nobody finished.
    pause
        Seconds before a message is delivered again.
    """

    def __init__(self, consumers: Mapping[str, Consume], dead_letters: Consume | None = None, pause: float = 5) -> None:
        self._consumers, self._dead_letters, self._pause = consumers, dead_letters, pause
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    @override
    async def send(self, messages: Sequence[Message]) -> None:
        for message in messages:
            if message.function not in self._consumers:
                raise QueueUnavailable(f"No function {message.function} has tasks.")
            task = asyncio.create_task(self._deliver(message))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def drained(self) -> None:
        """Wait until every message has been delivered."""
        while self._running:
            await asyncio.gather(*self._running)

    async def _deliver(self, message: Message) -> None:
        identity = str(uuid4())
        for number in range(1, DELIVERIES + 1):
            async with self._turns:
                answer = await self._consumers[message.function](
                    _event(message, identity, number), Deadline.after(SECONDS)
                )
            if not answer["batchItemFailures"]:
                return
            await asyncio.sleep(self._pause)
        if self._dead_letters is not None:
            await self._dead_letters(_event(message, identity, DELIVERIES + 1), Deadline.after(SECONDS))


def _event(message: Message, identity: str, number: int) -> dict[str, Any]:
    """Build the event that Lambda makes of a message of SQS."""
    record = {
        "messageId": identity,
        "receiptHandle": identity,
        "body": message.body,
        "attributes": {"ApproximateReceiveCount": str(number)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:local:000000000000:{message.function}",
        "awsRegion": "local",
    }
    return {"Records": [record]}


def discover(names: Sequence[str], package: str = "functions") -> LocalQueue:
    """Return the queues of the functions that have a `tasks` module.

    Parameters
    ----------
    names
        The functions' names in URLs.
    package
        The dotted name of their folder.
    """
    consumers: dict[str, Consume] = {}
    for name in names:
        module = f"{package}.{name.replace('-', '_')}.tasks"
        if importlib.util.find_spec(module) is not None:
            consumers[name] = importlib.import_module(module).consume
    dead_letters = None
    if "cleanup" in names:
        dead_letters = importlib.import_module(f"{package}.cleanup.handler").scheduled
    return LocalQueue(consumers, dead_letters)
