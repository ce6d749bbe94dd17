"""A small model of the metering rules, in memory: what the database must do, said a second time and another way."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

NEVER = datetime.max.replace(tzinfo=UTC)
HOLD = timedelta(seconds=120)
KEPT = timedelta(hours=24)
RELEASES_PER_DAY = 8

# Credits for one operation, its quota group; what the plans of the test's catalogue include. -1 is unlimited.
OPERATIONS = {"summary": ("writing", 1), "ats_scan": ("analysis", 3), "interview": ("interview", 5)}
HOLDS = {"summary": HOLD, "ats_scan": HOLD + timedelta(seconds=60), "interview": timedelta(seconds=3660)}
PLANS: dict[str, dict[str, dict[str, int]]] = {
    "free": {"analysis": {"lifetime": 2}},
    "plus": {"writing": {"daily": 2, "monthly": 3}, "analysis": {"monthly": 2}},
    "max": {"writing": {"monthly": -1}, "analysis": {"daily": 1}, "interview": {"monthly": 0}},
}
CATALOGUE = {
    "name": "model",
    "welcome_credits": 0,
    "costs": {name: cost for name, (_, cost) in OPERATIONS.items()},
    "plans": [
        {
            "slug": slug,
            "name": slug,
            "rank": rank,
            "is_default": rank == 0,
            "limits": {
                group: {{"daily": "per_day", "monthly": "per_month", "lifetime": "per_lifetime"}[period]: limit}
                if len(limits) == 1
                else {"per_day": limits["daily"], "per_month": limits["monthly"]}
                for group, limits in groups.items()
                for period, limit in limits.items()
            },
        }
        for rank, (slug, groups) in enumerate(PLANS.items())
    ],
}


class Refused(Exception):
    """The operation is refused with a code, and nothing changes."""


@dataclass
class Lot:
    """Credits that came together."""

    key: str
    id: uuid.UUID
    amount: int
    remaining: int
    priority: int
    expires_at: datetime | None
    created_at: datetime
    expired: int = 0
    taken: int = 0
    frozen: int = 0
    debted: int = 0

    @property
    def used(self) -> int:
        """Spent or under way."""
        return self.amount - self.remaining - self.expired - self.taken - self.frozen

    @property
    def turn(self) -> tuple[Any, ...]:
        """Sorts lots in the order in which they burn."""
        return self.priority, self.expires_at or NEVER, self.created_at, self.id


@dataclass
class Event:
    """One operation under its key."""

    id: uuid.UUID
    request: str
    operation: str = ""
    attempt: int = 0
    status: str = ""
    funding: str = ""
    cost: int = 0
    holds: dict[str, int] = field(default_factory=dict)
    counters: list[str] = field(default_factory=list)
    expires_at: datetime = NEVER
    settled_at: datetime = NEVER


def periods(now: datetime) -> dict[str, str]:
    """Names of the periods that a moment lies in, longest first."""
    return {"lifetime": "lifetime", "monthly": now.strftime("%Y-%m"), "daily": now.strftime("%Y-%m-%d")}


class Account:
    """One user's books."""

    def __init__(self) -> None:
        self.plan = "free"
        self.debt = 0
        self.lots: dict[str, Lot] = {}
        self.events: dict[str, Event] = {}
        self.counters: dict[tuple[str, str], list[int]] = {}
        self.reversals: dict[str, tuple[str, str, int | None]] = {}  # key -> lot, state, units
        self.adjustments: set[str] = set()
        self.releases: tuple[str, int] = ("", 0)

    @property
    def balance(self) -> int:
        """To spend now."""
        return sum(lot.remaining for lot in self.lots.values())

    @property
    def reserved(self) -> int:
        """Held by operations under way."""
        return sum(sum(event.holds.values()) for event in self.events.values() if event.status == "reserved")

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Undo what was done if it ends in a refusal."""
        before = copy.deepcopy(self.__dict__)
        try:
            yield
        except Refused:
            self.__dict__ = before
            raise

    # -- what runs out ------------------------------------------------------------------------------------------
    def expire_lots(self, now: datetime) -> None:
        """Take what is left of lots whose time is over."""
        for lot in self.lots.values():
            if lot.expires_at is not None and lot.expires_at <= now:
                lot.expired += lot.remaining
                lot.remaining = 0

    def give_back(self, event: Event, status: str, now: datetime) -> None:
        """End a hold without a charge."""
        event.status, event.settled_at = status, now
        lots, event.holds = event.holds, {}
        for key, units in lots.items():
            self.lots[key].remaining += units
        for period in event.counters:
            self.counters[OPERATIONS[event.operation][0], period][1] -= 1
        event.counters = []
        today, count = periods(now)["daily"], self.releases[1]
        self.releases = (today, count + 1 if self.releases[0] == today else 1)
        for key in lots:
            self.settle(self.lots[key])
        self.expire_lots(now)

    def sweep(self, now: datetime) -> None:
        """Give back holds that ran out, and expire lots."""
        for event in sorted(self.events.values(), key=lambda event: (event.expires_at, event.id)):
            if event.status == "reserved" and event.expires_at <= now:
                self.give_back(event, "expired", now)
        self.expire_lots(now)

    # -- the paid path ------------------------------------------------------------------------------------------
    def reserve(self, operation: str, key: str, request: str, now: datetime) -> Event:
        """Return the event: reserved, or committed where it is a replay."""
        with self.all_or_nothing():
            self.sweep(now)
            event = self.events.get(key)
            if event is not None:
                if event.request != request:
                    raise Refused("idempotency_conflict")
                if event.status == "committed":
                    if event.settled_at <= now - KEPT:
                        raise Refused("replay_gone")
                    return event
                if event.status == "reserved":
                    raise Refused("in_progress")
            if self.releases[0] == periods(now)["daily"] and self.releases[1] >= RELEASES_PER_DAY:
                raise Refused("too_many_releases")
            funding, cost, counters, holds = self.fund(operation, now)
            event = self.events.setdefault(key, Event(None, request))  # type: ignore[arg-type]  # the database gives the id
            event.operation, event.attempt, event.status = operation, event.attempt + 1, "reserved"
            event.funding, event.cost, event.counters, event.holds = funding, cost, counters, holds
            event.expires_at = now + HOLDS[operation]
            return event

    def fund(self, operation: str, now: datetime) -> tuple[str, int, list[str], dict[str, int]]:
        """Decide who pays, and hold it."""
        group, cost = OPERATIONS[operation]
        limits = PLANS[self.plan].get(group, {})
        counted = {period: key for period, key in periods(now).items() if period in limits}
        room = all(
            limits[period] < 0 or sum(self.counters.get((group, key), [0, 0])) < limits[period]
            for period, key in counted.items()
        )
        if counted and room:
            for key in counted.values():
                self.counters.setdefault((group, key), [0, 0])[1] += 1
            return "plan", 0, list(counted.values()), {}
        if cost > self.balance:
            raise Refused("insufficient_credits")
        holds: dict[str, int] = {}
        missing = cost
        for lot in sorted(self.lots.values(), key=lambda lot: lot.turn):
            part = min(lot.remaining, missing)
            if part:
                lot.remaining -= part
                holds[lot.key] = part
                missing -= part
        return "credits", cost, [], holds

    def commit(self, key: str, attempt: int, now: datetime) -> None:
        """Charge a hold."""
        event = self.events[key]
        if event.status != "reserved" or event.attempt != attempt or event.expires_at <= now:
            raise Refused("hold_lost")
        event.status, event.settled_at = "committed", now
        for period in event.counters:
            counter = self.counters[OPERATIONS[event.operation][0], period]
            counter[0] += 1
            counter[1] -= 1

    def release(self, key: str, attempt: int, now: datetime) -> None:
        """Give a hold back, if it is still this attempt's."""
        event = self.events[key]
        if attempt > event.attempt or (attempt == event.attempt and event.status == "committed"):
            raise Refused("hold_lost")
        if attempt == event.attempt and event.status == "reserved":
            self.give_back(event, "released", now)
        elif attempt == event.attempt:
            event.status = "released"

    # -- grants and what is taken back --------------------------------------------------------------------------
    def grant(self, lot: Lot, now: datetime) -> None:
        """Add a lot, paying debt first."""
        paid = min(self.debt, lot.amount)
        self.debt -= paid
        lot.remaining -= paid
        self.lots[lot.key] = lot
        self.settle(lot)
        self.expire_lots(now)

    def reverse(self, key: str, lot: str, state: str, units: int | None, now: datetime) -> None:
        """Hear of a refund ("applied") or a dispute ("open", "won", "applied")."""
        if key not in self.reversals:
            self.reversals[key] = (lot, state, units)
        elif self.reversals[key][1] == "open" and state != "open":
            self.reversals[key] = (
                self.reversals[key][0],
                state,
                units if units is not None else self.reversals[key][2],
            )
        if lot in self.lots:
            self.settle(self.lots[lot])
            self.expire_lots(now)

    def settle(self, lot: Lot) -> None:
        """Bring a lot to what its reversals ask for."""
        mine = [(state, units) for key, state, units in self.reversals.values() if key == lot.key]
        if not mine:
            return
        # Owed for units that were under way, which came back unused.
        part = max(0, min(lot.debted - lot.used, lot.remaining, self.debt))
        lot.remaining, lot.taken, lot.debted, self.debt = (
            lot.remaining - part, lot.taken + part, lot.debted - part, self.debt - part,
        )  # fmt: skip
        asked = sum(lot.amount if units is None else units for state, units in mine if state == "applied")
        due = max(0, min(asked, lot.amount - lot.expired) - lot.taken - lot.debted)
        for source in ("frozen", "remaining"):
            part = min(due, getattr(lot, source))
            setattr(lot, source, getattr(lot, source) - part)
            lot.taken += part
            due -= part
        lot.debted += due
        self.debt += due
        if any(state == "open" for state, _ in mine):
            lot.frozen, lot.remaining = lot.frozen + lot.remaining, 0
        else:
            lot.frozen, lot.remaining = 0, lot.frozen + lot.remaining

    def take(self, amount: int, key: str, now: datetime) -> None:
        """Take credits away, as an administrator does."""
        with self.all_or_nothing():
            self.sweep(now)
            if key in self.adjustments:
                return
            if amount > self.balance:
                raise Refused("adjustment_exceeds_balance")
            for lot in sorted(self.lots.values(), key=lambda lot: lot.turn):
                part = min(lot.remaining, amount)
                lot.remaining -= part
                lot.taken += part
                amount -= part
            self.adjustments.add(key)
