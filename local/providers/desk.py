"""One vocabulary for both providers: what a customer, their bank and the passing of time do.

`razorpay.desk` and `stripe.desk` implement `Desk`; `lifecycles` tells stories with it. A desk also records the orders
that our checkout would have stored for each purchase, so that a test can replay a story against a database.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from local.providers.clock import DAY, Clock

if TYPE_CHECKING:
    from local.providers.events import Event
    from local.providers.ids import Ids

Json = dict[str, Any]
Interval = Literal["month", "year"]


@dataclass(frozen=True)
class Price:
    """A plan's price in our catalogue; `id` is its id at the provider."""

    slug: str
    plan: str
    interval: Interval
    currency: str
    amount: int
    id: str


@dataclass(frozen=True)
class Order:
    """An order as our checkout would have stored it."""

    kind: Literal["pack", "subscription"]
    item: str
    amount: int
    currency: str
    provider_order_id: str | None
    provider_subscription_id: str | None
    price: Price | None = None
    trial_days: int = 0


class Account(Protocol):
    """The part of a provider's account that works the same at both."""

    events: list[Event]

    def refund(self, payment_id: str, amount: int | None = None, /) -> Json:
        """Start a refund."""

    def process_refund(self, refund_id: str, /, *, fail: bool = False) -> None:
        """Let the bank pay out a refund, or refuse it."""

    def dispute(self, payment_id: str, /) -> Json:
        """Let the bank dispute a payment."""

    def rule(self, dispute_id: str, status: str, /) -> None:
        """Move a dispute to another status."""


class Desk(ABC):
    """A provider, one customer, and what the customer has bought so far.

    Parameters
    ----------
    account : Account
        The provider's account.
    clock : Clock
        The provider's time.
    ids : Ids
        The source of the provider's ids.
    """

    name: str
    currency: str
    customer: str | None = None

    def __init__(self, account: Account, clock: Clock, ids: Ids) -> None:
        self._account = account
        self.clock = clock
        self.ids = ids
        self.prices: dict[str, Price] = {}
        self.orders: list[Order] = []

    @property
    def events(self) -> list[Event]:
        """Every event that the provider has reported, oldest first."""
        return self._account.events

    def offer(self, slug: str, plan: str, interval: Interval, amount: int) -> Price:
        """Register one of our prices with the provider."""
        id_ = self._create_price(plan, interval, amount)
        self.prices[slug] = Price(slug, plan, interval, self.currency, amount, id_)
        return self.prices[slug]

    def buy_pack(self, pack: str, amount: int, *, failures: int = 0) -> str:
        """Buy credits after ``failures`` failed attempts; return the payment's id."""
        order_id = self._open_pack(amount)
        self.orders.append(Order("pack", pack, amount, self.currency, order_id, None))
        for _ in range(failures):
            self._pay_pack(order_id, fail=True)
            self.wait()
        return self._pay_pack(order_id)

    @abstractmethod
    def _create_price(self, plan: str, interval: Interval, amount: int) -> str:
        """Create a recurring price; return its id."""

    @abstractmethod
    def _open_pack(self, amount: int) -> str:
        """Open a one-off checkout; return its id."""

    @abstractmethod
    def _pay_pack(self, order_id: str, *, fail: bool = False) -> str:
        """Pay a one-off checkout; return the payment's id."""

    @abstractmethod
    def subscribe(self, price: Price, *, trial_days: int = 0) -> str:
        """Buy a subscription; return its id."""

    @abstractmethod
    def period_end(self, subscription_id: str) -> int:
        """Return the end of the paid period."""

    @abstractmethod
    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        """Start the next period and charge it."""

    @abstractmethod
    def retry(self, subscription_id: str, *, fail: bool = False, last: bool = False) -> None:
        """Repeat a failed charge; after a failure that is the `last`, the provider gives up."""

    @abstractmethod
    def change(self, subscription_id: str, price: Price, *, at_end: bool = False) -> None:
        """Change the plan, now or at the end of the period."""

    @abstractmethod
    def cancel(self, subscription_id: str, *, at_end: bool = False) -> None:
        """Cancel, now or at the end of the period."""

    @abstractmethod
    def finish(self, subscription_id: str) -> None:
        """End the last period of a subscription that was cancelled at its end."""

    @abstractmethod
    def pause(self, subscription_id: str) -> None:
        """Pause the subscription."""

    @abstractmethod
    def resume(self, subscription_id: str) -> None:
        """Resume a paused subscription."""

    @abstractmethod
    def payment_of(self, subscription_id: str) -> str:
        """Return the id of the subscription's latest successful payment."""

    def refund(self, payment_id: str, amount: int | None = None, *, fail: bool = False) -> None:
        """Refund an amount, by default all that is left; a day later the bank pays it out, or refuses."""
        refund = self._account.refund(payment_id, amount)
        self.wait(days=1)
        self._account.process_refund(refund["id"], fail=fail)

    def dispute(self, payment_id: str) -> str:
        """Let the bank dispute a payment; return the dispute's id."""
        dispute_id: str = self._account.dispute(payment_id)["id"]
        return dispute_id

    def rule(self, dispute_id: str, status: str) -> None:
        """Move a dispute to ``under_review``, ``won`` or ``lost``."""
        self._account.rule(dispute_id, status)

    def wait(self, *, days: float = 0, seconds: float = 7) -> None:
        """Let time pass; the default keeps two events out of the same second."""
        self.clock.advance(days * DAY + seconds)

    def until_end(self, subscription_id: str) -> None:
        """Let time pass until the period ends."""
        self.clock.set(max(self.period_end(subscription_id), self.clock.now() + 1))
