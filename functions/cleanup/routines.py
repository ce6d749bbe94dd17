"""The routines of a clean-up run, in the order of `ROUTINES`. `service.run` runs them.

The API calls a routine a task: ``tasks`` in the request, ``task`` in the report.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.domain.errors import ArchiveCorrupt, DomainError, PartitionBusy, PartitionNotExpired
from functions._shared.ports.queue import Message
from functions.cleanup.archive import pack, seal, store
from functions.cleanup.erasure import erase_accounts
from functions.cleanup.mailing import send_due
from functions.cleanup.pace import Pace, timed

if TYPE_CHECKING:
    from functions._shared.flows.endings import Endings
    from functions._shared.flows.reconcile import ReconciliationReport
    from functions._shared.ports.archive import Archive
    from functions._shared.ports.erasures import Erasures
    from functions._shared.ports.housekeeping import Housekeeping, PartitionPage, RetentionPolicy
    from functions._shared.ports.queue import Queue
    from functions._shared.ports.request import Deadline
    from functions._shared.ports.tasks import Tasks
    from functions._shared.ports.thumbnails import Thumbnails
    from functions.cleanup.mailing import Mailroom

Reconcile = Callable[["Deadline", bool, bool], Awaitable["ReconciliationReport"]]
"""Reconciles with the payment providers until a deadline. The other arguments: a dry run; only what is urgent."""
EndAtProviders = Callable[["Deadline"], Awaitable["Endings"]]
"""Ends subscriptions or checkouts at the payment providers until a deadline."""


@dataclass(frozen=True)
class Tools:
    """The ports that routines work with.

    Parameters
    ----------
    house : Housekeeping
        The database.
    erasures : Erasures
        The erasure of accounts, and the keys of archived rows.
    archive : Archive
        The store for rows that are archived before they are deleted.
    tasks : Tasks
        The long work of users.
    thumbnails : Thumbnails
        The résumés that are to be drawn.
    queue : Queue
        Carries ids to their consumers.
    mailroom : Mailroom
        The mails to send, and who delivers them.
    reconcile : callable
        See `Reconcile`.
    cancel_subscriptions, close_ended_offers : callable
        See `EndAtProviders`.
    dry_run : bool
        Change nothing; only report.
    """

    house: Housekeeping
    erasures: Erasures
    archive: Archive
    tasks: Tasks
    thumbnails: Thumbnails
    queue: Queue
    mailroom: Mailroom
    reconcile: Reconcile
    cancel_subscriptions: EndAtProviders
    close_ended_offers: EndAtProviders
    dry_run: bool = False


Step = AsyncIterator[tuple[int, dict[str, Any]]]
"""Yields the number of items done and details for the report, once per batch. Numbers are added, lists joined."""
Routine = Callable[[Tools, "Deadline"], Step]
"""A routine is stopped between batches. Only routines with long batches need the deadline."""


class Unfinished(Exception):
    """A routine reached its limit for one run, and items are left."""


def database_batches(function: str, *, progress: tuple[str, ...] = ("done",)) -> Routine:
    """Build a routine from a database function that processes up to ``p_limit`` items and returns how many it did.

    Parameters
    ----------
    function : str
        Its name in ``public``.
    progress : tuple of str
        The counts to add up. If all are zero, nothing is left.
    """

    async def routine(tools: Tools, _: Deadline) -> Step:
        pace = Pace()
        while True:
            counts = await timed(pace, tools.house.batch(function, pace.rows))
            done = sum(counts.get(key, 0) for key in progress)
            yield done, {}
            if done == 0:
                return

    return routine


async def resend(tools: Tools, _: Deadline) -> Step:
    """Send the ids of tasks again whose message or consumer was lost. What is still open after hours fails."""
    while due := await tools.tasks.due(100):
        await tools.queue.send(due)
        yield len(due), {}


async def thumbnails(tools: Tools, _: Deadline) -> Step:
    """Send the ids of saved résumés' outbox entries to the consumer that draws them."""
    while due := await tools.thumbnails.due(100):
        await tools.queue.send([Message("resume-export", entry, "outbox_id") for entry in due])
        yield len(due), {}


async def webhooks(tools: Tools, _: Deadline) -> Step:
    """Retry failed payment events. Events that will not be retried again are logged as an error for an operator."""
    tried: set[int] = set()
    while True:
        failed = await tools.house.webhooks_due(len(tried) + 100)
        # An event that was tried is due again later; one that is still listed is being tried by a concurrent run.
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
    """Reconcile stale subscriptions and payments with the providers, and report the differences."""
    async for step in _reconcile(await tools.reconcile(deadline, tools.dry_run, False)):
        yield step


async def contradictions(tools: Tools, deadline: Deadline) -> Step:
    """Ask the providers about what their events left open, such as two states of a subscription in one second."""
    async for step in _reconcile(await tools.reconcile(deadline, False, True)):
        yield step


async def _reconcile(report: ReconciliationReport) -> Step:
    counts = {"asked": report.asked, "changed": report.changed, "failed": report.failed}
    if report.failed:
        logs.logger().warning("reconcile_failed", extra=counts)
    differences = [item.model_dump(mode="json") for item in report.items if item.changes or item.error]
    yield report.changed, {**counts, "items": differences}
    if not report.complete:
        raise Unfinished


