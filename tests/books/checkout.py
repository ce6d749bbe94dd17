"""What may still be sold and paid: offers, keys, coupons, trials, second subscriptions (books §4).

Pure functions over the facts. `open_checkout` decides one attempt; the caller carries out what the decision
names: closing orders at the provider, cancelling subscriptions, storing the order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.books.entitlement import is_live, returned_and_running, subscriptions_of
from tests.books.facts import DAY
from tests.books.mailboxes import accounts_of_customer
from tests.books.worth import ENDED, accepted_late, offer_end, payment_worths, things_sold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.books.facts import Facts, Order, Price, Provider
    from tests.books.worth import Thing

OFFER_TIME = DAY
REVIVABLE = frozenset({"unpaid", "halted"})


@dataclass(frozen=True)
class Coupon:
    """A coupon code and its limits; `only_for` names the products it is for, empty means all."""

    code: str
    max_redemptions: int | None = None
    once_per_customer: bool = False
    only_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Item:
    """What the catalogue sells now under a name."""

    amount: int
    currency: str
    units: int = 0
    price: Price | None = None


@dataclass(frozen=True)
class Request:
    """One attempt to buy."""

    account: str
    key: str
    item: str
    provider: Provider
    coupon: str | None = None
    trial: bool = False


@dataclass(frozen=True)
class Shop:
    """What is on sale, which coupons are on, and which accounts are active."""

    items: Mapping[str, Item]
    coupons: Mapping[str, Coupon] = field(default_factory=dict)
    inactive: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """The answer to an attempt, and what must be done at the provider before it holds."""

    status: int
    code: str
    order: str | None = None
    supersede: tuple[str, ...] = ()
    cancel_first: tuple[str, ...] = ()


def open_checkout(facts: Facts, shop: Shop, request: Request, now: int) -> Decision:
    """Decide an attempt to buy.

    Parameters
    ----------
    facts
        What is known.
    shop
        The catalogue of now.
    request
        The attempt.
    now
        Our clock.

    Returns
    -------
    Decision
        201 for a new order, 200 for the order the key already has, else the refusal. `supersede` names the
        account's open subscription orders to close first, `cancel_first` the subscriptions that might come
        alive again or entitle to nothing: without the provider's confirmation the answer is 503, and what is
        not closed yet may be paid. A refusal closes and cancels nothing.
    """
    found = [own for own in facts.orders.values() if (own.account, own.key) == (request.account, request.key)]
    if not found:
        return _new_order(facts, shop, request, now)
    order = found[0]
    if not _same_content(order, request):
        return Decision(409, "idempotency_conflict")
    if is_paid(facts, order):
        return Decision(200, "paid", order.id)
    refused = _refusal(facts, shop, request, now, besides=order)
    if refused is not None or not can_be_paid(facts, order, now) or not _still_priced(shop, order):
        return Decision(409, "offer_ended", supersede=(order.id,))
    return Decision(200, "open", order.id)


def can_be_paid(facts: Facts, order: Order, now: int) -> bool:
    """Tell whether an unpaid order may still be paid, or was accepted in time and waits for its money.

    Returns
    -------
    bool
        False for a paid order.
    """
    if is_paid(facts, order):
        return False
    return now < offer_end(facts, order) or _money_is_under_way(facts, order)


def is_paid(facts: Facts, order: Order) -> bool:
    """Tell whether an order was sold: paid by a payment that counts, or accepted as a subscription.

    Returns
    -------
    bool
        Also after a refund.
    """
    paid = any(worth.order == order.id and worth.counts for worth in payment_worths(facts).values())
    return paid or _accepted(facts, order)


def coupon_refusal(
    facts: Facts,
    coupon: Coupon,
    request: Request,
    now: int,
    besides: frozenset[str] = frozenset(),
) -> str | None:
    """Tell why a coupon may not be used, if so.

    Returns
    -------
    str or None
        `coupon_not_applicable` or `coupon_used_up`; None if it may be used.
    """
    if coupon.only_for and request.item not in coupon.only_for:
        return "coupon_not_applicable"
    held = [
        order
        for order in facts.orders.values()
        if order.coupon == coupon.code and order.id not in besides and redemption_held(facts, order, now)
    ]
    if coupon.max_redemptions is not None and len(held) >= coupon.max_redemptions:
        return "coupon_used_up"
    customer = accounts_of_customer(facts, request.account)
    if coupon.once_per_customer and any(order.account in customer for order in held):
        return "coupon_used_up"
    return None


def redemption_held(facts: Facts, order: Order, now: int) -> bool:
    """Tell whether an order still holds its coupon and its trial.

    A sold order holds them for good. An unsold one frees them when its offer has ended and the provider takes
    no more money for it: closed there, or a Stripe session past its life. A Razorpay pack order cannot be closed:
    it holds them for the whole time of its offer, also when it was superseded.

    Returns
    -------
    bool
        Whether it counts against the limit.
    """
    if is_paid(facts, order) or can_be_paid(facts, order, now):
        return True
    end = facts.ends.get(order.id)
    if end is not None and end.closed_at_provider:
        return False
    if order.provider == "stripe" or order.price is None:
        return now < order.opened + OFFER_TIME
    return True


def trial_refusal(
    facts: Facts,
    price: Price,
    account: str,
    now: int,
    besides: frozenset[str] = frozenset(),
) -> str | None:
    """Tell why an account may not try a plan, if so. One trial per mailbox, from the open order on.

    Returns
    -------
    str or None
        `trial_not_offered` or `trial_used`; None if the trial is left.
    """
    if price.trial_days == 0:
        return "trial_not_offered"
    customer = accounts_of_customer(facts, account)
    tried = any(
        order.account in customer and order.id not in besides and redemption_held(facts, order, now)
        for order in facts.orders.values()
        if order.trial_days > 0
    )
    return "trial_used" if tried else None


@dataclass(frozen=True)
class PlanChange:
    """The answer to a plan change, what it costs from the next cycle on, and whether the discount stays."""

    status: int
    code: str
    renewal_amount: int | None = None
    keeps_discount: bool = False


def change_plan(facts: Facts, subscription: str, price: Price, coupons: Mapping[str, Coupon], now: int) -> PlanChange:
    """Decide a change of plan. None is possible during a trial, so no plan is ever free.

    Returns
    -------
    PlanChange
        Refused unless the subscription is active and its period is paid and kept: a difference is no price of
        its own. A discount stays only if the code is for the new plan.
    """
    newest = facts.newest.get(subscription)
    if newest is None or newest.state.status != "active" or entitles_to_nothing(facts, subscription):
        return PlanChange(409, "subscription_not_changeable")
    if not any(period.k > 0 and now < period.end for period in _periods(facts, subscription)):
        return PlanChange(409, "subscription_not_changeable")
    order = facts.orders[facts.links[subscription].order]
    coupon = coupons.get(order.coupon or "")
    keeps = coupon is not None and (not coupon.only_for or price.plan in coupon.only_for)
    return PlanChange(200, "changed", None if keeps else price.amount, keeps)


def entitles_to_nothing(facts: Facts, subscription: str) -> bool:
    """Tell whether a subscription that runs is one to cancel: accepted late, or its last period was returned.

    Returns
    -------
    bool
        Such a subscription stands in the way of no other.
    """
    return accepted_late(facts, subscription) or returned_and_running(
        facts, subscription, _periods(facts, subscription)
    )


def _periods(facts: Facts, subscription: str) -> list[Thing]:
    things = things_sold(facts, payment_worths(facts))
    return [thing for thing in things if thing.subscription == subscription]


def _new_order(facts: Facts, shop: Shop, request: Request, now: int) -> Decision:
    refused = _refusal(facts, shop, request, now)
    if refused is not None:
        return refused
    subscribes = shop.items[request.item].price is not None
    own = subscriptions_of(facts, request.account) if subscribes else []
    return Decision(
        201,
        "open",
        supersede=_open_subscription_orders(facts, request.account, now) if subscribes else (),
        cancel_first=tuple(
            s
            for s in own
            if s in facts.newest
            and (facts.newest[s].state.status in REVIVABLE or (is_live(facts, s) and entitles_to_nothing(facts, s)))
        ),
    )


def _refusal(facts: Facts, shop: Shop, request: Request, now: int, besides: Order | None = None) -> Decision | None:
    """Make every check that an attempt must pass; `besides` is the order that the attempt is about."""
    item = shop.items.get(request.item)
    if request.account in shop.inactive or request.account in facts.erased:
        return Decision(403, "account_inactive")
    if item is None:
        return Decision(422, "price_not_found")
    ours = frozenset() if besides is None else frozenset({besides.id})
    if item.price is not None:
        own = [s for s in subscriptions_of(facts, request.account) if besides is None or _order(facts, s) != besides.id]
        if any(is_live(facts, s) and not entitles_to_nothing(facts, s) for s in own):
            return Decision(409, "subscription_exists")
        # These are superseded and closed before the order opens, so they hold nothing any more.
        ours |= frozenset(_open_subscription_orders(facts, request.account, now))
        reason = trial_refusal(facts, item.price, request.account, now, ours) if request.trial else None
        if reason is not None:
            return Decision(422, reason)
    if request.coupon is not None:
        coupon = shop.coupons.get(request.coupon)
        reason = "coupon_invalid" if coupon is None else coupon_refusal(facts, coupon, request, now, ours)
        if reason is not None:
            return Decision(422, reason)
    return None


def _order(facts: Facts, subscription: str) -> str:
    return facts.links[subscription].order


def _open_subscription_orders(facts: Facts, account: str, now: int) -> tuple[str, ...]:
    return tuple(
        sorted(
            order.id
            for order in facts.orders.values()
            if order.account == account and order.price is not None and can_be_paid(facts, order, now)
        ),
    )


def _same_content(order: Order, request: Request) -> bool:
    asked = (request.item, request.provider, request.coupon, request.trial)
    return (order.item, order.provider, order.coupon, order.trial_days > 0) == asked


def _still_priced(shop: Shop, order: Order) -> bool:
    item = shop.items[order.item]
    return (item.amount, item.currency) == (order.list_amount, order.currency)


def _money_is_under_way(facts: Facts, order: Order) -> bool:
    return any(
        payment.order == order.id
        and payment.status in {"pending", "authorized"}
        and payment.acted_at is not None
        and payment.acted_at < offer_end(facts, order)
        for payment in facts.payments.values()
    )


def _accepted(facts: Facts, order: Order) -> bool:
    """Whether a subscription of this order got beyond its checkout in time."""
    return any(
        link.order == order.id and link.accepted_at is not None and link.accepted_at < offer_end(facts, order)
        for link in facts.links.values()
    ) or any(
        link.order == order.id and any(seen.state.status not in {"incomplete", *ENDED} for seen in facts.seen[sub])
        for sub, link in facts.links.items()
        if sub in facts.seen and (link.accepted_at is None or link.accepted_at < offer_end(facts, order))
    )
