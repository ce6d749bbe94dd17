"""The HTTP API of a local Stripe account: the routes that our adapter calls, with errors, paging and idempotency."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.providers.stripe import forms
from local.providers.stripe.objects import stripe_list
from local.providers.stripe.state import Json, Refused, public

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from local.providers.faults import ApiFaults
    from local.providers.stripe.world import StripeWorld

    Handler = Callable[[StripeWorld, Request, Json], Json]

_MAX_PAGE = 100


def error(refusal: Refused) -> JSONResponse:
    """Build an error response in Stripe's form."""
    body = {"type": refusal.kind, "code": refusal.code, "message": refusal.message, "param": None}
    return JSONResponse({"error": body}, status_code=refusal.status)


def page(request: Request, rows: list[Json], query: Json) -> Json:
    """Return a page of a list by ``limit`` (default 10, at most 100) and ``starting_after``, newest first."""
    url = request.url.path.removeprefix(request.scope.get("root_path", ""))
    limit = min(int(query.get("limit", 10)), _MAX_PAGE)
    rows = sorted(rows, key=lambda row: row["created"], reverse=True)
    ids = [row["id"] for row in rows]
    start = ids.index(query["starting_after"]) + 1 if query.get("starting_after") in ids else 0
    part = [public(row) for row in rows[start : start + limit]]
    return stripe_list(url, part, has_more=start + limit < len(rows))


_EXPANDABLE = {"payment_intent": "payment_intents", "latest_charge": "charges", "subscription": "subscriptions"}


def _expanded(world: StripeWorld, item: Json, path: list[str]) -> Json:
    """Return an object that holds, in place of their ids, the objects on a path: ``payment_intent.latest_charge``."""
    name, *rest = path
    if not isinstance(item[name], str):
        return item
    child = public(getattr(world, _EXPANDABLE[name])[item[name]])
    return {**item, name: _expanded(world, child, rest) if rest else child}


def _fetch(table: str, kind: str) -> Handler:
    def handler(world: StripeWorld, request: Request, query: Json) -> Json:
        item = world.find(table, kind, request.path_params["id"])
        for path in query.get("expand", []):
            item = _expanded(world, item, path.split("."))
        return item

    return handler


def _list(table: str, *filters: str) -> Handler:
    def handler(world: StripeWorld, request: Request, query: Json) -> Json:
        rows: dict[str, Json] = getattr(world, table)
        values = {name: query[name] for name in filters if name in query}
        matches = [row for row in rows.values() if all(row.get(k) == v for k, v in values.items())]
        return page(request, matches, query)

    return handler


def _list_prices(world: StripeWorld, request: Request, query: Json) -> Json:
    keys = query.get("lookup_keys")
    rows = [p for p in world.prices.values() if keys is None or p["lookup_key"] in keys]
    return page(request, rows, query)


def _list_subscriptions(world: StripeWorld, request: Request, query: Json) -> Json:
    rows = [s for s in world.subscriptions.values() if s["customer"] == query.get("customer", s["customer"])]
    status = query.get("status")
    if status != "all":
        rows = [s for s in rows if (s["status"] == status if status else s["status"] != "canceled")]
    return page(request, rows, query)


def _list_invoices(world: StripeWorld, request: Request, query: Json) -> Json:
    subscription_id = query.get("subscription")
    rows = [
        invoice
        for invoice in world.invoices.values()
        if subscription_id in {None, invoice["parent"]["subscription_details"]["subscription"]}
        and query.get("status") in {None, invoice["status"]}
    ]
    return page(request, rows, query)


def _list_invoice_payments(world: StripeWorld, request: Request, query: Json) -> Json:
    payment = query.get("payment") or {}
    rows = [
        row
        for row in world.invoice_payments.values()
        if row["invoice"] == query.get("invoice", row["invoice"])
        and row["payment"]["payment_intent"] == payment.get("payment_intent", row["payment"]["payment_intent"])
    ]
    return page(request, rows, query)


def _portal(world: StripeWorld, _: Request, body: Json) -> Json:
    world.find("customers", "customer", body.get("customer"))
    id_ = world.ids.make("bps_1", 23)
    return {
        "id": id_,
        "object": "billing_portal.session",
        "customer": body["customer"],
        "return_url": body.get("return_url"),
        "url": f"https://billing.stripe.com/p/session/{id_}",
        "created": world.clock.now(),
        "livemode": False,
    }


def _refund(world: StripeWorld, _: Request, body: Json) -> Json:
    amount = int(body["amount"]) if "amount" in body else None
    return world.refund(body.get("payment_intent", ""), amount)


def _id(request: Request) -> str:
    id_: str = request.path_params["id"]
    return id_


