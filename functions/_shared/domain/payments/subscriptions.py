"""Changes of plan, and subscriptions that must end without a request of their owner."""

from __future__ import annotations

from dataclasses import dataclass

from functions._shared.domain.payments.names import ProviderName  # noqa: TC001 - parsers evaluate the annotations
from functions._shared.domain.payments.orders import CatalogPrice  # noqa: TC001 - parsers evaluate the annotations


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What a change of plan does.

    Parameters
    ----------
    is_downgrade : bool
        A downgrade takes effect at the end of the period, an upgrade immediately.
    price : CatalogPrice
        The price of the new plan.
    provider_price_id : str or None
        The provider's id of the price, if it is registered.
    drops_discount : bool
        Whether the discount of the subscription does not apply to the new plan.
    """

    provider: ProviderName
    provider_subscription_id: str
    is_downgrade: bool
    price: CatalogPrice
    provider_price_id: str | None
    drops_discount: bool


@dataclass(frozen=True, slots=True)
class WithdrawnDowngrade:
    """The customer stays on the plan of the subscription: the downgrade that is scheduled is withdrawn."""

    provider: ProviderName
    provider_subscription_id: str


@dataclass(frozen=True, slots=True)
class SubscriptionToCancel:
    """A subscription of an account that was deleted or suspended, or one that entitles to nothing.

    Parameters
    ----------
    reason : str
        ``deleted``, ``suspended``, ``erasure``, ``returned`` or ``late``.
    at_period_end : bool
        Whether the paid period may still be used.
    """

    subscription_id: str
    user_id: str
    provider: ProviderName
    provider_subscription_id: str
    reason: str
    at_period_end: bool
