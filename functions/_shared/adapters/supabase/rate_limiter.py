"""Rate limits in Postgres, for deployments without Redis."""

from __future__ import annotations

from typing_extensions import override

from functions._shared import logs
from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import DomainError, RateLimited
from functions._shared.domain.rate import Rate
from functions._shared.ports.rate_limiter import RateLimiter


class SupabaseRateLimiter(ServiceCalls, RateLimiter):
    """The rate limiter over PostgREST."""

    @override
    async def hit(self, subject: str, endpoint: str, *, limit: int, window: int) -> Rate | None:
        try:
            turn = await self.call_object(
                "rate_limit_hit", p_key=f"ratelimit:{subject}:{endpoint}", p_limit=limit, p_window_seconds=window
            )
        except DomainError as error:
            logs.logger().warning("rate_limiter_failed", extra={"code": error.code})
            return None
        if not turn["allowed"]:
            raise RateLimited.beyond(endpoint, limit, window, turn["retry_after"])
        return Rate(endpoint, limit, window, turn["remaining"])
