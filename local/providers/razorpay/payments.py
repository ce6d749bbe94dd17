"""One-off payments, refunds and disputes of a Razorpay account, with the actions of customer and bank."""

from __future__ import annotations

from local.providers.razorpay import entities
from local.providers.razorpay.state import Json, Refused, State


class Payments(State):
    """The API opens and refunds orders, the customer pays them, the bank disputes them."""

    def create_order(self, amount: int, currency: str, **more: object) -> Json:
        """Open an order."""
        if amount < 100:  # noqa: PLR2004 - Razorpay's minimum, one rupee
            raise Refused("Order amount less than minimum amount allowed")
        id_ = self.ids.make("order_", 14)
        order = entities.order(id_, self.clock.now(), amount=amount, currency=currency, **more)
        self.orders[id_] = order
        return order

    def pay_order(self, order_id: str, *, fail: bool = False, capture: bool = True, notes: object = None) -> Json:
        """Let the customer pay an order; after a failed attempt it stays open."""
        order = self.orders[order_id]
        payment = self._attempt(order, fail=fail, notes=notes)
        if not fail:
            payment["status"] = "authorized"
            self.emit("payment.authorized", payment=payment)
            if capture:
                self.capture(payment["id"])
        return payment

    def capture(self, payment_id: str) -> Json:
        """Capture an authorised payment, which pays its order."""
        payment = self.payments[payment_id]
        order = self.orders[payment["order_id"]]
        payment.update(status="captured", captured=True, fee=payment["amount"] // 50, tax=0)
        order.update(status="paid", amount_paid=order["amount"], amount_due=0)
        self.emit("payment.captured", payment=payment)
        self.emit("order.paid", payment=payment, order=order)
        return payment

    def _attempt(self, order: Json, *, fail: bool = False, **links: object) -> Json:
        payment = entities.payment(
            self.ids.make("pay_", 14),
            self.clock.now(),
            amount=order["amount"],
            currency=order["currency"],
            order_id=order["id"],
            **links,
        )
        self.payments[payment["id"]] = payment
        order["attempts"] += 1
        if order["status"] == "created":
            order["status"] = "attempted"
        if fail:
            payment.update(
                status="failed",
                error_code="BAD_REQUEST_ERROR",
                error_description="Your payment has been cancelled. Try again or complete the payment later.",
                error_reason="payment_cancelled",
            )
            self.emit("payment.failed", payment=payment)
        return payment

    def refund(self, payment_id: str, amount: int | None = None, notes: object = None) -> Json:
        """Start a refund, by default of the full remaining amount."""
        payment = self.payments[payment_id]
        left = payment["amount"] - payment["amount_refunded"]
        amount = left if amount is None else amount
        if payment["status"] not in {"captured", "refunded"} or amount > left or amount <= 0:
            raise Refused("The total refund amount is greater than the refund payment amount")
        made = entities.refund(self.ids.make("rfnd_", 14), self.clock.now(), payment, amount, notes)
        self.refunds[made["id"]] = made
        payment["amount_refunded"] += amount
        full = payment["amount_refunded"] == payment["amount"]
        payment["refund_status"] = "full" if full else "partial"
        if full:
            payment["status"] = "refunded"
        self.emit("refund.created", refund=made, payment=payment)
        return made

    def process_refund(self, refund_id: str, *, fail: bool = False) -> None:
        """Let the bank pay out a refund, or refuse it."""
        refund = self.refunds[refund_id]
        refund["status"] = "failed" if fail else "processed"
        payment = self.payments[refund["payment_id"]]
        self.emit("refund.failed" if fail else "refund.processed", refund=refund, payment=payment)

    def dispute(self, payment_id: str, amount: int | None = None) -> Json:
        """Let the cardholder's bank dispute a payment."""
        payment = self.payments[payment_id]
        id_ = self.ids.make("disp_", 14)
        made = entities.dispute(id_, self.clock.now(), payment, amount or payment["amount"])
        self.disputes[made["id"]] = made
        self.emit("payment.dispute.created", payment=payment, dispute=made)
        return made

    def rule(self, dispute_id: str, status: str) -> None:
        """Move a dispute to ``under_review``, ``action_required``, ``won``, ``lost`` or ``closed``."""
        dispute = self.disputes[dispute_id]
        dispute["status"] = "open" if status == "action_required" else status
        if status == "lost":
            dispute["amount_deducted"] = dispute["amount"]
        self.emit(f"payment.dispute.{status}", payment=self.payments[dispute["payment_id"]], dispute=dispute)
