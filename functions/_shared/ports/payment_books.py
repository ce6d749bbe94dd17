"""Our records of payments: catalogue, orders, subscriptions, receipts and the inbox of provider events.

Used by the ``billing``, ``payments_webhook`` and ``cleanup`` functions. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.payments.catalogue import CatalogueView
    from functions._shared.domain.payments.checkouts import (
        BoundCheckout,
        CheckoutAttempt,
        CheckoutState,
        EndedOffer,
        UnclosedCheckout,
    )
    from functions._shared.domain.payments.events import EventOutcome, ProviderEvent
    from functions._shared.domain.payments.facts import Facts
    from functions._shared.domain.payments.orders import OpenedAtProvider, Order
    from functions._shared.domain.payments.receipts import Receipt
    from functions._shared.domain.payments.reconciliation import ReconcileOutcome, StaleObject
    from functions._shared.domain.payments.subscriptions import PlanChange, SubscriptionToCancel, WithdrawnDowngrade


class PaymentBooks(Protocol):
    """Our records of payments. Each call is one round trip."""

    async def catalogue(self) -> CatalogueView:
        """Return everything that is for sale. Public."""
        ...

    async def receive(self, event: ProviderEvent, body: bytes) -> EventOutcome:
        """Store a verified event and apply it, in one transaction.

        Raises
        ------
        DatabaseUnavailable
            The event was not stored; the provider must send it again.
        """
        ...

    async def open_checkout(self, user_id: str, attempt: CheckoutAttempt) -> CheckoutState:
        """Create our order, or return where the attempt stands. Every attempt is checked again."""
        ...

    async def bind_checkout(self, user_id: str, order_id: str, opened: OpenedAtProvider) -> BoundCheckout | EndedOffer:
        """Link an order to the provider's checkout, unless its offer has ended in the meantime."""
        ...

    async def checkout_closed(self, order_id: str, *, is_superseded: bool = False) -> None:
        """Record that the provider has closed the checkout of an order, perhaps in favour of a later one."""
        ...

    async def require_active(self, user_id: str) -> None:
        """Check that the account may start or continue a charge.

        Raises
        ------
        AccountInactive
            It is suspended or deleted.
        """
        ...

    async def bind_price(self, price: str, provider: str, price_id: str) -> str:
        """Record the provider's id of a price; return the id that is stored, which may be an earlier one."""
        ...

    async def bind_customer(self, user_id: str, provider: str, customer_id: str) -> str:
        """Record the provider's id of a customer; return the id that is stored, which may be an earlier one."""
        ...

    async def order(
        self, user_id: str, *, order_id: str | None = None, provider: str | None = None, provider_id: str | None = None
    ) -> Order:
        """Return one of the user's own orders."""
        ...

    async def subscriptions(self, user_id: str) -> list[dict[str, Any]]:
        """Return the user's own subscriptions, newest first, whether or not the account is active."""
        ...

    async def plan_change(self, user_id: str, subscription_id: str, plan: str) -> PlanChange | WithdrawnDowngrade:
        """Describe what a change of plan would do, without doing it."""
        ...

    async def intend(
        self,
        user_id: str,
        subscription_id: str,
        *,
        cancel_at_period_end: bool | None = None,
        scheduled_plan: str | None = None,
        clear_plan: bool = False,
    ) -> None:
        """Record what the provider agreed to do at the end of the period."""
        ...

    async def receipts(
        self, user_id: str, *, receipt_id: str | None = None, before: str | None = None, limit: int = 50
    ) -> list[Receipt]:
        """Return the user's own receipts, newest first, starting after the receipt ``before``."""
        ...

    async def reconcile(
        self, provider: str, account: str | None, facts: Facts, *, dry_run: bool = False, is_answer: bool = False
    ) -> ReconcileOutcome:
        """Apply facts from the provider's API. ``is_answer``: they answer our own change."""
        ...

    async def reconcile_due(
        self, limit: int, *, urgent_only: bool = False, user_id: str | None = None
    ) -> list[StaleObject]:
        """Return what to look up at the providers."""
        ...

    async def cancellations_due(self, limit: int, skip: int) -> list[SubscriptionToCancel]:
        """Return subscriptions to end although their owner did not ask for it, after skipping the first ``skip``."""
        ...

    async def checkouts_to_close(self, limit: int) -> list[UnclosedCheckout]:
        """Return checkouts whose offer has ended and which may still be open at the provider."""
        ...
