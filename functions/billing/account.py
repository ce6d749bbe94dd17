"""What is for sale, and what the caller has: plan, balance, ledger and usage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.payments.names import PROVIDERS
from functions.billing.schemas import Balance, Catalogue, Entitlements, Operation, Pack, Plan, Transactions, Usage

if TYPE_CHECKING:
    from collections.abc import Collection

    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.rows import CallerRows
    from functions.billing.schemas import Page, UsageQuery


async def catalogue(books: PaymentBooks, configured_providers: Collection[str]) -> Catalogue:
    """Read everything for sale; the providers are listed in their usual order."""
    providers = [name for name in PROVIDERS if name in configured_providers]
    view = await books.catalogue()
    return Catalogue(
        plans=[Plan.model_validate(plan, from_attributes=True) for plan in view.plans],
        packs=[Pack.model_validate(pack, from_attributes=True) for pack in view.packs],
        operations=[Operation.model_validate(operation, from_attributes=True) for operation in view.operations],
        providers=providers,
    )


async def entitlements(rows: CallerRows) -> Entitlements:
    """Read the caller's plan, its limits and what is left of them.

    Raises
    ------
    UserNotFound
        The caller has no credit account.
    AccountInactive
        The account is suspended or deleted.
    """
    return Entitlements.model_validate(await rows.call("entitlements", {}))


async def balance(rows: CallerRows) -> Balance:
    """Read the caller's credits; raises like `entitlements`."""
    current = await entitlements(rows)
    return Balance.model_validate(current.model_dump(include=set(Balance.model_fields)))


async def transactions(page: Page, rows: CallerRows) -> Transactions:
    """Read a page of the caller's ledger, newest first."""
    entries = await rows.call("credit_history", {"p_before": page.before, "p_limit": page.limit})
    answer = Transactions.model_validate({"transactions": entries, "next_before": None})
    if len(answer.transactions) == page.limit:
        answer.next_before = answer.transactions[-1].seq
    return answer


async def usage(query: UsageQuery, rows: CallerRows) -> Usage:
    """Read how often the caller used each operation, per period."""
    periods = await rows.call(
        "usage_by_period",
        {
            "p_period_type": query.period,
            "p_from": query.since and query.since.isoformat(),
            "p_to": query.until and query.until.isoformat(),
        },
    )
    return Usage.model_validate({"usage": periods})
