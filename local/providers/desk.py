"""One way to play either provider: what a customer, their bank and the passing of time do, in the same words.

A desk also keeps the orders that our own checkout would have made for what was bought, so that a story played here
can be told to a database.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from local.providers.clock import DAY, Clock
from local.providers.razorpay.world import RazorpayWorld
from local.providers.stripe.world import StripeWorld

if TYPE_CHECKING:
    from local.providers.events import Event
    from local.providers.ids import Ids

Interval = Literal["month", "year"]


@dataclass(frozen=True)
class Price:
    """A plan's price as our catalogue has it; `id` is what the provider calls it."""

    slug: str
    plan: str
    interval: Interval
    currency: str
    amount: int
    id: str


@dataclass(frozen=True)
class Order:
    """An order as our checkout would have recorded it."""

    kind: Literal["pack", "subscription"]
    item: str
    amount: int
    currency: str
    provider_order_id: str | None
    provider_subscription_id: str | None
    price: Price | None = None
    trial_days: int = 0


@dataclass
class Desk(ABC):
    """A provider, a customer, and what they have bought so far.

    Parameters
    ----------
    clock : Clock
        The provider's time.
    ids : Ids
        Where the provider's ids come from.
    """

    clock: Clock
    ids: Ids
    prices: dict[str, Price] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)

    name: str = ""
    customer: str | None = None
    currency: str = ""

    @property
    @abstractmethod
    def events(self) -> list[Event]:
        """Everything the provider has reported, oldest first."""

    @abstractmethod
    def offer(self, slug: str, plan: str, interval: Interval, amount: int) -> Price:
        """Make a price of ours known to the provider."""

    @abstractmethod
    def buy_pack(self, pack: str, amount: int, *, failures: int = 0) -> str:
        """Buy credits, perhaps after failed attempts; returns the payment's id."""

    @abstractmethod
    def subscribe(self, price: Price, *, trial_days: int = 0) -> str:
        """Buy a subscription; returns its id."""

    @abstractmethod
    def period_end(self, subscription_id: str) -> int:
        """When what was paid for is over."""

    @abstractmethod
    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        """Charge the next period, at its beginning."""

    @abstractmethod
    def retry(self, subscription_id: str, *, fail: bool = False, last: bool = False) -> None:
        """Charge again what failed; `last` is the failure after which the provider gives up."""

    @abstractmethod
    def change(self, subscription_id: str, price: Price, *, at_end: bool = False) -> None:
        """Change the plan, now or at the end of the period."""

    @abstractmethod
    def cancel(self, subscription_id: str, *, at_end: bool = False) -> None:
        """Cancel, now or at the end of the period."""

    @abstractmethod
    def finish(self, subscription_id: str) -> None:
        """Let a subscription that was cancelled for the end of its period end."""

    @abstractmethod
    def pause(self, subscription_id: str) -> None:
        """Stop for a while."""

    @abstractmethod
    def resume(self, subscription_id: str) -> None:
        """Go on after a pause."""

    @abstractmethod
    def payment_of(self, subscription_id: str) -> str:
        """Id of the newest successful payment of a subscription."""

    @abstractmethod
    def refund(self, payment_id: str, amount: int | None = None, *, fail: bool = False) -> None:
        """Give money back, all that is left unless told otherwise; the bank may refuse."""

    @abstractmethod
    def dispute(self, payment_id: str) -> str:
        """Let the bank question a payment; returns the dispute's id."""

    @abstractmethod
    def rule(self, dispute_id: str, status: str) -> None:
        """Decide a dispute: ``under_review``, ``won`` or ``lost``."""

    def wait(self, *, days: float = 0, seconds: float = 7) -> None:
        """Let time pass; by default enough for two things not to happen in the same second."""
        self.clock.advance(days * DAY + seconds)

    def until_end(self, subscription_id: str) -> None:
        """Let the period run out."""
        self.clock.set(max(self.period_end(subscription_id), self.clock.now() + 1))


