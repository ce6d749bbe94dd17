"""The behaviour of a Razorpay account: the actions of Razorpay and the customer, and the events that follow."""

from __future__ import annotations

from typing import Final

from local.providers.clock import add_months
from local.providers.razorpay import entities
from local.providers.razorpay.payments import Payments
from local.providers.razorpay.state import Json, Refused, missing

IST_OFFSET_S: Final = 19_800
"""India Standard Time: Razorpay ends cycles at midnight in India."""

FAILURES_UNTIL_HALT: Final = 4


class RazorpayWorld(Payments):
    """The whole account: one-off payments, and subscriptions that are charged on request."""

    def create_plan(self, period: str, amount: int, currency: str, name: str) -> Json:
        """Create a plan; the period is ``monthly`` or ``yearly``."""
        plan: Json = {
            "id": self.ids.make("plan_", 14),
            "entity": "plan",
            "interval": 1,
            "period": period,
            "item": {"id": self.ids.make("item_", 14), "name": name, "amount": amount, "currency": currency},
            "notes": [],
            "created_at": self.clock.now(),
        }
        self.plans[plan["id"]] = plan
        return plan

    def create_subscription(self, request: Json) -> Json:
        """Create a subscription to a plan, which the customer then authorises."""
        if request.get("plan_id") not in self.plans:
            raise missing("plan")
        if not isinstance(request.get("total_count"), int):
            raise Refused("The total count field is required when end at is not present.")
        id_ = self.ids.make("sub_", 14)
        made = entities.subscription(id_, self.clock.now(), request, short_url=f"https://rzp.io/i/{id_[-7:]}")
        self.subscriptions[id_] = made
        return made

    def authenticate(self, subscription_id: str, *, fail: bool = False, mandate: bool = False) -> Json | None:
        """Let the customer authorise a subscription; charge its first cycle unless it starts later.

        By a bank mandate, the first charge follows a day or more later, when the bank has confirmed it: see `charge`.
        """
        sub, now = self.subscriptions[subscription_id], self.clock.now()
        if sub["status"] == "created" and sub["expire_by"] and now > sub["expire_by"]:
            self.expire(subscription_id)
        if sub["status"] in {"cancelled", "expired"}:
            raise Refused(f"The subscription is {sub['status']}.")
        sub["auth_attempts"] += 1
        if sub["customer_id"] is None:
            sub["customer_id"] = self.ids.make("cust_", 14)
        if fail:
            order = self.create_order(self._price(sub), self._plan(sub)["item"]["currency"])
            return self._attempt(order, fail=True, customer_id=sub["customer_id"])
        sub.update(status="authenticated", start_at=sub["start_at"] or now, charge_at=sub["start_at"] or now)
        sub["payment_method"] = "emandate" if mandate else "card"
        self.emit("subscription.authenticated", subscription=sub)
        return None if mandate or sub["start_at"] > now else self.charge(subscription_id)

    def charge(self, subscription_id: str, *, fail: bool = False) -> Json:
        """Charge the first or next cycle, or retry a pending one."""
        sub = self.subscriptions[subscription_id]
        if sub["status"] != "pending" and not (fail and sub["status"] == "halted"):
            self._begin_cycle(sub)
        invoice = self._cycle_invoice(sub)
        order = self.orders[invoice["order_id"]]
        links = {
            "invoice_id": invoice["id"],
            "customer_id": sub["customer_id"],
            "method": sub["payment_method"] or "card",
        }
        payment = self._attempt(order, fail=fail, **links)
        if fail:
            sub["auth_attempts"] += 1
            halted = sub["auth_attempts"] >= FAILURES_UNTIL_HALT
            sub["status"] = "halted" if halted else "pending"
            self.emit(f"subscription.{sub['status']}", subscription=sub)
            return payment
        first = sub["status"] != "active"
        sub.update(status="active", paid_count=sub["paid_count"] + 1, auth_attempts=0)
        sub["remaining_count"] = sub["total_count"] - sub["paid_count"]
        self._settle(invoice, payment)
        if first:
            self.emit("subscription.activated", subscription=sub)
        charged = self.emit("subscription.charged", subscription=sub, payment={**payment, "captured": "1"})
        if sub["remaining_count"] == 0:
            sub["status"] = "completed"
            self.emit("subscription.completed", subscription=sub, payment=payment)
        return {**payment, "event_id": charged.id}

    def cycle_end(self, subscription_id: str) -> None:
        """End the cycle: carry out the change that was scheduled for its end."""
        sub = self.subscriptions[subscription_id]
        change = self.scheduled.pop(subscription_id, None)
        if change is None:
            return
        if change.get("cancel"):
            sub.update(status="cancelled", ended_at=self.clock.now(), charge_at=None)
            self.emit("subscription.cancelled", subscription=sub)
        else:
            sub.update(plan_id=change["plan_id"], has_scheduled_changes=False, change_scheduled_at=None)
            self.emit("subscription.updated", subscription=sub)

    def cancel(self, subscription_id: str, *, at_cycle_end: bool) -> Json:
        """Cancel now or at the end of the cycle."""
        sub = self._live(subscription_id)
        if at_cycle_end and sub["status"] == "active":
            self.scheduled[subscription_id] = {"cancel": True}
        else:
            sub.update(status="cancelled", ended_at=self.clock.now(), charge_at=None)
            self.emit("subscription.cancelled", subscription=sub)
        return sub

    def update(self, subscription_id: str, plan_id: str, *, at_cycle_end: bool) -> Json:
        """Change the plan now, charging the difference for the rest of the cycle, or at the end of the cycle."""
        sub = self._live(subscription_id)
        if sub["status"] not in {"authenticated", "active"}:
            raise Refused("The subscription is not in Authenticated or Active state")
        if plan_id not in self.plans:
            raise missing("plan")
        if at_cycle_end:
            self.scheduled[subscription_id] = {"plan_id": plan_id}
            sub.update(has_scheduled_changes=True, change_scheduled_at=sub["current_end"] or sub["start_at"])
            return sub
        if subscription_id in self.declined:
            raise Refused("Your payment was declined by the bank.")
        old, new, now = self._price(sub), self._price({**sub, "plan_id": plan_id}), self.clock.now()
        if sub["current_end"] is None:  # a trial: nothing is charged before its end, and then the new plan
            sub["plan_id"] = plan_id
            self.emit("subscription.updated", subscription=sub)
            return sub
        left = (sub["current_end"] - now) / (sub["current_end"] - sub["current_start"])
        sub["plan_id"] = plan_id
        difference = round((new - old) * left)
        if difference > 0:
            invoice = self._invoice(sub, difference, now, sub["current_end"])
            order = self.orders[invoice["order_id"]]
            payment = self._attempt(order, invoice_id=invoice["id"], customer_id=sub["customer_id"])
            self._settle(invoice, payment)
        self.emit("subscription.updated", subscription=sub)
        return sub

    def cancel_update(self, subscription_id: str) -> Json:
        """Cancel a scheduled change of plan."""
        sub = self._live(subscription_id)
        if "plan_id" not in self.scheduled.get(subscription_id, {}):
            raise Refused("No scheduled changes exist for this subscription")
        del self.scheduled[subscription_id]
        sub.update(has_scheduled_changes=False, change_scheduled_at=None)
        return sub

    def delete_offer(self, subscription_id: str, offer_id: str) -> Json:
        """Take the offer off a subscription: the invoices after this one are charged in full."""
        sub = self._live(subscription_id)
        if sub["offer_id"] != offer_id:
            raise missing("offer")
        sub["offer_id"] = None
        return sub

    def pause(self, subscription_id: str) -> Json:
        """Pause charging."""
        sub = self._live(subscription_id)
        if sub["status"] != "active":
            raise Refused("Subscription cannot be paused in current state")
        sub.update(status="paused", paused_at=self.clock.now())
        self.emit("subscription.paused", subscription=sub)
        return sub

    def resume(self, subscription_id: str) -> Json:
        """Resume charging after a pause."""
        sub = self._live(subscription_id)
        if sub["status"] != "paused":
            raise Refused("Subscription cannot be resumed in current state")
        sub.update(status="active", paused_at=None)
        self.emit("subscription.resumed", subscription=sub)
        return sub

    def expire(self, subscription_id: str) -> None:
        """Let a subscription expire because it was not authorised in time."""
        sub = self.subscriptions[subscription_id]
        sub["status"] = "expired"
        # Razorpay sends no event for this; only its API shows it.

    def _live(self, subscription_id: str) -> Json:
        sub = self.subscriptions.get(subscription_id)
        if sub is None:
            raise missing("subscription")
        if sub["status"] in {"cancelled", "completed", "expired"}:
            raise Refused(f"Subscription is not cancellable in {sub['status']} status.")
        return sub

    def _plan(self, sub: Json) -> Json:
        return self.plans[sub["plan_id"]]

    def _price(self, sub: Json) -> int:
        """Return what a cycle costs, less the offer if it is for that cycle."""
        amount: int = self._plan(sub)["item"]["amount"]
        offer = self.offers.get(sub["offer_id"] or "", {"cycles": 0})
        if offer["cycles"] is not None and sub["paid_count"] >= offer["cycles"]:
            return amount
        off: int = offer.get("amount_off") or amount * offer["percent_off"] // 100
        return amount - off

    def _begin_cycle(self, sub: Json) -> None:
        start: int = sub["current_end"] or self.clock.now()
        months = 12 if self._plan(sub)["period"] == "yearly" else 1
        anchor: int = sub.setdefault("_anchor", start)
        while True:  # a halted subscription resumes in the current cycle; skipped cycles are not charged
            sub["_cycle"] = sub.get("_cycle", 0) + 1
            end = add_months(anchor + IST_OFFSET_S, months * sub["_cycle"])
            sub["current_start"] = start
            sub["current_end"] = sub["charge_at"] = start = end - end % 86_400 - IST_OFFSET_S
            if sub["current_end"] > self.clock.now():
                return

    def _cycle_invoice(self, sub: Json) -> Json:
        for invoice in self.invoices.values():
            if (
                invoice["subscription_id"] == sub["id"]
                and invoice["billing_end"] == sub["current_end"]
                and invoice["status"] == "issued"
            ):
                return invoice
        return self._invoice(sub, self._price(sub), sub["current_start"], sub["current_end"])

    def _invoice(self, sub: Json, amount: int, start: int, end: int) -> Json:
        item = self._plan(sub)["item"]
        order = self.create_order(amount, item["currency"])
        id_ = self.ids.make("inv_", 14)
        made = entities.invoice(id_, self.clock.now(), sub, order, name=item["name"], period=(start, end))
        self.invoices[made["id"]] = made
        return made

    def _settle(self, invoice: Json, payment: Json) -> None:
        now, order = self.clock.now(), self.orders[invoice["order_id"]]
        invoice.update(
            status="paid", payment_id=payment["id"], paid_at=now, amount_paid=invoice["amount"], amount_due=0
        )
        payment["status"] = "authorized"
        self.emit("payment.authorized", payment=payment)
        self.capture(payment["id"])
        self.emit("invoice.paid", payment=payment, order=order, invoice=invoice)
