"""Tasks: work that is answered with 202 and done later by the consumer of a queue (docs/tasks.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from functions._shared.domain.errors import TaskFailed
from functions._shared.domain.errors.table import ERRORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.errors import DomainError
    from functions._shared.domain.json import Json
    from functions._shared.domain.metering import ChosenFunding, Receipt

TaskStatus = Literal["waiting", "processing", "completed", "failed"]


@dataclass(frozen=True, slots=True)
class Part:
    """What a task will reserve.

    Parameters
    ----------
    operation : str
        Slug of a metered operation.
    resume_id, job_id : str or None
        Rows that are read with the reservation.
    number : int or None
        From 1, for one of several parts. A part has a key of its own, see `part_key`.
    funding : str or None
        ``offline`` or ``own_key``, if it is free.
    new_resume : bool
        Whether it makes a résumé.
    needs : dict or None
        What else it needs, see `ReserveRequest`.
    """

    operation: str
    resume_id: str | None = None
    job_id: str | None = None
    number: int | None = None
    funding: ChosenFunding | None = None
    new_resume: bool = False
    needs: Json | None = None


def part_key(key: str, number: int) -> str:
    """Return the idempotency key, or the request hash, of a part of a task. The database knows the same form."""
    return f"{key}:{number}"


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """What a request wants done as a task.

    Parameters
    ----------
    operation : str
        Slug of the operation in the registry.
    input : mapping
        The validated request as JSON, for the consumer. Removed when the task ends.
    parts : sequence of Part
        What it will reserve.
    resume_id : str or None
        The résumé that it is about.
    """

    operation: str
    input: Json
    parts: Sequence[Part]
    resume_id: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as its user sees it. Without an id, the request was answered before, not as a task."""

    id: str | None
    status: TaskStatus
    progress: int
    result: str | None = None
    """JSON text, once it is completed."""
    receipt: Receipt | None = None
    error_code: str | None = None
    error_message: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.status in {"waiting", "processing"}

    @property
    def error(self) -> DomainError | None:
        """Why it failed."""
        if self.status != "failed":
            return None
        return ERRORS.get(self.error_code or "", TaskFailed)(self.error_message)


@dataclass(frozen=True, slots=True)
class ClaimedTask:
    """A task that one consumer may work on, for ``runtime`` seconds."""

    id: str
    attempt: int
    user_id: str
    function: str
    operation: str
    idempotency_key: str
    request_hash: str
    request_id: str
    runtime: float
    input: Json
