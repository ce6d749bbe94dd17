"""The ledger: metering functions of the database, called with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.metering import JobSnapshot, Receipt, Reservation, ResumeSnapshot
from functions._shared.domain.rate import Rate
from functions._shared.ports.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.effects import Effect
    from functions._shared.domain.json import Json
    from functions._shared.domain.metering import ModelCall, ReserveRequest


class SupabaseLedger(ServiceCalls, Ledger):
    """The ledger over PostgREST. Each method calls one database function in one HTTP request."""

    @override
    async def reserve(self, request: ReserveRequest) -> Reservation:
        answer = await self.call_object(
            "usage_reserve",
            p_user_id=request.user_id,
            p_operation=request.operation,
            p_idempotency_key=request.idempotency_key,
            p_request_hash=request.request_hash,
            p_resume_id=request.resume_id,
            p_job_id=request.job_id,
            p_dry_run=request.dry_run,
            p_funding=request.funding,
            p_units=request.units,
            p_new_resume=request.new_resume,
            p_needs_consent=self._needs_consent,
            p_needs=request.needs,
        )
        return _reservation(answer)

    @override
    async def commit(
        self, usage_id: str, attempt: int, result: str, calls: Sequence[ModelCall], effects: Sequence[Effect] = ()
    ) -> Receipt:
        answer = await self.call_object(
            "usage_commit",
            p_usage_id=usage_id,
            p_attempt=attempt,
            p_result=result,
            p_model_calls=[_call_row(call) for call in calls],
            **_effects(effects),
        )
        return Receipt.model_validate(answer)

    @override
    async def release(
        self, usage_id: str, attempt: int, reason: str, calls: Sequence[ModelCall], effects: Sequence[Effect] = ()
    ) -> Receipt:
        answer = await self.call_object(
            "usage_release",
            p_usage_id=usage_id,
            p_attempt=attempt,
            p_reason=reason,
            p_model_calls=[_call_row(call) for call in calls],
            **_effects(effects),
        )
        return Receipt.model_validate(answer)


def _effects(effects: Sequence[Effect]) -> dict[str, Any]:
    return {"p_effects": [effect.row() for effect in effects]} if effects else {}


def _call_row(call: ModelCall) -> dict[str, Any]:
    return {
        "provider": call.provider,
        "model": call.model,
        "feature": call.feature,
        "input_tokens": call.input_tokens,
        "output_tokens": call.output_tokens,
        # A float has 15 significant digits and a cost has six, so the database stores the same decimal.
        "estimated_cost": None if call.estimated_cost is None else float(call.estimated_cost),
        "payer": call.payer,
        "response_time_ms": call.response_time_ms,
        "was_cached": call.was_cached,
        "request_summary": call.request_summary,
        "response_summary": call.response_summary,
        "prompt_version": call.prompt_version or None,
    }


def _reservation(answer: dict[str, Any]) -> Reservation:
    receipt = answer.get("receipt")
    return Reservation(
        state=answer["state"],
        usage_id=answer.get("usage_id"),
        attempt=answer.get("attempt") or 0,
        operation=answer["operation"],
        funding=answer.get("funding"),
        cost=answer.get("cost") or 0,
        balance=answer.get("balance") or 0,
        resets_at=answer.get("resets_at"),
        expires_at=answer.get("expires_at"),
        resume=_resume(answer.get("resume")),
        job=_job(answer.get("job")),
        result=answer.get("result"),
        receipt=None if receipt is None else Receipt.model_validate(receipt),
        rate=_rate(answer.get("rate")),
        preferred_provider=answer.get("preferred_ai_provider"),
        found=answer.get("found"),
    )


def _rate(row: Json | None) -> Rate | None:
    if row is None:
        return None
    return Rate(row["policy"], row["limit"], row["window"], row["remaining"], row.get("reset"))


def _resume(row: Json | None) -> ResumeSnapshot | None:
    if row is None:
        return None
    return ResumeSnapshot(
        id=row["id"],
        version=row["version"],
        title=row["title"],
        content=row["content"] or {},
        layout=row.get("layout") or {},
        template_id=row.get("template_id"),
    )


def _job(row: Json | None) -> JobSnapshot | None:
    if row is None:
        return None
    return JobSnapshot(
        id=row["id"],
        title=row.get("title"),
        company=row.get("company"),
        description=row.get("description"),
        extracted_data=row.get("extracted_data") or {},
    )
