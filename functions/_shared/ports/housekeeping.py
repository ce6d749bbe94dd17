"""What the database does for the clean-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """How long a kind of data is kept, and what becomes of it then."""

    data_type: str
    table: str
    archive: bool
    partitioned: bool


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An object in storage."""

    bucket: str
    path: str


@dataclass(frozen=True, slots=True)
class PartitionPage:
    """Rows of a month between two places in it."""

    rows: list[dict[str, Any]]
    start: Json | None
    end: Json


class Housekeeping(Protocol):
    """What the database does for the clean-up: bounded batches, one round trip each, safe to repeat and to overlap."""

    async def batch(self, function: str, limit: int) -> dict[str, int]:
        """Call a function that works off up to ``limit`` items and says how many; a bare number is ``done``."""
        ...

    async def partitions_ahead(self, months: int) -> int:
        """Make the monthly partitions of the next months; how many were new."""
        ...

    async def backfill_users(self, after: str | None) -> tuple[int, str | None]:
        """Provision users without a profile among the next ones by id; how many, and the last id or None at the end."""
        ...

    async def policies(self) -> list[RetentionPolicy]:
        """Retention periods that are not "as long as the account"."""
        ...

    async def expired_rows(self, data_type: str, limit: int) -> list[dict[str, Any]]:
        """Oldest rows past their period: ``{"row": …, "children": {table: [row]}, "seen": …}``."""
        ...

    async def delete_rows(self, data_type: str, seen: Mapping[str, str]) -> int:
        """Delete archived rows, by id, as far as they are still as they were ``seen`` and past their period."""
        ...

    async def purge(self, data_type: str, limit: int) -> int:
        """Delete a batch of what is not archived."""
        ...

    async def expired_partitions(self) -> list[tuple[str, str]]:
        """Table and partition of each month past its period."""
        ...

    async def partition_page(self, partition: str, limit: int) -> PartitionPage:
        """Give the next rows of a month that are not noted as archived; none at its end."""
        ...

    async def partition_note(self, partition: str, page: PartitionPage) -> None:
        """Note that a page is in the archive."""
        ...

    async def partition_close(self, partition: str) -> bool:
        """Say whether as many rows are noted as the month has; if not, archiving it begins anew."""
        ...

    async def drop_partition(self, partition: str) -> None:
        """Drop a month past its period."""
        ...

    async def accounts_due(self, limit: int, skip: int) -> list[tuple[str, list[StoredFile]]]:
        """List deleted accounts past their recovery period, with their files, but for the first ``skip``."""
        ...

    async def delete_files(self, files: Sequence[StoredFile]) -> None:
        """Delete objects through the storage API."""
        ...

    async def erase_account(self, user_id: str) -> bool:
        """Erase an account whose files are gone."""
        ...

    async def restore(self, table: str, lines: Sequence[Json]) -> int:
        """Put archived rows back; how many were missing."""
        ...

    async def checks(self) -> list[str]:
        """Names of the invariants."""
        ...

    async def check(self, name: str) -> int:
        """Run one invariant; how often it is broken."""
        ...

    async def note(self, run_id: str, task: str | None, result: Json | None, *, complete: bool = False) -> None:
        """Keep what a run has done so far."""
        ...
