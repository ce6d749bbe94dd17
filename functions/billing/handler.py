"""Routes of `billing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from functions._shared import wiring
from functions._shared.domain import errors
from functions._shared.domain.payments import PROVIDERS
from functions._shared.edge import Auth, FunctionApp, Reply
from functions._shared.edge.body import request_hash
from functions._shared.reconciliation import ReconciliationReport, reconcile
from functions.billing import service
from functions.billing import subscriptions as manage
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
    from functions._shared.payment_ports import PaymentProvider

app = FunctionApp("billing", summary="Plans, balance, history, checkout, subscriptions and receipts")

_MAX_KEY: Final = 255
_PROVIDER: Final = (errors.ProviderNotConfigured, errors.ProviderUnavailable, errors.PaymentRefused)
_SUBSCRIPTION: Final = (*_PROVIDER, errors.SubscriptionNotFound, errors.SubscriptionNotChangeable)


def _find(name: str) -> PaymentProvider:
    """Give a provider by name; without one, the first that this deployment has."""
    return wiring.payment_provider(name or next(iter(wiring.payment_providers()), "none"))


# -- what is for sale, and what a user has ----------------------------------------------------------------


@app.get("/plans", auth=Auth.PUBLIC, response=Catalogue)
async def plans(_: Call[None]) -> Catalogue:
    """List everything for sale: plans with prices and limits, credit packs, what operations cost."""
    sold = await wiring.payment_books().catalogue()
    configured = wiring.payment_providers()
    return Catalogue.model_validate({**sold, "providers": [name for name in PROVIDERS if name in configured]})


@app.get("/entitlements", response=Entitlements, errors=(errors.UserNotFound,))
async def entitlements(call: Call[None]) -> Entitlements:
    """Tell the caller's plan, its limits with what is used of them, and the balance."""
    return await service.entitlements(wiring.rows(call.caller))


@app.get("/balance", response=Balance, errors=(errors.UserNotFound,))
async def balance(call: Call[None]) -> Balance:
    """Tell the caller's credits."""
    known = await service.entitlements(wiring.rows(call.caller))
    return Balance.model_validate(known.model_dump(include=set(Balance.model_fields)))


@app.get("/transactions", query=Page, response=Transactions)
async def transactions(call: Call[None]) -> Transactions:
    """List the caller's ledger, newest first."""
    asked: Page = call.query
    found = await wiring.rows(call.caller).call("credit_history", {"p_before": asked.before, "p_limit": asked.limit})
    page = Transactions.model_validate({"transactions": found, "next_before": None})
    if len(page.transactions) == asked.limit:
        page.next_before = page.transactions[-1].seq
    return page


@app.get("/usage", query=UsageQuery, response=Usage)
async def usage(call: Call[None]) -> Usage:
    """Tell how often the caller did what, by UTC day or month."""
    asked: UsageQuery = call.query
    found = await wiring.rows(call.caller).call(
        "usage_by_period",
        {
            "p_period_type": asked.period,
            "p_from": asked.since and asked.since.isoformat(),
            "p_to": asked.until and asked.until.isoformat(),
        },
    )
    return Usage.model_validate({"usage": found})


# -- buying -----------------------------------------------------------------------------------------------


@app.post(
    "/checkout",
    request=CheckoutRequest,
    response=Checkout,
    errors=(
        *_PROVIDER,
        errors.PriceNotFound,
        errors.SubscriptionExists,
        errors.TrialUsed,
        errors.TrialNotOffered,
        errors.CouponInvalid,
        errors.CouponNotApplicable,
        errors.CouponUsedUp,
        errors.InvalidIdempotencyKey,
        errors.IdempotencyConflict,
        errors.OfferEnded,
        errors.AccountInactive,
    ),
)
async def checkout(call: Call[CheckoutRequest]) -> Checkout:
    """Open a checkout for a credit pack or a subscription. Idempotency-Key makes a repetition harmless."""
    key = call.headers.get("idempotency-key", str(uuid4()))
    if not (key.isascii() and key.isprintable() and 0 < len(key) <= _MAX_KEY):
        raise errors.InvalidIdempotencyKey
    digest = request_hash(app.name, "/checkout", call.body.model_dump(mode="json"))
    return await service.checkout(call.body, call.caller.user_id, (key, digest), wiring.payment_books(), _find)


