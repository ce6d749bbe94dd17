"""Stripe as a payment provider, through the SDK's asynchronous client."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import stripe
from typing_extensions import override

from functions._shared.adapters.stripe import events, objects, plans, signature
from functions._shared.adapters.stripe.sdk import plain, sdk_errors
from functions._shared.domain.errors import (
    InvalidSignature,
    NothingToResume,
    PaymentProviderUnavailable,
    PaymentSignatureInvalid,
)
from functions._shared.domain.payments.facts import Facts
from functions._shared.domain.payments.orders import OpenedAtProvider, ProviderObject
from functions._shared.ports.payment_provider import PaymentProvider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from functions._shared.domain.payments.events import ProviderEvent
    from functions._shared.domain.payments.names import ObjectKind, ProviderName
    from functions._shared.domain.payments.orders import (
        CatalogPrice,
        Coupon,
        Customer,
        PackOrder,
        ReturnUrls,
        SubscriptionOrder,
    )

TIMEOUT_S: Final = 8.0
RETRIES: Final = 1
"""The SDK repeats a failed POST with the same idempotency key."""

_PAGE: Final = 100
_MARGIN: Final = timedelta(minutes=1)
"""How long before our offer a session ends. Stripe refuses one of more than 24 hours by its own clock."""


@dataclass(frozen=True, slots=True)
class StripeKeys:
    """Credentials of an account; `webhook_secrets` are the current one and, after a rotation, the previous one."""

    api_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    account: str | None
    base_url: str | None = None


class StripeProvider(PaymentProvider):
    """A Stripe account.

    Parameters
    ----------
    keys : StripeKeys
        Credentials of the account.
    """

    name: ProviderName = "stripe"
    needs_return_urls = True

    def __init__(self, keys: StripeKeys) -> None:
        self._keys = keys
        self.account = keys.account
        self._stripe = stripe.StripeClient(
            keys.api_key,
            base_addresses={"api": keys.base_url} if keys.base_url else {},
            max_network_retries=RETRIES,
            http_client=stripe.HTTPXClient(timeout=TIMEOUT_S),
        ).v1

    # Events.

    @override
    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        if not signature.webhook_is_genuine(body, headers.get("stripe-signature"), self._keys.webhook_secrets):
            raise InvalidSignature
        live = "_live_" in self._keys.api_key[:12]
        return events.read_event(body, account_id=self.account, livemode=live)

    # Checkout.

    @override
    async def ensure_customer(self, customer: Customer) -> str | None:
        """Create the customer before the first checkout, because later events find our user by its id."""
        if customer.customer_id:
            return customer.customer_id
        params: Any = {"metadata": {"user": customer.user_id}}
        params |= {key: value for key, value in (("email", customer.email), ("name", customer.name)) if value}
        with sdk_errors():
            new_customer = await self._stripe.customers.create_async(
                params, {"idempotency_key": f"customer-{customer.user_id}"}
            )
        return new_customer.id

    @override
    async def ensure_price(self, price: CatalogPrice) -> str:
        """Find the price with the same slug and amount, or create it."""
        key = f"{price.slug}-{price.amount}"
        with sdk_errors():
            matches = await self._stripe.prices.list_async({"lookup_keys": [key], "limit": 1})
            if matches.data:
                return matches.data[0].id
            new_price = await self._stripe.prices.create_async(
                {
                    "currency": price.currency.lower(),
                    "unit_amount": price.amount,
                    "recurring": {"interval": price.interval},
                    "product_data": {"name": price.name},
                    "lookup_key": key,
                },
                {"idempotency_key": f"price-{key}"},
            )
        return new_price.id

    @override
    async def open_pack(self, order: PackOrder, customer: Customer, back: ReturnUrls | None) -> OpenedAtProvider:
        """Open a checkout session in mode ``payment``."""
        line = {
            "quantity": 1,
            "price_data": {
                "currency": order.currency.lower(),
                "unit_amount": order.amount,
                "product_data": {"name": order.name},
            },
        }
        return await self._open(order, {"mode": "payment", "line_items": [line]}, customer, back)

    @override
    async def open_subscription(
        self, order: SubscriptionOrder, customer: Customer, back: ReturnUrls | None
    ) -> OpenedAtProvider:
        """Open a checkout session in mode ``subscription``."""
        request: dict[str, Any] = {"mode": "subscription", "line_items": [{"price": order.price_id, "quantity": 1}]}
        if order.trial_days:
            request["subscription_data"] = {"trial_period_days": order.trial_days}
        if order.coupon is not None:
            request["discounts"] = [{"coupon": await self._ensure_coupon(order.coupon)}]
        return await self._open(order, request, customer, back)

    async def _open(
        self, order: PackOrder | SubscriptionOrder, request: dict[str, Any], customer: Customer, back: ReturnUrls | None
    ) -> OpenedAtProvider:
        request |= {
            "customer": customer.customer_id,
            "client_reference_id": order.order_id,
            "expires_at": int((order.ends_at - _MARGIN).timestamp()),
        }
        if back is not None:
            request |= {"success_url": back.success_url, "cancel_url": back.cancel_url}
        with sdk_errors():
            session = await self._stripe.checkout.sessions.create_async(
                cast("Any", request), {"idempotency_key": f"order-{order.order_id}"}
            )
        return _opened(session)

    async def _ensure_coupon(self, coupon: Coupon) -> str:
        """Find or create the coupon. Its id contains all terms, so a changed discount code becomes a new coupon."""
        off = f"{coupon.percent_off}pc" if coupon.percent_off else f"{coupon.amount_off}{coupon.currency}"
        identity = f"{coupon.code}-{off}-{coupon.duration}"
        params: dict[str, Any] = {"id": identity, "duration": coupon.duration, "name": coupon.code}
        if coupon.percent_off:
            params["percent_off"] = coupon.percent_off
        else:
            params |= {"amount_off": coupon.amount_off, "currency": (coupon.currency or "").lower()}
        try:
            await self._stripe.coupons.retrieve_async(identity)
        except stripe.InvalidRequestError:
            with sdk_errors():
                await self._stripe.coupons.create_async(cast("Any", params), {"idempotency_key": f"coupon-{identity}"})
        except stripe.StripeError as error:
            raise PaymentProviderUnavailable from error
        return identity

    @override
    async def find_checkout(self, order_id: str, customer_id: str | None, since: datetime) -> OpenedAtProvider | None:
        """Find the session among those of the customer, who is created before the first checkout."""
        if customer_id is None:
            return None
        created: Any = {"gte": int((since - _MARGIN).timestamp())}
        with sdk_errors():
            sessions = await self._stripe.checkout.sessions.list_async(
                {"customer": customer_id, "created": created, "limit": _PAGE}
            )
            async for session in sessions.auto_paging_iter():
                if session.client_reference_id == order_id:
                    return _opened(session)
        return None

    @override
    async def void(self, order_id: str | None, subscription_id: str | None) -> bool:
        """Expire the session if it is open."""
        del subscription_id
        if order_id is None:
            return True
        with sdk_errors():
            try:
                session = await self._stripe.checkout.sessions.expire_async(order_id)
            except stripe.InvalidRequestError:
                # Only an open session can be expired: this one has expired already, or is complete.
                session = await self._stripe.checkout.sessions.retrieve_async(order_id)
        return session.status == "expired"

    @override
    def check_payment(self, claim: Mapping[str, str]) -> ProviderObject:
        """Return the session id to look up. Stripe signs nothing for the client, so there is nothing to verify."""
        session = claim.get("stripe_session_id")
        if not session:
            raise PaymentSignatureInvalid
        return ProviderObject("order", session)

    # Look-ups.

    @override
    async def look_up(self, kind: ObjectKind, identity: str) -> Facts:
        with sdk_errors():
            if kind == "subscription":
                return await self._subscription(identity)
            if kind == "order":
                return await self._session(identity)
            if kind == "dispute":
                dispute = objects.dispute(plain(await self._stripe.disputes.retrieve_async(identity)))
                return Facts(disputes=(dispute,) if dispute else ())
            return await self._refunds(identity)

    async def _session(self, identity: str) -> Facts:
        expand: Any = {"expand": ["payment_intent.latest_charge"]}
        checkout, payment = objects.session(
            plain(await self._stripe.checkout.sessions.retrieve_async(identity, expand))
        )
        facts = Facts(checkouts=(checkout,), payments=(payment,) if payment else ())
        if payment and payment.payment_id:
            facts += await self._refunds(payment.payment_id)
        if checkout.subscription_id:
            facts += await self._subscription(checkout.subscription_id)
        return facts

    async def _subscription(self, identity: str) -> Facts:
        sub = plain(await self._stripe.subscriptions.retrieve_async(identity))
        facts = Facts(subscriptions=(objects.subscription(sub),))
        invoices = await self._stripe.invoices.list_async({"subscription": identity, "limit": _PAGE, "status": "paid"})
        async for invoice in invoices.auto_paging_iter():
            paid = objects.invoice(plain(invoice), status="paid")
            if paid is None:
                continue
            facts += Facts(payments=(paid,))
            links = await self._stripe.invoice_payments.list_async({"invoice": paid.reference, "status": "paid"})
            for item in links.data:
                link = objects.invoice_payment(plain(item))
                if link and link.payment_id:
                    facts += Facts(payments=(link,)) + await self._refunds(link.payment_id)
        return facts

    async def _refunds(self, intent: str) -> Facts:
        facts = Facts()
        refunds = await self._stripe.refunds.list_async({"payment_intent": intent, "limit": _PAGE})
        async for item in refunds.auto_paging_iter():
            refund = objects.refund(plain(item))
            facts += Facts(refunds=(refund,) if refund else ())
        disputes = await self._stripe.disputes.list_async({"payment_intent": intent, "limit": _PAGE})
        async for dispute_item in disputes.auto_paging_iter():
            dispute = objects.dispute(plain(dispute_item))
            facts += Facts(disputes=(dispute,) if dispute else ())
        return facts

    # Changes.

    @override
    async def cancel(self, subscription_id: str, *, at_period_end: bool) -> Facts:
        """Cancel a subscription, after releasing any scheduled change of plan."""
        with sdk_errors():
            sub = plain(await self._stripe.subscriptions.retrieve_async(subscription_id))
            await plans.release(self._stripe, sub)
            if at_period_end:
                changed = await self._stripe.subscriptions.update_async(subscription_id, {"cancel_at_period_end": True})
            else:
                changed = await self._stripe.subscriptions.cancel_async(subscription_id)
        return self._state(changed)

    @override
    async def resume(self, subscription_id: str, *, paused: bool) -> Facts:
        with sdk_errors():
            sub = plain(await self._stripe.subscriptions.retrieve_async(subscription_id))
            params: dict[str, Any] = {}
            if paused and sub.get("pause_collection"):
                params["pause_collection"] = ""
            if sub.get("cancel_at_period_end"):
                params["cancel_at_period_end"] = False
            if not params:
                raise NothingToResume
            changed = await self._stripe.subscriptions.update_async(subscription_id, cast("Any", params))
        return self._state(changed)

    @override
    async def change_plan(
        self, subscription_id: str, price_id: str, *, at_period_end: bool, drop_discount: bool = False
    ) -> Facts:
        with sdk_errors():
            sub = plain(await self._stripe.subscriptions.retrieve_async(subscription_id))
            change = plans.downgrade if at_period_end else plans.upgrade
            changed = await change(self._stripe, sub, price_id, drop_discount=drop_discount)
        return self._state(changed)

    @override
    async def withdraw_change(self, subscription_id: str) -> Facts:
        with sdk_errors():
            await plans.release(self._stripe, plain(await self._stripe.subscriptions.retrieve_async(subscription_id)))
            changed = await self._stripe.subscriptions.retrieve_async(subscription_id)
        return self._state(changed)

    @override
    async def portal(self, customer_id: str, return_url: str) -> str:
        with sdk_errors():
            session = await self._stripe.billing_portal.sessions.create_async(
                {"customer": customer_id, "return_url": return_url}
            )
        return session.url

    @staticmethod
    def _state(sub: stripe.StripeObject) -> Facts:
        return Facts(subscriptions=(objects.subscription(plain(sub)),))


def _opened(session: stripe.checkout.Session) -> OpenedAtProvider:
    return OpenedAtProvider(
        order_id=session.id, subscription_id=None, checkout={"session_id": session.id, "url": session.url}
    )
