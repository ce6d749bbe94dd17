"""Reads and changes of administrators. The database decides; here, a repeated task is also sent to its consumer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from functions._shared.domain.errors import QueueUnavailable
from functions._shared.ports.admin_desk import Administrator, Change
from functions._shared.ports.queue import Message
from functions.admin.schemas import Changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.ports.admin_desk import AdminDesk
    from functions._shared.ports.queue import Queue
    from functions._shared.ports.request import Caller
    from functions.admin.schemas import ChangeRequest, ReadQuery

_MAX_AGENT = 1000


@dataclass(frozen=True, slots=True)
class Desk:
    """The caller, and what serves them."""

    who: Administrator
    desk: AdminDesk


def identify(caller: Caller, address: str | None, user_agent: str | None) -> Administrator:
    """Return who asks. What is no network address is left out."""
    try:
        address = str(ip_address(address or ""))
    except ValueError:
        address = None
    return Administrator(caller.user_id, caller.assurance, address, (user_agent or "")[:_MAX_AGENT] or None)


async def read(desk: Desk, operation: str, query: ReadQuery | None = None, **filters: str) -> dict[str, Any]:
    """Read rows; what the query leaves out is no filter."""
    given = query.model_dump(mode="json", exclude={"reason"}, exclude_none=True) if query else {}
    return await desk.desk.read(desk.who, operation, {**given, **filters}, query.reason if query else None)


async def change(
    desk: Desk, operation: str, request: ChangeRequest, key: tuple[str, str], **target: str | int
) -> Changed:
    """Change something, once per key (with the hash of the request)."""
    given = request.model_dump(mode="json", exclude={"reason"})
    answer = await desk.desk.change(desk.who, operation, {**given, **target}, Change(request.reason, *key))
    return _changed(answer)


async def retry_task(desk: Desk, request: ChangeRequest, key: tuple[str, str], task_id: str, queue: Queue) -> Changed:
    """Open a failed task anew and send it. If it cannot be sent, the clean-up sends it within minutes."""
    done = await change(desk, "retry_task", request, key, task_id=task_id)
    if done.result.get("state") == "opened":
        with suppress(QueueUnavailable):
            await queue.send([Message(str(done.result["function"]), str(done.result["id"]))])
    return done


def _changed(answer: Mapping[str, Any]) -> Changed:
    return Changed(
        result={name: value for name, value in answer.items() if name != "replayed"},
        replayed=answer.get("replayed") is True,
    )
