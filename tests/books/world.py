"""The world of a random history: its clock, its accounts, its money, and subscriptions that renew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.books import catalogue
from tests.books.facts import DAY
from tests.books.lots import months_before

if TYPE_CHECKING:
    from random import Random

    from tests.books.facts import Price, Provider, Spend
    from tests.books.story import Story

START = 1_793_491_200  # 2026-11-01
MONTHLY = (catalogue.BASIC_MONTH, catalogue.PLUS_MONTH, catalogue.TOP_MONTH)
YEARLY = (catalogue.ZERO_YEAR, catalogue.BASIC_YEAR, catalogue.TOP_YEAR)
PRO = (catalogue.PRO_MONTH, catalogue.PRO_YEAR, catalogue.UNLIMITED_MONTH)


@dataclass
class Subscription:
    """A subscription as its provider knows it."""

    account: str
    provider: Provider
    price: Price
    period: tuple[int, int]
    ends_at_period_end: bool = False
    ended: bool = False


@dataclass
class Money:
    """A payment and what is left of it to give back."""

    account: str
    amount: int
    currency: str
    left: int


@dataclass
class World:
    """What has happened so far, and the only source of chance."""

    rng: Random
    story: Story
    now: int = START
    accounts: list[str] = field(default_factory=list)
    orders: list[tuple[str, int]] = field(default_factory=list)
    money: dict[str, Money] = field(default_factory=dict)
    pending_refunds: dict[str, tuple[str, int]] = field(default_factory=dict)
    open_disputes: dict[str, tuple[str, int]] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    holds: list[Spend] = field(default_factory=list)
    generation: int = 0

    def tick(self) -> int:
        """Let time pass: mostly little, sometimes weeks. Renewals that fall due meanwhile happen."""
        pauses = (1, 60, 3_600, DAY, 9 * DAY, 33 * DAY)
        self.pass_time(self.rng.randint(1, self.rng.choice(pauses)))
        return self.now

    def pass_time(self, seconds: int) -> None:
        until = self.now + seconds
        while due := [name for name, own in self.subscriptions.items() if not own.ended and own.period[1] < until]:
            name = min(due, key=lambda own: self.subscriptions[own].period[1])
            self.now = max(self.now + 1, self.subscriptions[name].period[1])
            self.renew(name)
        self.now = max(until, self.now + 1)

    def take(self, payment: str, account: str, amount: int, currency: str) -> None:
        self.money[payment] = Money(account, amount, currency, amount)

    def renew(self, name: str) -> None:
        own = self.subscriptions[name]
        if own.ends_at_period_end or self.rng.random() < 0.1:
            own.ended = True
            self.story.see(name, "canceled", own.price, self.now, ended_at=min(self.now, own.period[1]))
            return
        if self.rng.random() < 0.2:
            # A downgrade acts with the first charge of the lower plan.
            own.price = self.rng.choice([price for price in siblings(own.price) if price.rank <= own.price.rank])
        start = own.period[1]
        own.period = (start, months_before(start, -12 if own.price.interval == "year" else -1))
        if self.rng.random() < 0.8:
            payment = self.story.charge(name, own.price, own.period, self.now)
            self.take(payment, own.account, own.price.amount, own.price.currency)
            self.story.see(name, "active", own.price, self.now)
        else:
            self.story.see(name, "past_due", own.price, self.now)

    def balance(self, account: str) -> int:
        return self.story.state_known(self.now).accounts[account].balance


def siblings(price: Price) -> tuple[Price, ...]:
    """List the plans that a subscription may change to without a new period.

    Returns
    -------
    tuple
        Plans of the same interval; of pro and unlimited only the plan itself.
    """
    return next((line for line in (MONTHLY, YEARLY) if price in line), (price,))
