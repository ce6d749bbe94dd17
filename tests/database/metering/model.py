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
    amount: int
    priority: int
    expires_at: datetime | None
    created_at: datetime

    @property
    def turn(self) -> tuple[Any, ...]:
        """Sorts lots in the order in which they burn."""
        return self.priority, self.expires_at or NEVER, self.created_at, self.key


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
    counters: list[str] = field(default_factory=list)
    reserved_at: datetime = NEVER
    expires_at: datetime = NEVER
    settled_at: datetime = NEVER


def periods(now: datetime) -> dict[str, str]:
    """Names of the periods that a moment lies in, longest first."""
    return {"lifetime": "lifetime", "monthly": now.strftime("%Y-%m"), "daily": now.strftime("%Y-%m-%d")}


class Account:
    """One user's books."""

    def __init__(self) -> None:
        self.plan = "free"
        self.lots: dict[str, Lot] = {}
        self.events: dict[str, Event] = {}
        self.counters: dict[tuple[str, str], list[int]] = {}
        self.adjustments: dict[str, tuple[int, datetime]] = {}
        self.releases: tuple[str, int] = ("", 0)
        # Lots that ended later have not been looked at.
        self.swept_at = datetime.min.replace(tzinfo=UTC)

    def play(self) -> tuple[int, int, dict[str, int]]:
        """Go through time, spend by spend: what is free, what is owed, and what expired of each lot."""
        steps: list[tuple[datetime, int, Any, Any]] = []
        for lot in self.lots.values():
            if lot.expires_at is not None and lot.expires_at <= self.swept_at:
                steps.append((lot.expires_at, 0, lot.turn, lot))
            steps.append((lot.created_at, 1, lot.turn, lot))
        for key, event in self.events.items():
            if event.status in {"reserved", "committed"} and event.cost:
                steps.append((event.reserved_at, 2, (key,), event.cost))
        for key, (units, at) in self.adjustments.items():
            steps.append((at, 2, (key,), units))
        free: dict[str, int] = {}
        expired = dict.fromkeys(self.lots, 0)
        owed = 0
        for _, kind, _, what in sorted(steps, key=lambda step: step[:3]):
            if kind == 0:
                expired[what.key] = free.pop(what.key)
                continue
            if kind == 1:
                free[what.key] = what.amount
            else:
                owed += what
            for key in sorted(free, key=lambda key: self.lots[key].turn):
                part = min(owed, free[key])
                free[key] -= part
                owed -= part
        return sum(free.values()), owed, expired

    @property
    def balance(self) -> int:
        """To spend now."""
        return self.play()[0]

    @property
    def debt(self) -> int:
        """Owed, because more was spent than there is."""
        return self.play()[1]

    @property
    def reserved(self) -> int:
        """Held by operations under way."""
        return sum(event.cost for event in self.events.values() if event.status == "reserved")

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
    def give_back(self, event: Event, status: str, now: datetime) -> None:
        """End a hold without a charge."""
        event.status, event.settled_at = status, now
        for period in event.counters:
            self.counters[OPERATIONS[event.operation][0], period][1] -= 1
        event.counters = []
        if event.funding != "offline":
            today, count = periods(now)["daily"], self.releases[1]
            self.releases = (today, count + 1 if self.releases[0] == today else 1)
        if event.cost:
            self.swept_at = now

    def sweep(self, now: datetime) -> None:
        """Give back holds that ran out, and expire lots."""
        for event in sorted(self.events.values(), key=lambda event: (event.expires_at, event.id)):
            if event.status == "reserved" and event.expires_at <= now:
                self.give_back(event, "expired", now)
        self.swept_at = now

    # -- the paid path ------------------------------------------------------------------------------------------
    def reserve(self, operation: str, key: str, request: str, now: datetime, *, offline: bool = False) -> Event:
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
            if not offline and self.releases[0] == periods(now)["daily"] and self.releases[1] >= RELEASES_PER_DAY:
                raise Refused("too_many_releases")
            funding, cost, counters = ("offline", 0, []) if offline else self.fund(operation, now)
            event = self.events.setdefault(key, Event(None, request))  # type: ignore[arg-type]  # the database gives the id
            event.operation, event.attempt, event.status = operation, event.attempt + 1, "reserved"
            event.funding, event.cost, event.counters = funding, cost, counters
            event.reserved_at = now
            event.expires_at = now + HOLDS[operation]
            return event

    def fund(self, operation: str, now: datetime) -> tuple[str, int, list[str]]:
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
            return "plan", 0, list(counted.values())
        if cost > self.balance:
            raise Refused("insufficient_credits")
        return "credits", cost, []

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
        if not 1 <= attempt <= event.attempt or (attempt == event.attempt and event.status == "committed"):
            raise Refused("hold_lost")
        if attempt == event.attempt and event.status == "reserved":
            self.give_back(event, "released", now)
        elif attempt == event.attempt:
            event.status = "released"

    # -- grants and what is taken ---------------------------------------------------------------------------------
    def grant(self, lot: Lot, now: datetime) -> None:
        """Add a lot."""
        self.lots[lot.key] = lot
        self.swept_at = now

    def take(self, amount: int, key: str, now: datetime) -> None:
        """Take credits away, as an administrator does."""
        with self.all_or_nothing():
            self.sweep(now)
            if key in self.adjustments:
                if self.adjustments[key][0] != amount:
                    raise Refused("idempotency_conflict")
                return
            if amount > self.balance:
                raise Refused("adjustment_exceeds_balance")
            self.adjustments[key] = (amount, now)
