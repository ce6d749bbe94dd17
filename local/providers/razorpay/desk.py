"""The customer's and the bank's actions at the local Razorpay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from local.providers.clock import DAY, Clock
from local.providers.desk import Desk, Interval, Order, Price
from local.providers.razorpay.world import FAILURES_UNTIL_HALT, RazorpayWorld

if TYPE_CHECKING:
    from local.providers.ids import Ids


class RazorpayDesk(Desk):
    """Razorpay, in rupees."""

    name = "razorpay"
    currency = "INR"

    def __init__(self, clock: Clock, ids: Ids, world: RazorpayWorld | None = None) -> None:
        self.world = world or RazorpayWorld(clock=clock, ids=ids)
        super().__init__(self.world, clock, ids)

    @override
    def _create_price(self, plan: str, interval: Interval, amount: int) -> str:
        period = "monthly" if interval == "month" else "yearly"
        plan_id: str = self.world.create_plan(period, amount, self.currency, plan)["id"]
        return plan_id

    @override
    def _open_pack(self, amount: int) -> str:
        order_id: str = self.world.create_order(amount, self.currency)["id"]
        return order_id

    @override
    def _pay_pack(self, order_id: str, *, fail: bool = False) -> str:
        payment_id: str = self.world.pay_order(order_id, fail=fail)["id"]
        return payment_id

    @override
    def subscribe(self, price: Price, *, trial_days: int = 0) -> str:
        request: dict[str, Any] = {"plan_id": price.id, "total_count": 120}
        if trial_days:
            request["start_at"] = self.clock.now() + trial_days * DAY
        id_: str = self.world.create_subscription(request)["id"]
        self.orders.append(Order("subscription", price.plan, price.amount, self.currency, None, id_, price, trial_days))
        self.wait()
        self.world.authenticate(id_)
        return id_

    @override
    def period_end(self, subscription_id: str) -> int:
        sub = self.world.subscriptions[subscription_id]
        return int(sub["current_end"] or sub["start_at"])  # a trial ends where the first cycle starts

    @override
    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        self.world.cycle_end(subscription_id)
        self.wait()
        self.world.charge(subscription_id, fail=fail)

    @override
    def retry(self, subscription_id: str, *, fail: bool = False, last: bool = False) -> None:
        if last:
            self.world.subscriptions[subscription_id]["auth_attempts"] = FAILURES_UNTIL_HALT - 1
        self.world.charge(subscription_id, fail=fail)

    @override
    def change(self, subscription_id: str, price: Price, *, at_end: bool = False) -> None:
        self.world.update(subscription_id, price.id, at_cycle_end=at_end)

    @override
    def cancel(self, subscription_id: str, *, at_end: bool = False) -> None:
        self.world.cancel(subscription_id, at_cycle_end=at_end)

    @override
    def finish(self, subscription_id: str) -> None:
        self.world.cycle_end(subscription_id)

    @override
    def pause(self, subscription_id: str) -> None:
        self.world.pause(subscription_id)

    @override
    def resume(self, subscription_id: str) -> None:
        self.world.resume(subscription_id)

    @override
    def payment_of(self, subscription_id: str) -> str:
        payment_ids: list[str] = [
            invoice["payment_id"]
            for invoice in self.world.invoices.values()
            if invoice["subscription_id"] == subscription_id and invoice["payment_id"]
        ]
        return payment_ids[-1]
