"""Routes of `cleanup`, and its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions._shared import closing, wiring
from functions._shared.domain.errors import ArchiveCorrupt, ArchiveUnavailable, NotFound, UnknownTask
from functions._shared.edge import Auth, FunctionApp
from functions._shared.reconciliation import ReconciliationReport, reconcile
from functions.cleanup import service
from functions.cleanup.schemas import CleanupReport, CleanupRequest, RestoreReport, RestoreRequest
from functions.cleanup.tasks import Tools

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports import Deadline

SECRET = "CLEANUP_SECRET"  # noqa: S105 - the name of the setting

app = FunctionApp("cleanup", summary="Scheduled clean-up, for any cron that knows the shared secret")


@app.post("/", auth=Auth.SECRET, secret=SECRET, request=CleanupRequest, response=CleanupReport, errors=(UnknownTask,))
async def run(call: Call[CleanupRequest]) -> CleanupReport:
    """Run the clean-up for as long as the call may take; call again until the report is complete."""
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
    """Put archived rows back; what is there already stays as it is."""
    return await service.restore(call.body.key, wiring.housekeeping(), wiring.archive())


async def scheduled(event: dict[str, Any], deadline: Deadline) -> dict[str, Any]:
    """Run what the schedule's input names: ``{"tasks": ["holds"], "budget_seconds": 240}``; by default, everything."""
    asked = {name: event[name] for name in ("tasks", "budget_seconds") if name in event}
    request = CleanupRequest.model_validate(asked)
    report = await service.run(request, deadline, _tools())
    return report.model_dump(mode="json")


def _tools() -> Tools:
    async def ask_providers(deadline: Deadline, dry_run: bool) -> ReconciliationReport:
        return await reconcile(wiring.payment_books(), wiring.payment_provider, deadline, dry_run=dry_run)

    async def cancel_subscriptions(deadline: Deadline) -> closing.Closing:
        return await closing.cancel_subscriptions(wiring.payment_books(), wiring.payment_provider, deadline)

    async def close_checkouts(deadline: Deadline) -> closing.Closing:
        return await closing.close_checkouts(wiring.payment_books(), wiring.payment_provider, deadline)

    return Tools(wiring.housekeeping(), wiring.archive(), ask_providers, cancel_subscriptions, close_checkouts)


handler = app.lambda_handler(scheduled)
