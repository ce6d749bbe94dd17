"""Our records of payments: catalogue, orders, subscriptions, receipts and the inbox of provider events.

Used by the ``billing``, ``payments_webhook`` and ``cleanup`` functions. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.domain.payments import Facts, Opened, ProviderEvent


class PaymentBooks(Protocol):
    """Our records of payments. Each call is one round trip."""

    async def catalogue(self) -> dict[str, Any]:
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

    async def open_checkout(self, user_id: str, request: Json) -> dict[str, Any]:
        """Create our order. The arguments are those of ``checkout_open`` in the database."""
        ...

    async def bind_checkout(self, user_id: str, order_id: str, opened: Opened, response: Json) -> dict[str, Any]:
        """Record the provider's ids for an order and the response for the client; return the stored response."""
        ...

    async def bind_price(self, price: str, provider: str, price_id: str) -> str:
        """Record the provider's id of a price; return the id that is stored, which may be an earlier one."""
        ...

    async def bind_customer(self, user_id: str, provider: str, customer_id: str) -> str:
        """Record the provider's id of a customer; return the id that is stored, which may be an earlier one."""
        ...

    async def order(
        self, user_id: str, *, order_id: str | None = None, provider: str | None = None, provider_id: str | None = None
    ) -> dict[str, Any]:
        """Return one of the user's own orders."""
        ...

    async def plan_change(self, user_id: str, subscription_id: str, plan: str) -> dict[str, Any]:
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
    ) -> list[dict[str, Any]]:
        """Return the user's own receipts, newest first, starting after the receipt ``before``."""
        ...

    async def reconcile(
        self, provider: str, account: str | None, facts: Facts, *, dry_run: bool = False, is_answer: bool = False
    ) -> dict[str, Any]:
        """Apply facts from the provider's API and return what changed. ``is_answer``: they answer our own change."""
        ...

    async def reconcile_due(self, limit: int) -> list[dict[str, Any]]:
        """Return the records to look up at the providers."""
        ...


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """The result of an event: ``processed``, ``ignored``, ``failed`` (stored and retried later) or ``duplicate``."""

    state: str
    id: int
    error: str | None
    effects: list[str]
