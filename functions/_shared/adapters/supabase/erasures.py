"""The erasure of accounts, over PostgREST."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.ports.erasures import DueErasure, Erasures, TakenStep
from functions._shared.ports.housekeeping import StoredFile

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from functions._shared.ports.erasures import ErasureStep


class SupabaseErasures(ServiceCalls, Erasures):
    """The database functions of erasures."""

    @override
    async def due(self, limit: int, skip: int) -> list[DueErasure]:
        answer = await self.call("accounts_due", p_limit=limit, p_skip=skip)
        if not isinstance(answer, list):
            raise AnswerLost
        return [DueErasure(**row) for row in answer]

    @override
    async def take(self, user_id: str, step: ErasureStep) -> TakenStep | None:
        answer = await self.call("account_erasure_step", p_user_id=user_id, p_step=step)
        if answer is None:
            return None
        if not isinstance(answer, dict):
            raise AnswerLost
        return TakenStep(answer["next"], [StoredFile(**file) for file in answer["files"]])

    @override
    async def replay(self, user_ids: Sequence[str]) -> int:
        answer = await self.call("erasures_replay", p_user_ids=list(user_ids))
        if not isinstance(answer, int):
            raise AnswerLost
        return answer

    @override
    async def archive_keys(self, user_ids: Collection[str]) -> Mapping[str, bytes]:
        keys = await self.call_object("archive_keys", p_user_ids=sorted(user_ids))
        return {user_id: b64decode(key) for user_id, key in keys.items()}
