"""Routes of `billing`. `account`, `service` (buying and receipts) and `subscriptions` do the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions._shared import wiring
from functions._shared.domain import errors
from functions._shared.edge import Auth, FunctionApp, Reply
from functions._shared.flows.reconcile import ReconciliationReport, reconcile
from functions.billing import account, service, subscriptions
from functions.billing.desk import BillingDesk
from functions.billing.schemas import (
    Balance,
    CancelRequest,
    Catalogue,
    ChangeRequest,
    Checkout,
    CheckoutRequest,
    Entitlements,
    Order,
    Page,
    Portal,
    PortalRequest,
    ReceiptQuery,
    Receipts,
    ReconcileRequest,
    Subscription,
    Subscriptions,
    Transactions,
    Usage,
    UsageQuery,
    Verified,
    VerifyRequest,
)

if TYPE_CHECKING:
    from functions._shared.edge import Call
    from functions._shared.ports.payment_provider import PaymentProvider

app = FunctionApp("billing", summary="Plans, balance, history, checkout, subscriptions and receipts")

_PROVIDER: Final = (errors.PaymentProviderNotConfigured, errors.PaymentProviderUnavailable, errors.PaymentRefused)
_SUBSCRIPTION: Final = (*_PROVIDER, errors.SubscriptionNotFound, errors.SubscriptionNotChangeable)
_CHARGING: Final = (*_SUBSCRIPTION, errors.AccountInactive)


def _desk(call: Call[Any]) -> BillingDesk:
    """Return what the services need to serve the caller."""
    return BillingDesk(call.caller.user_id, wiring.payment_books(), wiring.rows(call.caller), _find_provider)


def _find_provider(name: str) -> PaymentProvider:
    """Return a provider by name, or the preferred one if the name is empty."""
    return wiring.payment_provider(name or next(iter(wiring.payment_providers()), "none"))


# -- catalogue and account --------------------------------------------------------------------------------


@app.get("/plans", auth=Auth.PUBLIC, response=Catalogue, per_minute=60)
async def plans(_: Call[None]) -> Catalogue:
    """List everything for sale: plans with prices and limits, credit packs, and the cost of each operation."""
    return await account.catalogue(wiring.payment_books(), wiring.payment_providers())


@app.get("/entitlements", response=Entitlements, errors=(errors.UserNotFound, errors.AccountInactive))
async def entitlements(call: Call[None]) -> Entitlements:
    """Return the caller's plan, its limits and their use, and the balance."""
    return await account.entitlements(wiring.rows(call.caller))


@app.get("/balance", response=Balance, errors=(errors.UserNotFound, errors.AccountInactive))
async def balance(call: Call[None]) -> Balance:
    """Return the caller's credits."""
    return await account.balance(wiring.rows(call.caller))


@app.get("/transactions", query=Page, response=Transactions, errors=(errors.AccountInactive,))
async def transactions(call: Call[None]) -> Transactions:
    """List the caller's ledger, newest first."""
    return await account.transactions(call.query, wiring.rows(call.caller))


@app.get("/usage", query=UsageQuery, response=Usage, errors=(errors.AccountInactive,))
async def usage(call: Call[None]) -> Usage:
    """Count the caller's operations by UTC day, by UTC month or in total."""
    return await account.usage(call.query, wiring.rows(call.caller))


# -- buying -----------------------------------------------------------------------------------------------


@app.post(
    "/checkout",
    request=CheckoutRequest,
    response=Checkout,
    idempotent=True,
    errors=(
        *_PROVIDER,
        errors.PriceNotFound,
        errors.SubscriptionExists,
        errors.TrialUsed,
        errors.TrialNotOffered,
        errors.CouponInvalid,
        errors.CouponNotApplicable,
        errors.CouponUsedUp,
        errors.OfferEnded,
        errors.AccountInactive,
    ),
)
async def checkout(call: Call[CheckoutRequest]) -> Checkout:
    """Open a checkout for a credit pack or a subscription. A retry with the same key does not open another one."""
    return await service.checkout(call.body, call.idempotency, _desk(call))


