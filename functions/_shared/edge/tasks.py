"""The routes and answers of tasks, the same for every function that has some. Called by `FunctionApp`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel
from starlette.responses import Response

from functions._shared import wiring
from functions._shared.domain.errors import AccountInactive, DatabaseUnavailable, ReplayGone, TaskNotFound
from functions._shared.domain.metering import Receipt
from functions._shared.edge import problem
from functions._shared.edge.route import PREFIX, RouteSpec
from functions._shared.ports.request import TaskAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.edge.route import Call

_PATH = "/tasks/{id:uuid}"
_ERRORS = (AccountInactive, TaskNotFound, ReplayGone, DatabaseUnavailable)
POLL_SECONDS = 2


class TaskState(BaseModel):
    """A task.

    Attributes
    ----------
    id : str or None
        For ``GET`` and ``DELETE …/tasks/{id}``; null if the request was answered before, not as a task.
    status : str
        ``waiting``, ``processing``, ``completed`` or ``failed``. The last two are final.
    progress : int
        Percent.
    result, receipt : object
        Of a completed task, as in the answer without a task. A task that is not metered itself has no receipt.
    error : object
        Of a failed task: problem details. The code of a cancelled one is ``cancelled``.
    """

    id: str | None
    status: Literal["waiting", "processing", "completed", "failed"]
    progress: int
    result: Any = None
    receipt: Receipt | None = None
    error: dict[str, Any] | None = None


def routes(function: str) -> Iterator[RouteSpec]:
    """Yield the routes that read and cancel the tasks of a function."""

    async def show(call: Call[None]) -> TaskAnswer:
        return TaskAnswer(await wiring.tasks().find(call.caller.user_id, function, str(call.path["id"])))

    async def cancel(call: Call[None]) -> TaskAnswer:
        return TaskAnswer(await wiring.tasks().cancel(call.caller.user_id, function, str(call.path["id"])))

    summary = "Return a task, with its result once it is completed."
    yield RouteSpec("GET", _PATH, show, response=TaskState, errors=_ERRORS, summary=summary)
    summary = "Cancel a task. One that has ended stays as it is."
    yield RouteSpec("DELETE", _PATH, cancel, response=TaskState, errors=_ERRORS, summary=summary)


def render(spec: RouteSpec, answer: TaskAnswer, function: str, request_id: str) -> Response:
    """Build the response that shows a task: 202 to the request that opens it while it is open, else 200.

    The result is the stored text, byte for byte.
    """
    task = answer.task
    members = {"id": json.dumps(task.id), "status": json.dumps(task.status), "progress": json.dumps(task.progress)}
    if task.result is not None:
        members["result"] = task.result
    if task.receipt is not None:
        members["receipt"] = task.receipt.model_dump_json()
    if task.error is not None:
        members["error"] = json.dumps(problem.document(task.error, request_id), ensure_ascii=False)
    body = ",".join(f'"{name}":{text}' for name, text in members.items())
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    if task.is_open:
        headers["retry-after"] = str(POLL_SECONDS)
    if spec.tasks:
        if task.id is not None:
            headers["location"] = f"{PREFIX}{function}/tasks/{task.id}"
        if answer.replayed:
            headers["idempotency-replayed"] = "true"
    status = 202 if spec.tasks and task.is_open else 200
    return Response(f"{{{body}}}".encode(), status_code=status, headers=headers, media_type="application/json")
