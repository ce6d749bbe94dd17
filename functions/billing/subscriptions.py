"""The caller's own subscriptions: list, cancel, resume, change the plan, open the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import (
    NothingToResume,
    OrderNotFound,
    PaymentProviderNotConfigured,
    SubscriptionNotChangeable,
    SubscriptionNotFound,
)
from functions._shared.domain.payments.subscriptions import WithdrawnDowngrade
from functions._shared.flows.endings import end_subscription
from functions.billing.schemas import BillingCustomer, Portal, Subscription, Subscriptions
from functions.billing.service import register_price

if TYPE_CHECKING:
    from functions.billing.desk import BillingDesk

_OVERDUE: Final = frozenset({"past_due", "unpaid", "halted"})
_RUNNING: Final = frozenset({"trialing", "active", "paused"}) | _OVERDUE


async def list_own(desk: BillingDesk) -> Subscriptions:
    """List the caller's subscriptions, newest first."""
    own = await desk.books.subscriptions(desk.user_id)
    return Subscriptions(subscriptions=[Subscription.model_validate(row) for row in own])


async def cancel(subscription_id: str, desk: BillingDesk, *, at_period_end: bool) -> Subscription:
    """Cancel a subscription at the end of the paid period, or immediately. An overdue one ends immediately.

    One that a bank has yet to confirm is named by its order, and ends immediately.

    Raises
    ------
    SubscriptionNotFound, SubscriptionNotChangeable, PaymentProviderUnavailable, PaymentRefused
        The subscription continues.
    """
    try:
        subscription = await _own(desk, subscription_id)
    except SubscriptionNotFound:
        return await _cancel_accepted(desk, subscription_id)
    if subscription.status not in _RUNNING or subscription.provider == "manual":
        raise SubscriptionNotChangeable
    # What is overdue has no paid period to wait for, and the provider would go on trying to charge it.
    at_period_end = at_period_end and subscription.status not in _OVERDUE
    provider = desk.find_provider(subscription.provider)
    facts = await provider.cancel(subscription.provider_subscription_id, at_period_end=at_period_end)
    await desk.books.reconcile(provider.name, provider.account, facts, is_answer=True)
    if at_period_end:
        await desk.books.intend(desk.user_id, subscription_id, cancel_at_period_end=True, clear_plan=True)
    return await _own(desk, subscription_id)


async def resume(subscription_id: str, desk: BillingDesk) -> Subscription:
    """Resume a paused subscription, or withdraw a cancellation at the end of the period.

    Raises
    ------
    AccountInactive, SubscriptionNotFound, NothingToResume, PaymentProviderUnavailable, PaymentRefused
        Nothing was changed.
    """
    await desk.books.require_active(desk.user_id)
    subscription = await _own(desk, subscription_id)
    paused = subscription.status == "paused"
    ending = subscription.cancel_at_period_end and subscription.status in _RUNNING
    if subscription.provider == "manual" or not (paused or ending):
        raise NothingToResume
    provider = desk.find_provider(subscription.provider)
    facts = await provider.resume(subscription.provider_subscription_id, paused=paused)
    await desk.books.reconcile(provider.name, provider.account, facts, is_answer=True)
    await desk.books.intend(desk.user_id, subscription_id, cancel_at_period_end=False)
    return await _own(desk, subscription_id)


async def change_plan(subscription_id: str, plan: str, desk: BillingDesk) -> Subscription:
    """Change the plan: upgrade now for the difference in price, or downgrade at the end of the period.

    A discount that is not for the new plan ends with the old one. A change to the plan that the subscription is on
    withdraws the downgrade that is scheduled.

    Raises
    ------
    AccountInactive, SubscriptionNotFound, SubscriptionNotChangeable, PlanUnchanged, PriceNotFound,
    PaymentProviderUnavailable, PaymentRefused
        Nothing was changed.
    """
    change = await desk.books.plan_change(desk.user_id, subscription_id, plan)
    provider = desk.find_provider(change.provider)
    if isinstance(change, WithdrawnDowngrade):
        facts = await provider.withdraw_change(change.provider_subscription_id)
        await desk.books.reconcile(provider.name, provider.account, facts, is_answer=True)
        await desk.books.intend(desk.user_id, subscription_id, clear_plan=True)
        return await _own(desk, subscription_id)
    price_id = change.provider_price_id or await register_price(change.price, desk.books, provider)
    facts = await provider.change_plan(
        change.provider_subscription_id,
        price_id,
        at_period_end=change.is_downgrade,
        drop_discount=change.drops_discount,
    )
    await desk.books.reconcile(provider.name, provider.account, facts, is_answer=True)
    if change.is_downgrade:
        await desk.books.intend(desk.user_id, subscription_id, scheduled_plan=plan)
    return await _own(desk, subscription_id)


async def portal(return_url: str, desk: BillingDesk) -> Portal:
    """Create a link to Stripe's customer portal. Razorpay has none.

    Raises
    ------
    AccountInactive
        The portal can renew a cancelled subscription.
    PaymentProviderNotConfigured
        The caller has never bought anything through Stripe.
    """
    await desk.books.require_active(desk.user_id)
    provider = desk.find_provider("stripe")
    match = {"user_id": desk.user_id, "provider": provider.name}
    matches = await desk.rows.select("billing_customers", match=match, limit=1)
    if not matches:
        raise PaymentProviderNotConfigured("You have not bought anything through this provider.")
    (row,) = matches
    customer = BillingCustomer.model_validate(row)
    return Portal(url=await provider.portal(customer.provider_customer_id, return_url))


async def _cancel_accepted(desk: BillingDesk, order_id: str) -> Subscription:
    """Cancel what the customer accepted with an order, and of which the provider has reported no state."""
    try:
        order = await desk.books.order(desk.user_id, order_id=order_id)
    except OrderNotFound:
        raise SubscriptionNotFound from None
    identity = order.provider_subscription_id
    if order.status != "paid" or identity is None:
        raise SubscriptionNotFound
    await end_subscription(identity, desk.books, desk.find_provider(order.provider))
    return await _own(desk, identity, key="provider_subscription_id")


async def _own(desk: BillingDesk, identity: str, *, key: str = "id") -> Subscription:
    # Not with the caller's own rights: an inactive account has none, and still sees and ends what it pays for.
    for row in await desk.books.subscriptions(desk.user_id):
        if row[key] == identity:
            return Subscription.model_validate(row)
    raise SubscriptionNotFound
