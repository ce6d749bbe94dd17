"""Buying: checkout, order, verification of a payment, receipts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from functions._shared import logs
from functions._shared.domain.errors import (
    OfferEnded,
    PaymentProviderUnavailable,
    PaymentRefused,
    ReceiptNotFound,
    ValidationFailed,
)
from functions._shared.domain.payments.checkouts import CancelFirst, CheckoutAttempt, EndedOffer, ReplayedCheckout
from functions._shared.domain.payments.orders import ReturnUrls
from functions._shared.flows.checkouts import close_checkout, close_checkouts
from functions._shared.flows.endings import end_subscription
from functions.billing.account import entitlements
from functions.billing.receipts import print_data
from functions.billing.schemas import Checkout, Order, PaymentReceipt, Receipts, Verified

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from functions._shared.domain.payments.checkouts import EarlierSubscription, OpenCheckout
    from functions._shared.domain.payments.orders import CatalogPrice, Customer, OpenedAtProvider
    from functions._shared.domain.payments.orders import Order as BookedOrder
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.request import Idempotency
    from functions.billing.desk import BillingDesk
    from functions.billing.receipts import PrintedReceipt
    from functions.billing.schemas import CheckoutRequest, ReceiptQuery, VerifyRequest

_ROUNDS: Final = 3
"""Attempts to open: an overdue subscription is looked up, then perhaps cancelled; then the checkout opens or fails."""


# -- buying -----------------------------------------------------------------------------------------------


async def checkout(request: CheckoutRequest, idempotency: Idempotency, desk: BillingDesk) -> Checkout:
    """Open a checkout: create our order, then the provider's, then link the two.

    Parameters
    ----------
    request : CheckoutRequest
        The item to buy, validated.
    idempotency : Idempotency
        The same request with the same key opens only one checkout.
    desk : BillingDesk
        The buyer, and the ports.

    Raises
    ------
    ValidationFailed, PriceNotFound, SubscriptionExists, TrialUsed, TrialNotOffered, CouponInvalid, CouponNotApplicable,
    CouponUsedUp, IdempotencyConflict, AccountInactive
        No order was created, and whatever the buyer had begun before goes on.
    OfferEnded
        The order of this key is no longer sold. A new key starts a new checkout.
    PaymentProviderUnavailable
        A retry with the same key continues where this attempt ended: at the order, or at what must end before it.
    PaymentRefused
        The provider does not sell this. The order has ended.
    """
    provider = desk.find_provider(request.provider or "")
    urls = ReturnUrls(request.success_url, request.cancel_url) if request.success_url and request.cancel_url else None
    if provider.needs_return_urls and urls is None:
        missing = [name for name in ("success_url", "cancel_url") if getattr(request, name) is None]
        raise ValidationFailed(
            "This provider needs success_url and cancel_url, because its checkout is a separate page.",
            errors=[{"pointer": f"/{name}", "message": "Field required"} for name in missing],
        )
    attempt = CheckoutAttempt(
        provider=provider.name,
        account=provider.account,
        kind=request.kind,
        item=request.item,
        interval=request.billing_interval,
        currency=request.currency,
        coupon=request.coupon,
        trial=request.trial,
        idempotency_key=idempotency.key,
        request_hash=idempotency.request_hash,
    )
    state = await _open_order(attempt, desk)
    if isinstance(state, ReplayedCheckout):
        return Checkout(order=_order_view(state.order), checkout=dict(state.checkout))
    try:
        opened = await _open_at_provider(state, urls, desk, provider)
    except PaymentRefused:
        # There is nothing at the provider that could be paid, so the order gives back what it holds.
        await desk.books.checkout_closed(state.order.order_id)
        raise
    bound = await desk.books.bind_checkout(desk.user_id, state.order.order_id, opened)
    if isinstance(bound, EndedOffer):
        await close_checkouts(bound.unclosed, desk.books, desk.find_provider)
        raise OfferEnded
    return Checkout(order=_order_view(state.order.opened(opened)), checkout=dict(bound.checkout))


async def _open_order(attempt: CheckoutAttempt, desk: BillingDesk) -> OpenCheckout | ReplayedCheckout:
    """Create our order, or find it. Whatever would lead to a second subscription is ended at its provider first."""
    for _ in range(_ROUNDS):
        state = await desk.books.open_checkout(desk.user_id, attempt)
        if isinstance(state, EndedOffer):
            await close_checkouts(state.unclosed, desk.books, desk.find_provider)
            raise OfferEnded(reason=state.reason)
        if not isinstance(state, CancelFirst):
            return state
        for unclosed in state.checkouts:
            await close_checkout(unclosed, desk.books, desk.find_provider, is_superseded=True)
        for subscription in state.subscriptions:
            await _end(subscription, desk)
    raise PaymentProviderUnavailable("An earlier subscription or checkout has not ended yet.")


async def _end(subscription: EarlierSubscription, desk: BillingDesk) -> None:
    """Cancel a subscription now, or look it up, and apply the provider's answer to the books."""
    provider, identity = desk.find_provider(subscription.provider), subscription.provider_subscription_id
    if subscription.action == "cancel":
        await end_subscription(identity, desk.books, provider)
    else:
        facts = await provider.look_up("subscription", identity)
        await desk.books.reconcile(provider.name, provider.account, facts)


