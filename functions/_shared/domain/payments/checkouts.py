"""The states of a checkout in our books, from the buyer's request to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - parsers evaluate the annotations
from typing import Literal

from functions._shared.domain.json import Json  # noqa: TC001 - parsers evaluate the annotations
from functions._shared.domain.payments.names import (  # noqa: TC001 - parsers evaluate the annotations
    Interval,
    OrderKind,
    ProviderName,
)
from functions._shared.domain.payments.orders import (
    CatalogPrice,
    Coupon,
    Customer,
    Order,
    PackOrder,
    ProviderObject,
    SubscriptionOrder,
)


@dataclass(frozen=True, slots=True)
class CheckoutAttempt:
    """An attempt to buy. The price comes from the catalogue.

    Parameters
    ----------
    provider : str
        The provider that takes the payment.
    account : str or None
        Our account with it.
    item : str
        Slug of the pack or plan.
    idempotency_key, request_hash : str
        The same attempt has the same key and hash; it opens only one checkout.
    """

    provider: ProviderName
    account: str | None
    kind: OrderKind
    item: str
    interval: Interval
    currency: str | None
    coupon: str | None
    trial: bool
    idempotency_key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class OpenCheckout:
    """The order exists, and the provider's checkout is the next step.

    Parameters
    ----------
    order : Order
        New, or from an earlier attempt that did not get this far.
    name : str
        What is sold, as the customer reads it.
    is_retry : bool
        Whether an earlier attempt may have reached the provider.
    customer : Customer
        The buyer, with the provider's id if we know it.
    price : CatalogPrice or None
        The recurring price; None for a pack.
    provider_price_id : str or None
        The provider's id of the price, if it is registered.
    coupon : Coupon or None
        The discount on the charges of a subscription.
    """

    order: Order
    name: str
    is_retry: bool
    customer: Customer
    price: CatalogPrice | None
    provider_price_id: str | None
    coupon: Coupon | None

    def pack_order(self) -> PackOrder:
        """Return what we ask of the provider for a pack."""
        return PackOrder(
            order_id=self.order.order_id,
            name=self.name,
            amount=self.order.amount,
            currency=self.order.currency,
            ends_at=self.order.offer_ends_at,
            is_retry=self.is_retry,
        )

    def subscription_order(self, price: CatalogPrice, provider_price_id: str) -> SubscriptionOrder:
        """Return what we ask of the provider for a subscription at a registered price."""
        return SubscriptionOrder(
            order_id=self.order.order_id,
            name=self.name,
            price_id=provider_price_id,
            amount=price.amount,
            currency=price.currency,
            interval=price.interval,
            trial_days=self.order.trial_days,
            coupon=self.coupon,
            created_at=self.order.created_at,
            ends_at=self.order.offer_ends_at,
            is_retry=self.is_retry,
        )


@dataclass(frozen=True, slots=True)
class ReplayedCheckout:
    """The attempt was made before: its order, and the provider's checkout that the client received then."""

    order: Order
    checkout: Json


@dataclass(frozen=True, slots=True)
class LostCheckout:
    """What finds a checkout at the provider if its answer never reached us."""

    user_id: str
    customer_id: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UnclosedCheckout:
    """A checkout that must end, and that the provider may still have open.

    Parameters
    ----------
    lost : LostCheckout or None
        Set if we do not know whether the provider opened it.
    """

    order_id: str
    provider: ProviderName
    provider_order_id: str | None
    provider_subscription_id: str | None
    lost: LostCheckout | None = None

    @property
    def provider_object(self) -> ProviderObject | None:
        """What to look up at the provider; None if the provider never opened the checkout."""
        if self.provider_order_id is not None:
            return ProviderObject("order", self.provider_order_id)
        if self.provider_subscription_id is not None:
            return ProviderObject("subscription", self.provider_subscription_id)
        return None


@dataclass(frozen=True, slots=True)
class EndedOffer:
    """The order can no longer be paid.

    Parameters
    ----------
    unclosed : tuple of UnclosedCheckout
        Its checkout, if the provider may still have it open.
    reason : str or None
        Code of the check that failed; None if the offer ended while the provider opened the checkout.
    """

    unclosed: tuple[UnclosedCheckout, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierSubscription:
    """A subscription that must end, or be looked up, before another one is sold."""

    provider: ProviderName
    provider_subscription_id: str
    action: Literal["cancel", "look_up"]


@dataclass(frozen=True, slots=True)
class CancelFirst:
    """The order waits: these checkouts and subscriptions must end at their providers first."""

    checkouts: tuple[UnclosedCheckout, ...]
    subscriptions: tuple[EarlierSubscription, ...]


CheckoutState = OpenCheckout | ReplayedCheckout | EndedOffer | CancelFirst
"""Where an attempt to buy stands in our books."""


@dataclass(frozen=True, slots=True)
class BoundCheckout:
    """The order is linked to the provider's checkout. If two attempts met, this is the checkout of the first."""

    checkout: Json
