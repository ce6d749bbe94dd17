"""Buying, and the receipts for it, against the ports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.checkouts import close_checkout, close_checkouts
from functions._shared.domain.errors import (
    OfferEnded,
    PaymentRefused,
    ProviderUnavailable,
    ReceiptNotFound,
)
from functions._shared.payment_ports import (
    CatalogPrice,
    Coupon,
    Customer,
    Opened,
    PackOrder,
    Return,
    SubscriptionOrder,
)
from functions.billing.receipts import printed
from functions.billing.schemas import (
    Checkout,
    Entitlements,
    Order,
    Receipts,
    Verified,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from functions._shared.payment_ports import Json, PaymentBooks, PaymentProvider
    from functions._shared.ports import CallerRows
    from functions.billing.schemas import CheckoutRequest, VerifyRequest

_ROUNDS: Final = 3
"""A subscription whose period is over is looked up, then perhaps cancelled; after that the checkout opens or not."""


# -- buying -----------------------------------------------------------------------------------------------


async def checkout(
    request: CheckoutRequest,
    user_id: str,
    key: tuple[str, str],
    books: PaymentBooks,
    find: Callable[[str], PaymentProvider],
) -> Checkout:
    """Open a checkout: our order first, then the provider's, then a note of how they belong together.

    Parameters
    ----------
    request : CheckoutRequest
        What to buy, validated.
    user_id : str
        Who buys, from the verified token.
    key : tuple of str
        Idempotency key and hash of the request. The same request under the same key opens nothing twice.
    books : PaymentBooks
        Orders and prices.
    find : callable
        Gives a provider by name.

    Raises
    ------
    PriceNotFound, SubscriptionExists, TrialUsed, TrialNotOffered, CouponInvalid, CouponNotApplicable, CouponUsedUp,
    IdempotencyConflict, AccountInactive
        No order is made.
    OfferEnded
        The order of this key is not sold any more. A fresh key starts a new checkout.
    ProviderUnavailable, PaymentRefused
        The same key goes on where this ended: at the order, or before it at what must end first.
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
    back = Return(request.success_url, request.cancel_url) if request.success_url and request.cancel_url else None
    if order["kind"] == "pack":
        made = await provider.open_pack(_pack(opened), customer, back)
    else:
        price = CatalogPrice(
            opened["price"], opened["name"], order["list_amount"], order["currency"], order["billing_interval"]
        )
        price_id = opened["provider_price_id"] or await known_price(price, books, provider)
        made = await provider.open_subscription(_subscription(opened, price_id), customer, back)
    bound = await books.bind_checkout(user_id, order["order_id"], made, made.checkout)
    if bound["state"] == "ended":
        await close_checkouts(bound["superseded"], books, find)
        raise OfferEnded
    return Checkout(order=_bound(order, made), checkout=bound["response"])


async def _open(
    user_id: str, request: dict[str, Any], books: PaymentBooks, find: Callable[[str], PaymentProvider]
) -> Json:
    """Make our order, or find it. What would become a second subscription ends at its provider first."""
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
    raise ProviderUnavailable("An earlier subscription or checkout has not ended yet.")


async def _end(subscription: Json, books: PaymentBooks, find: Callable[[str], PaymentProvider]) -> None:
    """Cancel a subscription now, or ask what became of it; the books take the answer."""
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


def _bound(order: Json, made: Opened) -> Order:
    ids = {"provider_order_id": made.order_id, "provider_subscription_id": made.subscription_id}
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
    known = Customer(user_id, opened["customer_id"], opened["email"], opened["full_name"])
    made = await provider.ensure_customer(known)
    if made is not None and made != known.customer_id:
        made = await books.bind_customer(user_id, provider.name, made)
    return Customer(user_id, made, known.email, known.name)


async def known_price(price: CatalogPrice, books: PaymentBooks, provider: PaymentProvider) -> str:
    """Make a price known to the provider, and note under which id; returns the one that counts."""
    return await books.bind_price(price.slug, provider.name, await provider.ensure_price(price))


async def verify(
    request: VerifyRequest,
    user_id: str,
    books: PaymentBooks,
    rows: CallerRows,
    find: Callable[[str], PaymentProvider],
) -> Verified:
    """Believe a signed claim as far as to ask the provider, and apply what the provider says.

    Raises
    ------
    PaymentSignatureInvalid
        The provider did not sign it; nothing is asked.
    OrderNotFound
        It is about somebody else's order.
    ProviderUnavailable
        The webhook will tell.
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


async def entitlements(rows: CallerRows) -> Entitlements:
    """Read everything the caller's plan allows, and what is left of it."""
    return Entitlements.model_validate(await rows.call("entitlements", {}))


# -- receipts ---------------------------------------------------------------------------------------------


async def receipts(user_id: str, before: str | None, limit: int, books: PaymentBooks) -> Receipts:
    """List receipts, the newest first."""
    found = await books.receipts(user_id, before=before, limit=limit)
    return Receipts.model_validate({"receipts": found, "next_before": found[-1]["id"] if len(found) == limit else None})


async def receipt_pdf(
    user_id: str,
    receipt_id: str,
    books: PaymentBooks,
    seller: Mapping[str, str | None],
    render: Callable[[dict[str, Any]], bytes],
) -> tuple[str, bytes]:
    """Set a receipt as PDF; returns its number and the file.

    Raises
    ------
    ReceiptNotFound
        There is none of this id, or it is somebody else's.
    """
    found = await books.receipts(user_id, receipt_id=receipt_id, limit=1)
    if not found:
        raise ReceiptNotFound
    return found[0]["number"], render(printed(found[0], seller))