@app.get("/orders/{id:uuid}", response=Order, errors=(errors.OrderNotFound,))
async def order(call: Call[None]) -> Order:
    """Tell what became of an order."""
    found = await wiring.payment_books().order(call.caller.user_id, order_id=str(call.path["id"]))
    return Order.model_validate(found)


@app.post(
    "/verify",
    request=VerifyRequest,
    response=Verified,
    errors=(*_PROVIDER, errors.PaymentSignatureInvalid, errors.OrderNotFound),
)
async def verify(call: Call[VerifyRequest]) -> Verified:
    """Check what the provider's checkout told the page; the provider itself is asked before anything is granted."""
    rows = wiring.rows(call.caller)
    return await service.verify(call.body, call.caller.user_id, wiring.payment_books(), rows, _find)


# -- subscriptions ----------------------------------------------------------------------------------------


@app.get("/subscriptions", response=Subscriptions)
async def subscriptions(call: Call[None]) -> Subscriptions:
    """List the caller's subscriptions."""
    return await manage.subscriptions(wiring.rows(call.caller))


@app.post("/subscriptions/{id:uuid}/cancel", request=CancelRequest, response=Subscription, errors=_SUBSCRIPTION)
async def cancel(call: Call[CancelRequest]) -> Subscription:
    """Cancel a subscription, at the end of what is paid or now."""
    rows, books = wiring.rows(call.caller), wiring.payment_books()
    identity, user_id = str(call.path["id"]), call.caller.user_id
    return await manage.cancel(identity, user_id, books, rows, _find, at_period_end=call.body.at_period_end)


@app.post("/subscriptions/{id:uuid}/resume", response=Subscription, errors=(*_SUBSCRIPTION, errors.NothingToResume))
async def resume(call: Call[None]) -> Subscription:
    """Go on after a pause, or take a cancellation for the period's end back."""
    rows, books = wiring.rows(call.caller), wiring.payment_books()
    return await manage.resume(str(call.path["id"]), call.caller.user_id, books, rows, _find)


@app.post(
    "/subscriptions/{id:uuid}/change",
    request=ChangeRequest,
    response=Subscription,
    errors=(*_SUBSCRIPTION, errors.PlanUnchanged, errors.PriceNotFound),
)
async def change(call: Call[ChangeRequest]) -> Subscription:
    """Change the plan: up at once, down at the end of the period."""
    rows, books = wiring.rows(call.caller), wiring.payment_books()
    identity, user_id = str(call.path["id"]), call.caller.user_id
    return await manage.change_plan(identity, user_id, call.body.plan, books, rows, _find)


@app.post("/portal", request=PortalRequest, response=Portal, errors=_PROVIDER)
async def portal(call: Call[PortalRequest]) -> Portal:
    """Make a link to Stripe's pages for cards and invoices."""
    rows = wiring.rows(call.caller)
    return await manage.portal(rows, call.caller.user_id, call.body.return_url, wiring.payment_provider("stripe"))


# -- receipts ---------------------------------------------------------------------------------------------


@app.get("/receipts", query=ReceiptQuery, response=Receipts)
async def receipts(call: Call[None]) -> Receipts:
    """List the caller's receipts, newest first."""
    asked: ReceiptQuery = call.query
    before = str(asked.before) if asked.before else None
    return await service.receipts(call.caller.user_id, before, asked.limit, wiring.payment_books())


@app.get("/receipts/{id:uuid}/pdf", produces="application/pdf", errors=(errors.ReceiptNotFound,))
async def receipt_pdf(call: Call[None]) -> Reply:
    """Give a receipt as PDF."""
    number, pdf = await service.receipt_pdf(
        call.caller.user_id,
        str(call.path["id"]),
        wiring.payment_books(),
        wiring.settings().seller,
        wiring.receipt_renderer(),
    )
    return Reply(
        pdf, media_type="application/pdf", headers={"content-disposition": f'attachment; filename="{number}.pdf"'}
    )


# -- for the clean-up and for people ----------------------------------------------------------------------


@app.post(
    "/reconcile",
    auth=Auth.SECRET,
    secret="CLEANUP_SECRET",  # noqa: S106 - the name of the setting
    request=ReconcileRequest,
    response=ReconciliationReport,
)
async def reconcile_stale(call: Call[ReconcileRequest]) -> ReconciliationReport:
    """Ask the providers about what looks stale; by default only tell what their answers would change."""
    asked = call.body
    return await reconcile(
        wiring.payment_books(), wiring.payment_provider, call.deadline, limit=asked.limit, dry_run=asked.dry_run
    )


handler = app.lambda_handler()
