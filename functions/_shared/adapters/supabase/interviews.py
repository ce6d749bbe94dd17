"""Practice interviews: database functions, called with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.interviews import Interview, StartedInterview
from functions._shared.domain.metering import Receipt
from functions._shared.ports.interviews import Interviews

if TYPE_CHECKING:
    from typing import Any, Literal

    from functions._shared.domain.interviews import Opening
    from functions._shared.domain.metering import ChosenFunding
    from functions._shared.ports.request import PaidCall


class SupabaseInterviews(ServiceCalls, Interviews):
    """Interviews over PostgREST."""

    @override
    async def start(self, call: PaidCall, opening: Opening, funding: ChosenFunding | None) -> StartedInterview:
        answer = await self.call_object(
            "interview_start",
            p_user_id=call.caller.user_id,
            p_idempotency_key=call.idempotency_key,
            p_request_hash=call.request_hash,
            p_session=opening.session,
            p_question=opening.question.model_dump(mode="json"),
            p_dry_run=call.dry_run,
            p_funding=funding,
        )
        found = answer.get("interview")
        interview = None if found is None else Interview.model_validate(found)
        return StartedInterview(interview, _receipt(answer, interview), is_new=answer["state"] != "known")

    @override
    async def open(self, user_id: str, interview_id: str, *, hold: bool, key: str) -> Interview:
        answer = await self.call_object(
            "interview_open", p_user_id=user_id, p_session_id=interview_id, p_hold=hold, p_idempotency_key=key
        )
        return Interview.model_validate(answer)

    @override
    async def end(self, user_id: str, interview_id: str, status: Literal["abandoned", "cancelled"]) -> Interview:
        answer = await self.call_object("interview_end", p_user_id=user_id, p_session_id=interview_id, p_status=status)
        return Interview.model_validate(answer)


def _receipt(answer: dict[str, Any], interview: Interview | None) -> Receipt:
    """Build the receipt of a start: what was charged by now, or what a dry run would charge."""
    payment = interview.payment if interview else None
    charged = payment.cost if payment and payment.status == "committed" else 0
    return Receipt(
        usage_id=answer.get("usage_id"),
        operation="interview",
        charged=charged if interview else answer["cost"],
        funding=payment.funding if payment else answer.get("funding"),
        balance=answer["balance"],
        resets_at=answer.get("resets_at"),
    )
