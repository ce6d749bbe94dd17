"""Customers, prices, one-off checkouts, refunds and disputes of a Stripe account."""

from __future__ import annotations

from local.providers.stripe import objects
from local.providers.stripe.state import Json, Refused, State


class Payments(State):
    """The API opens sessions, the customer completes them; refunds and disputes may follow."""

    def create_customer(self, request: Json) -> Json:
        """Create a customer."""
        made: Json = {
            "id": self.ids.make("cus_", 14),
            "object": "customer",
            "email": request.get("email"),
            "name": request.get("name"),
            "currency": None,
            "created": self.clock.now(),
            "livemode": False,
            "metadata": request.get("metadata") or {},
        }
        self.customers[made["id"]] = made
        return made

    def create_price(self, request: Json) -> Json:
        """Create a recurring price with its product."""
        product = request.get("product_data") or {}
        recurring = request.get("recurring") or {}
        if "unit_amount" not in request or "currency" not in request or "interval" not in recurring:
            raise Refused("Missing required param: unit_amount.", code="parameter_missing")
        made: Json = {
            "id": self.ids.make("price_1", 23),
            "object": "price",
            "active": True,
            "currency": request["currency"].lower(),
            "unit_amount": int(request["unit_amount"]),
            "nickname": product.get("name") or request.get("nickname"),
            "lookup_key": request.get("lookup_key"),
            "product": self.ids.make("prod_", 14),
            "recurring": {"interval": recurring["interval"], "interval_count": 1, "usage_type": "licensed"},
            "type": "recurring",
            "created": self.clock.now(),
            "livemode": False,
            "metadata": request.get("metadata") or {},
        }
        self.prices[made["id"]] = made
        return made

    def create_coupon(self, request: Json) -> Json:
        """Create a coupon; the caller may choose its id."""
        id_ = request.get("id") or self.ids.make("", 8)
        if id_ in self.coupons:
            raise Refused("Coupon already exists.", code="resource_already_exists")
        percent, amount = request.get("percent_off"), request.get("amount_off")
        made: Json = {
            "id": id_,
            "object": "coupon",
            "percent_off": float(percent) if percent is not None else None,
            "amount_off": int(amount) if amount is not None else None,
            "currency": request.get("currency"),
            "duration": request.get("duration", "once"),
            "duration_in_months": request.get("duration_in_months"),
            "valid": True,
            "created": self.clock.now(),
        }
        self.coupons[id_] = made
        return made

    def create_session(self, request: Json) -> Json:
        """Open a checkout, in mode ``payment`` (price_data) or ``subscription`` (price)."""
        line = (request.get("line_items") or [{}])[0]
        customer = request.get("customer")
        if customer is not None:
            self.find("customers", "customer", customer)
        if request.get("mode") == "payment":
            data = line.get("price_data") or {}
            amount, currency = int(data.get("unit_amount", 0)), str(data.get("currency", "")).lower()
            if amount < 50:  # noqa: PLR2004 - Stripe's minimum for USD
                raise Refused("The Checkout Session's total amount is too small.", code="amount_too_small")
        elif request.get("mode") == "subscription":
            price = self.find("prices", "price", line.get("price"))
            amount, currency = price["unit_amount"], price["currency"]
        else:
            raise Refused("Invalid mode")
        now = self.clock.now()
        expires_at = int(request.get("expires_at") or now + 86_400)
        if not 1_800 <= expires_at - now <= 86_400:  # noqa: PLR2004 - seconds
            raise Refused("The `expires_at` timestamp must be between 30 minutes and 24 hours from now.")
        shown = {**request, "_checkout_url": self.checkout_url, "expires_at": expires_at}
        made = objects.session(self.ids.make("cs_test_", 58), now, shown, amount, currency)
        made["_request"] = request
        self.sessions[made["id"]] = made
        return made

    def complete_payment(self, session: Json, *, fail: bool = False, debit: bool = False) -> Json:
        """Let the customer pay a one-off checkout; after a failed attempt it stays open.

        A bank debit pays days later: see `settle_debit`.
        """
        intent = self._intent(session["amount_total"], session["currency"], session["customer"])
        if fail:
            self._fail(intent)
            return intent
        if debit:
            self._charge(intent, "us_bank_account")
            intent["status"] = "processing"
        else:
            self._succeed(intent)
        session.update(status="complete", payment_status="unpaid" if debit else "paid", payment_intent=intent["id"])
        self.emit("checkout.session.completed", session)
        return intent

    def settle_debit(self, session_id: str) -> None:
        """Let a bank debit arrive."""
        session = self.find("sessions", "checkout.session", session_id)
        self._succeed(self.payment_intents[session["payment_intent"]])
        session["payment_status"] = "paid"
        self.emit("checkout.session.async_payment_succeeded", session)

    def expire_session(self, session_id: str) -> Json:
        """Close an unfinished checkout."""
        session = self.find("sessions", "checkout.session", session_id)
        if session["status"] != "open":
            raise Refused('Only Checkout Sessions with a status in ["open"] can be expired.')
        session["status"] = "expired"
        self.emit("checkout.session.expired", session)
        return session

    def refund(self, intent_id: str, amount: int | None = None) -> Json:
        """Start a refund, by default of the full remaining amount."""
        intent = self.find("payment_intents", "payment_intent", intent_id)
        left = intent["amount_received"] - intent.get("_refunded", 0)
        amount = left if amount is None else amount
        if amount <= 0 or amount > left:
            raise Refused("Refund amount is greater than unrefunded amount on charge.")
        intent["_refunded"] = intent.get("_refunded", 0) + amount
        made = objects.refund(self.ids.make("re_", 24), self.clock.now(), intent, amount)
        self.refunds[made["id"]] = made
        self.emit("refund.created", made)
        charge = self.charges[intent["latest_charge"]]
        charge.update(amount_refunded=intent["_refunded"], refunded=intent["_refunded"] == intent["amount"])
        self.emit("charge.refunded", charge)
        return made

    def process_refund(self, refund_id: str, *, fail: bool = False) -> None:
        """Let the bank pay out a refund, or refuse it."""
        refund = self.refunds[refund_id]
        refund["status"] = "failed" if fail else "succeeded"
        self.emit("refund.failed" if fail else "refund.updated", refund)

    def dispute(self, intent_id: str, amount: int | None = None) -> Json:
        """Let the cardholder's bank dispute a payment; Stripe withdraws the money from our balance at once."""
        intent = self.payment_intents[intent_id]
        id_ = self.ids.make("du_", 24)
        made = objects.dispute(id_, self.clock.now(), intent, amount or intent["amount_received"])
        self.disputes[id_] = made
        self.emit("charge.dispute.created", made)
        self.emit("charge.dispute.funds_withdrawn", made)
        return made

    def rule(self, dispute_id: str, status: str) -> None:
        """Move a dispute to ``under_review``, then to ``won`` or ``lost``."""
        dispute = self.disputes[dispute_id]
        dispute["status"] = status
        closed = status in {"won", "lost", "warning_closed"}
        self.emit("charge.dispute.closed" if closed else "charge.dispute.updated", dispute)
        if status == "won":
            self.emit("charge.dispute.funds_reinstated", dispute)

    # helpers ---------------------------------------------------------------------------------------------------------

    def _intent(self, amount: int, currency: str, customer: str | None) -> Json:
        made = objects.payment_intent(self.ids.make("pi_", 24), self.clock.now(), amount, currency, customer)
        self.payment_intents[made["id"]] = made
        return made

    def _succeed(self, intent: Json) -> None:
        charge = self.charges.get(intent["latest_charge"]) or self._charge(intent)
        charge["status"] = "succeeded"
        intent.update(status="succeeded", amount_received=intent["amount"])
        self.emit("payment_intent.succeeded", intent)
        self.emit("charge.succeeded", charge)

    def _fail(self, intent: Json) -> None:
        intent["last_payment_error"] = {"code": "card_declined", "message": "Your card was declined."}
        self.emit("payment_intent.payment_failed", intent)

    def _charge(self, intent: Json, method: str = "card") -> Json:
        made = objects.charge(self.ids.make("ch_", 24), self.clock.now(), intent, method)
        self.charges[made["id"]] = made
        intent["latest_charge"] = made["id"]
        return made
