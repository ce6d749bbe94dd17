"""Changes of plan at Stripe: an upgrade is one update, a downgrade is a subscription schedule.

A change that Stripe refuses leaves the plan, the discount and a scheduled downgrade as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import stripe

from functions._shared.adapters.stripe import objects
from functions._shared.adapters.stripe.sdk import plain

if TYPE_CHECKING:
    from functions._shared.domain.json import Json

_NONE: Final = ""
"""Clears the discounts of a subscription or phase; an empty list leaves them as they are."""


async def upgrade(api: stripe.V1Services, sub: Json, price_id: str, *, drop_discount: bool) -> stripe.Subscription:
    """Change the price now. The difference is invoiced at once, and the change takes effect when it is paid.

    Price and discount change in one request. Unpaid, both wait together as a pending update. Stripe takes no update
    under a schedule, so a scheduled downgrade is released first; then the change is paid at once or refused, because
    a pending update would leave open whether the downgrade still holds.
    """
    change: dict[str, Any] = {
        "items": [{"id": _item(sub)["id"], "price": price_id}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    if drop_discount:
        change["discounts"] = _NONE
    waiting = objects.id_of(sub.get("schedule"))
    if waiting is None:
        return await api.subscriptions.update_async(sub["id"], cast("Any", change))
    last = plain(await api.subscription_schedules.retrieve_async(waiting))["phases"][-1]
    await api.subscription_schedules.release_async(waiting)
    change["payment_behavior"] = "error_if_incomplete"
    try:
        return await api.subscriptions.update_async(sub["id"], cast("Any", change))
    except stripe.StripeError:
        current = await api.subscriptions.retrieve_async(sub["id"])
        if _item(plain(current))["price"]["id"] == price_id:
            return current  # only the answer was lost
        await _schedule(api, plain(current), objects.id_of(last["items"][0]["price"]), last.get("discounts"))
        raise


async def downgrade(api: stripe.V1Services, sub: Json, price_id: str, *, drop_discount: bool) -> stripe.Subscription:
    """Change the price at the end of the period, in place of what was scheduled before."""
    await _schedule(api, sub, price_id, None if drop_discount else _discounts(sub))
    return await api.subscriptions.retrieve_async(sub["id"])


async def release(api: stripe.V1Services, sub: Json) -> None:
    """Withdraw what is scheduled. The subscription stays as it is, with its discount."""
    schedule = objects.id_of(sub.get("schedule"))
    if schedule is not None:
        await api.subscription_schedules.release_async(schedule)


async def _schedule(api: stripe.V1Services, sub: Json, price_id: str | None, discounts: list[Json] | None) -> None:
    """Schedule a price with its discounts for the end of the period."""
    item, known = _item(sub), objects.id_of(sub.get("schedule"))
    if known is None:
        # Made from a subscription, a schedule takes no phases; they follow in a second call.
        schedule = await api.subscription_schedules.create_async({"from_subscription": sub["id"]})
    else:
        schedule = await api.subscription_schedules.retrieve_async(known)
    current: dict[str, Any] = {
        "items": [{"price": item["price"]["id"], "quantity": 1}],
        "start_date": plain(schedule)["current_phase"]["start_date"],
        "end_date": item.get("current_period_end") or sub.get("current_period_end"),
        "discounts": _discounts(sub) or _NONE,
    }
    later = {"items": [{"price": price_id, "quantity": 1}], "discounts": _reused(discounts) or _NONE}
    try:
        await api.subscription_schedules.update_async(
            schedule.id, cast("Any", {"phases": [current, later], "end_behavior": "release"})
        )
    except stripe.StripeError:
        if known is None:
            await api.subscription_schedules.release_async(schedule.id)
        raise


def _item(sub: Json) -> dict[str, Any]:
    item: dict[str, Any] = sub["items"]["data"][0]
    return item


def _discounts(sub: Json) -> list[Json]:
    return [{"discount": objects.id_of(discount)} for discount in sub.get("discounts") or []]


def _reused(discounts: list[Json] | None) -> list[Json]:
    """Return the discounts of a phase as a request names them."""
    kinds = ("discount", "promotion_code", "coupon")
    named = [next((kind for kind in kinds if each.get(kind)), None) for each in discounts or []]
    return [{kind: objects.id_of(each[kind])} for kind, each in zip(named, discounts or [], strict=True) if kind]
