"""The customer's and the bank's actions at the local Stripe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from local.providers.desk import Desk, Interval, Order, Price
from local.providers.stripe.world import StripeWorld

if TYPE_CHECKING:
    from local.providers.clock import Clock
    from local.providers.ids import Ids


class StripeDesk(Desk):
    """Stripe, in US dollars."""

    name = "stripe"
    currency = "USD"

    def __init__(self, clock: Clock, ids: Ids, world: StripeWorld | None = None) -> None:
        self.world = world or StripeWorld(clock=clock, ids=ids)
        super().__init__(self.world, clock, ids)
        self.customer = self.world.create_customer({"email": "customer@example.com"})["id"]

    @override
    def _create_price(self, plan: str, interval: Interval, amount: int) -> str:
        request = {"currency": "usd", "unit_amount": amount, "recurring": {"interval": interval}}
        price_id: str = self.world.create_price({**request, "product_data": {"name": plan}})["id"]
        return price_id

    @override
    def _open_pack(self, amount: int) -> str:
        line = {"price_data": {"currency": "usd", "unit_amount": amount}, "quantity": 1}
        return self._open_session({"mode": "payment", "line_items": [line]})

    @override
    def _pay_pack(self, order_id: str, *, fail: bool = False) -> str:
        payment_id: str = self.world.complete(order_id, fail=fail)["id"]
        return payment_id

    def _open_session(self, request: dict[str, Any]) -> str:
        session_id: str = self.world.create_session({**request, "customer": self.customer})["id"]
        return session_id

    @override
    def subscribe(self, price: Price, *, trial_days: int = 0) -> str:
        request: dict[str, Any] = {"mode": "subscription", "line_items": [{"price": price.id, "quantity": 1}]}
        if trial_days:
            request["subscription_data"] = {"trial_period_days": trial_days}
        session_id = self._open_session(request)
        self.orders.append(
            Order("subscription", price.plan, price.amount, self.currency, session_id, None, price, trial_days)
        )
        self.wait()
        subscription_id: str = self.world.complete(session_id)["id"]
        return subscription_id

    @override
    def period_end(self, subscription_id: str) -> int:
        item = self.world.subscriptions[subscription_id]["items"]["data"][0]
        return int(item["current_period_end"])

    @override
    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        self.world.renew(subscription_id, fail=fail)

    @override
    def retry(self, subscription_id: str, *, fail: bool = False, last: bool = False) -> None:
        self.world.retry(subscription_id, fail=fail, then="unpaid" if last else "past_due")

    @override
    def change(self, subscription_id: str, price: Price, *, at_end: bool = False) -> None:
        if not at_end:
            self.world.update(subscription_id, {"items": [{"price": price.id}]})
            return
        schedule = self.world.create_schedule({"from_subscription": subscription_id})
        self.wait()
        phases = [*schedule["phases"], {"items": [{"price": price.id, "quantity": 1}]}]
        self.world.update_schedule(schedule["id"], {"phases": phases})

    @override
    def cancel(self, subscription_id: str, *, at_end: bool = False) -> None:
        if at_end:
            self.world.update(subscription_id, {"cancel_at_period_end": "true"})
        else:
            self.world.cancel(subscription_id)

    @override
    def finish(self, subscription_id: str) -> None:
        self.world.renew(subscription_id)

    @override
    def pause(self, subscription_id: str) -> None:
        self.world.update(subscription_id, {"pause_collection": {"behavior": "void"}})

    @override
    def resume(self, subscription_id: str) -> None:
        self.world.update(subscription_id, {"pause_collection": ""})

    @override
    def payment_of(self, subscription_id: str) -> str:
        invoice_id = self.world.subscriptions[subscription_id]["latest_invoice"]
        payment_ids: list[str] = [
            row["payment"]["payment_intent"]
            for row in self.world.invoice_payments.values()
            if row["invoice"] == invoice_id
        ]
        return payment_ids[-1]
