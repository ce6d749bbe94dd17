"""Which pages' scripts may call, with what, and what they may read of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.middleware.cors import CORSMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp

METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
HEADERS: Final = (
    "accept-profile",
    "apikey",
    "authorization",
    "content-profile",
    "content-type",
    "idempotency-key",
    "prefer",
    "x-client-info",
    "x-region",
    "x-request-id",
    "x-retry-count",
    "x-supabase-api-version",
)
"""What the Supabase SDKs send, and ours."""
EXPOSED: Final = (
    "content-disposition",
    "idempotency-key",
    "idempotency-replayed",
    "retry-after",
    "x-request-id",
)
"""What a script needs beyond the body: to save a file, to retry, and to report a fault."""


def with_cors(app: ASGIApp, origins: tuple[str, ...]) -> CORSMiddleware:
    """Answer preflights and mark answers for these origins; ``*`` is any. Browsers ask again after a day."""
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=HEADERS,
        expose_headers=EXPOSED,
        max_age=86_400,
    )
