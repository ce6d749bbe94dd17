"""The HTTP API of a local Razorpay account: the routes that our adapter calls, with Razorpay's errors and paging."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.providers.razorpay.state import Json, Refused, missing, public

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from local.providers.faults import ApiFaults
    from local.providers.razorpay.world import RazorpayWorld

_MAX_PAGE = 100


def error(description: str, status: int = 400, code: str = "BAD_REQUEST_ERROR") -> JSONResponse:
    """Build an error response in Razorpay's form."""
    body = {"code": code, "description": description, "source": "NA", "step": "NA", "reason": "NA"}
    return JSONResponse({"error": {**body, "metadata": {}}}, status_code=status)


def page(items: list[Json], request: Request) -> Json:
    """Return a page of a collection by ``count`` (default 10, at most 100) and ``skip``, newest first."""
    count = min(int(request.query_params.get("count", "10")), _MAX_PAGE)
    skip = int(request.query_params.get("skip", "0"))
    part = sorted(items, key=lambda item: item["created_at"], reverse=True)[skip : skip + count]
    return {"entity": "collection", "count": len(part), "items": [public(item) for item in part]}


def _one(world: RazorpayWorld, request: Request, table: str, kind: str) -> Json:
    rows: dict[str, Json] = getattr(world, table)
    row = rows.get(request.path_params["id"])
    if row is None:
        raise missing(kind)
    return row


def _fetch(table: str, kind: str) -> Callable[[RazorpayWorld, Request, Json], Json]:
    return lambda world, request, _: _one(world, request, table, kind)


def _list(table: str, *filters: str) -> Callable[[RazorpayWorld, Request, Json], Json]:
    def handler(world: RazorpayWorld, request: Request, _: Json) -> Json:
        query = {name: request.query_params[name] for name in filters if name in request.query_params}
        rows: dict[str, Json] = getattr(world, table)
        since = int(request.query_params.get("from", "0"))
        rows = {id_: row for id_, row in rows.items() if row["created_at"] >= since}
        return page([r for r in rows.values() if all(r.get(k) == v for k, v in query.items())], request)

    return handler


def _create_order(world: RazorpayWorld, _: Request, body: Json) -> Json:
    if not isinstance(body.get("amount"), int) or not isinstance(body.get("currency"), str):
        raise Refused("The amount must be an integer.")
    return world.create_order(body["amount"], body["currency"], receipt=body.get("receipt"), notes=body.get("notes"))


def _create_plan(world: RazorpayWorld, _: Request, body: Json) -> Json:
    item = body.get("item") or {}
    if body.get("period") not in {"daily", "weekly", "monthly", "yearly"} or "amount" not in item:
        raise Refused("Not a valid period")
    return world.create_plan(body["period"], item["amount"], item["currency"], item["name"])


def _create_customer(world: RazorpayWorld, _: Request, body: Json) -> Json:
    same = [c for c in world.customers.values() if c["email"] == body.get("email")]
    if same and str(body.get("fail_existing", "1")) == "1":
        raise Refused("Customer already exists for the merchant")
    if same:
        return same[0]
    customer: Json = {
        "id": world.ids.make("cust_", 14),
        "entity": "customer",
        "name": body.get("name"),
        "email": body.get("email"),
        "contact": body.get("contact"),
        "gstin": None,
        "notes": body.get("notes") or [],
        "created_at": world.clock.now(),
    }
    world.customers[customer["id"]] = customer
    return customer


def _order_payments(world: RazorpayWorld, request: Request, _: Json) -> Json:
    order = _one(world, request, "orders", "order")
    return page([p for p in world.payments.values() if p["order_id"] == order["id"]], request)


def _capture(world: RazorpayWorld, request: Request, body: Json) -> Json:
    payment = _one(world, request, "payments", "payment")
    if payment["status"] != "authorized":
        raise Refused("This payment has already been captured")
    if body.get("amount") != payment["amount"]:
        raise Refused("Capture amount must be equal to the amount authorized")
    return world.capture(payment["id"])


def _refund(world: RazorpayWorld, request: Request, body: Json) -> Json:
    payment = _one(world, request, "payments", "payment")
    return world.refund(payment["id"], body.get("amount"), body.get("notes"))


def _payment_refunds(world: RazorpayWorld, request: Request, _: Json) -> Json:
    payment = _one(world, request, "payments", "payment")
    return page([r for r in world.refunds.values() if r["payment_id"] == payment["id"]], request)


def _cancel(world: RazorpayWorld, request: Request, body: Json) -> Json:
    at_end = str(body.get("cancel_at_cycle_end", 0)) in {"1", "True", "true"}
    return world.cancel(request.path_params["id"], at_cycle_end=at_end)


