"""Rules and gifts of sign-up: functions of the database, called with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.ports.signups import SignUpVerdict

if TYPE_CHECKING:
    from functions._shared.ports.rows import Json


class SupabaseSignUps(ServiceCalls):
    """`SignUps` over PostgREST."""

    async def check(self, attempt: str, email: str | None, address: str | None) -> SignUpVerdict:
        """See `SignUps.check`."""
        answer = await self.call_object("signup_check", p_attempt=attempt, p_email=email, p_address=address)
        return _verdict(answer)

    async def provision(self, user_id: str) -> list[str]:
        """See `SignUps.provision`."""
        answer = await self.call_object("signup_provision", p_user_id=user_id)
        return [str(item) for item in answer["given"]]


def _verdict(answer: Json) -> SignUpVerdict:
    return SignUpVerdict(allowed=answer["allowed"], reason=answer.get("reason"))
