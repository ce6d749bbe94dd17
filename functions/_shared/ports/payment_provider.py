"""A payment provider: checkouts, subscriptions, and what happened to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.payments import (
        CatalogPrice,
        Customer,
        Facts,
        Opened,
        PackOrder,
        ProviderEvent,
        ProviderName,
        Return,
        SubscriptionOrder,
    )


class PaymentProvider(Protocol):
    """A payment provider: checkouts, subscriptions, what happened, and the events that tell it.

    Every method that calls the provider raises `PaymentProviderUnavailable` if it does not answer and `PaymentRefused`
    if it declines.
    """

    name: ProviderName
    account: str | None

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        """Verify and read a webhook event.

        Raises
        ------
        InvalidSignature
            It was not signed with the current or the previous secret, or too long ago, or in the future.
        """
        ...

    async def ensure_customer(self, customer: Customer) -> str | None:
        """Return the customer's id, making the customer where the provider wants one before the first payment."""
        ...

    async def ensure_price(self, price: CatalogPrice) -> str:
        """Make a recurring price and return its id; the same price again gives the same id where the provider can."""
        ...

    async def open_pack(self, order: PackOrder, customer: Customer, back: Return | None) -> Opened:
        """Open the checkout of a one-off payment."""
        ...

    async def open_subscription(self, order: SubscriptionOrder, customer: Customer, back: Return | None) -> Opened:
        """Open the checkout of a subscription."""
        ...

    async def void(self, order_id: str | None, subscription_id: str | None) -> None:
        """Close a checkout that the customer gave up, unless it was paid."""
        ...

    def check_payment(self, claim: Mapping[str, str]) -> tuple[Literal["order", "subscription"], str]:
        """Verify what the provider's checkout told the client, and return what to look up.

        Raises
        ------
        PaymentSignatureInvalid
            The provider did not sign this.
        """
        ...

    async def look_up(self, kind: str, identity: str) -> Facts:
        """Ask about an ``order``, ``subscription``, ``payment`` or ``dispute``, with all that belongs to it."""
        ...

    async def cancel(self, subscription_id: str, *, at_period_end: bool) -> Facts:
        """Cancel now or at the end of the period."""
        ...

    async def resume(self, subscription_id: str, *, paused: bool) -> Facts:
        """Go on after a pause, or take a cancellation for the period's end back.

        Raises
        ------
        NothingToResume
            The provider takes no cancellation back.
        """
        ...

    async def change_plan(self, subscription_id: str, price_id: str, *, at_period_end: bool) -> Facts:
        """Change the price: now, charging the difference for the rest of the period, or at its end."""
        ...

    async def portal(self, customer_id: str, return_url: str) -> str:
        """Make a link to the provider's own pages for cards and invoices.

        Raises
        ------
        PaymentProviderNotConfigured
            The provider has no such pages.
        """
        ...
