"""Razorpay as a payment provider."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from functions._shared import logs
from functions._shared.adapters.razorpay import entities, events, signature
from functions._shared.adapters.razorpay.client import RazorpayClient
from functions._shared.domain.errors import (
    InvalidSignature,
    NothingToResume,
    PaymentProviderNotConfigured,
    PaymentProviderUnavailable,
    PaymentRefused,
    PaymentSignatureInvalid,
)
from functions._shared.domain.payments.facts import CheckoutFact, Facts
from functions._shared.domain.payments.orders import OpenedAtProvider, ProviderObject
from functions._shared.ports.payment_provider import PaymentProvider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from functions._shared.domain.payments.events import ProviderEvent
    from functions._shared.domain.payments.names import ObjectKind, ProviderName
    from functions._shared.domain.payments.orders import (
        CatalogPrice,
        Customer,
        PackOrder,
        ReturnUrls,
        SubscriptionOrder,
    )

DAY_S: Final = 86_400
CYCLES: Final = {"month": 120, "year": 10}
"""Razorpay needs the number of charges in advance: ten years, after which the customer subscribes again."""

_PAGE: Final = 100
_MARGIN_S: Final = 60
"""How far Razorpay's clock may be behind ours."""


@dataclass(frozen=True, slots=True)
class RazorpayKeys:
    """Credentials of an account; `webhook_secrets` are the current one and, after a rotation, the previous one."""

    key_id: str
    key_secret: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    account: str | None
    base_url: str | None = None