class RazorpayDesk(Desk):
    """Razorpay behind the desk."""

    def __init__(self, clock: Clock, ids: Ids, world: RazorpayWorld | None = None) -> None:
        super().__init__(clock, ids, name="razorpay", currency="INR")
        self.world = world or RazorpayWorld(clock=clock, ids=ids)

    @property
    def events(self) -> list[Event]:
        """Everything Razorpay has reported."""
        return self.world.events

    def offer(self, slug: str, plan: str, interval: Interval, amount: int) -> Price:
        """Make a plan."""
        period = "monthly" if interval == "month" else "yearly"
        made = self.world.create_plan(period, amount, self.currency, plan)
        self.prices[slug] = Price(slug, plan, interval, self.currency, amount, made["id"])
        return self.prices[slug]

    def buy_pack(self, pack: str, amount: int, *, failures: int = 0) -> str:
        """Pay an order."""
        order = self.world.create_order(amount, self.currency)
        self.orders.append(Order("pack", pack, amount, self.currency, order["id"], None))
        for _ in range(failures):
            self.world.pay_order(order["id"], fail=True)
            self.wait()
        payment_id: str = self.world.pay_order(order["id"])["id"]
        return payment_id

    def subscribe(self, price: Price, *, trial_days: int = 0) -> str:
        """Authorise a subscription."""
        request: dict[str, Any] = {"plan_id": price.id, "total_count": 120}
        if trial_days:
            request["start_at"] = self.clock.now() + trial_days * DAY
        id_: str = self.world.create_subscription(request)["id"]
        self.orders.append(Order("subscription", price.plan, price.amount, self.currency, None, id_, price, trial_days))
        self.wait()
        self.world.authenticate(id_)
        return id_

    def period_end(self, subscription_id: str) -> int:
        """End of the cycle, or of the trial."""
        sub = self.world.subscriptions[subscription_id]
        return int(sub["current_end"] or sub["start_at"])

    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        """Charge the next cycle."""
        self.world.cycle_end(subscription_id)
        self.wait()
        self.world.charge(subscription_id, fail=fail)

    def retry(self, subscription_id: str, *, fail: bool = False, last: bool = False) -> None:
        """Charge the cycle again."""
        if last:
            self.world.subscriptions[subscription_id]["auth_attempts"] = 3
        self.world.charge(subscription_id, fail=fail)

    def change(self, subscription_id: str, price: Price, *, at_end: bool = False) -> None:
        """Update the subscription."""
        self.world.update(subscription_id, price.id, at_cycle_end=at_end)

    def cancel(self, subscription_id: str, *, at_end: bool = False) -> None:
        """Cancel the subscription."""
        self.world.cancel(subscription_id, at_cycle_end=at_end)

    def finish(self, subscription_id: str) -> None:
        """End the cycle."""
        self.world.cycle_end(subscription_id)

    def pause(self, subscription_id: str) -> None:
        """Pause the subscription."""
        self.world.pause(subscription_id)

    def resume(self, subscription_id: str) -> None:
        """Resume the subscription."""
        self.world.resume(subscription_id)

    def payment_of(self, subscription_id: str) -> str:
        """Payment of the newest paid invoice."""
        paid = [
            i["payment_id"]
            for i in self.world.invoices.values()
            if i["subscription_id"] == subscription_id and i["payment_id"]
        ]
        payment_id: str = paid[-1]
        return payment_id

    def refund(self, payment_id: str, amount: int | None = None, *, fail: bool = False) -> None:
        """Refund, and let the bank answer."""
        refund = self.world.refund(payment_id, amount)
        self.wait(days=1)
        self.world.process_refund(refund["id"], fail=fail)

    def dispute(self, payment_id: str) -> str:
        """Open a dispute."""
        id_: str = self.world.dispute(payment_id)["id"]
        return id_

    def rule(self, dispute_id: str, status: str) -> None:
        """Move the dispute on."""
        self.world.rule(dispute_id, status)


