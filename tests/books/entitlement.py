"""Which plan an account is entitled to now (books §5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.books.facts import DAY
from tests.books.worth import ENDED, accepted_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.books.facts import Facts, Price
    from tests.books.worth import Thing

LIVE = frozenset({"trialing", "active", "past_due", "paused"})


@dataclass(frozen=True)
class Entitlement:
    """A plan, until when by what is known now, and the subscription it rests on."""

    price: Price
    until: int
    subscription: str


def subscriptions_of(facts: Facts, account: str) -> list[str]:
    """List the account's subscriptions, by our orders alone.

    Returns
    -------
    list
        Subscription ids in order.
    """
    return sorted(
        link.subscription
        for link in facts.links.values()
        if link.order in facts.orders and facts.orders[link.order].account == account
    )


def entitlement_of(facts: Facts, account: str, things: Iterable[Thing], now: int) -> Entitlement | None:
    """Derive the best plan that an account is entitled to.

    Returns
    -------
    Entitlement or None
        None means the default plan.
    """
    own = [thing for thing in things if thing.account == account]
    found = [
        entitled
        for subscription in subscriptions_of(facts, account)
        if (entitled := _entitled(facts, subscription, [t for t in own if t.subscription == subscription], now))
    ]
    return max(found, key=lambda own: (own.price.rank, own.until, own.subscription), default=None)


def trial_mismatch(facts: Facts, subscription: str) -> bool:
    """Tell whether the provider shows another plan during a trial than was ordered.

    Returns
    -------
    bool
        Whether it does in its newest state.
    """
    newest = facts.newest.get(subscription)
    ordered = _ordered(facts, subscription)
    return (
        newest is not None
        and ordered is not None
        and newest.state.status == "trialing"
        and newest.state.price.plan != ordered.plan
    )


def returned_and_running(facts: Facts, subscription: str, periods: Sequence[Thing]) -> bool:
    """Tell whether the last paid period's money went back while the subscription goes on.

    Returns
    -------
    bool
        Whether it must be cancelled at the provider.
    """
    newest = facts.newest.get(subscription)
    ended = newest is not None and newest.state.status in ENDED
    return bool(periods) and not ended and max(periods, key=lambda period: period.end).k == 0


def is_live(facts: Facts, subscription: str) -> bool:
    """Tell whether a subscription is trialing, active, past due or paused.

    Returns
    -------
    bool
        By its newest state.
    """
    newest = facts.newest.get(subscription)
    return newest is not None and newest.state.status in LIVE


def _ordered(facts: Facts, subscription: str) -> Price | None:
    link = facts.links.get(subscription)
    return facts.orders[link.order].price if link is not None and link.order in facts.orders else None


def _entitled(facts: Facts, subscription: str, periods: Sequence[Thing], now: int) -> Entitlement | None:
    newest = facts.newest.get(subscription)
    if newest is None or accepted_late(facts, subscription):
        return None
    state = newest.state
    trial_end = max(
        (seen.state.trial_end for seen in facts.seen[subscription] if seen.state.trial_end is not None),
        default=None,
    )
    paid_until = max((period.end for period in periods if period.k > 0), default=None)
    if state.status == "trialing":
        until = state.trial_end
    elif state.status in {"active", "past_due"}:
        until = max((end for end in (paid_until, trial_end) if end is not None), default=None)
    else:
        return None
    if until is None or _returned_now(periods, now):
        return None
    price = state.price
    ordered = _ordered(facts, subscription)
    if ordered is not None and (paid_until is None or state.status == "trialing"):
        # Nothing was paid yet: the provider's plan must not give more than the plan that was tried.
        price = min(price, ordered, key=lambda own: own.rank)
    until += price.grace_days * DAY
    return Entitlement(price, until, subscription) if now < until else None


def _returned_now(periods: Iterable[Thing], now: int) -> bool:
    """Whether the money of the running period went back and no other paid period reaches further."""
    running = any(period.k == 0 and period.start <= now < period.end for period in periods)
    return running and not any(period.k > 0 and period.end > now for period in periods)
