"""Closing checkouts at the provider, so that what they hold (a code's redemption, a trial) is free again.

`billing` closes what a customer gave up; the clean-up closes what ran out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import logs
from functions._shared.domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from functions._shared.domain.json import Json
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider


async def close_checkout(order: Json, books: PaymentBooks, find: Callable[[str], PaymentProvider]) -> bool:
    """Close the checkout of an order; where the customer has completed it, apply what the provider says instead.

    Parameters
    ----------
    order : dict
        ``order_id``, ``provider``, ``provider_order_id`` and ``provider_subscription_id``.
    books : PaymentBooks
        Takes the confirmation.
    find : callable
        Gives a provider by name.

    Returns
    -------
    bool
        True where nobody can pay the order any more.

    Raises
    ------
    PaymentProviderUnavailable, PaymentRefused, PaymentProviderNotConfigured
        It is not known.
    """
    provider = find(order["provider"])
    order_id, subscription_id = order["provider_order_id"], order["provider_subscription_id"]
    if await provider.void(order_id, subscription_id):
        await books.checkout_closed(order["order_id"])
        return True
    facts = await (
        provider.look_up("order", order_id) if order_id else provider.look_up("subscription", subscription_id)
    )
    await books.reconcile(provider.name, provider.account, facts)
    return False


async def close_checkouts(orders: Iterable[Json], books: PaymentBooks, find: Callable[[str], PaymentProvider]) -> int:
    """Close checkouts, one after the other; returns how many are closed. What fails is logged and stays listed."""
    closed = 0
    for order in orders:
        try:
            closed += await close_checkout(order, books, find)
        except DomainError as error:
            logs.logger().warning("checkout_not_closed", extra={"code": error.code, "order": order})
    return closed
