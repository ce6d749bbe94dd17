"""Which plan each upgrade charge left and entered, and which plan is in force when (books §3.1).

The plan left is the plan paid for: the cycle's, then each earlier upgrade's. An earlier upgrade no longer
counts once a state shows that it was set back; the cycle's plan always counts, since its lots stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.books.facts import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.books.facts import Facts, Price
    from tests.books.worth import PaymentWorth, Thing

UNKNOWN_PLAN_SECONDS = 3 * DAY


@dataclass(frozen=True)
class Upgrade:
    """An upgrade charge whose plans are known."""

    subscription: str
    charge: PaymentWorth
    period: Thing
    left: Price
    entered: Price


def upgrades_of(
    facts: Facts,
    subscription: str,
    periods: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
) -> list[Upgrade]:
    """Resolve the upgrade charges of a subscription, earliest first.

    Returns
    -------
    list
        Those inside a paid period whose plans are known; the others give nothing yet.
    """
    charges = [
        worth
        for worth in worths.values()
        if worth.counts and worth.role == "upgrade" and worth.subscription == subscription
    ]
    upgrades: list[Upgrade] = []
    for charge in sorted(charges, key=lambda charge: (charge.paid_at, _named_rank(facts, charge), charge.id)):
        period = _period_of(facts, periods, charge)
        if period is None or period.price is None:
            continue
        left = _plan_left(facts, period.price, charge, [own for own in upgrades if own.period == period])
        entered = _plan_entered(facts, charge, left, period.end)
        if entered is not None and entered.rank > left.rank:
            upgrades.append(Upgrade(subscription, charge, period, left, entered))
    return upgrades


def unplaced_upgrades(
    facts: Facts,
    subscription: str,
    periods: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
    now: int,
) -> list[PaymentWorth]:
    """List the upgrade charges that grant nothing: outside any paid period, or plans unknown for three days.

    Returns
    -------
    list
        The charges that a person must look at.
    """
    placed = {upgrade.charge.id for upgrade in upgrades_of(facts, subscription, periods, worths)}
    return [
        worth
        for worth in worths.values()
        if worth.counts
        and worth.role == "upgrade"
        and worth.subscription == subscription
        and worth.id not in placed
        and (now >= worth.paid_at + UNKNOWN_PLAN_SECONDS or _period_of(facts, periods, worth) is None)
    ]


def plan_in_force(
    facts: Facts,
    subscription: str,
    at: int,
    periods: Iterable[Thing],
    upgrades: Iterable[Upgrade],
) -> Price | None:
    """Tell which plan a subscription is on at a moment, by its latest state or charge up to then.

    Returns
    -------
    Price or None
        None while nothing was told of that time.
    """
    told = [(seen.at, 1, -seen.state.price.rank, seen.state.price) for seen in facts.seen.get(subscription, ())]
    told.extend((period.paid_at, 0, 0, period.price) for period in periods if period.price is not None)
    told.extend((upgrade.charge.paid_at, 2, upgrade.entered.rank, upgrade.entered) for upgrade in upgrades)
    known = [entry for entry in told if entry[0] <= at]
    return max(known, key=lambda entry: entry[:3])[3] if known else None


def _period_of(facts: Facts, periods: Iterable[Thing], charge: PaymentWorth) -> Thing | None:
    """The period in which a charge was paid; what begins where it ends is not part of it."""
    begins = facts.purposes[charge.id].period_start or 0
    around = [period for period in periods if period.start <= charge.paid_at < period.end and begins < period.end]
    return max(around, key=lambda period: (period.start, period.end), default=None)


def _named_rank(facts: Facts, charge: PaymentWorth) -> int:
    purpose = facts.purposes[charge.id]
    return purpose.price.rank if purpose.kind == "upgrade" and purpose.price is not None else 0


def _plan_left(facts: Facts, cycle: Price, charge: PaymentWorth, earlier: Sequence[Upgrade]) -> Price:
    paid_for = cycle
    since = charge.paid_at
    for upgrade in earlier:
        if upgrade.entered.rank > cycle.rank:
            paid_for, since = upgrade.entered, upgrade.charge.paid_at
    shown = [seen for seen in facts.seen.get(charge.subscription or "", ()) if since < seen.at < charge.paid_at]
    if not shown:
        return paid_for
    # Not the last: the state of the plan now entered may be dated before its charge.
    lowest = min((seen.state.price for seen in shown), key=lambda price: price.rank)
    return max(cycle, min(paid_for, lowest, key=lambda price: price.rank), key=lambda price: price.rank)


def _plan_entered(facts: Facts, charge: PaymentWorth, left: Price, period_end: int) -> Price | None:
    """The plan the charge names, else the first higher plan that a state shows from the charge on."""
    purpose = facts.purposes[charge.id]
    if purpose.kind == "upgrade" and purpose.price is not None:
        return purpose.price
    shown = [
        seen
        for seen in facts.seen.get(charge.subscription or "", ())
        if charge.paid_at <= seen.at < period_end and seen.state.price.rank > left.rank
    ]
    return min(shown, key=lambda seen: (seen.at, seen.state.price.rank)).state.price if shown else None
