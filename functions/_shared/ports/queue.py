"""Queues: they carry the ids of tasks to their consumers, at least once and in any order.

Used by `functions._shared.flows.task` and the clean-up. Implemented by the ``aws`` adapter and the local stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Message:
    """The id of a task, for the consumer of a function."""

    function: str
    task_id: str


class Queue(Protocol):
    """One queue per function."""

    async def send(self, messages: Sequence[Message]) -> None:
        """Send messages.

        Raises
        ------
        QueueUnavailable
            Some of them were not sent. Sending one twice does no harm.
        """
        ...
