"""The behaviour of a Stripe account: the actions of Stripe and the customer, and the events that follow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local.providers.clock import DAY, add_months
from local.providers.stripe import objects
from local.providers.stripe.payments import Payments
from local.providers.stripe.state import Json, Refused

_FINAL = frozenset({"canceled", "incomplete_expired"})


class StripeWorld(Payments):
    """The whole account: one-off payments, and subscriptions that renew on request."""

    def complete(self, session_id: str, *, fail: bool = False) -> Json:
        """Let the customer complete a checkout; after a failed attempt it stays open.

        Returns
        -------
        dict
            The payment intent, or the subscription.
        """
        session = self.find("sessions", "checkout.session", session_id)
        if session["status"] == "open" and self.clock.now() >= session["expires_at"]:
            self.expire_session(session_id)
        if session["status"] != "open":
            raise Refused(f"This Checkout Session is {session['status']}.")
        if session["mode"] == "payment":
            return self.complete_payment(session, fail=fail)
        request = session["_request"]
        price = self.find("prices", "price", request["line_items"][0]["price"])
        data = request.get("subscription_data") or {}
        now, trial_days = self.clock.now(), int(data.get("trial_period_days") or 0)
        end = now + trial_days * DAY if trial_days else self._period_end(now, price)
        sub = objects.subscription(self.ids.make("sub_1", 23), now, {**data, **request}, price, (now, end))
        sub["_coupon"] = (request.get("discounts") or [{}])[0].get("coupon")
        sub["discounts"] = [self.ids.make("di_1", 23)] if sub["_coupon"] else []
        self.subscriptions[sub["id"]] = sub
        self.emit("customer.subscription.created", sub)
        if fail:
            self._bill(sub, "subscription_create", fail=True)
            return sub
        if trial_days:
            sub.update(trial_start=now, trial_end=end)
        self._bill(sub, "subscription_create", trial=bool(trial_days))
        sub["status"] = "trialing" if trial_days else "active"
        self.emit("customer.subscription.updated", sub, status="incomplete")
        paid = "no_payment_required" if trial_days else "paid"
        session.update(status="complete", payment_status=paid, subscription=sub["id"])
        self.emit("checkout.session.completed", session)
        return sub

    def renew(self, subscription_id: str, *, fail: bool = False) -> None:
        """Start the next period and charge it."""
        sub = self.subscriptions[subscription_id]
        item = self._item(sub)
        if sub["cancel_at_period_end"]:
            self._end(sub)
            return
        if sub["schedule"]:
            self._next_phase(sub)
        item["current_period_start"] = start = item["current_period_end"]
        item["current_period_end"] = self._period_end(start, item["price"], anchor=sub["billing_cycle_anchor"])
        before = sub["status"]
        sub["status"] = "active"
        self.emit("customer.subscription.updated", sub, status=before)
        self._bill(sub, "subscription_cycle", fail=fail)
        if fail:
            self._move(sub, "past_due")

    def retry(self, subscription_id: str, *, fail: bool = False, then: str = "past_due") -> None:
        """Retry the open invoice; after the last failure, `then` is ``unpaid`` or ``canceled``."""
        sub = self.subscriptions[subscription_id]
        invoice = self.invoices[sub["latest_invoice"]]
        self._collect(sub, invoice, fail=fail)
        if not fail:
            self._move(sub, "active")
        elif then == "canceled":
            self._end(sub)
        elif then != sub["status"]:
            self._move(sub, then)

    def update(self, subscription_id: str, request: Json) -> Json:
        """Change a subscription: its price at once, its cancellation at the end of the period, or its pause."""
        sub = self.find("subscriptions", "subscription", subscription_id)
        if sub["status"] in _FINAL:
            raise Refused("A canceled subscription can only update its cancellation_details and metadata.")
        if "cancel_at_period_end" in request:
            if sub["schedule"]:
                raise Refused("The subscription is managed by a subscription schedule.")
            at_end = str(request["cancel_at_period_end"]).lower() == "true"
            sub["cancel_at_period_end"] = at_end
            sub["cancel_at"] = self._item(sub)["current_period_end"] if at_end else None
            sub["canceled_at"] = self.clock.now() if at_end else None
        if "pause_collection" in request:
            sub["pause_collection"] = request["pause_collection"] or None
        if "items" in request:
            if sub["schedule"]:
                raise Refused("The subscription is managed by a subscription schedule.")
            self._change_price(sub, self.find("prices", "price", request["items"][0].get("price")), request)
        elif request.get("discounts") == "":
            self._drop_discount(sub)
        self.emit("customer.subscription.updated", sub, metadata={})
        return sub

    def pay_pending(self, subscription_id: str) -> None:
        """Let the customer pay for an update that waits for its payment: it is applied as a whole."""
        sub = self.subscriptions[subscription_id]
        self.declined.discard(subscription_id)
        request, sub["pending_update"] = sub.pop("_pending"), None
        self.update(subscription_id, request)
        self.emit("customer.subscription.pending_update_applied", sub)

    def cancel(self, subscription_id: str) -> Json:
        """End a subscription now."""
        sub = self.find("subscriptions", "subscription", subscription_id)
        if sub["status"] in _FINAL:
            raise Refused(f"No such subscription: '{subscription_id}'", 404, code="resource_missing")
        self._end(sub)
        return sub

    # schedules -------------------------------------------------------------------------------------------------------

    def create_schedule(self, request: Json) -> Json:
        """Create a schedule for a subscription, with its current state as the only phase."""
        sub = self.find("subscriptions", "subscription", request.get("from_subscription"))
        if sub["schedule"]:
            raise Refused("The subscription is already attached to a schedule.")
        item = self._item(sub)
        made: Json = {
            "id": self.ids.make("sub_sched_1", 23),
            "object": "subscription_schedule",
            "subscription": sub["id"],
            "status": "active",
            "end_behavior": "release",
            "current_phase": {
                "start_date": item["current_period_start"],
                "end_date": item["current_period_end"],
            },
            "phases": [
                {
                    "start_date": item["current_period_start"],
                    "end_date": item["current_period_end"],
                    "items": [{"price": item["price"]["id"], "quantity": 1}],
                    "discounts": [{"discount": id_, "coupon": None} for id_ in sub["discounts"]],
                }
            ],
            "created": self.clock.now(),
        }
        self.schedules[made["id"]] = made
        sub["schedule"] = made["id"]
        self.emit("customer.subscription.updated", sub, schedule=None)
        return made

    def update_schedule(self, schedule_id: str, request: Json) -> Json:
        """Set the phases of a schedule."""
        schedule = self.find("schedules", "subscription_schedule", schedule_id)
        for phase in request["phases"]:
            self.find("prices", "price", phase["items"][0]["price"])
        if int(request["phases"][0]["start_date"]) != schedule["current_phase"]["start_date"]:
            raise Refused("You can not modify the start date of the current phase.")
        self._enter(self.subscriptions[schedule["subscription"]], request["phases"][0])
        schedule.update(phases=request["phases"], end_behavior=request.get("end_behavior", "release"))
        return schedule

    def release_schedule(self, schedule_id: str) -> Json:
        """Remove the schedule of a subscription, which stays as it is."""
        schedule = self.find("schedules", "subscription_schedule", schedule_id)
        sub = self.subscriptions[schedule["subscription"]]
        schedule["status"], sub["schedule"] = "released", None
        self.emit("customer.subscription.updated", sub, schedule=schedule_id)
        return schedule

    # helpers ---------------------------------------------------------------------------------------------------------

    @staticmethod
    def _item(sub: Json) -> Json:
        item: Json = sub["items"]["data"][0]
        return item

    @staticmethod
    def _period_end(start: int, price: Json, anchor: int | None = None) -> int:

        months = 12 if price["recurring"]["interval"] == "year" else 1
        return add_months(start, months, anchor_day=datetime.fromtimestamp(anchor or start, UTC).day)

    def _move(self, sub: Json, status: str) -> None:
        before, sub["status"] = sub["status"], status
        self.emit("customer.subscription.updated", sub, status=before)

    def _end(self, sub: Json) -> None:
        now = self.clock.now()
        sub.update(status="canceled", ended_at=now, canceled_at=sub["canceled_at"] or now)
        self.emit("customer.subscription.deleted", sub)

    def _next_phase(self, sub: Json) -> None:
        schedule = self.schedules[sub["schedule"]]
        if len(schedule["phases"]) > 1:
            self._item(sub)["price"] = self.prices[schedule["phases"][1]["items"][0]["price"]]
            self._enter(sub, schedule["phases"][1])
        schedule["status"], sub["schedule"] = "released", None

    def _enter(self, sub: Json, phase: Json) -> None:
        """Give a subscription the discounts of a phase. One that names none has its customer's, and ours have none."""
        kept = {each.get("discount") for each in phase.get("discounts") or []}
        if not kept.issuperset(sub["discounts"]):
            self._drop_discount(sub)

    @staticmethod
    def _drop_discount(sub: Json) -> None:
        sub.update(discounts=[], _coupon=None)

    def _is_declined(self, sub: Json, request: Json) -> bool:
        """Refuse an update whose payment fails, or let it wait for the payment."""
        if sub["id"] not in self.declined or sub["status"] != "active":
            return False
        if request.get("payment_behavior") != "pending_if_incomplete":
            raise Refused("Your card was declined.", 402, code="card_declined", kind="card_error")
        sub["pending_update"] = {"expires_at": self.clock.now() + 23 * 3_600, "subscription_items": request["items"]}
        sub["_pending"] = request
        return True

    def _change_price(self, sub: Json, price: Json, request: Json) -> None:
        if self._is_declined(sub, request):
            return
        if request.get("discounts") == "":
            self._drop_discount(sub)
        item, now = self._item(sub), self.clock.now()
        old, start, end = item["price"], item["current_period_start"], item["current_period_end"]
        item["price"] = price
        left = (end - now) / (end - start)
        # What is given back is what was paid; the new price is reduced by a discount that is still there.
        credit = round((old["unit_amount"] - sub.get("_reduced", 0)) * left)
        debit = round((price["unit_amount"] - self._discount(sub, price["unit_amount"])) * left)
        if debit > credit and sub["status"] == "active":
            lines = [
                self._line(sub, old, (now, end), amount=-credit, proration=True),
                self._line(sub, price, (now, end), amount=debit, proration=True),
            ]
            self._collect(sub, self._invoice(sub, lines, "subscription_update"))

    def _line(self, sub: Json, price: Json, period: tuple[int, int], **more: Any) -> Json:  # noqa: ANN401 - amount, proration
        return objects.invoice_line(self.ids.make("il_1", 23), price, period, subscription=sub, **more)

    def _invoice(self, sub: Json, lines: list[Json], reason: str, discount: int = 0) -> Json:
        id_ = self.ids.make("in_1", 23)
        made = objects.invoice(id_, self.clock.now(), sub, lines, reason=reason, discount=discount)
        self.invoices[id_] = made
        sub["latest_invoice"] = id_
        return made

    def _discount(self, sub: Json, amount: int, *, first: bool = False) -> int:
        coupon = self.coupons.get(sub["_coupon"] or "")
        if coupon is None or not (coupon["duration"] == "forever" or first):
            return 0
        off: int = coupon["amount_off"] or round(amount * coupon["percent_off"] / 100)
        return off

    def _bill(self, sub: Json, reason: str, *, fail: bool = False, trial: bool = False) -> None:
        item = self._item(sub)
        price = item["price"]
        amount = 0 if trial else price["unit_amount"]
        sub["_reduced"] = discount = 0 if trial else self._discount(sub, amount, first=reason == "subscription_create")
        period = (item["current_period_start"], item["current_period_end"])
        line = self._line(sub, price, period, amount=amount)
        self._collect(sub, self._invoice(sub, [line], reason, discount), fail=fail)

    def _collect(self, sub: Json, invoice: Json, *, fail: bool = False) -> None:
        invoice.update(attempted=True, attempt_count=invoice["attempt_count"] + 1)
        intent = None
        if invoice["total"] > 0:
            intent = self._intent(invoice["total"], invoice["currency"], sub["customer"])
            if fail:
                self._fail(intent)
                self.emit("invoice.payment_failed", invoice)
                return
            self._succeed(intent)
        invoice.update(status="paid", amount_paid=invoice["total"], amount_remaining=0)
        invoice["status_transitions"]["paid_at"] = self.clock.now()
        self.emit("invoice.paid", invoice)
        self.emit("invoice.payment_succeeded", invoice)
        if intent is not None:
            self._pay(invoice, intent)

    def _pay(self, invoice: Json, intent: Json) -> None:
        now = self.clock.now()
        made: Json = {
            "id": self.ids.make("inpay_1", 23),
            "object": "invoice_payment",
            "amount_paid": invoice["amount_paid"],
            "amount_requested": invoice["total"],
            "currency": invoice["currency"],
            "invoice": invoice["id"],
            "is_default": True,
            "payment": {"type": "payment_intent", "payment_intent": intent["id"]},
            "status": "paid",
            "status_transitions": {"paid_at": now, "canceled_at": None},
            "created": now,
            "livemode": False,
        }
        self.invoice_payments[made["id"]] = made
        self.emit("invoice_payment.paid", made)
