"""Queues: they carry ids to their consumers, at least once and in any order.

Used by `functions._shared.flows.task` and the clean-up. Implemented by the ``aws`` adapter and the local stack.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Message:
    """An id for the consumer of a function: of a task, or of an entry of the outbox."""

    function: str
    id: str
    kind: Literal["task_id", "outbox_id"] = "task_id"

    @property
    def body(self) -> str:
        """The text that a queue carries."""
        return json.dumps({self.kind: self.id})


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
