"""Asking the providers about what looks stale, and applying what they say.

The clean-up runs it on a schedule; people run it dry to read what it would change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from functions._shared.domain.errors import DomainError

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.request import Deadline

FindProvider = Callable[[str], "PaymentProvider"]


class Change(BaseModel):
    """One field that the provider's word changes."""

    what: str
    field: str
    before: Any = None
    after: Any = None


class Reconciled(BaseModel):
    """One thing that was asked about.

    Attributes
    ----------
    why : str
        What made it look stale.
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
    """What was asked, and what came of it; `complete` is False where time or the limit ended the run."""

    dry_run: bool
    asked: int
    changed: int
    failed: int
    complete: bool
    items: list[Reconciled]


async def reconcile(
    books: PaymentBooks, find: FindProvider, deadline: Deadline, *, limit: int = 100, dry_run: bool = False
) -> ReconciliationReport:
    """Ask about everything that is due, one after the other, while there is time.

    Parameters
    ----------
    books : PaymentBooks
        Says what is due, and takes the answers.
    find : callable
        Gives a provider by name.
    deadline : Deadline
        When the report must be on its way.
    limit : int
        How many to ask about.
    dry_run : bool
        Tell what would change, and change nothing.
    """
    due = await books.reconcile_due(limit)
    items: list[Reconciled] = []
    for item in due:
        if deadline.remaining() < 10:  # noqa: PLR2004 - seconds that one look-up may take
            break
        items.append(await _one(books, find, item, dry_run=dry_run))
    return ReconciliationReport(
        dry_run=dry_run,
        asked=len(items),
        changed=sum(bool(item.changes) for item in items),
        failed=sum(item.state == "failed" for item in items),
        complete=len(items) == len(due) < limit,
        items=items,
    )


async def _one(books: PaymentBooks, find: FindProvider, item: Json, *, dry_run: bool) -> Reconciled:
    named = {key: item[key] for key in ("provider", "kind", "id", "why")}
    try:
        provider = find(item["provider"])
        facts = await provider.look_up(item["kind"], item["id"])
        answer = await books.reconcile(provider.name, provider.account, facts, dry_run=dry_run)
    except DomainError as error:
        # One that fails keeps none of the others from being asked about.
        return Reconciled(**named, state="failed", error=error.code)
    return Reconciled(
        **named,
        state=answer["state"],
        error=answer.get("error"),
        changes=answer["changes"],
        effects=answer["effects"],
    )
