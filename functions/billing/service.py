"""Buying: checkout, order, verification of a payment, receipts. The functions get their ports as arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from functions._shared import logs
from functions._shared.domain.errors import DomainError, ReceiptNotFound
from functions._shared.domain.payments import (
    CatalogPrice,
    Coupon,
    Customer,
    Opened,
    PackOrder,
    Return,
    SubscriptionOrder,
)
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
    PaymentProviderUnavailable, PaymentRefused
        The order was created. A retry with the same key continues from there.
    """
    provider = find(request.provider or "")
    opened = await books.open_checkout(
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
    )
    order = opened["order"]
    if opened["state"] == "replay":
        return Checkout(order=Order.model_validate(order), checkout=opened["response"])
    await _void(opened["superseded"], find)
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
    checkout = await books.bind_checkout(user_id, order["order_id"], created, created.checkout)
    return Checkout(order=_bound(order, created), checkout=checkout)


def _bound(order: Json, created: Opened) -> Order:
    ids = {"provider_order_id": created.order_id, "provider_subscription_id": created.subscription_id}
    return Order.model_validate({**order, **ids, "status": "open"})


def _pack(opened: Json) -> PackOrder:
    order = opened["order"]
    return PackOrder(
        order["order_id"], opened["name"], order["amount"], order["currency"], is_retry=opened["attempt"] > 1
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


async def _void(superseded: list[Json], find: Callable[[str], PaymentProvider]) -> None:
    """Close earlier checkouts of the user. If closing one fails, a payment for it still counts."""
    for order in superseded:
        try:
            await find(order["provider"]).void(order["provider_order_id"], order["provider_subscription_id"])
        except DomainError as error:
            logs.logger().warning("checkout_not_closed", extra={"code": error.code, "order": order})


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
        The provider did not sign the claim. Nothing was looked up.
    OrderNotFound
        The claim names an order that does not exist or belongs to another user.
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
        The order does not exist or belongs to another user.
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
        The receipt does not exist or belongs to another user.
    """
    matches = await books.receipts(user_id, receipt_id=receipt_id, limit=1)
    if not matches:
        raise ReceiptNotFound
    (receipt,) = matches
    return ReceiptPdf(receipt["number"], render(print_data(receipt, seller)))
