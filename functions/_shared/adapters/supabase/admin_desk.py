"""Operations of administrators, over PostgREST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.ports.admin_desk import AdminDesk, Administrator, Change

if TYPE_CHECKING:
    from collections.abc import Mapping


class SupabaseAdminDesk(ServiceCalls, AdminDesk):
    """Calls the one database function that all operations of administrators pass."""

    @override
    async def read(
        self, administrator: Administrator, operation: str, filters: Mapping[str, Any], reason: str | None
    ) -> dict[str, Any]:
        return await self.call_object(
            "admin_call", p_admin=_who(administrator), p_operation=operation, p_input=dict(filters), p_reason=reason
        )

    @override
    async def change(
        self, administrator: Administrator, operation: str, request: Mapping[str, Any], change: Change
    ) -> dict[str, Any]:
        return await self.call_object(
            "admin_call",
            p_admin=_who(administrator),
            p_operation=operation,
            p_input=dict(request),
            p_reason=change.reason,
            p_key=change.key,
            p_request_hash=change.request_hash,
        )


def _who(administrator: Administrator) -> dict[str, str | None]:
    return {
        "user_id": administrator.user_id,
        "aal": administrator.assurance,
        "address": administrator.address,
        "user_agent": administrator.user_agent,
    }
