"""What a run is asked, and what it reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field


class CleanupRequest(BaseModel):
    """Which tasks to run, and for how long. Everything has a default: an empty body is a whole run."""

    model_config = ConfigDict(extra="forbid")

    run_id: UUID = Field(default_factory=uuid4)
    tasks: list[str] | None = None
    """Names of tasks; all of them where it is missing."""
    budget_seconds: float | None = Field(default=None, gt=0, le=900)
    """Seconds after which no further batch is begun; by default what is left of the call."""
    dry_run: bool = False
    """Tell what would be done, and change nothing. For ``reconcile`` and ``checks``."""


class TaskReport(BaseModel):
    """What one task did."""

    task: str
    done: int
    """Rows, files, events or users, as the task counts."""
    batches: int
    complete: bool
    """False where its share of the time ran out or the task failed: the next run goes on."""
    seconds: float
    detail: dict[str, Any] = Field(default_factory=dict)
    error: str | None = None
    """Code of the error that ended the task."""


class CleanupReport(BaseModel):
    """What a run did. Running it again goes on where it stopped."""

    run_id: UUID
    complete: bool
    breaches: int
    """Invariants that do not hold."""
    tasks: list[TaskReport]


class RestoreRequest(BaseModel):
    """Which archive object to put back."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(min_length=1, max_length=1024)
    """Key of a manifest (``….json``), as the report and the archive's listing name it."""


class RestoreReport(BaseModel):
    """What came back; rows that were still there are not counted."""

    key: str
    data_type: str
    lines: int
    restored: int
