"""From an HTTP request to a `Call`, and from a handler's answer to an HTTP response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from functions._shared import wiring
from functions._shared.edge import body as bodies
from functions._shared.edge.bearer import bearer_token, check_secret
from functions._shared.edge.route import Auth, Call, Reply
from functions._shared.ports.request import PaidAnswer, PaidCall

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from starlette.requests import Request

    from functions._shared.edge.route import RouteSpec
    from functions._shared.ports.request import Caller


async def admit(
    spec: RouteSpec, request: Request, *, function: str, path: str, parameters: Mapping[str, Any]
) -> Call[Any]:
    """Authenticate, then read, then validate: a stranger learns nothing of what a route accepts.

    Parameters
    ----------
    spec : RouteSpec
        The matched route.
    request : Request
        Its request; ``state`` has ``request_id`` and ``deadline``, and receives ``user_id`` and ``headers``.
    function, path : str
        Name of the function and path inside it, for the request hash.
    parameters : mapping
        Path parameters.

    Raises
    ------
    DomainError
        Of 400, 401, 413, 415, 422 or 503; see the API description of the route.
    """
    state = request.scope["state"]
    caller = await _authenticate(spec, request)
    if caller is not None:
        state["user_id"] = caller.user_id

    query = bodies.validate(spec.query, dict(request.query_params), query=True) if spec.query else None
    key, dry_run = "", False
    if spec.paid:
        key, dry_run = bodies.idempotency_key(request), bodies.dry_run(request)
        # Also on refusals: who sent no key needs this one to retry.
        state["headers"] = {"idempotency-key": key}

    raw = await bodies.read_body(request, spec.max_body)
    parsed, body = _parse(spec, request, raw)
    paid = None
    if spec.paid and caller is not None:
        digest = bodies.request_hash(function, path, raw if spec.request is None else parsed)
        paid = PaidCall(caller, key, digest, dry_run, state["deadline"])
    return Call(
        body=body,
        raw=raw,
        query=query,
        path=parameters,
        headers=dict(request.headers),
        request_id=state["request_id"],
        client_ip=request.client.host if request.client else None,
        deadline=state["deadline"],
        maybe_caller=caller,
        maybe_paid=paid,
    )


async def _authenticate(spec: RouteSpec, request: Request) -> Caller | None:
    if spec.auth is Auth.USER:
        return await wiring.tokens().verify(bearer_token(request.headers))
    if spec.secret is not None:
        check_secret(bearer_token(request.headers), wiring.settings().rotating_secret(spec.secret))
    return None


def _parse(spec: RouteSpec, request: Request, raw: bytes) -> tuple[object, BaseModel | None]:
    if spec.request is not None:
        if raw:
            bodies.check_media_type(request, ("application/json",))
        parsed = bodies.parse_json(raw)
        return parsed, bodies.validate(spec.request, parsed)
    if raw and spec.media_types:
        bodies.check_media_type(request, spec.media_types)
    return None, None


def render(spec: RouteSpec, answer: BaseModel | Reply | PaidAnswer) -> Response:
    """Make the response of a handler's answer."""
    headers = {"x-content-type-options": "nosniff"}
    if spec.auth is Auth.USER:
        headers["cache-control"] = "no-store"
    if isinstance(answer, Reply):
        return Response(
            answer.body,
            status_code=answer.status,
            headers={**headers, **answer.headers},
            # An empty body has no type: a 204 or a redirect.
            media_type=answer.media_type if answer.body else None,
        )
    if isinstance(answer, PaidAnswer):
        if answer.replayed:
            headers["idempotency-replayed"] = "true"
        content = answer.body
    else:
        content = answer.model_dump_json(by_alias=True).encode()
    return Response(content, status_code=spec.status, headers=headers, media_type="application/json")
