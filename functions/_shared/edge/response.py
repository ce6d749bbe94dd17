"""From a handler's answer to an HTTP response. `problem` does the same for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from functions._shared.edge.route import Auth, Reply
from functions._shared.ports.request import PaidAnswer

if TYPE_CHECKING:
    from pydantic import BaseModel

    from functions._shared.edge.route import RouteSpec


def render(spec: RouteSpec, answer: BaseModel | Reply | PaidAnswer) -> Response:
    """Build the response from a handler's answer."""
    headers = {"x-content-type-options": "nosniff"}
    if spec.auth is Auth.USER:
        headers["cache-control"] = "no-store"
    if isinstance(answer, Reply):
        return Response(
            answer.body,
            status_code=answer.status,
            headers={**headers, **answer.headers},
            # A response without a body, such as a 204 or a redirect, has no content type.
            media_type=answer.media_type if answer.body else None,
        )
    if isinstance(answer, PaidAnswer):
        if answer.replayed:
            headers["idempotency-replayed"] = "true"
        headers |= answer.headers
        content = answer.body
    else:
        content = answer.model_dump_json(by_alias=True).encode()
    return Response(content, status_code=spec.status, headers=headers, media_type="application/json")
