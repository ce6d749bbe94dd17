"""The only renderer of errors: problem+json, RFC 9457. Called by `FunctionApp`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from functions._shared.domain.errors import DomainError

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:resumebase:problem:"


def document(error: DomainError, request_id: str) -> dict[str, Any]:
    """Build the problem document: the members of RFC 9457, code, request id, and the error's own members."""
    members: dict[str, Any] = {
        "type": TYPE_PREFIX + error.code,
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id,
    }
    return members | {name: value for name, value in error.extra.items() if name not in members}


def render(error: DomainError, request_id: str) -> Response:
    """Build the response for an error."""
    body = json.dumps(document(error, request_id), ensure_ascii=False, default=str).encode(errors="replace")
    headers = {"cache-control": "no-store", **error.headers}
    return Response(body, status_code=error.status, headers=headers, media_type=MEDIA_TYPE)
