"""Buying: checkout, order, verification of a payment, receipts. The functions get their ports as arguments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from functions._shared import logs
from functions._shared.domain.errors import OfferEnded, PaymentProviderUnavailable, PaymentRefused, ReceiptNotFound
from functions._shared.domain.payments import (
    CatalogPrice,
    Coupon,
    Customer,
    Opened,
    PackOrder,
    Return,
    SubscriptionOrder,
)
from functions._shared.flows.checkouts import close_checkout, close_checkouts
from functions.billing.account import entitlements
from functions.billing.receipts import print_data
from functions.billing.schemas import Checkout, Order, Receipts, Verified

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from functions._shared.domain.json import Json
    from functions._shared.ports.payment_books import PaymentBooks
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.ports.rows import CallerRows
    from functions.billing.schemas import CheckoutRequest, ReceiptQuery, VerifyRequest

_ROUNDS: Final = 3
"""Attempts to open: an overdue subscription is looked up, then perhaps cancelled; then the checkout opens or fails."""


# -- buying -----------------------------------------------------------------------------------------------


async def checkout(
    request: CheckoutRequest,
    user_id: str,
    key: tuple[str, str],
    books: PaymentBooks,
    find: Callable[[str], PaymentProvider],
) -> Checkout:
    """Open a checkout: create our order, then the provider's, then link the two.

    Parameters
    ----------
    request : CheckoutRequest
        The item to buy, validated.
    user_id : str
        The buyer, from the verified token.
    key : tuple of str
        Idempotency key and hash of the request. The same request with the same key opens only one checkout.
    books : PaymentBooks
        Orders and prices.
    find : callable
        Returns a provider by name.

    Raises
    ------
    PriceNotFound, SubscriptionExists, TrialUsed, TrialNotOffered, CouponInvalid, CouponNotApplicable, CouponUsedUp,
    IdempotencyConflict, AccountInactive
        No order was created.
    OfferEnded
        The order of this key is no longer sold. A new key starts a new checkout.
    PaymentProviderUnavailable, PaymentRefused
        A retry with the same key continues where this attempt ended: at the order, or at what must end before it.
    """
    provider = find(request.provider or "")
    opened = await _open(
        user_id,
        {
            "provider": provider.name,
            "account": provider.account,
            "kind": request.kind,
            "item": request.item,
            "interval": request.billing_interval,
            "currency": request.currency,
            "coupon": request.coupon,
            "trial": request.trial,
            "idempotency_key": key[0],
            "request_hash": key[1],
        },
        books,
        find,
    )
    order = opened["order"]
    if opened["state"] == "replay":
        return Checkout(order=Order.model_validate(order), checkout=opened["response"])
    customer = await _customer(user_id, opened, books, provider)
    pages = Return(request.success_url, request.cancel_url) if request.success_url and request.cancel_url else None
    if order["kind"] == "pack":
        created = await provider.open_pack(_pack(opened), customer, pages)
    else:
        price = CatalogPrice(
            opened["price"], opened["name"], order["list_amount"], order["currency"], order["billing_interval"]
        )
        price_id = opened["provider_price_id"] or await register_price(price, books, provider)
        created = await provider.open_subscription(_subscription(opened, price_id), customer, pages)
    bound = await books.bind_checkout(user_id, order["order_id"], created, created.checkout)
    if bound["state"] == "ended":
        await close_checkouts(bound["superseded"], books, find)
        raise OfferEnded
    return Checkout(order=_bound(order, created), checkout=bound["response"])


async def _open(
    user_id: str, request: dict[str, Any], books: PaymentBooks, find: Callable[[str], PaymentProvider]
) -> Json:
    """Create our order, or find it. Whatever would lead to a second subscription is ended at its provider first."""
    for _ in range(_ROUNDS):
        opened = await books.open_checkout(user_id, request)
        if opened["state"] == "ended":
            await close_checkouts(opened["superseded"], books, find)
            raise OfferEnded(reason=opened["reason"])
        if opened["state"] != "cancel_first":
            return opened
        for order in opened["superseded"]:
            await close_checkout(order, books, find)
        for subscription in opened["subscriptions"]:
            await _end(subscription, books, find)
    raise PaymentProviderUnavailable("An earlier subscription or checkout has not ended yet.")


async def _end(subscription: Json, books: PaymentBooks, find: Callable[[str], PaymentProvider]) -> None:
    """Cancel a subscription now, or look it up, and apply the provider's answer to the books."""
    provider, identity = find(subscription["provider"]), subscription["provider_subscription_id"]
    if subscription["action"] == "cancel":
        try:
            facts = await provider.cancel(identity, at_period_end=False)
        except PaymentRefused:
            logs.logger().info("subscription_not_cancelled", extra={"subscription": subscription})
        else:
            await books.reconcile(provider.name, provider.account, facts, is_answer=True)
            return
    facts = await provider.look_up("subscription", identity)
    await books.reconcile(provider.name, provider.account, facts)


