"""Requests and reports of `cleanup`. The API calls a routine a task."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, StrictBool


class CleanupRequest(BaseModel):
    """The tasks to run, and a time limit. An empty body runs all tasks."""

    model_config = ConfigDict(extra="forbid")

    run_id: UUID = Field(default_factory=uuid4)
    tasks: list[str] | None = None
    """Names of tasks; by default all of them."""
    budget_seconds: float | None = Field(default=None, gt=0, le=900)
    """Seconds after which no new batch starts; by default the time limit of the call."""
    dry_run: StrictBool = False
    """Report what would be done, and change nothing. Only ``reconcile`` and ``checks`` support a dry run."""


class TaskReport(BaseModel):
    """The result of one task."""

    task: str
    done: int
    """Number of rows, files, events or users, depending on the task."""
    batches: int
    complete: bool
    """False if the task failed or its share of the time was up; the next run continues."""
    seconds: float
    detail: dict[str, Any] = Field(default_factory=dict)
    error: str | None = None
    """Code of the error that ended the task."""


class CleanupReport(BaseModel):
    """The result of a run. Another run continues where it stopped."""

    run_id: UUID
    complete: bool
    breaches: int
    """Number of invariants that do not hold."""
    tasks: list[TaskReport]


class RestoreRequest(BaseModel):
    """The archive object to restore."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(min_length=1, max_length=1024)
    """Key of its manifest (``….json``), as in the listing of the archive."""


class RestoreReport(BaseModel):
    """The number of restored rows. Rows that still existed are not counted."""

    key: str
    data_type: str
    lines: int
    restored: int
    erased: int
    """Lines that nobody can read any more, because their users were erased."""


class ReplayReport(BaseModel):
    """What a restored backup brought back of the accounts on the erasure list."""

    listed: int
    found: int
    """Accounts that are there again. The task ``accounts`` erases them."""