async def _open_at_provider(
    state: OpenCheckout, urls: ReturnUrls | None, desk: BillingDesk, provider: PaymentProvider
) -> OpenedAtProvider:
    customer = await _register_customer(state.customer, desk.books, provider)
    if state.price is None:
        return await provider.open_pack(state.pack_order(), customer, urls)
    price_id = state.provider_price_id or await register_price(state.price, desk.books, provider)
    return await provider.open_subscription(state.subscription_order(state.price, price_id), customer, urls)


async def _register_customer(customer: Customer, books: PaymentBooks, provider: PaymentProvider) -> Customer:
    """Return the customer with the provider's id, which is stored if it is new."""
    customer_id = await provider.ensure_customer(customer)
    if customer_id is not None and customer_id != customer.customer_id:
        customer_id = await books.bind_customer(customer.user_id, provider.name, customer_id)
    return replace(customer, customer_id=customer_id)


async def register_price(price: CatalogPrice, books: PaymentBooks, provider: PaymentProvider) -> str:
    """Register a price with the provider and store its id; return the id that was stored first."""
    return await books.bind_price(price.slug, provider.name, await provider.ensure_price(price))


async def verify(request: VerifyRequest, desk: BillingDesk) -> Verified:
    """Check the signature of the client's claim, ask the provider about the payment, and apply its answer.

    Raises
    ------
    PaymentSignatureInvalid
        The provider did not sign the claim. Nothing was looked up.
    OrderNotFound
        The claim names an order that does not exist or belongs to another user.
    PaymentProviderUnavailable
        The webhook will bring the result later.
    """
    provider = desk.find_provider("stripe" if request.stripe_session_id else "razorpay")
    claim = {name: value for name, value in request.model_dump().items() if value is not None}
    kind, identity = provider.check_payment(claim)
    order = await desk.books.order(desk.user_id, provider=provider.name, provider_id=identity)
    # An accepted subscription counts once its state is known, which is another report than that of its acceptance.
    if order.status != "paid" or order.kind == "subscription":
        facts = await provider.look_up(kind, identity)
        outcome = await desk.books.reconcile(provider.name, provider.account, facts)
        if outcome.state == "failed":
            logs.logger().error(
                "verified_payment_not_applied",
                extra={"order": order.order_id, "error": outcome.error, "detail": outcome.detail},
            )
        order = await desk.books.order(desk.user_id, order_id=order.order_id)
    return Verified(order=_order_view(order), entitlements=await entitlements(desk.rows))


async def read_order(order_id: str, desk: BillingDesk) -> Order:
    """Read an order of the caller.

    Raises
    ------
    OrderNotFound
        The order does not exist or belongs to another user.
    """
    return _order_view(await desk.books.order(desk.user_id, order_id=order_id))


def _order_view(order: BookedOrder) -> Order:
    return Order.model_validate(order, from_attributes=True)


# -- receipts ---------------------------------------------------------------------------------------------


class ReceiptPdf(NamedTuple):
    """A receipt as a file."""

    number: str
    content: bytes


async def receipts(query: ReceiptQuery, desk: BillingDesk) -> Receipts:
    """List receipts, newest first."""
    before = str(query.before) if query.before else None
    page = await desk.books.receipts(desk.user_id, before=before, limit=query.limit)
    answer = Receipts(
        receipts=[PaymentReceipt.model_validate(receipt, from_attributes=True) for receipt in page], next_before=None
    )
    if len(answer.receipts) == query.limit:
        answer.next_before = answer.receipts[-1].id
    return answer


async def receipt_pdf(
    receipt_id: str,
    desk: BillingDesk,
    seller: Mapping[str, str | None],
    render: Callable[[PrintedReceipt], bytes],
) -> ReceiptPdf:
    """Render a receipt as PDF.

    Raises
    ------
    ReceiptNotFound
        The receipt does not exist or belongs to another user.
    """
    matches = await desk.books.receipts(desk.user_id, receipt_id=receipt_id, limit=1)
    if not matches:
        raise ReceiptNotFound
    (receipt,) = matches
    return ReceiptPdf(receipt.number, render(print_data(receipt, seller)))
