"""Errors about tasks: work that is answered with 202 and done later."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError

# Requests.


class TooManyTasks(DomainError):
    """The account has as many open tasks as it may have."""

    code = "too_many_tasks"
    status = 429
    title = "Too many tasks are open. Wait for one to end, or cancel one."
    retry_after = 10


class TaskNotFound(DomainError):
    """The task does not exist, or belongs to another user or function."""

    code = "task_not_found"
    status = 404
    title = "This task does not exist."


# How a task ends.


class TaskCancelled(DomainError):
    """The user has cancelled the task. Nothing was charged for what was not done."""

    code = "cancelled"
    status = 409
    title = "This task was cancelled."


class TaskFailed(DomainError):
    """Nobody could finish the task: its consumers died, or its message could not be delivered."""

    code = "task_failed"
    status = 500
    title = "This task could not be finished. Nothing was charged for what was not done."


class TaskLost(DomainError):
    """The task has ended, or belongs to another consumer by now; whoever finds that stops its work."""

    code = "task_lost"
    status = 409
    title = "This task has ended already."


class QueueUnavailable(DomainError):
    """The queue took no message. The clean-up sends it again."""

    code = "queue_unavailable"
    status = 503
    title = "Part of the service is not available at the moment."
    retry_after = 5


class MessageUnreadable(DomainError):
    """A message of a queue names nothing that its consumer does."""

    code = "message_unreadable"
    status = 422
    title = "This message names nothing to do."


class TaskRequired(DomainError):
    """The work takes longer than a request. The function opens a task instead; only a caller that cannot sees this."""

    code = "task_required"
    status = 422
    title = "This takes longer than a request. Send Prefer: respond-async."
