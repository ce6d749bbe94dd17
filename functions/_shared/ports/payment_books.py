"""Our side of payments: orders, subscriptions, receipts, the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.payments import Facts, Opened, ProviderEvent

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an event: ``processed``, ``ignored``, ``failed`` (kept, tried again) or ``duplicate``."""

    state: str
    id: int
    error: str | None
    effects: list[str]


class PaymentBooks(Protocol):
    """Our side of payments: orders, subscriptions, receipts, the inbox. Each call is one round trip."""

    async def catalogue(self) -> Json:
        """Everything for sale; public."""
        ...

    async def receive(self, event: ProviderEvent, body: bytes) -> Received:
        """Keep a verified event and apply it, in one transaction.

        Raises
        ------
        DatabaseUnavailable
            It was not kept: the provider must send it again.
        """
        ...

    async def open_checkout(self, user_id: str, request: Mapping[str, Any]) -> Json:
        """Make our order; see ``checkout_open`` of the database."""
        ...

    async def bind_checkout(self, user_id: str, order_id: str, opened: Opened, response: Json) -> Json:
        """Note the provider's ids and what the client is told."""
        ...

    async def bind_price(self, price: str, provider: str, price_id: str) -> str:
        """Note a provider's id of a price; returns the one that counts."""
        ...

    async def bind_customer(self, user_id: str, provider: str, customer_id: str) -> str:
        """Note a provider's id of a customer; returns the one that counts."""
        ...

    async def order(
        self, user_id: str, *, order_id: str | None = None, provider: str | None = None, provider_id: str | None = None
    ) -> Json:
        """Read a user's own order."""
        ...

    async def plan_change(self, user_id: str, subscription_id: str, plan: str) -> Json:
        """Tell what a change of plan would be."""
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
        """Note what the provider agreed to do at the period's end."""
        ...

    async def receipts(
        self, user_id: str, *, receipt_id: str | None = None, before: str | None = None, limit: int = 50
    ) -> list[Json]:
        """Read a user's own receipts, the newest first; those after the receipt ``before``."""
        ...

    async def reconcile(
        self, provider: str, account: str | None, facts: Facts, *, dry_run: bool = False, is_answer: bool = False
    ) -> Json:
        """Apply what a provider said when asked, or answered to a change of ours, and tell what changed."""
        ...

    async def reconcile_due(self, limit: int) -> list[Json]:
        """List what the providers should be asked about."""
        ...
