"""From an HTTP request to the `Call` that a handler receives. Called by `FunctionApp`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions._shared import wiring
from functions._shared.domain.errors import ValidationFailed
from functions._shared.edge.bearer import bearer_token, check_secret
from functions._shared.edge.body import receive, validate
from functions._shared.edge.idempotency import HEADER, idempotency_key, request_hash
from functions._shared.edge.route import Auth, Call
from functions._shared.ports.request import Idempotency, PaidCall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from functions._shared.edge.route import RouteSpec
    from functions._shared.edge.router import RouteMatch
    from functions._shared.ports.request import Caller

_TRUE: Final = frozenset({"true", "1"})
_FALSE: Final = frozenset({"false", "0"})


async def admit(match: RouteMatch, request: Request, function: str) -> Call[Any]:
    """Authenticate, then read, then validate, so that strangers learn nothing about what a route accepts.

    Parameters
    ----------
    match : RouteMatch
        The route and its path parameters.
    request : Request
        The request. Its ``state`` holds ``request_id`` and ``deadline``, and receives ``user_id`` and ``headers``.
    function : str
        Name of the function, for the request hash.

    Raises
    ------
    DomainError
        Status 400, 401, 413, 415, 422, 429 or 503; see the API description of the route.
    """
    spec, state = match.spec, request.scope["state"]
    caller = await _authenticate(spec, request.headers)
    if caller is not None:
        state["user_id"] = caller.user_id

    if spec.per_minute is not None:
        state["headers"] = await _count(spec, request, caller, function)

    query = validate(spec.query, dict(request.query_params), query=True) if spec.query else None
    key, dry_run = None, False
    if spec.reads_key:
        key = idempotency_key(request.headers)
        dry_run = spec.paid and _dry_run(request.query_params)
        # Errors carry the key too: a client that sent none needs it to retry.
        state.setdefault("headers", {})[HEADER] = key

    body = await receive(request, spec)
    idempotency = paid = None
    if key is not None:
        idempotency = Idempotency(key, request_hash(function, match.path, body.content))
        if (spec.paid or spec.tasks) and caller is not None:
            paid = PaidCall(caller, idempotency.key, idempotency.request_hash, dry_run, state["deadline"])
    return Call(
        body=body.model,
        raw=body.raw,
        query=query,
        path=match.parameters,
        headers=dict(request.headers),
        request_id=state["request_id"],
        client_ip=request.client.host if request.client else None,
        deadline=state["deadline"],
        method=request.method,
        maybe_caller=caller,
        maybe_idempotency=idempotency,
        maybe_paid=paid,
    )


async def _authenticate(spec: RouteSpec, headers: Mapping[str, str]) -> Caller | None:
    if spec.auth is Auth.USER:
        return await wiring.tokens().verify(bearer_token(headers))
    if spec.secret is not None:
        check_secret(bearer_token(headers), wiring.settings().rotating_secret(spec.secret))
    return None


async def _count(spec: RouteSpec, request: Request, caller: Caller | None, function: str) -> dict[str, str]:
    """Count a call of a limited route and return the headers that say what is left."""
    # Without an address, as from a test client, everybody is one subject: too strict rather than open.
    subject = caller.user_id if caller else request.client.host if request.client else "unknown"
    endpoint = f"{function}{spec.path}".rstrip("/")
    rate = await wiring.rate_limiter().hit(subject, endpoint, limit=spec.per_minute or 0, window=60)
    return rate.headers() if rate else {}


def _dry_run(query: QueryParams) -> bool:
    """Read ``?dry_run=true``. An unclear value is refused, because a wrong guess could charge the user."""
    values = {value.lower() for value in query.getlist("dry_run")}
    if not values:
        return False
    if len(values) == 1 and values <= _TRUE | _FALSE:
        return values <= _TRUE
    error = {"parameter": "dry_run", "message": "Input should be true or false", "type": "bool_parsing"}
    raise ValidationFailed("A value is not valid; see `errors`.", errors=[error])
