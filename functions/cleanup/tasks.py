"""The tasks of a run, in their order, as data."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from functions._shared import logs
from functions._shared.domain.archive import bundle, unpack
from functions._shared.domain.errors import ArchiveCorrupt, DomainError, PartitionNotExpired

if TYPE_CHECKING:
    from functions._shared.closing import Closing
    from functions._shared.domain.archive import Bundle
    from functions._shared.ports import Archive, Deadline, Housekeeping, RetentionPolicy
    from functions._shared.reconciliation import ReconciliationReport

T = TypeVar("T")
Reconcile = Callable[["Deadline", bool], Awaitable["ReconciliationReport"]]
"""Asks the payment providers until a deadline; the second argument: tell only."""
Close = Callable[["Deadline"], Awaitable["Closing"]]
"""Ends things at the payment providers until a deadline."""


@dataclass(frozen=True)
class Tools:
    """What tasks work with.

    Parameters
    ----------
    house : Housekeeping
        The database.
    archive : Archive
        Where rows go before they are deleted.
    reconcile : callable
        See `Reconcile`.
    cancel_subscriptions, close_checkouts : callable
        See `Close`.
    dry_run : bool
        Change nothing.
    """

    house: Housekeeping
    archive: Archive
    reconcile: Reconcile
    cancel_subscriptions: Close
    close_checkouts: Close
    dry_run: bool = False


Step = AsyncIterator[tuple[int, dict[str, Any]]]
"""After each batch: how many it did, and what is worth reporting: numbers add up, lists grow."""
Task = Callable[[Tools, "Deadline"], Step]
"""A task sees its deadline only if it has steps that it could not be interrupted between."""


class Unfinished(Exception):
    """A task did all it may in one run, and some is left."""


class Pace:
    """How many items a statement takes on: as many as stay well under the time that others may wait for its locks.

    Parameters
    ----------
    start : int
        As many at first.
    least : int
        As many at any rate.
    """

    target: Final = 0.05
    """Seconds. A résumé takes thirty versions along, a counter nothing."""

    def __init__(self, start: int = 50, least: int = 20) -> None:
        self.rows = start
        self._least = least

    def adapt(self, seconds: float) -> None:
        """Take half as many after a slow batch, twice as many after a quick one."""
        if seconds > self.target:
            self.rows = max(self._least, self.rows // 2)
        elif seconds < self.target / 3:
            self.rows = min(1000, self.rows * 2)


async def timed(pace: Pace, call: Awaitable[T]) -> T:
    """Await a call of the database and let the pace learn from how long it took."""
    started = time.monotonic()
    answer = await call
    pace.adapt(time.monotonic() - started)
    return answer


def database_batches(function: str, *, progress: tuple[str, ...] = ("done",)) -> Task:
    """Make a task of a function of the database that works off up to so many items and says how many.

    Parameters
    ----------
    function : str
        Name in ``public``; takes ``p_limit``.
    progress : tuple of str
        Which of its counts are items done: when they are all zero, nothing is left.
    """

    async def task(tools: Tools, _: Deadline) -> Step:
        pace = Pace()
        while True:
            counts = await timed(pace, tools.house.batch(function, pace.rows))
            done = sum(counts.get(key, 0) for key in progress)
            yield done, {}
            if done == 0:
                return

    return task


async def webhooks(tools: Tools, _: Deadline) -> Step:
    """Try failed payment events again. Those given up on are logged as an error: they wait for a person."""
    tried: set[int] = set()
    while True:
        failed = await tools.house.webhooks_due(len(tried) + 100)
        # Those tried are due again later; one that is still due is in somebody else's hands.
        due = [event for event in failed.ids if event not in tried]
        for event in due:
            tried.add(event)
            yield 1, {"applied": int(await tools.house.webhook_retry(event))}
        if not due:
            break
    if failed.given_up:
        logs.logger().error("webhooks_given_up", extra={"events": failed.given_up})
        yield 0, {"given_up": failed.given_up}


async def reconcile(tools: Tools, deadline: Deadline) -> Step:
    """Ask the providers about subscriptions and payments that look stale; tell what differed."""
    report = await tools.reconcile(deadline, tools.dry_run)
    counts = {"asked": report.asked, "changed": report.changed, "failed": report.failed}
    if report.failed:
        logs.logger().warning("reconcile_failed", extra=counts)
    differing = [item.model_dump(mode="json") for item in report.items if item.changes or item.error]
    yield report.changed, {**counts, "items": differing}
    if not report.complete:
        raise Unfinished


async def cancellations(tools: Tools, deadline: Deadline) -> Step:
    """Cancel at the providers what runs for accounts that are deleted or suspended, and what was paid back."""
    ended = await tools.cancel_subscriptions(deadline)
    yield ended.done, ({"failed": ended.failed} if ended.failed else {})
    if not ended.complete:
        raise Unfinished


async def checkouts(tools: Tools, deadline: Deadline) -> Step:
    """Close at the providers what can still be paid there, although its offer has ended."""
    ended = await tools.close_checkouts(deadline)
    yield ended.done, ({"failed": ended.failed} if ended.failed else {})
    if not ended.complete:
        raise Unfinished


async def files(tools: Tools, _: Deadline) -> Step:
    """Delete the files of deleted rows; what a killed run had deleted already, the next one deletes again."""
    pace = Pace()
    while due := await timed(pace, tools.house.files_due(pace.rows)):
        entries = [entry for entry, _ in due]
        try:
            await tools.house.delete_files([file for _, file in due])
        except DomainError:
            await tools.house.outbox_done(entries, failed=True)
            raise
        await tools.house.outbox_done(entries)
        yield len(due), {}


async def missing_users(tools: Tools, deadline: Deadline) -> Step:
    """Provision users whom even the trigger of the database missed, and complete profiles that it left incomplete."""
    after: str | None = None
    while True:
        done, after = await tools.house.backfill_users(after)
        yield done, {}
        if after is None:
            break
    async for step in database_batches("signup_sweep")(tools, deadline):
        yield step


async def partitions_ahead(tools: Tools, _: Deadline) -> Step:
    """Make the months to come: half a year, so that a clean-up that stands still for months does no harm."""
    yield await tools.house.partitions_ahead(6), {}


async def retention(tools: Tools, _: Deadline) -> Step:
    """Delete what is past its period; what a policy archives is stored, read back and compared before.

    A policy that fails does not keep the others from being applied.
    """
    failure: DomainError | None = None
    for policy in await tools.house.policies():
        if policy.partitioned or policy.data_type == "deleted_accounts":
            continue
        pace = Pace()
        try:
            while done := await _retire(policy, pace, tools):
                yield done, {policy.data_type: done}
        except DomainError as error:
            logs.logger().error("retention_failed", extra={"policy": policy.data_type, "code": error.code})
            failure = error
    if failure:
        raise failure


async def _retire(policy: RetentionPolicy, pace: Pace, tools: Tools) -> int:
    if not policy.archive:
        return await timed(pace, tools.house.purge(policy.data_type, pace.rows))
    started = time.monotonic()
    lines = await tools.house.expired_rows(policy.data_type, pace.rows)
    reading = time.monotonic() - started
    if not lines:
        return 0
    # What is deleted is what was read: a row that changed since is left for the next run.
    seen = {line["row"]["id"]: line.pop("seen") for line in lines}
    await store(tools.archive, bundle(policy.data_type, policy.table, lines))
    started = time.monotonic()
    done = await tools.house.delete_rows(policy.data_type, seen)
    # The slower of the two says how many the next one may take.
    pace.adapt(max(reading, time.monotonic() - started))
    return done


async def partitions(tools: Tools, _: Deadline) -> Step:
    """Drop months past their period; those of tables with an archive are stored before, page by page."""
    archived = {policy.table: policy.data_type for policy in await tools.house.policies() if policy.archive}
    for table, partition in await tools.house.expired_partitions():
        try:
            if table in archived:
                pace = Pace(500, least=100)  # reading locks nothing
                while lines := await _archive_page(archived[table], table, partition, pace, tools):
                    yield 0, {f"{partition}_archived": lines}
                if not await tools.house.partition_close(partition):
                    raise ArchiveCorrupt("The month is another than what was archived of it.", partition=partition)
            await tools.house.drop_partition(partition)
        except PartitionNotExpired:
            continue  # another run was faster
        yield 1, {partition: 1}


async def _archive_page(data_type: str, table: str, partition: str, pace: Pace, tools: Tools) -> int:
    page = await timed(pace, tools.house.partition_page(partition, pace.rows))
    if page.rows:
        await store(tools.archive, bundle(data_type, table, [{"row": row, "children": {}} for row in page.rows]))
        # Another run may have stored and noted the very same page: then its note stands.
        await tools.house.partition_note(partition, page)
    return len(page.rows)


async def accounts(tools: Tools, _: Deadline) -> Step:
    """Erase deleted accounts whose time to come back is over: the files first, then the user.

    Those with a subscription that has not ended wait for `cancellations`. An account that fails does not keep the
    others from being erased.
    """
    failed = 0
    failure: DomainError | None = None
    while due := await tools.house.accounts_due(20, failed):
        for user_id, files in due:
            try:
                if files:
                    await tools.house.delete_files(files)
                erased = await tools.house.erase_account(user_id)
            except DomainError as error:
                logs.logger().error("erasure_failed", extra={"user_id": user_id, "code": error.code})
                erased, failure = False, error
            failed += not erased
            yield int(erased), {}
    if failure:
        raise failure


async def checks(tools: Tools, _: Deadline) -> Step:
    """Run the invariants. A breach is logged as an error, which is what the alarm listens for."""
    for name in await tools.house.checks():
        violations = await tools.house.check(name)
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
RECONCILE: Final = "reconcile"
TASKS: Final[dict[str, Task]] = {
    HOLDS: database_batches("usage_expire"),
    "lots": database_batches("credits_expire"),
    "trials": database_batches("trials_end"),
    "webhooks": webhooks,
    RECONCILE: reconcile,
    "cancellations": cancellations,
    "checkouts": checkouts,
    "subscriptions": database_batches("subscriptions_sweep", progress=("settled", "mirrored")),
    "signups": database_batches("signup_sweep"),
    "missing_users": missing_users,
    "partitions_ahead": partitions_ahead,
    "retention": retention,
    "partitions": partitions,
    "accounts": accounts,
    "files": files,
    CHECKS: checks,
}
"""Name -> task. What users wait for comes first, what takes long after it, the proof last."""
DRY: Final = (RECONCILE, CHECKS)
"""Tasks that can run without changing anything."""