class RazorpayProvider(PaymentProvider):
    """A Razorpay account.

    Parameters
    ----------
    keys : RazorpayKeys
        Credentials of the account.
    """

    name: ProviderName = "razorpay"
    needs_return_urls = False

    def __init__(self, keys: RazorpayKeys) -> None:
        self._keys = keys
        self._client = RazorpayClient(keys.key_id, keys.key_secret, keys.base_url)
        self.account = keys.account

    # Events.

    @override
    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        if not signature.webhook_is_genuine(body, headers.get("x-razorpay-signature"), self._keys.webhook_secrets):
            raise InvalidSignature
        return events.read_event(body, headers.get("x-razorpay-event-id"), account_id=self.account)

    # Checkout.

    @override
    async def ensure_customer(self, customer: Customer) -> str | None:
        """Return the id we have, if any. Razorpay creates customers when they pay."""
        return customer.customer_id

    @override
    async def ensure_price(self, price: CatalogPrice) -> str:
        """Create a plan. Razorpay has no idempotency keys, so a concurrent call may leave an unused plan."""
        plan = {
            "period": "monthly" if price.interval == "month" else "yearly",
            "interval": 1,
            "item": {"name": price.name, "amount": price.amount, "currency": price.currency},
            "notes": {"price": price.slug},
        }
        response = await self._client.call(lambda sdk: sdk.plan.create(plan))
        return str(response["id"])

    @override
    async def open_pack(self, order: PackOrder, customer: Customer, back: ReturnUrls | None) -> OpenedAtProvider:
        """Create an order, or find the one from an earlier attempt."""
        del back  # the checkout is a dialog on the client's own page
        razorpay_order = await self._find_order(order) if order.is_retry else None
        if razorpay_order is None:
            request = {
                "amount": order.amount,
                "currency": order.currency,
                "receipt": order.order_id,
                "payment": {"capture": "automatic", "capture_options": {"refund_speed": "normal"}},
            }
            razorpay_order = await self._client.call(lambda sdk: sdk.order.create(request))
        return OpenedAtProvider(
            order_id=razorpay_order["id"],
            subscription_id=None,
            checkout={
                "key": self._keys.key_id,
                "order_id": razorpay_order["id"],
                "amount": razorpay_order["amount"],
                "currency": razorpay_order["currency"],
                "name": order.name,
                "prefill": {"email": customer.email, "name": customer.name},
            },
        )

    async def _find_order(self, order: PackOrder) -> dict[str, Any] | None:
        page = await self._client.call(lambda sdk: sdk.order.all({"receipt": order.order_id}))
        items: list[dict[str, Any]] = page["items"]
        for item in items:
            if item["amount"] == order.amount and item["currency"] == order.currency:
                return item
        return None

    @override
    async def open_subscription(
        self, order: SubscriptionOrder, customer: Customer, back: ReturnUrls | None
    ) -> OpenedAtProvider:
        """Create a subscription for the customer to authorise. A trial is a start date in the future."""
        del back
        subscription = await self._find_subscription(order.order_id, order.created_at) if order.is_retry else None
        if subscription is None:
            request: dict[str, Any] = {
                "plan_id": order.price_id,
                "total_count": CYCLES[order.interval],
                "customer_notify": 1,
                "expire_by": int(order.ends_at.timestamp()),
                "notes": {"order": order.order_id},
            }
            if order.trial_days:
                request["start_at"] = int(time.time()) + order.trial_days * DAY_S
            if order.coupon is not None:
                # Reductions are made in Razorpay's dashboard; a code without one is not sold here.
                request["offer_id"] = order.coupon.razorpay_offer_id
            subscription = await self._client.call(lambda sdk: sdk.subscription.create(request))
        return OpenedAtProvider(
            order_id=None,
            subscription_id=subscription["id"],
            checkout={
                "key": self._keys.key_id,
                "subscription_id": subscription["id"],
                "short_url": subscription.get("short_url"),
                "name": order.name,
                "prefill": {"email": customer.email, "name": customer.name},
            },
        )

    async def _find_subscription(self, order_id: str, since: datetime) -> dict[str, Any] | None:
        start = int(since.timestamp()) - _MARGIN_S
        for sub in await self._items(lambda sdk, page: sdk.subscription.all({"from": start, **page})):
            if (sub.get("notes") or {}).get("order") == order_id:
                return sub
        return None

    @override
    async def find_checkout(self, order_id: str, customer_id: str | None, since: datetime) -> OpenedAtProvider | None:
        """Find the subscription. The order of a pack cannot be closed, so nobody looks for one."""
        del customer_id
        sub = await self._find_subscription(order_id, since)
        return None if sub is None else OpenedAtProvider(order_id=None, subscription_id=sub["id"], checkout={})

    @override
    async def void(self, order_id: str | None, subscription_id: str | None) -> bool:
        """Cancel a subscription that was never authorised. A pack's order stays open: Razorpay closes none."""
        if subscription_id is None:
            return order_id is None
        sub = await self._client.call(lambda sdk: sdk.subscription.fetch(subscription_id))
        if sub["status"] == "created":
            request = {"cancel_at_cycle_end": 0}
            sub = await self._client.call(lambda sdk: sdk.subscription.cancel(subscription_id, request))
        # A subscription that was charged and cancelled later was bought, whatever its status is now.
        return sub["status"] in {"cancelled", "expired"} and not sub.get("paid_count")

    @override
    def check_payment(self, claim: Mapping[str, str]) -> ProviderObject:
        """Verify ``razorpay_payment_id`` and ``_signature`` with ``razorpay_order_id`` or ``_subscription_id``."""
        payment, signed = claim.get("razorpay_payment_id", ""), claim.get("razorpay_signature", "")
        secret = self._keys.key_secret
        order, subscription = claim.get("razorpay_order_id"), claim.get("razorpay_subscription_id")
        if order and signature.order_payment_is_genuine(order, payment, signed, secret):
            return ProviderObject("order", order)
        if subscription and signature.subscription_payment_is_genuine(subscription, payment, signed, secret):
            return ProviderObject("subscription", subscription)
        raise PaymentSignatureInvalid

    # Look-ups.

    @override
    async def look_up(self, kind: ObjectKind, identity: str) -> Facts:
        if kind == "subscription":
            return await self._subscription(identity)
        if kind == "order":
            payments = await self._items(lambda sdk, page: sdk.order.payments(identity, page))
            order = await self._client.call(lambda sdk: sdk.order.fetch(identity))
            paid = CheckoutFact(id=identity, status="paid" if order["status"] == "paid" else "open")
            return Facts(checkouts=(paid,)) + await self._payments(payments)
        if kind == "dispute":
            dispute = await self._client.call(lambda sdk: sdk.dispute.fetch(identity))
            return Facts(disputes=(entities.dispute(dispute),))
        return await self._payments([await self._client.call(lambda sdk: sdk.payment.fetch(identity))])

    async def _subscription(self, identity: str) -> Facts:
        sub = await self._client.call(lambda sdk: sdk.subscription.fetch(identity))
        invoices = await self._items(lambda sdk, page: sdk.invoice.all({"subscription_id": identity, **page}))
        paid = [entities.paid_invoice(invoice) for invoice in invoices if invoice.get("payment_id")]
        return Facts(subscriptions=(entities.subscription(sub, int(time.time())),), payments=tuple(paid))

    async def _payments(self, payments: list[dict[str, Any]]) -> Facts:
        facts = Facts()
        for payment in payments:
            facts += Facts(payments=(entities.payment(payment),)) + await self._refunds(payment)
        return facts

    async def _refunds(self, payment: dict[str, Any]) -> Facts:
        """Fetch the refunds of a payment. Disputes are looked up by their own id."""
        if not payment.get("amount_refunded"):
            return Facts()
        refunds = await self._items(lambda sdk, page: sdk.payment.fetch_multiple_refund(payment["id"], page))
        return Facts(refunds=tuple(entities.refund(refund) for refund in refunds))

    async def _items(self, fetch: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a call of the untyped SDK
        """Fetch all pages of a collection."""
        items: list[dict[str, Any]] = []
        while True:
            position = {"count": _PAGE, "skip": len(items)}
            page = await self._client.call(lambda sdk, position=position: fetch(sdk, position))  # type: ignore[misc]
            items += page["items"]
            if len(page["items"]) < _PAGE:
                return items

    # Changes.

    @override
    async def cancel(self, subscription_id: str, *, at_period_end: bool) -> Facts:
        request = {"cancel_at_cycle_end": 1 if at_period_end else 0}
        sub = await self._client.call(lambda sdk: sdk.subscription.cancel(subscription_id, request))
        return self._state(sub)

    @override
    async def resume(self, subscription_id: str, *, paused: bool) -> Facts:
        """Resume a paused subscription. Razorpay cannot undo a cancellation."""
        if not paused:
            raise NothingToResume("Razorpay cannot undo a cancellation. Subscribe again when the period has ended.")
        sub = await self._client.call(lambda sdk: sdk.subscription.resume(subscription_id, {"resume_at": "now"}))
        return self._state(sub)

    @override
    async def change_plan(
        self, subscription_id: str, price_id: str, *, at_period_end: bool, drop_discount: bool = False
    ) -> Facts:
        """Change the plan in place of any scheduled change.

        The offer is removed once the change is accepted. Razorpay ends it with the cycle: no renewal is discounted, but
        the charge of an upgrade may be.
        """
        sub = await self._client.call(lambda sdk: sdk.subscription.fetch(subscription_id))
        scheduled = None
        if sub.get("has_scheduled_changes"):
            pending = await self._client.call(lambda sdk: sdk.subscription.pending_update(subscription_id))
            scheduled = str(pending["plan_id"])
            await self._client.call(lambda sdk: sdk.subscription.cancel_scheduled_changes(subscription_id))
        try:
            changed = await self._edit(subscription_id, price_id, at_period_end=at_period_end)
        except PaymentProviderUnavailable:
            # Perhaps only the answer was lost, and the customer has been charged.
            accepted = await self._accepted(subscription_id, price_id, at_period_end=at_period_end)
            if accepted is None:
                if scheduled is not None:
                    await self._edit(subscription_id, scheduled, at_period_end=True)
                raise
            changed = accepted
        except PaymentRefused as error:
            if scheduled is not None:
                await self._edit(subscription_id, scheduled, at_period_end=True)
            raise PaymentRefused(
                "Razorpay did not change the plan. With UPI or bank mandates, cancel and subscribe again.",
                **error.extra,
            ) from error
        if drop_discount and (offer := sub.get("offer_id")):
            await self._remove_offer(subscription_id, offer)
        return self._state(changed)

    async def _accepted(self, subscription_id: str, price_id: str, *, at_period_end: bool) -> dict[str, Any] | None:
        """Return the subscription if it is on this plan, or goes to it at the end of the period; else None."""
        sub = await self._client.call(lambda sdk: sdk.subscription.fetch(subscription_id))
        if not at_period_end:
            return sub if sub["plan_id"] == price_id else None
        if not sub.get("has_scheduled_changes"):
            return None
        pending = await self._client.call(lambda sdk: sdk.subscription.pending_update(subscription_id))
        return sub if pending["plan_id"] == price_id else None

    async def _edit(self, subscription_id: str, price_id: str, *, at_period_end: bool) -> dict[str, Any]:
        request = {
            "plan_id": price_id,
            "schedule_change_at": "cycle_end" if at_period_end else "now",
            "customer_notify": 1,
        }
        return await self._client.call(lambda sdk: sdk.subscription.edit(subscription_id, request))

    async def _remove_offer(self, subscription_id: str, offer: str) -> None:
        """Remove an offer, in two attempts: the plan has changed already."""
        for _ in range(2):
            try:
                await self._client.call(lambda sdk: sdk.subscription.delete_offer(subscription_id, offer))
            except (PaymentRefused, PaymentProviderUnavailable) as error:
                logs.logger().error("offer_not_removed", extra={"subscription": subscription_id, "code": error.code})
            else:
                return

    @override
    async def withdraw_change(self, subscription_id: str) -> Facts:
        sub = await self._client.call(lambda sdk: sdk.subscription.fetch(subscription_id))
        if sub.get("has_scheduled_changes"):
            sub = await self._client.call(lambda sdk: sdk.subscription.cancel_scheduled_changes(subscription_id))
        return self._state(sub)

    @override
    async def portal(self, customer_id: str, return_url: str) -> str:
        """Refuse, because Razorpay has no customer portal."""
        del customer_id, return_url
        raise PaymentProviderNotConfigured("Razorpay has no customer portal.")

    @staticmethod
    def _state(sub: dict[str, Any]) -> Facts:
        return Facts(subscriptions=(entities.subscription(sub, int(time.time())),))
