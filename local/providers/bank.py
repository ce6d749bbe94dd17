"""The customer and their bank over HTTP: pay an open checkout, then renew, cancel, refund or dispute.

``POST /<id>`` pays an order, authorises a subscription or completes a session; ``POST /<id>/<action>`` is a later event
in its life. The events that follow are signed and delivered to the webhook. `server` mounts this under ``/pay``.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.providers.razorpay.state import Refused as RazorpayRefused
from local.providers.stripe.state import Refused as StripeRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from local.providers.accounts import Accounts

Json = dict[str, Any]


def _sign(accounts: Accounts, payment: Json, subscription_id: str | None) -> Json:
    """Return the fields that Razorpay's checkout passes to the page after payment, signed."""
    first_id, second_id = (payment["id"], subscription_id) if subscription_id else (payment["order_id"], payment["id"])
    secret = accounts.razorpay.key_secret.encode()
    signature = hmac.new(secret, f"{first_id}|{second_id}".encode(), hashlib.sha256).hexdigest()
    reference = {"razorpay_subscription_id": subscription_id} if subscription_id else {"razorpay_order_id": first_id}
    return {**reference, "razorpay_payment_id": payment["id"], "razorpay_signature": signature}


def pay(accounts: Accounts, identity: str, *, fail: bool = False) -> Json:
    """Play the customer at the checkout of an order, a subscription or a session.

    Returns
    -------
    dict
        The claim that the provider returns to the client, which sends it to ``billing/verify``.
    """
    if identity.startswith("cs_"):
        accounts.stripe.complete(identity, fail=fail)
        return {"stripe_session_id": identity}
    if identity.startswith("sub_"):
        payment = accounts.razorpay.authenticate(identity, fail=fail)
        if payment is None:  # a trial: Razorpay takes a token payment to authorise it
            order = accounts.razorpay.create_order(100, "INR")
            payment = accounts.razorpay.pay_order(order["id"])
        return _sign(accounts, payment, identity)
    return _sign(accounts, accounts.razorpay.pay_order(identity, fail=fail), None)


def act(accounts: Accounts, identity: str, action: str) -> None:
    """Carry out a later event: ``renew``, ``fail`` (a renewal that fails), ``cancel``, ``refund`` or ``dispute``."""
    at_stripe = identity in accounts.stripe.payment_intents or identity in accounts.stripe.subscriptions
    world: Any = accounts.stripe if at_stripe else accounts.razorpay
    if action == "refund":
        refund = world.refund(identity)
        world.process_refund(refund["id"])
    elif action == "dispute":
        world.dispute(identity)
    elif world is accounts.razorpay:
        {
            "renew": lambda: world.charge(identity),
            "fail": lambda: world.charge(identity, fail=True),
            "cancel": lambda: world.cancel(identity, at_cycle_end=False),
        }[action]()
    else:
        {
            "renew": lambda: world.renew(identity),
            "fail": lambda: world.renew(identity, fail=True),
            "cancel": lambda: world.cancel(identity),
        }[action]()


def create_app(accounts: Accounts) -> Starlette:
    """Return the ASGI application."""

    async def answer(work: Callable[[], Json | None]) -> Response:
        try:
            claim = await run_in_threadpool(work)
        except (RazorpayRefused, StripeRefused, KeyError) as refusal:
            return JSONResponse({"error": str(refusal)}, 400)
        deliveries = await run_in_threadpool(accounts.deliver)
        delivered = [{"event": d.event.type, "status": d.status} for d in deliveries]
        return JSONResponse({"claim": claim, "delivered": delivered})

    async def on_pay(request: Request) -> Response:
        identity = request.path_params["id"]
        fail = request.query_params.get("fail") == "true"
        response = await answer(lambda: pay(accounts, identity, fail=fail))
        back = accounts.stripe.sessions.get(identity, {}).get("success_url")
        if request.method == "GET" and response.status_code == 200 and back:  # noqa: PLR2004
            return RedirectResponse(back.replace("{CHECKOUT_SESSION_ID}", identity), 303)
        return response

    async def on_act(request: Request) -> Response:
        identity, action = request.path_params["id"], request.path_params["action"]
        return await answer(lambda: act(accounts, identity, action))

    return Starlette(
        routes=[
            Route("/{id}", on_pay, methods=["GET", "POST"]),
            Route("/{id}/{action}", on_act, methods=["POST"]),
        ]
    )
