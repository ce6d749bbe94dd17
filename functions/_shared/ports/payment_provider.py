"""A payment provider: checkouts, subscriptions and webhook events.

Used by the ``billing``, ``payments_webhook`` and ``cleanup`` functions. Implemented by the ``razorpay`` and ``stripe``
adapters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from functions._shared.domain.payments.events import ProviderEvent
    from functions._shared.domain.payments.facts import Facts
    from functions._shared.domain.payments.names import ObjectKind, ProviderName
    from functions._shared.domain.payments.orders import (
        CatalogPrice,
        Customer,
        OpenedAtProvider,
        PackOrder,
        ProviderObject,
        ReturnUrls,
        SubscriptionOrder,
    )


class PaymentProvider(Protocol):
    """An account with a payment provider.

    Every method that calls the provider raises `PaymentProviderUnavailable` if it does not answer and `PaymentRefused`
    if it declines.
    """

    name: ProviderName
    account: str | None
    needs_return_urls: bool
    """Whether its checkout is a page of its own, which must know the way back."""

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        """Verify and read a webhook event.

        Raises
        ------
        InvalidSignature
            No current or previous secret matches the signature, or its timestamp is too far from now.
        """
        ...

    async def ensure_customer(self, customer: Customer) -> str | None:
        """Return the customer's id. Create the customer if the provider needs one before the first payment."""
        ...

    async def ensure_price(self, price: CatalogPrice) -> str:
        """Create a recurring price and return its id. If the provider can, reuse the id of an identical price."""
        ...

    async def open_pack(self, order: PackOrder, customer: Customer, back: ReturnUrls | None) -> OpenedAtProvider:
        """Open the checkout of a one-off payment."""
        ...

    async def open_subscription(
        self, order: SubscriptionOrder, customer: Customer, back: ReturnUrls | None
    ) -> OpenedAtProvider:
        """Open the checkout of a subscription."""
        ...

    async def find_checkout(self, order_id: str, customer_id: str | None, since: datetime) -> OpenedAtProvider | None:
        """Find the checkout that was opened for an order of ours whose answer we never received."""
        ...

    async def void(self, order_id: str | None, subscription_id: str | None) -> bool:
        """Close a checkout unless the customer has completed it; return whether it can no longer be paid."""
        ...

    def check_payment(self, claim: Mapping[str, str]) -> ProviderObject:
        """Verify the payment confirmation from the client; return the object to look up.

        Raises
        ------
        PaymentSignatureInvalid
            The provider did not sign this confirmation.
        """
        ...

    async def look_up(self, kind: ObjectKind, identity: str) -> Facts:
        """Fetch an ``order``, ``subscription``, ``payment`` or ``dispute`` with everything that belongs to it."""
        ...

    async def cancel(self, subscription_id: str, *, at_period_end: bool) -> Facts:
        """Cancel a subscription, now or at the end of the period."""
        ...

    async def resume(self, subscription_id: str, *, paused: bool) -> Facts:
        """Resume a paused subscription, or undo a cancellation at the end of the period.

        Raises
        ------
        NothingToResume
            The provider cannot undo a cancellation.
        """
        ...

    async def change_plan(
        self, subscription_id: str, price_id: str, *, at_period_end: bool, drop_discount: bool = False
    ) -> Facts:
        """Change the price at the end of the period, or now with a charge for the difference.

        The change replaces one that is scheduled. ``drop_discount`` ends the discount with which the subscription was
        bought, together with the old price. If the change is refused, both stay as they were.
        """
        ...

    async def withdraw_change(self, subscription_id: str) -> Facts:
        """Withdraw the change that is scheduled for the end of the period."""
        ...

    async def portal(self, customer_id: str, return_url: str) -> str:
        """Return a link to the provider's customer portal for cards and invoices.

        Raises
        ------
        PaymentProviderNotConfigured
            The provider has no customer portal.
        """
        ...


FindProvider = Callable[[str], PaymentProvider]
"""Returns a payment provider by name; raises `PaymentProviderNotConfigured` if it has no account."""
