"""Cross-origin rules: which origins may call, which headers they may send, and which they may read."""

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
"""Request headers of the Supabase SDKs and of our own clients."""
EXPOSED: Final = (
    "content-disposition",
    "idempotency-key",
    "idempotency-replayed",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "x-request-id",
)
"""Response headers that scripts need to save a file, to retry, and to report a fault."""


def with_cors(app: ASGIApp, origins: tuple[str, ...]) -> CORSMiddleware:
    """Answer preflight requests and add CORS headers for these origins; ``*`` allows any.

    Browsers repeat the preflight after a day.
    """
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=HEADERS,
        expose_headers=EXPOSED,
        max_age=86_400,
    )
