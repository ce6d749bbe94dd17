"""The queue of mails, over PostgREST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.ports.mails import DueMail, DueMails, Mails

if TYPE_CHECKING:
    from typing import Literal


class SupabaseMails(ServiceCalls, Mails):
    """The database functions of mails."""

    @override
    async def due(self, limit: int) -> DueMails:
        answer = await self.call_object("mails_due", p_limit=limit)
        return DueMails([DueMail(**mail) for mail in answer["mails"]], answer["skipped"], answer["given_up"])

    @override
    async def end(self, mail_id: str, status: Literal["sent", "failed"]) -> bool:
        return await self.call("mail_ended", p_id=mail_id, p_status=status) is True

    @override
    async def skip(self, limit: int) -> int:
        answer = await self.call("mails_skip", p_limit=limit)
        if not isinstance(answer, int):
            raise AnswerLost
        return answer
