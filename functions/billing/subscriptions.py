"""The caller's own subscriptions, against the ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import (
    NothingToResume,
    ProviderNotConfigured,
    SubscriptionNotChangeable,
    SubscriptionNotFound,
)
from functions._shared.payment_ports import CatalogPrice
from functions.billing.schemas import Portal, Subscription, Subscriptions
from functions.billing.service import known_price

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.payment_ports import PaymentBooks, PaymentProvider
    from functions._shared.ports import CallerRows

_RUNNING: Final = frozenset({"trialing", "active", "past_due", "paused", "unpaid", "halted"})


async def subscriptions(rows: CallerRows) -> Subscriptions:
    """Read the caller's subscriptions."""
    found = await rows.select("subscriptions", order="created_at.desc")
    return Subscriptions(subscriptions=[Subscription.model_validate(row) for row in found])


async def _own(rows: CallerRows, user_id: str, subscription_id: str) -> Subscription:
    found = await rows.select("subscriptions", match={"id": subscription_id, "user_id": user_id}, limit=1)
    if not found:
        raise SubscriptionNotFound
    return Subscription.model_validate(found[0])


async def cancel(
    subscription_id: str,
    user_id: str,
    books: PaymentBooks,
    rows: CallerRows,
    find: Callable[[str], PaymentProvider],
    *,
    at_period_end: bool,
) -> Subscription:
    """Cancel the caller's own subscription, at the end of what is paid or now.

    Raises
    ------
    SubscriptionNotFound, SubscriptionNotChangeable, ProviderUnavailable, PaymentRefused
        It runs on.
    """
    sub = await _own(rows, user_id, subscription_id)
    if sub.status not in _RUNNING or sub.provider == "manual":
        raise SubscriptionNotChangeable
    provider = find(sub.provider)
    facts = await provider.cancel(sub.provider_subscription_id, at_period_end=at_period_end)
    await books.reconcile(provider.name, provider.account, facts, is_answer=True)
    if at_period_end:
        await books.intend(user_id, subscription_id, cancel_at_period_end=True, clear_plan=True)
    return await _own(rows, user_id, subscription_id)


async def resume(
    subscription_id: str,
    user_id: str,
    books: PaymentBooks,
    rows: CallerRows,
    find: Callable[[str], PaymentProvider],
) -> Subscription:
    """Go on after a pause, or take back a cancellation that waits for the end of the period.

    Raises
    ------
    SubscriptionNotFound, NothingToResume, ProviderUnavailable, PaymentRefused
        It stays as it is.
    """
    sub = await _own(rows, user_id, subscription_id)
    paused = sub.status == "paused"
    if sub.provider == "manual" or not (paused or (sub.cancel_at_period_end and sub.status in _RUNNING)):
        raise NothingToResume
    provider = find(sub.provider)
    facts = await provider.resume(sub.provider_subscription_id, paused=paused)
    await books.reconcile(provider.name, provider.account, facts, is_answer=True)
    await books.intend(user_id, subscription_id, cancel_at_period_end=False)
    return await _own(rows, user_id, subscription_id)


async def change_plan(
    subscription_id: str,
    user_id: str,
    plan: str,
    books: PaymentBooks,
    rows: CallerRows,
    find: Callable[[str], PaymentProvider],
) -> Subscription:
    """Change the plan: up at once, for the difference of the rest of the period; down at the period's end.

    A discount that is not for the new plan ends before anything is charged.

    Raises
    ------
    SubscriptionNotFound, SubscriptionNotChangeable, PlanUnchanged, PriceNotFound, ProviderUnavailable, PaymentRefused
        The plan stays.
    """
    change = await books.plan_change(user_id, subscription_id, plan)
    provider = find(change["provider"])
    price = CatalogPrice(
        change["price"], change["name"], change["amount"], change["currency"], change["billing_interval"]
    )
    price_id = change["provider_price_id"] or await known_price(price, books, provider)
    later = change["direction"] == "downgrade"
    facts = await provider.change_plan(
        change["provider_subscription_id"], price_id, at_period_end=later, drop_discount=change["drop_discount"]
    )
    await books.reconcile(provider.name, provider.account, facts, is_answer=True)
    if later:
        await books.intend(user_id, subscription_id, scheduled_plan=plan)
    return await _own(rows, user_id, subscription_id)


async def portal(rows: CallerRows, user_id: str, return_url: str, provider: PaymentProvider) -> Portal:
    """Make a link to the provider's own pages.

    Raises
    ------
    ProviderNotConfigured
        The caller never bought anything there.
    """
    match = {"user_id": user_id, "provider": provider.name}
    found = await rows.select("billing_customers", match=match, limit=1)
    if not found:
        raise ProviderNotConfigured("There is nothing to manage: nothing was bought through this provider.")
    return Portal(url=await provider.portal(found[0]["provider_customer_id"], return_url))
