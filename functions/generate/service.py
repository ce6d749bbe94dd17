"""The use case: reserve, ask, check against the source, charge only for what is delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import AnswerNotGrounded, ModelAnswerInvalid, ModelError, NothingToImprove
from functions._shared.domain.grounding.source import Source
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.flows.metered import run_paid
from functions.generate import prompts
from functions.generate.operations import Context, ItemsDraft, plan
from functions.generate.review import Review, review, tidy
from functions.generate.schemas import GenerateResult, GroundingReport, ItemsResult, TextResult, UsedModel

if TYPE_CHECKING:
    from functions._shared.domain.metering import ModelCall
    from functions._shared.domain.resume.patch import Patch
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.model import Model, Prompt
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions.generate.operations import Plan
    from functions.generate.schemas import AnyRequest, GenerateRequest

MARGIN_SECONDS: Final = 0.5
"""Kept for checking the answer after the model's time is up."""
SECOND_TRY_SECONDS: Final = 5.0
"""Time that must be left to ask again."""


async def generate(
    request: GenerateRequest, call: PaidCall, ledger: Ledger, model: Model, *, today: date | None = None
) -> PaidAnswer:
    """Write a text and charge for it.

    Parameters
    ----------
    request : GenerateRequest
        What the user wants.
    call : PaidCall
        Who pays, with which key, until when.
    ledger : Ledger
        Where it is booked.
    model : Model
        Who writes.
    today : datetime.date, optional
        For "years of experience"; the current day (UTC) if not given.

    Returns
    -------
    PaidAnswer
        The `GenerateResult` and the receipt.

    Raises
    ------
    DomainError
        See `run_paid`; the work adds `ItemNotFound`, `NothingToWriteFrom`, `NothingToImprove`,
        `AnswerNotGrounded` and the model's errors. None of them is charged.
    """
    body = request.root

    async def work(hold: Hold) -> GenerateResult:
        return await _write(body, call.caller.user_id, hold, model, today or datetime.now(UTC).date())

    return await run_paid(
        ledger,
        call,
        work,
        operation=body.operation,
        resume_id=str(body.resume_id) if body.resume_id else None,
        job_id=str(body.job_id) if body.job_id else None,
    )


async def _write(request: AnyRequest, user_id: str, hold: Hold, model: Model, today: date) -> GenerateResult:
    resume, job = hold.reservation.resume, hold.reservation.job
    content = parse_content(resume.content) if resume else None
    asked = plan(request, Context(content, resume.content if resume else None, job))
    prompt = replace(
        asked.prompt,
        preferred_provider=hold.reservation.preferred_provider,
        user_id=user_id,
        fresh=request.fresh,
    )
    asked = replace(asked, prompt=prompt)
    about = [name for name in (job.title, job.company) if name] if job else []
    source = Source(content or ResumeContent(), today=today, said=asked.said, about=about)
    writer = _Writer(asked, hold, model, source, job.description if job else None)

    found, last = await writer.first()
    if found.removed and hold.time_left() > SECOND_TRY_SECONDS:
        found, last = await writer.second(found, last)
    if not found.texts or (found.removed and not asked.divisible):
        raise AnswerNotGrounded(unsupported=[each.model_dump() for each in found.removed])
    changes = asked.changes(found.texts)
    if changes == [] or (asked.original is not None and found.texts == [tidy(asked.original, line=False)]):
        raise NothingToImprove
    return _result(
        found, last, changes, resume.version if resume and changes else None, items=asked.output is ItemsDraft
    )


class _Writer:
    """Asks the model, at most twice, and keeps the better answer."""

    def __init__(self, asked: Plan, hold: Hold, model: Model, source: Source, job_description: str | None) -> None:
        self._plan = asked
        self._hold = hold
        self._model = model
        self._source = source
        self._job_description = job_description

    async def first(self) -> tuple[Review, ModelCall]:
        return await self._ask(self._plan.prompt)

    async def second(self, before: Review, call: ModelCall) -> tuple[Review, ModelCall]:
        """Ask again, telling what was wrong; whatever goes wrong now, there is the first answer."""
        prompt = self._plan.prompt
        rejected = "\n".join(f"{each.kind}: {each.text}" for part in before.removed for each in part.unsupported)
        again = replace(
            prompt, instruction=prompt.instruction + prompts.AGAIN, data={**prompt.data, "rejected": rejected}
        )
        try:
            found, last = await self._ask(again)
        except ModelError as error:
            self._hold.record(*error.calls)
            return before, call
        better = (len(found.texts) > 0, -found.objections) >= (len(before.texts) > 0, -before.objections)
        return (found, last) if better else (before, call)

    async def _ask(self, prompt: Prompt) -> tuple[Review, ModelCall]:
        answer = await self._model.generate(
            prompt,
            self._plan.output,
            timeout=max(0.1, self._hold.time_left() - MARGIN_SECONDS),
            max_output_tokens=self._plan.max_output_tokens,
        )
        self._hold.record(*answer.calls)
        lines = isinstance(answer.output, ItemsDraft)
        texts = [neat for text in answer.output.texts if (neat := tidy(text, line=lines))][: self._plan.limit]
        if not texts:
            raise ModelAnswerInvalid("The AI model gave an empty answer.")
        return review(texts, self._source, self._job_description, lines=lines), answer.call


def _result(
    found: Review, call: ModelCall, changes: Patch | None, version: int | None, *, items: bool
) -> GenerateResult:
    grounding = GroundingReport(ok=not found.removed, removed=found.removed, gaps=found.gaps)
    used = UsedModel(provider=call.provider, name=call.model)
    result: TextResult | ItemsResult
    if items:
        result = ItemsResult(items=found.texts, patch=changes, base_version=version, grounding=grounding, model=used)
    else:
        text = found.texts[0]
        result = TextResult(text=text, patch=changes, base_version=version, grounding=grounding, model=used)
    return GenerateResult(result)
