"""Ending what runs at the payment providers and must not: subscriptions without an account, checkouts without an offer.

Nothing is remembered here. What is due follows from the books, and is due again until they know that it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import DomainError, PaymentRefused

if TYPE_CHECKING:
    from functions._shared.payment_ports import Json, PaymentBooks
    from functions._shared.ports import Deadline
    from functions._shared.reconciliation import FindProvider

_PAGE: Final = 20
_SECONDS: Final = 10
"""What one item may take: a cancellation, and a look at what it left."""
_ENDED: Final = frozenset({"canceled", "expired"})


@dataclass(frozen=True, slots=True)
class Closing:
    """How many were ended and how many could not be; `complete` is False where time or the limit ended the run."""

    done: int
    failed: int
    complete: bool


async def cancel_subscriptions(books: PaymentBooks, find: FindProvider, deadline: Deadline) -> Closing:
    """Cancel the subscriptions of accounts that are deleted or suspended, and those whose money went back.

    Parameters
    ----------
    books : PaymentBooks
        Says which, and takes the providers' answers.
    find : callable
        Gives a provider by name.
    deadline : Deadline
        When the report must be on its way.
    """
    done, left = 0, 0
    tried: set[str] = set()
    while due := await books.cancellations_due(_PAGE, left):
        for item in due:
            identity = item["subscription_id"]
            if identity in tried:  # told, and not ended yet by what the provider said
                left += 1
                continue
            if deadline.remaining() < _SECONDS:
                return Closing(done, left, complete=False)
            tried.add(identity)
            try:
                ended = await _cancel(books, find, item)
            except DomainError as error:
                # One that fails keeps none of the others from being ended.
                logs.logger().warning("cancellation_failed", extra={"subscription": identity, "code": error.code})
                ended = False
            done += ended
            left += not ended
    return Closing(done, left, complete=True)


async def _cancel(books: PaymentBooks, find: FindProvider, item: Json) -> bool:
    provider, at_period_end = find(item["provider"]), item["at_period_end"]
    identity = item["provider_subscription_id"]
    try:
        facts = await provider.cancel(identity, at_period_end=at_period_end)
    except PaymentRefused:
        # Most likely it has ended and nobody told us: that is looked up, and applied.
        facts = await provider.look_up("subscription", identity)
        answer = await books.reconcile(provider.name, provider.account, facts)
        return answer["state"] == "applied" and any(state.status in _ENDED for state in facts.subscriptions)
    answer = await books.reconcile(provider.name, provider.account, facts, is_answer=True)
    if at_period_end:
        await books.intend(item["user_id"], item["subscription_id"], cancel_at_period_end=True, clear_plan=True)
    return bool(answer["state"] == "applied")


async def close_checkouts(books: PaymentBooks, find: FindProvider, deadline: Deadline, *, limit: int = 100) -> Closing:
    """Close checkouts whose offer has ended, so that nobody pays what is not sold any more.

    Parameters
    ----------
    books : PaymentBooks
        Says which, and notes those that are closed; the others come again later.
    find : callable
        Gives a provider by name.
    deadline : Deadline
        When the report must be on its way.
    limit : int
        How many in one run.
    """
    due = await books.checkouts_to_close(limit)
    done = failed = 0
    for item in due:
        if deadline.remaining() < _SECONDS:
            break
        try:
            closed = await find(item["provider"]).void(item["provider_order_id"], item["provider_subscription_id"])
            if closed:
                await books.checkout_closed(item["order_id"])
        except DomainError as error:
            logs.logger().warning("checkout_not_closed", extra={"order": item["order_id"], "code": error.code})
            closed = False
        done += closed
        failed += not closed
    return Closing(done, failed, complete=done + failed == len(due) < limit)
