"""The tasks of a run, in their order, as data."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.domain.archive import bundle, unpack
from functions._shared.domain.errors import ArchiveCorrupt, PartitionNotExpired

if TYPE_CHECKING:
    from functions._shared.domain.archive import Bundle
    from functions._shared.ports import Archive, Housekeeping, RetentionPolicy

BATCH: Final = 500
"""Items per statement: some tens of milliseconds each, so that nobody waits for a lock of ours."""

Step = AsyncIterator[tuple[int, dict[str, Any]]]
"""After each batch: how many it did, and what is worth reporting."""
Task = Callable[["Housekeeping", "Archive"], Step]


def database_batches(function: str, *, progress: tuple[str, ...] = ("done",)) -> Task:
    """Make a task of a function of the database that works off up to so many items and says how many.

    Parameters
    ----------
    function : str
        Name in ``public``; takes ``p_limit``.
    progress : tuple of str
        Which of its counts are items done: when they are all zero, nothing is left.
    """

    async def task(house: Housekeeping, _: Archive) -> Step:
        while True:
            counts = await house.batch(function, BATCH)
            done = sum(counts.get(key, 0) for key in progress)
            yield done, {}
            if done == 0:
                return

    return task


async def webhooks(house: Housekeeping, _: Archive) -> Step:
    """Try failed payment events again. Those given up on are logged as an error: they wait for a person."""
    while True:
        counts = await house.batch("webhooks_retry", BATCH)
        yield counts["tried"], {"applied": counts["applied"]}
        if counts["tried"] == 0:
            if counts["given_up"]:
                logs.logger().error("webhooks_given_up", extra={"events": counts["given_up"]})
            return


async def partitions_ahead(house: Housekeeping, _: Archive) -> Step:
    """Make the months to come: half a year, so that a clean-up that stands still for months does no harm."""
    yield await house.partitions_ahead(6), {}


class Pace:
    """How many rows a statement takes on: as many as stay well under the time that others may wait for it."""

    target: Final = 0.08
    """Seconds. A résumé takes thirty versions along, a counter nothing."""

    def __init__(self) -> None:
        self.rows = 100

    def adapt(self, seconds: float) -> None:
        """Take half as many after a slow batch, twice as many after a quick one."""
        if seconds > self.target:
            self.rows = max(10, self.rows // 2)
        elif seconds < self.target / 3:
            self.rows = min(1000, self.rows * 2)


async def retention(house: Housekeeping, archive: Archive) -> Step:
    """Delete what is past its period; what a policy archives is stored, read back and compared before."""
    for policy in await house.policies():
        if policy.partitioned or policy.data_type == "deleted_accounts":
            continue
        pace = Pace()
        while done := await _retire(policy, pace, house, archive):
            yield done, {policy.data_type: done}


async def _retire(policy: RetentionPolicy, pace: Pace, house: Housekeeping, archive: Archive) -> int:
    if not policy.archive:
        started = time.monotonic()
        done = await house.purge(policy.data_type, pace.rows)
    else:
        lines = await house.expired_rows(policy.data_type, pace.rows)
        if not lines:
            return 0
        await store(archive, bundle(policy.data_type, policy.table, lines))
        started = time.monotonic()
        # Rows that another run holds at the moment are its business: none deleted ends the task, too.
        done = await house.delete_rows(policy.data_type, [line["row"]["id"] for line in lines])
    pace.adapt(time.monotonic() - started)
    return done


async def partitions(house: Housekeeping, archive: Archive) -> Step:
    """Drop months past their period; those of tables with an archive are stored before, page by page."""
    archived = {policy.table: policy.data_type for policy in await house.policies() if policy.archive}
    for table, partition in await house.expired_partitions():
        try:
            if table in archived:
                after: str | None = None
                while True:
                    lines, after = await house.partition_page(partition, after, BATCH)
                    if not lines:
                        break
                    await store(archive, bundle(archived[table], table, lines))
                    yield 0, {}
            await house.drop_partition(partition)
        except PartitionNotExpired:
            continue  # another run was faster
        yield 1, {partition: 1}


async def accounts(house: Housekeeping, _: Archive) -> Step:
    """Erase deleted accounts whose time to come back is over: the files first, then the user."""
    while due := await house.accounts_due(20):
        done = 0
        for user_id, files in due:
            if files:
                await house.delete_files(files)
            done += await house.erase_account(user_id)
        yield done, {}
        if done == 0:
            return


async def checks(house: Housekeeping, _: Archive) -> Step:
    """Run the invariants. A breach is logged as an error, which is what the alarm listens for."""
    for name in await house.checks():
        violations = await house.check(name)
        if violations:
            logs.logger().error("invariant_breach", extra={"check": name, "violations": violations})
        yield violations, ({name: violations} if violations else {})


async def store(archive: Archive, packed: Bundle) -> None:
    """Store an object and its manifest, read both back, and compare: only then may the rows go.

    Raises
    ------
    ArchiveUnavailable, ArchiveCorrupt
        The rows must stay.
    """
    manifest = packed.manifest
    await archive.put(manifest.object_key, packed.body, "application/gzip")
    await archive.put(packed.manifest_key, manifest.model_dump_json(indent=1).encode(), "application/json")
    stored = type(manifest).model_validate_json(await archive.get(packed.manifest_key))
    unpack(stored, await archive.get(manifest.object_key))
    if stored != manifest:
        raise ArchiveCorrupt(key=packed.manifest_key)


HOLDS: Final = "holds"
CHECKS: Final = "checks"
TASKS: Final[dict[str, Task]] = {
    HOLDS: database_batches("usage_expire"),
    "lots": database_batches("credits_expire"),
    "trials": database_batches("trials_end"),
    "webhooks": webhooks,
    "subscriptions": database_batches("subscriptions_sweep", progress=("settled", "mirrored")),
    "signups": database_batches("signup_sweep"),
    "partitions_ahead": partitions_ahead,
    "retention": retention,
    "partitions": partitions,
    "accounts": accounts,
    CHECKS: checks,
}
"""Name -> task. What users wait for comes first, what takes long after it, the proof last."""