class StripeDesk(Desk):
    """Stripe behind the desk."""

    def __init__(self, clock: Clock, ids: Ids, world: StripeWorld | None = None) -> None:
        super().__init__(clock, ids, name="stripe", currency="USD")
        self.world = world or StripeWorld(clock=clock, ids=ids)
        self.customer = self.world.create_customer({"email": "customer@example.com"})["id"]

    @property
    def events(self) -> list[Event]:
        """Everything Stripe has reported."""
        return self.world.events

    def offer(self, slug: str, plan: str, interval: Interval, amount: int) -> Price:
        """Make a price."""
        request = {"currency": "usd", "unit_amount": amount, "recurring": {"interval": interval}}
        made = self.world.create_price({**request, "product_data": {"name": plan}})
        self.prices[slug] = Price(slug, plan, interval, self.currency, amount, made["id"])
        return self.prices[slug]

    def buy_pack(self, pack: str, amount: int, *, failures: int = 0) -> str:
        """Complete a one-off checkout."""
        line = {"price_data": {"currency": "usd", "unit_amount": amount}, "quantity": 1}
        request = {"mode": "payment", "customer": self.customer, "line_items": [line]}
        session = self.world.create_session(request)
        self.orders.append(Order("pack", pack, amount, self.currency, session["id"], None))
        for _ in range(failures):
            self.world.complete(session["id"], fail=True)
            self.wait()
        payment_id: str = self.world.complete(session["id"])["id"]
        return payment_id

    def subscribe(self, price: Price, *, trial_days: int = 0) -> str:
        """Complete the checkout of a subscription."""
        request: dict[str, Any] = {
            "mode": "subscription",
            "customer": self.customer,
            "line_items": [{"price": price.id, "quantity": 1}],
        }
        if trial_days:
            request["subscription_data"] = {"trial_period_days": trial_days}
        session = self.world.create_session(request)
        self.orders.append(
            Order("subscription", price.plan, price.amount, self.currency, session["id"], None, price, trial_days)
        )
        self.wait()
        id_: str = self.world.complete(session["id"])["id"]
        return id_

    def period_end(self, subscription_id: str) -> int:
        """End of the period of its item."""
        item = self.world.subscriptions[subscription_id]["items"]["data"][0]
        return int(item["current_period_end"])

    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        """Begin the next period."""
        self.world.renew(subscription_id, fail=fail)

    def retry(self, subscription_id: str, *, fail: bool = False, last: bool = False) -> None:
        """Collect the open invoice again."""
        self.world.retry(subscription_id, fail=fail, then="unpaid" if last else "past_due")

    def change(self, subscription_id: str, price: Price, *, at_end: bool = False) -> None:
        """Change the price of its item, or schedule that."""
        if not at_end:
            self.world.update(subscription_id, {"items": [{"price": price.id}]})
            return
        schedule = self.world.create_schedule({"from_subscription": subscription_id})
        self.wait()
        phases = [*schedule["phases"], {"items": [{"price": price.id, "quantity": 1}]}]
        self.world.update_schedule(schedule["id"], {"phases": phases})

    def cancel(self, subscription_id: str, *, at_end: bool = False) -> None:
        """Cancel the subscription."""
        if at_end:
            self.world.update(subscription_id, {"cancel_at_period_end": "true"})
        else:
            self.world.cancel(subscription_id)

    def finish(self, subscription_id: str) -> None:
        """End the period."""
        self.world.renew(subscription_id)

    def pause(self, subscription_id: str) -> None:
        """Pause collection."""
        self.world.update(subscription_id, {"pause_collection": {"behavior": "void"}})

    def resume(self, subscription_id: str) -> None:
        """Resume collection."""
        self.world.update(subscription_id, {"pause_collection": ""})

    def payment_of(self, subscription_id: str) -> str:
        """Payment intent of the newest paid invoice."""
        invoice = self.world.subscriptions[subscription_id]["latest_invoice"]
        found = [p for p in self.world.invoice_payments.values() if p["invoice"] == invoice]
        payment_id: str = found[-1]["payment"]["payment_intent"]
        return payment_id

    def refund(self, payment_id: str, amount: int | None = None, *, fail: bool = False) -> None:
        """Refund, and let the bank answer."""
        refund = self.world.refund(payment_id, amount)
        self.wait(days=1)
        self.world.process_refund(refund["id"], fail=fail)

    def dispute(self, payment_id: str) -> str:
        """Open a dispute."""
        id_: str = self.world.dispute(payment_id)["id"]
        return id_

    def rule(self, dispute_id: str, status: str) -> None:
        """Move the dispute on."""
        self.world.rule(dispute_id, status)