def _bound(order: Json, created: Opened) -> Order:
    ids = {"provider_order_id": created.order_id, "provider_subscription_id": created.subscription_id}
    return Order.model_validate({**order, **ids, "status": "open"})


def _pack(opened: Json) -> PackOrder:
    order = opened["order"]
    return PackOrder(
        order_id=order["order_id"],
        name=opened["name"],
        amount=order["amount"],
        currency=order["currency"],
        ends_at=datetime.fromisoformat(order["offer_ends_at"]),
        is_retry=opened["attempt"] > 1,
    )


def _subscription(opened: Json, price_id: str) -> SubscriptionOrder:
    order, coupon = opened["order"], opened["coupon"]
    return SubscriptionOrder(
        order_id=order["order_id"],
        name=opened["name"],
        price_id=price_id,
        amount=order["list_amount"],
        currency=order["currency"],
        interval=order["billing_interval"],
        trial_days=order["trial_days"],
        coupon=Coupon(**coupon) if coupon else None,
        ends_at=datetime.fromisoformat(order["offer_ends_at"]),
    )


async def _customer(user_id: str, opened: Json, books: PaymentBooks, provider: PaymentProvider) -> Customer:
    customer = Customer(user_id, opened["customer_id"], opened["email"], opened["full_name"])
    customer_id = await provider.ensure_customer(customer)
    if customer_id is not None and customer_id != customer.customer_id:
        customer_id = await books.bind_customer(user_id, provider.name, customer_id)
    return Customer(user_id, customer_id, customer.email, customer.name)


async def register_price(price: CatalogPrice, books: PaymentBooks, provider: PaymentProvider) -> str:
    """Register a price with the provider and store its id; return the id that was stored first."""
    return await books.bind_price(price.slug, provider.name, await provider.ensure_price(price))


async def verify(
    request: VerifyRequest,
    user_id: str,
    books: PaymentBooks,
    rows: CallerRows,
    find: Callable[[str], PaymentProvider],
) -> Verified:
    """Check the signature of the client's claim, ask the provider about the payment, and apply its answer.

    Raises
    ------
    PaymentSignatureInvalid
        The provider did not sign the claim, so it was not asked.
    OrderNotFound
        The claim is about an order of another user, or of none.
    PaymentProviderUnavailable
        The webhook will bring the result later.
    """
    provider = find("stripe" if request.stripe_session_id else "razorpay")
    claim = {name: value for name, value in request.model_dump().items() if value is not None}
    kind, identity = provider.check_payment(claim)
    order = await books.order(user_id, provider=provider.name, provider_id=identity)
    if order["status"] != "paid":
        facts = await provider.look_up(kind, identity)
        answer = await books.reconcile(provider.name, provider.account, facts)
        if answer["state"] == "failed":
            logs.logger().error("verified_payment_not_applied", extra={"order": order["order_id"], **answer})
        order = await books.order(user_id, order_id=order["order_id"])
    return Verified(order=Order.model_validate(order), entitlements=await entitlements(rows))


async def read_order(order_id: str, user_id: str, books: PaymentBooks) -> Order:
    """Read an order of the caller.

    Raises
    ------
    OrderNotFound
        There is no such order, or it is another user's.
    """
    return Order.model_validate(await books.order(user_id, order_id=order_id))


# -- receipts ---------------------------------------------------------------------------------------------


class ReceiptPdf(NamedTuple):
    """A receipt as a file."""

    number: str
    content: bytes


async def receipts(query: ReceiptQuery, user_id: str, books: PaymentBooks) -> Receipts:
    """List receipts, newest first."""
    before = str(query.before) if query.before else None
    page = await books.receipts(user_id, before=before, limit=query.limit)
    next_before = page[-1]["id"] if len(page) == query.limit else None
    return Receipts.model_validate({"receipts": page, "next_before": next_before})


async def receipt_pdf(
    receipt_id: str,
    user_id: str,
    books: PaymentBooks,
    seller: Mapping[str, str | None],
    render: Callable[[dict[str, Any]], bytes],
) -> ReceiptPdf:
    """Render a receipt as PDF.

    Raises
    ------
    ReceiptNotFound
        There is no such receipt, or it is another user's.
    """
    matches = await books.receipts(user_id, receipt_id=receipt_id, limit=1)
    if not matches:
        raise ReceiptNotFound
    (receipt,) = matches
    return ReceiptPdf(receipt["number"], render(print_data(receipt, seller)))
