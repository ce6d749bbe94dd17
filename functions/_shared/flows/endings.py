"""Ends what still runs at the payment providers and must not: subscriptions to cancel, and checkouts without an offer.

The clean-up calls it. No state is kept here: what is due follows from the books, and stays due until the books record
that it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import DomainError, PaymentRefused
from functions._shared.flows.checkouts import close_checkout

if TYPE_CHECKING:
    from functions._shared.domain.payments.subscriptions import SubscriptionToCancel
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import FindProvider, PaymentProvider
    from functions._shared.ports.request import Deadline

_PAGE: Final = 20
_SECONDS: Final = 10
"""One item may take this long: a cancellation and a look-up."""
_ENDED: Final = frozenset({"canceled", "expired"})


@dataclass(frozen=True, slots=True)
class Endings:
    """How many ended and how many could not be ended. `complete` is False if the time or the limit ended the run."""

    done: int
    failed: int
    complete: bool


async def cancel_subscriptions(books: PaymentBooks, find: FindProvider, deadline: Deadline) -> Endings:
    """Cancel the subscriptions of deleted and suspended accounts, and those that entitle to nothing.

    Parameters
    ----------
    books : PaymentBooks
        Lists the subscriptions, and applies the providers' answers.
    find : callable
        Returns a provider by name.
    deadline : Deadline
        When the report must be returned.
    """
    done, left = 0, 0
    tried: set[str] = set()
    while due := await books.cancellations_due(_PAGE, left):
        for item in due:
            identity = item.subscription_id
            if identity in tried:  # cancelled in this run, but the provider's answer did not end it
                left += 1
                continue
            if deadline.remaining() < _SECONDS:
                return Endings(done, left, complete=False)
            tried.add(identity)
            try:
                ended = await _cancel(books, find(item.provider), item)
            except DomainError as error:
                # The others are still cancelled.
                logs.logger().warning("cancellation_failed", extra={"subscription": identity, "code": error.code})
                ended = False
            done += ended
            left += not ended
    return Endings(done, left, complete=True)


async def _cancel(books: PaymentBooks, provider: PaymentProvider, item: SubscriptionToCancel) -> bool:
    ended = await end_subscription(item.provider_subscription_id, books, provider, at_period_end=item.at_period_end)
    if ended and item.at_period_end:
        await books.intend(item.user_id, item.subscription_id, cancel_at_period_end=True, clear_plan=True)
    return ended


async def end_subscription(
    identity: str, books: PaymentBooks, provider: PaymentProvider, *, at_period_end: bool = False
) -> bool:
    """Cancel a subscription and apply the provider's answer; look it up if the provider refuses.

    Parameters
    ----------
    identity : str
        The provider's id of the subscription.
    books : PaymentBooks
        Applies what the provider answers.
    provider : PaymentProvider
        The provider that runs it.
    at_period_end : bool
        Whether the paid period may still be used.

    Returns
    -------
    bool
        Whether it has ended, or will end with its period.

    Raises
    ------
    PaymentProviderUnavailable, PaymentRefused
        The result is unknown.
    """
    try:
        facts = await provider.cancel(identity, at_period_end=at_period_end)
    except PaymentRefused:
        # Most likely it has ended and the event was lost.
        logs.logger().info("subscription_not_cancelled", extra={"subscription": identity})
        facts = await provider.look_up("subscription", identity)
        outcome = await books.reconcile(provider.name, provider.account, facts)
        return outcome.state == "applied" and any(state.status in _ENDED for state in facts.subscriptions)
    outcome = await books.reconcile(provider.name, provider.account, facts, is_answer=True)
    return outcome.state == "applied"


async def close_ended_offers(
    books: PaymentBooks, find: FindProvider, deadline: Deadline, *, limit: int = 100
) -> Endings:
    """Close checkouts whose offer has ended, so that nobody pays for what is no longer sold.

    A checkout that the customer has completed is not closed: the provider's answer is applied instead.

    Parameters
    ----------
    books : PaymentBooks
        Lists the checkouts, and records which are closed. Those that fail are listed again later.
    find : callable
        Returns a provider by name.
    deadline : Deadline
        When the report must be returned.
    limit : int
        Maximum number of checkouts.
    """
    due = await books.checkouts_to_close(limit)
    done = failed = completed = 0
    for checkout in due:
        if deadline.remaining() < _SECONDS:
            break
        try:
            closed = await close_checkout(checkout, books, find)
        except DomainError as error:
            # The others are still closed.
            logs.logger().warning("checkout_not_closed", extra={"order": checkout.order_id, "code": error.code})
            failed += 1
        else:
            done += closed
            completed += not closed
    return Endings(done, failed, complete=done + failed + completed == len(due) < limit)