_ROUTES: list[tuple[str, str, Handler]] = [
    ("POST", "/v1/customers", lambda w, _, b: w.create_customer(b)),
    ("GET", "/v1/customers/{id}", _fetch("customers", "customer")),
    ("POST", "/v1/prices", lambda w, _, b: w.create_price(b)),
    ("GET", "/v1/prices", _list_prices),
    ("GET", "/v1/prices/{id}", _fetch("prices", "price")),
    ("POST", "/v1/coupons", lambda w, _, b: w.create_coupon(b)),
    ("GET", "/v1/coupons/{id}", _fetch("coupons", "coupon")),
    ("POST", "/v1/checkout/sessions", lambda w, _, b: w.create_session(b)),
    ("GET", "/v1/checkout/sessions", _list("sessions", "customer", "subscription", "payment_intent")),
    ("GET", "/v1/checkout/sessions/{id}", _fetch("sessions", "checkout.session")),
    ("POST", "/v1/checkout/sessions/{id}/expire", lambda w, r, _: w.expire_session(_id(r))),
    ("GET", "/v1/subscriptions", _list_subscriptions),
    ("GET", "/v1/subscriptions/{id}", _fetch("subscriptions", "subscription")),
    ("POST", "/v1/subscriptions/{id}", lambda w, r, b: w.update(_id(r), b)),
    ("DELETE", "/v1/subscriptions/{id}", lambda w, r, _: w.cancel(_id(r))),
    ("POST", "/v1/subscription_schedules", lambda w, _, b: w.create_schedule(b)),
    ("GET", "/v1/subscription_schedules/{id}", _fetch("schedules", "subscription_schedule")),
    ("POST", "/v1/subscription_schedules/{id}", lambda w, r, b: w.update_schedule(_id(r), b)),
    ("POST", "/v1/subscription_schedules/{id}/release", lambda w, r, _: w.release_schedule(_id(r))),
    ("GET", "/v1/invoices", _list_invoices),
    ("GET", "/v1/invoices/{id}", _fetch("invoices", "invoice")),
    ("GET", "/v1/invoice_payments", _list_invoice_payments),
    ("GET", "/v1/payment_intents/{id}", _fetch("payment_intents", "payment_intent")),
    ("POST", "/v1/refunds", _refund),
    ("GET", "/v1/refunds", _list("refunds", "payment_intent")),
    ("GET", "/v1/refunds/{id}", _fetch("refunds", "refund")),
    ("GET", "/v1/disputes", _list("disputes", "payment_intent")),
    ("GET", "/v1/disputes/{id}", _fetch("disputes", "dispute")),
    ("POST", "/v1/billing_portal/sessions", _portal),
]


class Replays:
    """Stripe's idempotency: a repeated key gets the stored answer, or an error if the parameters differ."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[str, Json, int]] = {}

    @staticmethod
    def _digest(request: Request, raw: bytes) -> str:
        return hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + raw).hexdigest()

    def find(self, key: str | None, request: Request, raw: bytes) -> JSONResponse | None:
        """Return the stored answer of a key, if there is one."""
        if key is None or key not in self._answers:
            return None
        digest, answer, status = self._answers[key]
        if digest != self._digest(request, raw):
            message = "Keys for idempotent requests can only be used with the same parameters."
            return error(Refused(message, code="idempotency_key_in_use", kind="idempotency_error"))
        return JSONResponse(answer, status, headers={"idempotent-replayed": "true"})

    def keep(self, key: str | None, request: Request, raw: bytes, answer: Json) -> None:
        """Store a successful answer."""
        if key is not None:
            self._answers[key] = (self._digest(request, raw), answer, 200)


def create_app(world: StripeWorld, faults: ApiFaults) -> Starlette:
    """Return the ASGI app of one account.

    Parameters
    ----------
    world : StripeWorld
        The account.
    faults : ApiFaults
        Faults of the next calls.
    """
    replays = Replays()

    def endpoint(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def run(request: Request) -> Response:
            if (fault := await faults.take(request)) is not None:
                return fault
            if request.headers.get("authorization") != f"Bearer {world.api_key}":
                return error(Refused("Invalid API Key provided", 401, code="api_key_invalid"))
            raw = await request.body()
            key = request.headers.get("idempotency-key") if request.method == "POST" else None
            if (replay := replays.find(key, request, raw)) is not None:
                return replay
            query = raw.decode() if request.method == "POST" else request.url.query
            try:
                answer = public(handler(world, request, forms.decode(query)))
            except Refused as refusal:
                return error(refusal)
            replays.keep(key, request, raw, answer)
            return await faults.lose() or JSONResponse(answer)

        return run

    return Starlette(routes=[Route(path, endpoint(handler), methods=[method]) for method, path, handler in _ROUTES])
