"""The customer's side of the local providers over HTTP: pay what a checkout opened, move a subscription on.

``POST /<id>`` pays an order, authorises a subscription or completes a session; ``POST /<id>/<action>`` does something
later. What the provider then reports is delivered to the webhook, signed.
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

    from local.providers.server import Providers

Json = dict[str, Any]


def _sign(providers: Providers, payment: Json, subscription_id: str | None) -> Json:
    """Make what Razorpay's checkout hands to the page when the customer has paid."""
    first, second = (payment["id"], subscription_id) if subscription_id else (payment["order_id"], payment["id"])
    secret = providers.razorpay.key_secret.encode()
    signed = hmac.new(secret, f"{first}|{second}".encode(), hashlib.sha256).hexdigest()
    named = {"razorpay_subscription_id": subscription_id} if subscription_id else {"razorpay_order_id": first}
    return {**named, "razorpay_payment_id": payment["id"], "razorpay_signature": signed}


def pay(providers: Providers, identity: str, *, fail: bool = False) -> Json:
    """Play the customer at the checkout of an order, a subscription or a session.

    Returns
    -------
    dict
        What the client's page would get back, to pass on to ``billing/verify``.
    """
    if identity.startswith("cs_"):
        providers.stripe.complete(identity, fail=fail)
        return {"stripe_session_id": identity}
    if identity.startswith("sub_"):
        payment = providers.razorpay.authenticate(identity, fail=fail)
        if payment is None:  # a trial: authorised with a token payment of its own
            order = providers.razorpay.create_order(100, "INR")
            payment = providers.razorpay.pay_order(order["id"])
        return _sign(providers, payment, identity)
    return _sign(providers, providers.razorpay.pay_order(identity, fail=fail), None)


def act(providers: Providers, identity: str, action: str) -> None:
    """Let something happen later: ``renew``, ``fail``, ``cancel``, ``refund`` or ``dispute``."""
    stripe_ids = ("pi_", "sub_1")
    world: Any = providers.stripe if identity.startswith(stripe_ids) else providers.razorpay
    if action == "refund":
        refund = world.refund(identity)
        world.process_refund(refund["id"])
    elif action == "dispute":
        world.dispute(identity)
    elif world is providers.razorpay:
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


def create_app(providers: Providers) -> Starlette:
    """Make the ASGI app."""

    async def answer(work: Callable[[], Json | None]) -> Response:
        try:
            told = await run_in_threadpool(work)
        except (RazorpayRefused, StripeRefused, KeyError) as refusal:
            return JSONResponse({"error": str(refusal)}, 400)
        deliveries = await run_in_threadpool(providers.deliver)
        delivered = [{"event": d.event.type, "status": d.status} for d in deliveries]
        return JSONResponse({"claim": told, "delivered": delivered})

    async def on_pay(request: Request) -> Response:
        identity = request.path_params["id"]
        failing = request.query_params.get("fail") == "true"
        response = await answer(lambda: pay(providers, identity, fail=failing))
        back = providers.stripe.sessions.get(identity, {}).get("success_url")
        if request.method == "GET" and response.status_code == 200 and back:  # noqa: PLR2004
            return RedirectResponse(back.replace("{CHECKOUT_SESSION_ID}", identity), 303)
        return response

    async def on_act(request: Request) -> Response:
        identity, action = request.path_params["id"], request.path_params["action"]
        return await answer(lambda: act(providers, identity, action))

    return Starlette(
        routes=[
            Route("/{id}", on_pay, methods=["GET", "POST"]),
            Route("/{id}/{action}", on_act, methods=["POST"]),
        ]
    )
