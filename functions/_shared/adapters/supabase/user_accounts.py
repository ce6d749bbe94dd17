"""Users' accounts and their exports, over PostgREST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.ports.user_accounts import (
    ExportedRows,
    ExportedTable,
    ExportPart,
    StoredExport,
    UserAccounts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.json import Json
    from functions._shared.domain.tasks import ClaimedTask


class SupabaseUserAccounts(ServiceCalls, UserAccounts):
    """The database functions of accounts."""

    @override
    async def state(self, user_id: str) -> Json:
        return await self.call_object("account_state", p_user_id=user_id)

    @override
    async def require_active(self, user_id: str) -> None:
        await self.call("account_require_active", p_user_id=user_id)

    @override
    async def delete(self, user_id: str, key: str) -> Json:
        return await self.call_object("account_delete", p_user_id=user_id, p_key=key)

    @override
    async def restore(self, user_id: str, key: str, issued_at: int | None) -> Json:
        return await self.call_object("account_restore", p_user_id=user_id, p_key=key, p_issued_at=issued_at)

    @override
    async def exported_tables(self, user_id: str) -> Sequence[ExportedTable]:
        return [ExportedTable(**row) for row in await self._rows("account_export_tables", p_user_id=user_id)]

    @override
    async def exported_rows(self, user_id: str, table: str, after: Json | None) -> ExportedRows:
        page = await self.call_object("account_export_page", p_user_id=user_id, p_table=table, p_after=after)
        return ExportedRows(page["rows"], page["next"])

    @override
    async def keep_export(self, task: ClaimedTask, parts: Sequence[ExportPart]) -> Json:
        return await self.call_object(
            "account_export_keep",
            p_user_id=task.user_id,
            p_task_id=task.id,
            p_attempt=task.attempt,
            p_parts=[part.model_dump() for part in parts],
        )

    @override
    async def exports(self, user_id: str) -> Sequence[StoredExport]:
        return [StoredExport.model_validate(row) for row in await self._rows("account_exports", p_user_id=user_id)]

    @override
    async def revoke_export(self, user_id: str, export_id: str) -> Sequence[ExportPart]:
        rows = await self._rows("account_export_revoke", p_user_id=user_id, p_id=export_id)
        return [ExportPart.model_validate(row) for row in rows]

    @override
    async def unsubscribe(self, link: str) -> str:
        answer = await self.call("mail_unsubscribe", p_link=link)
        if not isinstance(answer, str):
            raise AnswerLost
        return answer

    async def _rows(self, function: str, **arguments: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
        answer = await self.call(function, **arguments)
        if not isinstance(answer, list):
            raise AnswerLost
        return answer
