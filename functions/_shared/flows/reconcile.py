"""Reconciliation: ask the payment providers about stale payments and subscriptions, and apply their answers.

The clean-up runs it on a schedule. Operators run it through `billing`, by default as a dry run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from functions._shared.domain.errors import DomainError

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.request import Deadline

FindProvider = Callable[[str], "PaymentProvider"]

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
    books: PaymentBooks, find: FindProvider, deadline: Deadline, *, limit: int = 100, dry_run: bool = False
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
    """
    due = await books.reconcile_due(limit)
    items: list[Reconciled] = []
    for item in due:
        if deadline.remaining() < _LOOK_UP_SECONDS:
            break
        items.append(await _reconcile_one(books, find, item, dry_run=dry_run))
    return ReconciliationReport(
        dry_run=dry_run,
        asked=len(items),
        changed=sum(bool(item.changes) for item in items),
        failed=sum(item.state == "failed" for item in items),
        complete=len(items) == len(due) < limit,
        items=items,
    )


async def _reconcile_one(books: PaymentBooks, find: FindProvider, item: Json, *, dry_run: bool) -> Reconciled:
    subject = {key: item[key] for key in ("provider", "kind", "id", "why")}
    try:
        provider = find(item["provider"])
        facts = await provider.look_up(item["kind"], item["id"])
        answer = await books.reconcile(provider.name, provider.account, facts, dry_run=dry_run)
    except DomainError as error:
        # The others are still reconciled.
        return Reconciled(**subject, state="failed", error=error.code)
    return Reconciled(
        **subject,
        state=answer["state"],
        error=answer.get("error"),
        changes=answer["changes"],
        effects=answer["effects"],
    )
