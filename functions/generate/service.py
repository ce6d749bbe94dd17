"""The path of a request.

`operations` plans it, `writer` asks the model, rules and a verifier judge each sentence, and `review` leaves out what
is unsupported. The flow `run_paid` reserves before the work and charges after it. Only delivered texts are charged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from functions._shared import logs
from functions._shared.domain.errors import AnswerNotGrounded, NothingToImprove
from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.grounding.terms import gaps
from functions._shared.domain.metering import OFFLINE
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.plain_text import plain_text
from functions._shared.domain.tasks import Part, TaskPlan
from functions._shared.flows.entailment import verify
from functions._shared.flows.metered import run_paid
from functions.generate.operations import Context, ItemsDraft, plan
from functions.generate.review import review
from functions.generate.schemas import (
    BatchRequest,
    GenerateResult,
    GroundingReport,
    ItemsResult,
    TextResult,
    UsedModel,
)
from functions.generate.writer import MARGIN_SECONDS, Writer, invalid, unusable

if TYPE_CHECKING:
    from functions._shared.domain.grounding.evidence import Evidence
    from functions._shared.domain.metering import ChosenFunding, Reservation
    from functions._shared.domain.resume.patch import Patch
    from functions._shared.flows.entailment import Answers
    from functions._shared.flows.metered import Hold
    from functions._shared.flows.writers import OwnWriters, Writers
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import PaidAnswer, PaidCall
    from functions.generate.operations import Plan
    from functions.generate.review import Review
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
        The `GenerateResult` and the receipt.

    Raises
    ------
    DomainError
        See `run_paid`. The work adds `ItemNotFound`, `NothingToWriteFrom`, `NothingToImprove`,
        `AnswerNotGrounded`, `NoProviderKey`, `VerifierUnavailable` and the model's errors. None of them is charged.
    """

    async def work(hold: Hold) -> GenerateResult:
        day = today or datetime.now(UTC).date()
        if request.funding is None:
            return await _write(request, call.caller.user_id, hold, writers, day)
        async with own_writers(call.caller.user_id) as own:
            return await _write(request, call.caller.user_id, hold, own, day)

    return await run_paid(
        ledger,
        call,
        work,
        operation=request.operation,
        resume_id=str(request.resume_id) if request.resume_id else None,
        job_id=str(request.job_id) if request.job_id else None,
        funding=_funding(request, writers),
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
        )
        for number, each in enumerate(body.input.requests if isinstance(body, BatchRequest) else [body], 1)
    ]
    resume_id = None if is_batch else parts[0].resume_id
    return TaskPlan(body.operation, request.model_dump(mode="json"), parts, resume_id=resume_id)


def _funding(request: AnyRequest, writers: Writers) -> ChosenFunding | None:
    return request.funding or ("offline" if writers.model.provider == OFFLINE else None)


async def _write(request: AnyRequest, user_id: str, hold: Hold, writers: Writers, today: date) -> GenerateResult:
    context = _context(hold.reservation)
    question = plan(request, context)
    prompt = replace(
        question.prompt,
        preferred_provider=hold.reservation.preferred_provider,
        user_id=user_id,
        fresh=request.fresh,
    )
    share = WRITERS_SHARE if writers.verification.verifier else 1.0
    written = await Writer(writers.model, hold, share).write(replace(question, prompt=prompt))
    examination = Examination(written.texts, _source(context, question, today))
    answers = await verify(
        examination,
        writers.verification,
        writer=written.call.provider,
        user_id=user_id,
        time_left=lambda: hold.time_left() - MARGIN_SECONDS,
        record=hold.record,
    )
    if answers.failure:
        logs.logger().warning("verifier_failed", extra={"code": answers.failure})
    reviewed = review(
        examination,
        lines=question.output is ItemsDraft,
        original=question.rewrites,
        first=answers.first,
        again=answers.again,
    )
    report = _report(reviewed, answers, _gaps(context, question))
    return _result(written, reviewed, report, question, hold)


def _context(reservation: Reservation) -> Context:
    stored = reservation.resume.content if reservation.resume else None
    return Context(None if stored is None else parse_content(stored), stored, reservation.job)


def _source(context: Context, question: Plan, today: date) -> Evidence:
    """Collect the lines that count as a source: of the résumé, and the user's own words."""
    content = context.content if context.content and question.entry is not None else ResumeContent()
    target = [name for name in (context.job.title, context.job.company) if name] if context.job else []
    return evidence(content, today=today, said=question.own_words, entry=question.entry or "", target=target)


def _gaps(context: Context, question: Plan) -> list[str]:
    """List what the job asks for and the user has not named."""
    if context.job is None or not context.job.description:
        return []
    resume = plain_text(context.content) if context.content else ""
    return gaps(context.job.description, "\n".join([resume, *question.own_words]))


def _report(reviewed: Review, answers: Answers, gaps_of_job: list[str]) -> GroundingReport:
    judge = answers.call
    return GroundingReport(
        ok=reviewed.ok,
        checked="figures_and_names" if judge is None else "entailment",
        verifier=None if judge is None else UsedModel(provider=judge.provider, name=judge.model),
        sentences=reviewed.sentences,
        removed=reviewed.removed,
        lost=reviewed.lost,
        gaps=gaps_of_job,
    )


def _result(
    written: WrittenAnswer, reviewed: Review, report: GroundingReport, question: Plan, hold: Hold
) -> GenerateResult:
    """Build the result from the reviewed texts and keep it, or raise an error, so that nothing is charged."""
    texts, removed = reviewed.texts, reviewed.removed
    if not texts or (removed and not question.divisible):
        # Without the texts: what is not charged is not handed out.
        raise AnswerNotGrounded(reasons=[part.reason for part in removed])
    # Without a removed sentence, another one opens the text.
    if removed and (found := unusable(texts, question)):
        raise invalid(found)
    patch: Patch | None = question.changes(texts)
    if patch == [] or reviewed.repeats(question.original):
        raise NothingToImprove
    kept_id = None
    if question.keeps is not None:
        effect = question.keeps(texts)
        hold.keep(effect)
        kept_id = effect.id
    resume = hold.reservation.resume
    version = resume.version if resume and patch else None
    model = UsedModel(provider=written.call.provider, name=written.call.model)
    result: TextResult | ItemsResult
    if question.output is ItemsDraft:
        result = ItemsResult(
            items=texts, patch=patch, base_version=version, kept_id=kept_id, grounding=report, model=model
        )
    else:
        result = TextResult(
            text=texts[0], patch=patch, base_version=version, kept_id=kept_id, grounding=report, model=model
        )
    return GenerateResult(result)