async def cancellations(tools: Tools, deadline: Deadline) -> Step:
    """Cancel the subscriptions of deleted and suspended accounts, and those whose money was returned."""
    async for step in _endings(await tools.cancel_subscriptions(deadline)):
        yield step


async def checkouts(tools: Tools, deadline: Deadline) -> Step:
    """Close checkouts that can still be paid at the provider although their offer has ended."""
    async for step in _endings(await tools.close_ended_offers(deadline)):
        yield step


async def _endings(endings: Endings) -> Step:
    yield endings.done, ({"failed": endings.failed} if endings.failed else {})
    if not endings.complete:
        raise Unfinished


async def files(tools: Tools, _: Deadline) -> Step:
    """Delete the files of deleted rows. If a run is killed, the next one deletes the same files again."""
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
    """Provision users whom even the trigger of the database missed, and complete incomplete profiles."""
    after: str | None = None
    while True:
        done, after = await tools.house.backfill_users(after)
        yield done, {}
        if after is None:
            break
    async for step in database_batches("signup_sweep")(tools, deadline):
        yield step


async def partitions_ahead(tools: Tools, _: Deadline) -> Step:
    """Create the partitions of the next six months, so that the clean-up can be down for months without harm."""
    yield await tools.house.partitions_ahead(6), {}


async def retention(tools: Tools, _: Deadline) -> Step:
    """Delete rows past their retention period. Rows to be archived are stored, read back and compared first.

    If one policy fails, the others are still applied.
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

    async def read() -> list[dict[str, Any]]:
        return await tools.house.expired_rows(policy.data_type, pace.rows)

    lines, keys = await seal(read, tools.erasures)
    read_seconds = time.monotonic() - started
    if not lines:
        return 0
    # Only rows that have not changed since they were read are deleted; the next run takes the others.
    seen = {line["row"]["id"]: line.pop("seen") for line in lines}
    await store(tools.archive, pack(policy.data_type, policy.table, lines, keys))
    started = time.monotonic()
    done = await tools.house.delete_rows(policy.data_type, seen)
    # The slower of the two statements decides the size of the next batch.
    pace.adapt(max(read_seconds, time.monotonic() - started))
    return done


async def partitions(tools: Tools, _: Deadline) -> Step:
    """Drop partitions past their retention period. Partitions of archived tables are stored first, page by page.

    A partition whose table a longer transaction uses is left to the next run.
    """
    busy = False
    archived = {policy.table: policy.data_type for policy in await tools.house.policies() if policy.archive}
    for table, partition in await tools.house.expired_partitions():
        try:
            if table in archived:
                pace = Pace(500, least=100)  # reading takes no locks
                while lines := await _archive_page(archived[table], table, partition, pace, tools):
                    yield 0, {f"{partition}_archived": lines}
                if not await tools.house.partition_close(partition):
                    raise ArchiveCorrupt("The partition no longer matches its archive.", partition=partition)
            await tools.house.drop_partition(partition)
        except PartitionNotExpired:
            continue  # a concurrent run has dropped it
        except PartitionBusy:
            logs.logger().warning("partition_busy", extra={"partition": partition})
            busy = True
            yield 0, {f"{partition}_busy": 1}
            continue
        yield 1, {partition: 1}
    if busy:
        raise Unfinished


async def _archive_page(data_type: str, table: str, partition: str, pace: Pace, tools: Tools) -> int:
    pages: list[PartitionPage] = []

    async def read() -> list[dict[str, Any]]:
        pages.append(await timed(pace, tools.house.partition_page(partition, pace.rows)))
        return [{"row": row, "children": {}} for row in pages[-1].rows]

    lines, keys = await seal(read, tools.erasures)
    page = pages[-1]
    if page.rows:
        await store(tools.archive, pack(data_type, table, lines, keys))
        # A concurrent run may have stored and noted the same page; its note stays.
        await tools.house.partition_note(partition, page)
    return len(page.rows)


async def accounts(tools: Tools, _: Deadline) -> Step:
    """Erase deleted accounts past their recovery period, and finish erasures that a killed run left."""
    async for done in erase_accounts(tools.erasures, tools.house, tools.archive):
        yield done, {}


async def checks(tools: Tools, _: Deadline) -> Step:
    """Check the invariants. A breach is logged as an error, which triggers the alarm."""
    for name in await tools.house.checks():
        violations = await tools.house.check(name)
        if violations:
            logs.logger().error("invariant_breach", extra={"check": name, "violations": violations})
        yield violations, ({name: violations} if violations else {})


HOLDS: Final = "holds"
CHECKS: Final = "checks"
RECONCILE: Final = "reconcile"
ROUTINES: Final[dict[str, Routine]] = {
    HOLDS: database_batches("usage_expire"),
    "lots": database_batches("credits_expire"),
    "trials": database_batches("trials_end"),
    "resend": resend,
    "webhooks": webhooks,
    "contradictions": contradictions,
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
    "digests": database_batches("digests_put"),
    "mails": lambda tools, _: send_due(tools.mailroom),
    "exports": database_batches("account_exports_sweep"),
    "files": files,
    "thumbnails": thumbnails,
    "template_usage": database_batches("template_usage_refresh"),
    CHECKS: checks,
}
"""Name → routine. Routines that users wait for come first, then slow ones, and the checks last."""
DRY: Final = (RECONCILE, CHECKS)
"""The routines that support a dry run."""
