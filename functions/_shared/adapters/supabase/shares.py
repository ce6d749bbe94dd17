"""Shared résumés, over PostgREST."""

from __future__ import annotations

from typing import Final

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import (
    AnswerLost,
    RateLimited,
    ShareNotFound,
    SharePasswordRequired,
    SharePasswordWrong,
)
from functions._shared.ports.shares import SharedResume, Shares

_GUESSES: Final = (10, 600)
"""So many passwords within so many seconds, as the database counts them."""


class SupabaseShares(ServiceCalls, Shares):
    """Calls the database function of shared pages."""

    @override
    async def read(self, slug: str, *, password: str | None, address: str | None, count: bool) -> SharedResume:
        answer = await self.call("share_read", p_slug=slug, p_password=password, p_address=address, p_count=count)
        if answer is None:
            raise ShareNotFound
        if not isinstance(answer, dict):
            raise AnswerLost
        refused = answer.get("refused")
        if refused == "password_required":
            raise SharePasswordRequired(with_pdf=answer["with_pdf"])
        if refused == "wrong_password":
            raise SharePasswordWrong(with_pdf=answer["with_pdf"])
        if refused is not None:
            raise RateLimited.beyond("share password", *_GUESSES, answer["retry_after"])
        return SharedResume(**answer)