def _edit(world: RazorpayWorld, request: Request, body: Json) -> Json:
    at_end = body.get("schedule_change_at", "now") == "cycle_end"
    return world.update(request.path_params["id"], body.get("plan_id", ""), at_cycle_end=at_end)


def _scheduled(world: RazorpayWorld, request: Request, _: Json) -> Json:
    sub = _one(world, request, "subscriptions", "subscription")
    change = world.scheduled.get(sub["id"], {})
    if "plan_id" not in change:
        raise Refused("No scheduled changes exist for this subscription")
    return {**sub, "plan_id": change["plan_id"]}


def _cancel_update(world: RazorpayWorld, request: Request, _: Json) -> Json:
    return world.cancel_update(request.path_params["id"])


def _delete_offer(world: RazorpayWorld, request: Request, _: Json) -> Json:
    return world.delete_offer(request.path_params["id"], request.path_params["offer"])


def _create_subscription(world: RazorpayWorld, _: Request, body: Json) -> Json:
    return world.create_subscription(body)


_ROUTES: list[tuple[str, str, Callable[[RazorpayWorld, Request, Json], Json]]] = [
    ("POST", "/v1/customers", _create_customer),
    ("GET", "/v1/customers/{id}", _fetch("customers", "customer")),
    ("POST", "/v1/plans", _create_plan),
    ("GET", "/v1/plans", _list("plans")),
    ("GET", "/v1/plans/{id}", _fetch("plans", "plan")),
    ("POST", "/v1/orders", _create_order),
    ("GET", "/v1/orders", _list("orders", "receipt")),
    ("GET", "/v1/orders/{id}", _fetch("orders", "order")),
    ("GET", "/v1/orders/{id}/payments", _order_payments),
    ("GET", "/v1/payments/{id}", _fetch("payments", "payment")),
    ("POST", "/v1/payments/{id}/capture", _capture),
    ("POST", "/v1/payments/{id}/refund", _refund),
    ("GET", "/v1/payments/{id}/refunds", _payment_refunds),
    ("GET", "/v1/refunds/{id}", _fetch("refunds", "refund")),
    ("GET", "/v1/disputes", _list("disputes")),
    ("GET", "/v1/disputes/{id}", _fetch("disputes", "dispute")),
    ("GET", "/v1/invoices", _list("invoices", "subscription_id", "payment_id")),
    ("GET", "/v1/invoices/{id}", _fetch("invoices", "invoice")),
    ("POST", "/v1/subscriptions", _create_subscription),
    ("GET", "/v1/subscriptions", _list("subscriptions", "plan_id")),
    ("GET", "/v1/subscriptions/{id}", _fetch("subscriptions", "subscription")),
    ("PATCH", "/v1/subscriptions/{id}", _edit),
    ("POST", "/v1/subscriptions/{id}/cancel", _cancel),
    ("POST", "/v1/subscriptions/{id}/pause", lambda w, r, _: w.pause(r.path_params["id"])),
    ("POST", "/v1/subscriptions/{id}/resume", lambda w, r, _: w.resume(r.path_params["id"])),
    ("DELETE", "/v1/subscriptions/{id}/{offer}", _delete_offer),
    ("GET", "/v1/subscriptions/{id}/retrieve_scheduled_changes", _scheduled),
    ("POST", "/v1/subscriptions/{id}/cancel_scheduled_changes", _cancel_update),
]


def create_app(world: RazorpayWorld, faults: ApiFaults) -> Starlette:
    """Return the ASGI app of one account.

    Parameters
    ----------
    world : RazorpayWorld
        The account.
    faults : ApiFaults
        Faults of the next calls.
    """
    expected = "Basic " + base64.b64encode(f"{world.key_id}:{world.key_secret}".encode()).decode()

    def endpoint(
        handler: Callable[[RazorpayWorld, Request, Json], Json],
    ) -> Callable[[Request], Awaitable[Response]]:
        async def run(request: Request) -> Response:
            if (fault := await faults.take(request)) is not None:
                return fault
            if request.headers.get("authorization") != expected:
                return error("Authentication failed", 401)
            try:
                body: Any = json.loads(await request.body() or b"{}")
            except ValueError:
                return error("The request body is not valid JSON")
            try:
                answer = handler(world, request, body if isinstance(body, dict) else {})
            except Refused as refusal:
                return error(refusal.description, refusal.status)
            return await faults.lose() or JSONResponse(public(answer))

        return run

    return Starlette(routes=[Route(path, endpoint(handler), methods=[method]) for method, path, handler in _ROUTES])
