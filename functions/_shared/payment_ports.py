"""What `billing` and `payments_webhook` need from the world: payment providers, and the books that we keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.payments import Facts, Interval, ProviderEvent, ProviderName

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Customer:
    """Who pays, as far as a provider is told."""

    user_id: str
    customer_id: str | None
    email: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Coupon:
    """A reduction in percent or in the currency's smallest unit, of the first charge or of every one."""

    code: str
    percent_off: int | None
    amount_off: int | None
    currency: str | None
    duration: Literal["once", "forever"]
    razorpay_offer_id: str | None


@dataclass(frozen=True, slots=True)
class PackOrder:
    """A credit pack to be paid once.

    Parameters
    ----------
    order_id : str
        Ours. Making the same order twice at the provider is avoided by it.
    name : str
        What the customer reads.
    amount : int
        To be paid, discount taken off, in the currency's smallest unit.
    is_retry : bool
        A call for this order may have got through before.
    """

    order_id: str
    name: str
    amount: int
    currency: str
    is_retry: bool


@dataclass(frozen=True, slots=True)
class SubscriptionOrder:
    """A subscription to be authorised by the customer; `amount` is the list price per period."""

    order_id: str
    name: str
    price_id: str
    amount: int
    currency: str
    interval: Interval
    trial_days: int
    coupon: Coupon | None


@dataclass(frozen=True, slots=True)
class CatalogPrice:
    """A recurring price of ours that a provider shall know."""

    slug: str
    name: str
    amount: int
    currency: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Opened:
    """What the provider made for an order.

    Parameters
    ----------
    order_id, subscription_id : str or None
        The provider's ids, by which its events are matched to our order.
    checkout : dict
        What the client needs to open the provider's checkout. Nothing secret.
    """

    order_id: str | None
    subscription_id: str | None
    checkout: Json


@dataclass(frozen=True, slots=True)
class Return:
    """Where the provider's pages send the customer afterwards."""

    success_url: str
    cancel_url: str


class PaymentProvider(Protocol):
    """A payment provider: checkouts, subscriptions, what happened, and the events that tell it.

    Every method that calls the provider raises `ProviderUnavailable` when it does not answer and `PaymentRefused`
    when it declines.
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

    async def void(self, order_id: str | None, subscription_id: str | None) -> bool:
        """Close a checkout, unless the customer has completed it; True where nobody can pay it any more."""
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
        ProviderNotConfigured
            The provider has no such pages.
        """
        ...


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
        """Note the provider's ids and what the client is told; see ``checkout_bind`` of the database."""
        ...

    async def checkout_closed(self, order_id: str) -> None:
        """Note that the provider has closed an order's checkout."""
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

    async def cancellations_due(self, limit: int, skip: int) -> list[Json]:
        """List subscriptions that have to end without their owner asking for it, but for the first ``skip``."""
        ...

    async def checkouts_to_close(self, limit: int) -> list[Json]:
        """List orders whose offer has ended and whose checkout the provider still has open."""
        ...
