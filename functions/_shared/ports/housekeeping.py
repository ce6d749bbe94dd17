"""The database side of the clean-up: retention, partitions, files, checks.

Used by the ``cleanup`` function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.domain.json import Json


class Housekeeping(Protocol):
    """Database functions for the clean-up: bounded batches, one round trip each, safe to repeat and to overlap."""

    async def batch(self, function: str, limit: int) -> dict[str, int]:
        """Call a database function on up to ``limit`` items; return its counts (``{"done": n}`` for a bare number)."""
        ...

    async def webhooks_due(self, limit: int) -> FailedEvents:
        """Return the payment events that could not be applied and are due for another attempt."""
        ...

    async def webhook_retry(self, event: int) -> bool:
        """Try to apply a failed event again, in a transaction of its own; return whether it was applied."""
        ...

    async def files_due(self, limit: int) -> list[tuple[str, StoredFile]]:
        """Return files of deleted rows that no other row names, each with the id of its outbox entry."""
        ...

    async def outbox_done(self, ids: Sequence[str], *, failed: bool = False) -> None:
        """Remove entries from the outbox, or postpone them if they ``failed``."""
        ...

    async def partitions_ahead(self, months: int) -> int:
        """Create the monthly partitions for the coming months and return how many were new."""
        ...

    async def backfill_users(self, after: str | None) -> tuple[int, str | None]:
        """Provision the next users without a profile; return their number and the last id, or None at the end."""
        ...

    async def policies(self) -> list[RetentionPolicy]:
        """Return the retention policies that have a fixed period."""
        ...

    async def expired_rows(self, data_type: str, limit: int) -> list[dict[str, Any]]:
        """Return the oldest expired rows: ``{"row": …, "children": {table: [row]}, "seen": …}``."""
        ...

    async def delete_rows(self, data_type: str, seen: Mapping[str, str]) -> int:
        """Delete archived rows by id if they are still expired and unchanged since ``seen``; return how many."""
        ...

    async def purge(self, data_type: str, limit: int) -> int:
        """Delete a batch of expired rows that need no archive; return how many."""
        ...

    async def expired_partitions(self) -> list[tuple[str, str]]:
        """Return the table and partition name of each month past its retention period."""
        ...

    async def partition_page(self, partition: str, limit: int) -> PartitionPage:
        """Return the next rows of a partition that are not yet recorded as archived; an empty page at its end."""
        ...

    async def partition_note(self, partition: str, page: PartitionPage) -> None:
        """Record that a page is in the archive."""
        ...

    async def partition_close(self, partition: str) -> bool:
        """Return whether all rows of a partition are recorded as archived; if not, archiving starts over."""
        ...

    async def drop_partition(self, partition: str) -> None:
        """Drop a partition past its retention period."""
        ...

    async def delete_files(self, files: Sequence[StoredFile]) -> None:
        """Delete files through the storage API."""
        ...

    async def restore(self, table: str, lines: Sequence[Json]) -> int:
        """Restore archived rows and return how many were missing."""
        ...

    async def checks(self) -> list[str]:
        """Return the names of the invariants."""
        ...

    async def check(self, name: str) -> int:
        """Check one invariant and return the number of violations."""
        ...

    async def note(self, run_id: str, task: str | None, result: Json | None, *, complete: bool = False) -> None:
        """Record the progress of a run."""
        ...


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """How expired rows of one data type are handled."""

    data_type: str
    table: str
    archive: bool
    partitioned: bool


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in Supabase storage."""

    bucket: str
    path: str


@dataclass(frozen=True, slots=True)
class FailedEvents:
    """Payment events to try again now, and the number of events that were given up on."""

    ids: list[int]
    given_up: int


@dataclass(frozen=True, slots=True)
class PartitionPage:
    """Consecutive rows of a partition, with the positions before the first and after the last."""

    rows: list[dict[str, Any]]
    start: Json | None
    end: Json
