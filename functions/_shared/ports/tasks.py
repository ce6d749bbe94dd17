"""Tasks in the database: opened by a request, claimed and ended by a consumer, followed by their user.

Used by `functions._shared.flows.task`, the edge and the clean-up. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.errors import DomainError
    from functions._shared.domain.metering import Receipt
    from functions._shared.domain.tasks import ClaimedTask, Task, TaskPlan
    from functions._shared.ports.queue import Message
    from functions._shared.ports.request import PaidCall


class Tasks(Protocol):
    """The rows of tasks. Each call is one round trip."""

    async def open(self, function: str, plan: TaskPlan, call: PaidCall, request_id: str) -> OpenedTask:
        """Open a task, or return the one of the same key.

        Raises
        ------
        TooManyTasks, IdempotencyConflict, ReplayGone, InsufficientCredits, InProgress, ResumeNotFound, JobNotFound,
        UnknownOperation, AccountInactive, TooManyReleases, SpendCeilingReached
            The task, or what it would reserve, is refused. Nothing is opened.
        """
        ...

    async def claim(self, task_id: str) -> ClaimedTask | None:
        """Claim a task; None if it has ended, or another consumer's claim holds."""
        ...

    async def progress(self, task: ClaimedTask, percent: int) -> bool:
        """Record the progress, at most once a second; return whether the claim still holds."""
        ...

    async def end(
        self,
        task: ClaimedTask,
        *,
        result: str | None = None,
        usage_id: str | None = None,
        error: DomainError | None = None,
    ) -> bool:
        """End a task that holds nothing; return whether the claim still held."""
        ...

    async def find(self, user_id: str, function: str, task_id: str) -> Task:
        """Return a user's task.

        Raises
        ------
        TaskNotFound, ReplayGone
            There is no such task, or its result is no longer kept.
        """
        ...

    async def cancel(self, user_id: str, function: str, task_id: str) -> Task:
        """Cancel a user's task unless it has ended, and give back what it holds.

        Raises
        ------
        TaskNotFound, ReplayGone
            As for `find`.
        """
        ...

    async def give_up(self, task_id: str) -> bool:
        """End a task whose message could not be delivered; return whether it was open and nobody was at it."""
        ...

    async def due(self, limit: int) -> list[Message]:
        """Return the messages of tasks to send again, because a message or a consumer was lost."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """The answer to `Tasks.open`: a task, new or known; or for a dry run the receipt that it would give."""

    task: Task | None
    is_new: bool = False
    dry_run: Receipt | None = None
