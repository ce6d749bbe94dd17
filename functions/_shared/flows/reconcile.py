"""Reconciliation: ask the payment providers about stale payments and subscriptions, and apply their answers.

The clean-up runs it on a schedule. Operators run it through `billing`, by default as a dry run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from functions._shared.domain.errors import DomainError

if TYPE_CHECKING:
    from functions._shared.domain.payments.reconciliation import StaleObject
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import FindProvider
    from functions._shared.ports.request import Deadline

_LOOK_UP_SECONDS: Final = 10
"""A look-up at a provider may take this long, so none starts with less time left."""


class Change(BaseModel):
    """A field that the provider's answer changes."""

    what: str
    field: str
    before: Any = None
    after: Any = None


class Reconciled(BaseModel):
    """The result for one payment or subscription.

    Attributes
    ----------
    why : str
        Why it looked stale.
    state : str
        ``applied``, ``dry_run``, or ``failed`` with `error`.
    """

    provider: str
    kind: str
    id: str
    why: str
    state: str
    error: str | None = None
    changes: list[Change] = []
    effects: list[str] = []


class ReconciliationReport(BaseModel):
    """The result of a run. `complete` is False if the time or the limit ended it early."""

    dry_run: bool
    asked: int
    changed: int
    failed: int
    complete: bool
    items: list[Reconciled]


async def reconcile(
    books: PaymentBooks,
    find: FindProvider,
    deadline: Deadline,
    *,
    limit: int = 100,
    dry_run: bool = False,
    urgent_only: bool = False,
    user_id: str | None = None,
) -> ReconciliationReport:
    """Reconcile everything that is due, one after the other, until the time is up.

    Parameters
    ----------
    books : PaymentBooks
        Lists what is due, and applies the answers.
    find : callable
        Returns a provider by name.
    deadline : Deadline
        When the report must be returned.
    limit : int
        Maximum number of look-ups.
    dry_run : bool
        Report what would change, and change nothing.
    urgent_only : bool
        Only what the books cannot read without the provider's answer, such as two states of one second.
    user_id : str or None
        Everything of one user instead, stale or not.
    """
    due = await books.reconcile_due(limit, urgent_only=urgent_only, user_id=user_id)
    items: list[Reconciled] = []
    for stale in due:
        if deadline.remaining() < _LOOK_UP_SECONDS:
            break
        items.append(await _reconcile_one(books, find, stale, dry_run=dry_run))
    return ReconciliationReport(
        dry_run=dry_run,
        asked=len(items),
        changed=sum(bool(item.changes) for item in items),
        failed=sum(item.state == "failed" for item in items),
        complete=len(items) == len(due) < limit,
        items=items,
    )


async def _reconcile_one(books: PaymentBooks, find: FindProvider, stale: StaleObject, *, dry_run: bool) -> Reconciled:
    report = Reconciled(provider=stale.provider, kind=stale.kind, id=stale.id, why=stale.why, state="failed")
    try:
        provider = find(stale.provider)
        facts = await provider.look_up(stale.kind, stale.id)
        outcome = await books.reconcile(provider.name, provider.account, facts, dry_run=dry_run)
    except DomainError as error:
        # The others are still reconciled.
        report.error = error.code
        return report
    report.state, report.error, report.effects = outcome.state, outcome.error, list(outcome.effects)
    report.changes = [
        Change(what=change.what, field=change.field, before=change.before, after=change.after)
        for change in outcome.changes
    ]
    return report
