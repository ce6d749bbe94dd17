"""Routes and schedule of `cleanup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions._shared import wiring
from functions._shared.domain.errors import ArchiveCorrupt, ArchiveUnavailable, NotFound, UnknownTask
from functions._shared.edge import Auth, FunctionApp
from functions._shared.edge.queue import consumer
from functions._shared.flows import endings
from functions._shared.flows.reconcile import ReconciliationReport, reconcile
from functions._shared.wiring import mailing, privacy
from functions.cleanup import erasure, service
from functions.cleanup.mailing import Letterhead, Mailroom
from functions.cleanup.routines import Tools
from functions.cleanup.schemas import CleanupReport, CleanupRequest, ReplayReport, RestoreReport, RestoreRequest

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.flows.endings import Endings
    from functions._shared.ports.request import Deadline

SECRET = "CLEANUP_SECRET"  # noqa: S105 - the name of the setting

app = FunctionApp("cleanup", summary="Scheduled clean-up, called by any scheduler that has the shared secret")


@app.post("/", auth=Auth.SECRET, secret=SECRET, request=CleanupRequest, response=CleanupReport, errors=(UnknownTask,))
async def run(call: Call[CleanupRequest]) -> CleanupReport:
    """Run the clean-up within the time limit of the call. Call again until the report is complete."""
    return await service.run(call.body, call.deadline, _tools())


@app.post(
    "/restore",
    auth=Auth.SECRET,
    secret=SECRET,
    request=RestoreRequest,
    response=RestoreReport,
    errors=(NotFound, ArchiveCorrupt, ArchiveUnavailable),
)
async def restore(call: Call[RestoreRequest]) -> RestoreReport:
    """Restore archived rows. Existing rows are not changed."""
    return await service.restore(call.body.key, wiring.housekeeping(), privacy.erasures(), wiring.archive())


@app.post("/replay-erasures", auth=Auth.SECRET, secret=SECRET, response=ReplayReport, errors=(ArchiveUnavailable,))
async def replay_erasures(_: Call[None]) -> ReplayReport:
    """After a backup was restored: have the accounts on the erasure list erased again."""
    listed, found = await erasure.replay(privacy.erasures(), wiring.archive())
    return ReplayReport(listed=listed, found=found)


async def scheduled(event: dict[str, Any], deadline: Deadline) -> dict[str, Any]:
    """Run the tasks in the schedule input, such as ``{"tasks": ["holds"], "budget_seconds": 60}``; all by default.

    Or end what the messages in the queue of dead letters are about: tasks of users, and entries of the outbox.
    """
    if "Records" in event:
        return await dead_letters(event, deadline)
    options = {name: event[name] for name in ("tasks", "budget_seconds") if name in event}
    request = CleanupRequest.model_validate(options)
    report = await service.run(request, deadline, _tools())
    return report.model_dump(mode="json")


async def _give_up(task_id: str, _: Deadline) -> None:
    await service.give_up(task_id, wiring.tasks())


async def _give_up_drawing(entry: str, _: Deadline) -> None:
    await service.give_up_drawing(entry, wiring.thumbnails())


dead_letters = consumer("cleanup", _give_up, _give_up_drawing)


def _tools() -> Tools:
    async def ask_providers(deadline: Deadline, dry_run: bool, urgent_only: bool) -> ReconciliationReport:
        books, find = wiring.payment_books(), wiring.payment_provider
        return await reconcile(books, find, deadline, dry_run=dry_run, urgent_only=urgent_only)

    async def cancel_subscriptions(deadline: Deadline) -> Endings:
        return await endings.cancel_subscriptions(wiring.payment_books(), wiring.payment_provider, deadline)

    async def close_ended_offers(deadline: Deadline) -> Endings:
        return await endings.close_ended_offers(wiring.payment_books(), wiring.payment_provider, deadline)

    return Tools(
        wiring.housekeeping(),
        privacy.erasures(),
        wiring.archive(),
        wiring.tasks(),
        wiring.thumbnails(),
        wiring.queue(),
        _mailroom(),
        ask_providers,
        cancel_subscriptions,
        close_ended_offers,
    )


def _mailroom() -> Mailroom:
    mailer = mailing.mailer()
    head = Letterhead(mailing.product(), mailing.site_url(), mailing.functions_url()) if mailer else None
    return Mailroom(mailing.mails(), mailer, head)


handler = app.lambda_handler(scheduled)
