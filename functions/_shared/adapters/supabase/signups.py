"""Sign-up: database functions, called with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.ports.signups import SignUps, SignUpVerdict

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


class SupabaseSignUps(ServiceCalls, SignUps):
    """Sign-up over PostgREST."""

    @override
    async def check(self, attempt: str, email: str | None, address: str | None) -> SignUpVerdict:
        answer = await self.call_object("signup_check", p_attempt=attempt, p_email=email, p_address=address)
        return _verdict(answer)

    @override
    async def provision(self, user_id: str) -> list[str]:
        answer = await self.call_object("signup_provision", p_user_id=user_id)
        return [str(item) for item in answer["given"]]


def _verdict(answer: Json) -> SignUpVerdict:
    return SignUpVerdict(allowed=answer["allowed"], reason=answer.get("reason"))
