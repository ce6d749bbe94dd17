"""Queues on SQS."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from functions._shared.domain.errors import QueueUnavailable
from functions._shared.ports.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from functions._shared.ports.queue import Message

_PER_CALL: Final = 10
"""Messages that SQS takes at once."""


class SqsQueue(Queue):
    """One SQS queue per function. boto3 calls block, so they run in a thread.

    Parameters
    ----------
    urls : mapping of str to str
        URL of the queue by function.
    connect : callable
        Creates the boto3 SQS client on first use, because boto3 is slow to import.
    """

    def __init__(self, urls: Mapping[str, str], connect: Callable[[], Any]) -> None:
        self._urls = urls
        self._connect = connect

    @override
    async def send(self, messages: Sequence[Message]) -> None:
        by_function: dict[str, list[str]] = {}
        for message in messages:
            by_function.setdefault(message.function, []).append(message.body)
        for function, bodies in by_function.items():
            if function not in self._urls:
                raise QueueUnavailable(f"RESUMEBASE_QUEUES names no queue for {function}.")
            for start in range(0, len(bodies), _PER_CALL):
                await asyncio.to_thread(self._send, self._urls[function], bodies[start : start + _PER_CALL])

    def _send(self, url: str, bodies: list[str]) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        try:
            answer = self._client.send_message_batch(QueueUrl=url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise QueueUnavailable from error
        if answer.get("Failed"):
            raise QueueUnavailable

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - boto3 creates its classes at run time
        return self._connect()


def build(urls: Mapping[str, str]) -> SqsQueue:
    """Build the queues with the credentials and region of the container."""

    def connect() -> Any:  # noqa: ANN401 - boto3 creates its classes at run time
        import boto3
        from botocore.config import Config

        config = Config(connect_timeout=2, read_timeout=3, retries={"max_attempts": 2, "mode": "standard"})
        return boto3.client("sqs", config=config)

    return SqsQueue(urls, connect)
