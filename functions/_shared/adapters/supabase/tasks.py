"""Tasks: database functions, called with the secret key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.domain.metering import Receipt
from functions._shared.domain.tasks import ClaimedTask, Part, Task, part_key
from functions._shared.ports.queue import Message
from functions._shared.ports.tasks import OpenedTask, Tasks

if TYPE_CHECKING:
    from functions._shared.domain.errors import DomainError
    from functions._shared.domain.tasks import TaskPlan
    from functions._shared.ports.request import PaidCall


class SupabaseTasks(ServiceCalls, Tasks):
    """Tasks over PostgREST."""

    @override
    async def open(self, function: str, plan: TaskPlan, call: PaidCall, request_id: str) -> OpenedTask:
        answer = await self.call_object(
            "task_open",
            p_user_id=call.caller.user_id,
            p_function=function,
            p_operation=plan.operation,
            p_idempotency_key=call.idempotency_key,
            p_request_hash=call.request_hash,
            p_input=plan.input,
            p_parts=[{**_part(part), "needs_consent": self._needs_consent} for part in plan.parts],
            p_request_id=request_id,
            p_resume_id=plan.resume_id,
            p_dry_run=call.dry_run,
        )
        if answer["state"] == "dry_run":
            return OpenedTask(None, dry_run=Receipt.model_validate(answer["receipt"]))
        return OpenedTask(_task(answer), is_new=answer["state"] == "opened")

    @override
    async def claim(self, task_id: str) -> ClaimedTask | None:
        answer = await self.call("task_claim", p_task_id=task_id)
        if answer is None:
            return None
        if not isinstance(answer, dict):
            raise AnswerLost
        return ClaimedTask(**answer)

    @override
    async def progress(self, task: ClaimedTask, percent: int) -> bool:
        answer = await self.call("task_progress", p_task_id=task.id, p_attempt=task.attempt, p_progress=percent)
        return answer is True

    @override
    async def end(
        self,
        task: ClaimedTask,
        *,
        result: str | None = None,
        usage_id: str | None = None,
        error: DomainError | None = None,
    ) -> bool:
        answer = await self.call(
            "task_end",
            p_task_id=task.id,
            p_attempt=task.attempt,
            p_usage_id=usage_id,
            p_result=result,
            p_code=error.code if error else None,
            p_message=error.detail if error else None,
        )
        return answer is True

    @override
    async def find(self, user_id: str, function: str, task_id: str) -> Task:
        return _task(await self.call_object("task_read", p_user_id=user_id, p_function=function, p_task_id=task_id))

    @override
    async def cancel(self, user_id: str, function: str, task_id: str) -> Task:
        return _task(await self.call_object("task_cancel", p_user_id=user_id, p_function=function, p_task_id=task_id))

    @override
    async def give_up(self, task_id: str) -> bool:
        return await self.call("task_give_up", p_task_id=task_id) is True

    @override
    async def due(self, limit: int) -> list[Message]:
        answer = await self.call("tasks_due", p_limit=limit)
        if not isinstance(answer, list):
            raise AnswerLost
        return [Message(row["function"], row["id"]) for row in answer]


def _part(part: Part) -> dict[str, Any]:
    suffix = "" if part.number is None else part_key("", part.number)
    return {
        "operation": part.operation,
        "resume_id": part.resume_id,
        "job_id": part.job_id,
        "suffix": suffix,
        "funding": part.funding,
        "new_resume": part.new_resume,
        "needs": part.needs,
    }


def _task(answer: dict[str, Any]) -> Task:
    receipt = answer.get("receipt")
    return Task(
        id=answer["id"],
        status=answer["status"],
        progress=answer["progress"],
        result=answer.get("result"),
        receipt=None if receipt is None else Receipt.model_validate(receipt),
        error_code=answer.get("error_code"),
        error_message=answer.get("error_message"),
    )
