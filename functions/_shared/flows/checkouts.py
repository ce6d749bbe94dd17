"""Closes checkouts at the provider, so that what they hold (the redemption of a discount code, a trial) is free again.

`billing` closes what a customer has abandoned; the clean-up (`endings`) closes what has run out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from functions._shared import logs
from functions._shared.domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.payments.checkouts import UnclosedCheckout
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import FindProvider


async def close_checkout(
    checkout: UnclosedCheckout, books: PaymentBooks, find: FindProvider, *, is_superseded: bool = False
) -> bool:
    """Close a checkout. If the customer has completed it, apply the provider's answer instead.

    Parameters
    ----------
    checkout : UnclosedCheckout
        The checkout of an order whose offer has ended, or ends with this.
    books : PaymentBooks
        Records that it is closed, or what the provider reports.
    find : callable
        Returns a provider by name.
    is_superseded : bool
        Whether it ends because the customer begins another one. Until it is closed, the customer may complete it.

    Returns
    -------
    bool
        Whether the order can no longer be paid.

    Raises
    ------
    PaymentProviderUnavailable, PaymentRefused, PaymentProviderNotConfigured
        The result is unknown.
    """
    provider = find(checkout.provider)
    if (lost := checkout.lost) is not None:
        opened = await provider.find_checkout(checkout.order_id, lost.customer_id, lost.created_at)
        if opened is not None:
            await books.bind_checkout(lost.user_id, checkout.order_id, opened)
            checkout = replace(
                checkout, provider_order_id=opened.order_id, provider_subscription_id=opened.subscription_id
            )
    if await provider.void(checkout.provider_order_id, checkout.provider_subscription_id):
        await books.checkout_closed(checkout.order_id, is_superseded=is_superseded)
        return True
    if checkout.provider_object is not None:
        facts = await provider.look_up(*checkout.provider_object)
        await books.reconcile(provider.name, provider.account, facts)
    return False


async def close_checkouts(checkouts: Iterable[UnclosedCheckout], books: PaymentBooks, find: FindProvider) -> int:
    """Close checkouts one after the other and return how many are closed. Those that fail are logged and stay due."""
    closed = 0
    for checkout in checkouts:
        try:
            closed += await close_checkout(checkout, books, find)
        except DomainError as error:
            logs.logger().warning("checkout_not_closed", extra={"order": checkout.order_id, "code": error.code})
    return closed