@app.get("/orders/{id:uuid}", response=Order, errors=(errors.OrderNotFound,))
async def order(call: Call[None]) -> Order:
    """Return an order and its status."""
    return await service.read_order(str(call.path["id"]), _desk(call))


@app.post(
    "/verify",
    request=VerifyRequest,
    response=Verified,
    errors=(*_PROVIDER, errors.PaymentSignatureInvalid, errors.OrderNotFound, errors.AccountInactive),
)
async def verify(call: Call[VerifyRequest]) -> Verified:
    """Confirm a payment after the checkout. Credits and plans are granted only once the provider has confirmed it."""
    return await service.verify(call.body, _desk(call))


# -- subscriptions ----------------------------------------------------------------------------------------


@app.get("/subscriptions", response=Subscriptions)
async def list_subscriptions(call: Call[None]) -> Subscriptions:
    """List the caller's subscriptions."""
    return await subscriptions.list_own(_desk(call))


@app.post("/subscriptions/{id:uuid}/cancel", request=CancelRequest, response=Subscription, errors=_SUBSCRIPTION)
async def cancel(call: Call[CancelRequest]) -> Subscription:
    """Cancel a subscription at the end of the paid period, or immediately."""
    identity, at_period_end = str(call.path["id"]), call.body.at_period_end
    return await subscriptions.cancel(identity, _desk(call), at_period_end=at_period_end)


@app.post("/subscriptions/{id:uuid}/resume", response=Subscription, errors=(*_CHARGING, errors.NothingToResume))
async def resume(call: Call[None]) -> Subscription:
    """Resume a paused subscription, or withdraw a cancellation at the end of the period."""
    return await subscriptions.resume(str(call.path["id"]), _desk(call))


@app.post(
    "/subscriptions/{id:uuid}/change",
    request=ChangeRequest,
    response=Subscription,
    errors=(*_CHARGING, errors.PlanUnchanged, errors.PriceNotFound),
)
async def change(call: Call[ChangeRequest]) -> Subscription:
    """Change the plan: an upgrade now, a downgrade at the end of the period. The present plan withdraws a downgrade."""
    return await subscriptions.change_plan(str(call.path["id"]), call.body.plan, _desk(call))


@app.post("/portal", request=PortalRequest, response=Portal, errors=(*_PROVIDER, errors.AccountInactive))
async def portal(call: Call[PortalRequest]) -> Portal:
    """Create a link to Stripe's customer portal, for cards and invoices."""
    return await subscriptions.portal(call.body.return_url, _desk(call))


# -- receipts ---------------------------------------------------------------------------------------------


@app.get("/receipts", query=ReceiptQuery, response=Receipts)
async def receipts(call: Call[None]) -> Receipts:
    """List the caller's receipts, newest first."""
    return await service.receipts(call.query, _desk(call))


@app.get("/receipts/{id:uuid}/pdf", produces="application/pdf", errors=(errors.ReceiptNotFound,))
async def receipt_pdf(call: Call[None]) -> Reply:
    """Download a receipt as PDF."""
    seller, render = wiring.settings().seller, wiring.receipts().render
    receipt = await service.receipt_pdf(str(call.path["id"]), _desk(call), seller, render)
    disposition = f'attachment; filename="{receipt.number}.pdf"'
    return Reply(receipt.content, media_type="application/pdf", headers={"content-disposition": disposition})


# -- operators --------------------------------------------------------------------------------------------


@app.post(
    "/reconcile",
    auth=Auth.SECRET,
    secret="CLEANUP_SECRET",  # noqa: S106 - the name of the setting
    request=ReconcileRequest,
    response=ReconciliationReport,
)
async def reconcile_stale(call: Call[ReconcileRequest]) -> ReconciliationReport:
    """Compare stale payments and subscriptions with the providers. By default, only report what would change."""
    body, books, find = call.body, wiring.payment_books(), wiring.payment_provider
    user_id = str(body.user_id) if body.user_id else None
    return await reconcile(books, find, call.deadline, limit=body.limit, dry_run=body.dry_run, user_id=user_id)


handler = app.lambda_handler()
