"""The caller's own subscriptions: list, cancel, resume, change the plan, open the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import (
    NothingToResume,
    PaymentProviderNotConfigured,
    SubscriptionNotChangeable,
    SubscriptionNotFound,
)
from functions._shared.domain.payments import CatalogPrice
from functions.billing.schemas import Portal, Subscription, Subscriptions
from functions.billing.service import register_price

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.rows import CallerRows

_RUNNING: Final = frozenset({"trialing", "active", "past_due", "paused", "unpaid", "halted"})


async def list_own(rows: CallerRows) -> Subscriptions:
    """List the caller's subscriptions, newest first."""
    own = await rows.select("subscriptions", order="created_at.desc")
    return Subscriptions(subscriptions=[Subscription.model_validate(row) for row in own])


async def cancel(
    subscription_id: str,
    user_id: str,
    books: PaymentBooks,
    rows: CallerRows,
    find: Callable[[str], PaymentProvider],
    *,
    at_period_end: bool,
) -> Subscription:
    """Cancel a subscription at the end of the paid period, or immediately.

    Raises
    ------
    SubscriptionNotFound, SubscriptionNotChangeable, PaymentProviderUnavailable, PaymentRefused
        The subscription continues.
    """
    subscription = await _own(rows, user_id, subscription_id)
    if subscription.status not in _RUNNING or subscription.provider == "manual":
        raise SubscriptionNotChangeable
    provider = find(subscription.provider)
    facts = await provider.cancel(subscription.provider_subscription_id, at_period_end=at_period_end)
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
    """Resume a paused subscription, or withdraw a cancellation at the end of the period.

    Raises
    ------
    SubscriptionNotFound, NothingToResume, PaymentProviderUnavailable, PaymentRefused
        Nothing was changed.
    """
    subscription = await _own(rows, user_id, subscription_id)
    paused = subscription.status == "paused"
    ending = subscription.cancel_at_period_end and subscription.status in _RUNNING
    if subscription.provider == "manual" or not (paused or ending):
        raise NothingToResume
    provider = find(subscription.provider)
    facts = await provider.resume(subscription.provider_subscription_id, paused=paused)
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
    """Change the plan: upgrade now for the difference in price, or downgrade at the end of the period.

    A discount that is not for the new plan ends before anything is charged.

    Raises
    ------
    SubscriptionNotFound, SubscriptionNotChangeable, PlanUnchanged, PriceNotFound, PaymentProviderUnavailable,
    PaymentRefused
        The plan was not changed.
    """
    change = await books.plan_change(user_id, subscription_id, plan)
    provider = find(change["provider"])
    price = CatalogPrice(
        change["price"], change["name"], change["amount"], change["currency"], change["billing_interval"]
    )
    price_id = change["provider_price_id"] or await register_price(price, books, provider)
    is_downgrade = change["direction"] == "downgrade"
    facts = await provider.change_plan(
        change["provider_subscription_id"],
        price_id,
        at_period_end=is_downgrade,
        drop_discount=change["drop_discount"],
    )
    await books.reconcile(provider.name, provider.account, facts, is_answer=True)
    if is_downgrade:
        await books.intend(user_id, subscription_id, scheduled_plan=plan)
    return await _own(rows, user_id, subscription_id)


async def portal(rows: CallerRows, user_id: str, return_url: str, provider: PaymentProvider) -> Portal:
    """Create a link to the provider's customer portal.

    Raises
    ------
    PaymentProviderNotConfigured
        The caller has never bought anything through this provider.
    """
    match = {"user_id": user_id, "provider": provider.name}
    customers = await rows.select("billing_customers", match=match, limit=1)
    if not customers:
        raise PaymentProviderNotConfigured("You have not bought anything through this provider.")
    return Portal(url=await provider.portal(customers[0]["provider_customer_id"], return_url))


async def _own(rows: CallerRows, user_id: str, subscription_id: str) -> Subscription:
    matches = await rows.select("subscriptions", match={"id": subscription_id, "user_id": user_id}, limit=1)
    if not matches:
        raise SubscriptionNotFound
    return Subscription.model_validate(matches[0])
