"""Which lots an account has, and how many units each must hold (books §3.1)."""

from __future__ import annotations

import calendar
import math
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.books.facts import DAY
from tests.books.mailboxes import welcomed_at
from tests.books.play import Lot
from tests.books.upgrades import Upgrade, plan_in_force, upgrades_of
from tests.books.worth import subscription_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.books.facts import Facts
    from tests.books.worth import PaymentWorth, Thing

PLAN_MONTH, PROMO, WELCOME, LASTING = 10, 20, 30, 50


def months_before(end: int, months: int) -> int:
    """Go back whole UTC calendar months; a day that a month lacks becomes its last.

    Returns
    -------
    int
        The moment, as UTC seconds.
    """
    moment = datetime.fromtimestamp(end, UTC)
    month = moment.year * 12 + moment.month - 1 - months
    year, month = month // 12, month % 12 + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return int(moment.replace(year=year, month=month, day=day).timestamp())


def months_of(period: Thing) -> list[tuple[int, int]]:
    """Split a paid period into its months, counted back from its end.

    Returns
    -------
    list
        Start and end of each month; the first month begins with the period.
    """
    count = 12 if period.price is not None and period.price.interval == "year" else 1
    ends = [months_before(period.end, count - index) for index in range(1, count + 1)]
    return list(zip([period.start, *ends[:-1]], ends, strict=True))


def lots_of(
    facts: Facts,
    account: str,
    things: Sequence[Thing],
    worths: Mapping[str, PaymentWorth],
    now: int,
) -> list[Lot]:
    """Derive the lots of an account that have started by now.

    Returns
    -------
    list
        In the order in which they burn. A closed account has none that would start after its end.
    """
    own = [thing for thing in things if thing.account == account]
    lots = [*_given(facts, account), *_welcome(facts, account)]
    for thing in own:
        if thing.subscription is None:
            lots.append(_pack(facts, thing, now))
        else:
            lots.extend(_base_months(facts, thing, now))
    for subscription in sorted({thing.subscription for thing in own if thing.subscription is not None}):
        periods = [thing for thing in own if thing.subscription == subscription]
        upgrades = upgrades_of(facts, subscription, periods, worths)
        for upgrade in upgrades:
            lots.extend(_upgrade_months(facts, upgrade, periods, upgrades, now))
    erased = facts.erased.get(account)
    last = now if erased is None or erased.at > now else min(now, erased.at - 1)
    return sorted((lot for lot in lots if lot.starts <= last), key=lambda lot: lot.rank)


def _given(facts: Facts, account: str) -> Iterable[Lot]:
    for gift in facts.promos:
        if gift.account == account:
            yield _whole(f"promo:{gift.key}", gift.units, gift.starts, gift.expires, PROMO)
    for adjustment in facts.adjustments:
        if adjustment.account == account:
            yield _whole(
                f"adjustment:{adjustment.key}",
                adjustment.units,
                adjustment.at,
                adjustment.expires,
                LASTING,
            )


def _welcome(facts: Facts, account: str) -> Iterable[Lot]:
    at = welcomed_at(facts).get(account)
    if at is not None:
        yield _whole("welcome", facts.welcomes[account].units, at, None, WELCOME)


def _whole(key: str, units: int, starts: int, expires: int | None, priority: int) -> Lot:
    return Lot(key, key, units, units, units, starts, expires, priority)


def _pack(facts: Facts, thing: Thing, now: int) -> Lot:
    units = facts.orders[thing.order or ""].units
    return Lot(
        key=f"pack:{thing.order}",
        cause=thing.payments[0].id,
        units=units,
        worth=math.ceil(units * thing.k),
        worth_if_lost=math.ceil(units * thing.k_if_lost),
        starts=min(thing.paid_at, now),
        expires=None,
        priority=LASTING,
    )


def _base_months(facts: Facts, period: Thing, now: int) -> Iterable[Lot]:
    units = period.price.units if period.price is not None else 0
    months = months_of(period)
    ended = subscription_end(facts, period.subscription or "")
    # What is kept of a period that was ended early is the price of the months that had begun.
    sold = sum(ended is None or start < ended for start, _ in months)
    for index, (start, end) in enumerate(_granted_months(facts, period, now), start=1):
        yield Lot(
            key=f"month:{period.subscription}:{period.end}:{index:02}",
            cause=period.payments[0].id,
            units=units,
            worth=math.ceil(units * min(Fraction(1), period.k * len(months) / sold)),
            worth_if_lost=math.ceil(units * min(Fraction(1), period.k_if_lost * len(months) / sold)),
            starts=max(start, min(period.paid_at, now)),
            expires=end,
            priority=PLAN_MONTH,
        )


def _granted_months(facts: Facts, period: Thing, now: int) -> list[tuple[int, int]]:
    """The months that have begun and that began before the subscription ended."""
    ended = subscription_end(facts, period.subscription or "")
    return [(start, end) for start, end in months_of(period) if start <= now and (ended is None or start < ended)]


def _upgrade_months(
    facts: Facts,
    upgrade: Upgrade,
    periods: Sequence[Thing],
    upgrades: Sequence[Upgrade],
    now: int,
) -> Iterable[Lot]:
    charge = upgrade.charge
    for index, (start, end) in enumerate(_granted_months(facts, upgrade.period, now), start=1):
        if end <= charge.paid_at:
            continue
        if start > charge.paid_at:
            in_force = plan_in_force(facts, upgrade.subscription, start, periods, upgrades)
            if in_force is None or in_force.rank < upgrade.entered.rank:
                continue
        units = _nearest(_units_bought(facts, upgrade) * Fraction(end - max(start, charge.paid_at), end - start))
        yield Lot(
            key=f"upgrade:{charge.id}:{index:02}",
            cause=charge.id,
            units=units,
            worth=math.ceil(units * charge.k),
            worth_if_lost=math.ceil(units * charge.k_if_lost),
            starts=max(start, min(charge.paid_at, now)),
            expires=end,
            priority=PLAN_MONTH,
        )


def _units_bought(facts: Facts, upgrade: Upgrade) -> Fraction:
    """Units a whole month, in proportion to what was paid of what the provider should have asked."""
    discount = facts.orders[upgrade.charge.order or ""].discount
    off = [discount.off(price) for price in (upgrade.entered, upgrade.left)] if discount and discount.forever else []
    asked = upgrade.entered.amount - upgrade.left.amount - (off[0] - off[1] if off and all(off) else 0)
    more = max(0, upgrade.entered.units - upgrade.left.units)
    period = upgrade.period
    days_left = (period.end - upgrade.charge.paid_at) // DAY
    days = Fraction(period.end - period.start, DAY)
    expected = asked * days_left / days
    if upgrade.charge.amount >= expected - 1:
        return Fraction(more)
    return more * upgrade.charge.amount / expected


def _nearest(value: Fraction) -> int:
    """Round half up."""
    return math.floor(value + Fraction(1, 2))
