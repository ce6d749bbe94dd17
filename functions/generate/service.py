"""The path of a request.

Its operation plans it, `writer` asks the model, rules and a verifier judge each sentence, `review` leaves out what is
unsupported, and the operation builds the result from the rest. The flow `run_paid` reserves before the work and charges
after it. Only delivered texts are charged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.domain.errors import AnswerNotGrounded, TaskRequired
from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.grounding.terms import gaps
from functions._shared.domain.metering import OFFLINE
from functions._shared.domain.resume.content import ResumeContent
from functions._shared.domain.resume.plain_text import plain_text
from functions._shared.domain.tasks import Part, TaskPlan
from functions._shared.flows.entailment import verify_all
from functions._shared.flows.metered import run_paid
from functions.generate.operations import REGISTRY
from functions.generate.plan import Context, Delivery
from functions.generate.results import GroundingReport, UsedModel
from functions.generate.review import Review, review
from functions.generate.schemas import BatchRequest
from functions.generate.writer import MARGIN_SECONDS, Writer, invalid, unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from functions._shared.domain.grounding.evidence import Evidence
    from functions._shared.domain.metering import ChosenFunding, ModelCall
    from functions._shared.flows.entailment import Verification
    from functions._shared.flows.metered import Hold
    from functions._shared.flows.writers import OwnWriters, Writers
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions.generate.plan import Plan
    from functions.generate.review import Reviewed
    from functions.generate.schemas import AnyRequest, GenerateRequest
    from functions.generate.writer import WrittenAnswer

WRITERS_SHARE: Final = 0.7
"""Of the time, if there is a verifier."""


async def generate(
    request: AnyRequest,
    call: PaidCall,
    ledger: Ledger,
    writers: Writers,
    own_writers: OwnWriters,
    *,
    today: date | None = None,
) -> PaidAnswer:
    """Write a text and charge for it.

    Parameters
    ----------
    request : AnyRequest
        The operation, its input, and the résumé and job it is about.
    call : PaidCall
        The payer, the idempotency key and the deadline.
    ledger : Ledger
        The ledger to reserve and charge in.
    writers : Writers
        Our models: who writes, and who judges what was written.
    own_writers : OwnWriters
        Opens those of the user's keys, which do both if the request has ``funding: own_key``.
    today : datetime.date, optional
        For "years of experience"; by default the current day (UTC).

    Returns
    -------
    PaidAnswer
        The operation's result and the receipt.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds the operation's own errors, `AnswerNotGrounded`, `NoProviderKey`,
        `VerifierUnavailable` and the model's errors. None of them is charged.
    """

    async def work(hold: Hold) -> BaseModel:
        day = today or datetime.now(UTC).date()
        if request.funding is None:
            return await _write(request, call, hold, writers, day)
        async with own_writers(call.caller.user_id) as own:
            return await _write(request, call, hold, own, day)

    return await run_paid(
        ledger,
        call,
        work,
        operation=request.operation,
        resume_id=str(request.resume_id) if request.resume_id else None,
        job_id=str(request.job_id) if request.job_id else None,
        funding=_funding(request, writers),
        new_resume=request.makes_resume,
        needs=request.needs,
    )


def plan_task(request: GenerateRequest, writers: Writers) -> TaskPlan:
    """Plan a request as a task: its input, and what it will reserve.

    Parameters
    ----------
    request : GenerateRequest
        One text, or several.
    writers : Writers
        Who writes what is not written with the user's own keys.
    """
    body = request.root
    is_batch = isinstance(body, BatchRequest)
    parts = [
        Part(
            each.operation,
            resume_id=str(each.resume_id) if each.resume_id else None,
            job_id=str(each.job_id) if each.job_id else None,
            number=number if is_batch else None,
            funding=_funding(each, writers),
            new_resume=each.makes_resume,
            needs=each.needs,
        )
        for number, each in enumerate(body.input.requests if isinstance(body, BatchRequest) else [body], 1)
    ]
    resume_id = None if is_batch else parts[0].resume_id
    return TaskPlan(body.operation, request.model_dump(mode="json"), parts, resume_id=resume_id)


def _funding(request: AnyRequest, writers: Writers) -> ChosenFunding | None:
    return request.funding or ("offline" if writers.model.provider == OFFLINE else None)


async def _write(request: AnyRequest, call: PaidCall, hold: Hold, writers: Writers, today: date) -> BaseModel:
    user_id = call.caller.user_id
    operation = REGISTRY[request.operation]
    context = Context.of(hold.reservation, today)
    planned = operation.plan(request, context)
    if planned.parts and call.task is None and call.part_of is None:
        raise TaskRequired
    prompt = replace(
        planned.prompt,
        version=operation.prompt_version,
        preferred_provider=hold.reservation.preferred_provider,
        user_id=user_id,
        fresh=request.fresh,
    )
    share = WRITERS_SHARE if planned.pieces and writers.verification.verifier else 1.0
    tell = call.tell or _tell_nobody
    tell("status", {"state": "writing"})
    written = await Writer(writers.model, hold, share, call.tell).write(replace(planned, prompt=prompt))
    if written.pieces:
        tell("status", {"state": "checking"})
    reviewed, judge = await _judge(written, planned, context, writers.verification, hold, user_id, today)
    is_empty = not reviewed.pieces and not planned.optional
    if planned.pieces and (is_empty or (reviewed.removed and planned.whole)):
        # Without the texts: what is not charged is not handed out.
        raise AnswerNotGrounded(reasons=[part.reason for part in reviewed.removed])
    # Without a removed sentence, another one opens the text.
    if reviewed.removed and (found := unusable(reviewed.pieces, planned)):
        raise invalid(found)
    report = GroundingReport(
        ok=reviewed.ok,
        checked="figures_and_names" if judge is None else "entailment",
        verifier=None if judge is None else UsedModel(provider=judge.provider, name=judge.model),
        sentences=reviewed.sentences,
        removed=reviewed.removed,
        lost=reviewed.lost,
        gaps=_gaps(context, planned),
    )
    model = UsedModel(provider=written.call.provider, name=written.call.model)
    outcome = planned.finish(Delivery(written.draft, reviewed.pieces, report, model))
    for effect in outcome.effects:
        hold.keep(effect)
    return outcome.result


def _tell_nobody(event: str, data: Mapping[str, Any]) -> None:
    """Ignore what happens, as nobody follows it."""


async def _judge(
    written: WrittenAnswer[Any],
    planned: Plan[Any],
    context: Context,
    verification: Verification,
    hold: Hold,
    user_id: str,
    today: date,
) -> tuple[Review, ModelCall | None]:
    """Have the pieces judged, those of one part of the résumé together; return the reviews and who judged."""
    groups: dict[str | None, list[int]] = {}
    for position, piece in enumerate(written.pieces):
        groups.setdefault(piece.entry, []).append(position)
    examinations = [
        Examination(
            [written.pieces[each].text for each in members],
            _source(context, planned, entry, today),
            planned.claims_nothing,
        )
        for entry, members in groups.items()
    ]
    answers = await verify_all(
        examinations,
        verification,
        writer=written.call.provider,
        user_id=user_id,
        time_left=lambda: hold.time_left() - MARGIN_SECONDS,
        record=hold.record,
    )
    reviewed: dict[int, Reviewed] = {}
    for members, examination, answer in zip(groups.values(), examinations, answers, strict=True):
        if answer.failure:
            logs.logger().warning("verifier_failed", extra={"code": answer.failure})
        pieces = [written.pieces[each] for each in members]
        reviewed.update(zip(members, review(pieces, examination, answer.first, answer.again), strict=True))
    asked = [answer.call for examination, answer in zip(examinations, answers, strict=True) if examination.open]
    judge = None if None in asked else next(iter(asked), None)
    return Review.of(reviewed[position] for position in sorted(reviewed)), judge


def _source(context: Context, planned: Plan[Any], entry: str | None, today: date) -> Evidence:
    """Collect the lines that count as a source: of the résumé, and the user's own words."""
    content = context.content if context.content and entry is not None else ResumeContent()
    target = [name for name in (context.job.title, context.job.company) if name] if context.job else []
    said = planned.words_for(entry) if planned.words_for and entry else planned.own_words
    return evidence(content, today=today, said=said, entry=entry or "", target=target)


def _gaps(context: Context, planned: Plan[Any]) -> list[str]:
    """List what the job asks for and the user has not named."""
    if context.job is None or not context.job.description:
        return []
    resume = plain_text(context.content) if context.content else ""
    return gaps(context.job.description, "\n".join([resume, *planned.own_words]))
