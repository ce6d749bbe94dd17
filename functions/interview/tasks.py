"""The consumer of the queue of `interview`: long recordings are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from functions._shared import wiring
from functions._shared.edge.queue import consumer, lambda_handler
from functions._shared.flows.task import run_task
from functions._shared.wiring.voice import audio_inspector, own_transcriber, transcriber
from functions.interview import voice
from functions.interview.schemas.requests import AudioRequest

if TYPE_CHECKING:
    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.request import Deadline, PaidAnswer


async def run(task_id: str, deadline: Deadline) -> None:
    """Do the work of one message."""
    await run_task(wiring.tasks(), task_id, deadline, _work)


async def _work(task: RunningTask) -> PaidAnswer:
    tools = voice.Tools(
        wiring.ledger(), wiring.interviews(), wiring.files(), audio_inspector(), transcriber(), own_transcriber
    )
    request = AudioRequest.model_validate(task.claim.input["request"])
    interview_id = str(task.claim.input["interview_id"])
    return cast("PaidAnswer", await voice.transcribe(interview_id, request, task.paid(), tools, as_task=False))


consume = consumer("interview", run)
handler = lambda_handler("interview", consume)
