"""The steps of every paid operation: reserve, work, commit; if the work fails, release.

`run_paid` is called by the services of paid functions. If nothing goes wrong, it needs two round trips to the database.
If something does:

- The work fails, is cancelled or takes too long: the hold is released, and the receipt says that nothing was charged.
- The process dies: the hold expires by itself, and a retry with the same key starts again.
- The answer to the commit is lost: the commit is repeated. If the ledger then reports the hold as lost, a reservation
  with the same key returns the stored answer, so that the user gets what they paid for.
- The hold has expired (by the clock of the database): `HoldLost`, and nothing is charged.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.effects import EndTask, PartOfTask
from functions._shared.domain.errors import (
    AnswerLost,
    DatabaseUnavailable,
    DeadlineExceeded,
    DomainError,
    HoldLost,
    InternalError,
    ModelError,
    TaskLost,
)
from functions._shared.domain.metering import Receipt, ReserveRequest
from functions._shared.ports.request import PaidAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from pydantic import BaseModel

    from functions._shared.domain.effects import Effect
    from functions._shared.domain.json import Json
    from functions._shared.domain.metering import ChosenFunding, ModelCall, Reservation
    from functions._shared.domain.tasks import ClaimedTask
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import Deadline, PaidCall

T = TypeVar("T")

SETTLE_SECONDS: Final = 3.0
"""Reserved at the end of a request for commit or release."""
_LAST_GRACE: Final = 0.4
"""Seconds that a ledger call may still take after the request was cancelled."""


@dataclass(slots=True)
class Hold:
    """The input of the work: its reservation and its time limit. It also takes the model calls and the effects.

    Parameters
    ----------
    reservation : Reservation
        The reservation, with the résumé and the job as they were at that moment.
    deadline : Deadline
        When the work must be finished.
    """

    reservation: Reservation
    deadline: Deadline
    calls: list[ModelCall] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    failures: list[Effect] = field(default_factory=list)

    def record(self, *calls: ModelCall) -> None:
        """Record model calls. They are booked whether the work succeeds or not.

        The calls of a `ModelError` that the work raises are recorded automatically.
        """
        self.calls.extend(calls)

    def keep(self, effect: Effect) -> None:
        """Keep a row of the result. It is written with the charge, or not at all if the work or the commit fails."""
        self.effects.append(effect)

    def keep_failure(self, effect: Effect) -> None:
        """Keep a row that says why the work failed. It is written with the release."""
        self.failures.append(effect)

    def time_left(self) -> float:
        """Return the seconds left for the work."""
        return self.deadline.remaining()


async def run_paid(  # noqa: PLR0913 - what a reservation takes, each with a default
    ledger: Ledger,
    call: PaidCall,
    work: Callable[[Hold], Awaitable[BaseModel | str]],
    *,
    operation: str,
    resume_id: str | None = None,
    job_id: str | None = None,
    funding: ChosenFunding | None = None,
    units: int = 1,
    new_resume: bool = False,
    needs: Json | None = None,
) -> PaidAnswer:
    """Do paid work once per idempotency key, and charge for it once.

    Parameters
    ----------
    ledger : Ledger
        The ledger to reserve and charge in.
    call : PaidCall
        Payer, idempotency key, request hash, dry run and deadline.
    work : coroutine function
        Takes the `Hold` and returns the result: a pydantic model, or JSON text, which is stored byte for byte. It is
        not called for a replay or a dry run.
    operation : str
        Slug or alias of the operation in the registry.
    resume_id, job_id : str, optional
        The résumé and the job to read with the reservation. They must belong to the caller.
    funding : str, optional
        ``offline``: only the rule-based writer does the work. ``own_key``: only models with the user's own key do.
        Both are free, and a commit with calls of others is refused.
    units : int, optional
        How often the price of the operation is due.
    new_resume : bool, optional
        Whether the work keeps a new résumé. It does not begin if the plan allows no further one.
    needs : dict, optional
        What else the work needs, see `ReserveRequest`.

    Returns
    -------
    PaidAnswer
        ``{"result": …, "receipt": {…}}``; the result is ``null`` in a dry run.

    Raises
    ------
    DomainError
        An error of the ledger or of the work. The latter has the member ``receipt`` if the hold was released.
    """
    request = ReserveRequest(
        user_id=call.caller.user_id,
        operation=operation,
        idempotency_key=call.idempotency_key,
        request_hash=call.request_hash,
        resume_id=resume_id,
        job_id=job_id,
        dry_run=call.dry_run,
        funding=funding,
        units=units,
        new_resume=new_resume,
        needs=needs,
    )
    reservation = await _reserve(ledger, request, call.deadline)
    if reservation.state == "replay":
        return _stored_answer(reservation, replayed=True)
    if reservation.state == "dry_run":
        return PaidAnswer(_body("null", _expected_receipt(reservation)), headers=_rate(reservation))

    hold = Hold(reservation, call.deadline.minus(SETTLE_SECONDS))
    settlement = _Settlement(ledger, request, hold, call.deadline, task=call.task, part_of=call.part_of)
    try:
        async with asyncio.timeout(hold.time_left()) as limit:
            result = await work(hold)
        text = result if isinstance(result, str) else result.model_dump_json(by_alias=True)
    except BaseException as failure:
        timed_out = isinstance(failure, TimeoutError) and limit.expired()
        error = DeadlineExceeded() if timed_out else failure
        if isinstance(error, ModelError):
            hold.record(*error.calls)
        await settlement.release(error)
        if error is failure:
            raise
        raise error from failure
    if not hold.time_left():  # a computation outruns the timeout, and the client has gone
        late = DeadlineExceeded()
        await settlement.release(late)
        raise late
    return await settlement.commit(text)


class _Settlement:
    """The end of one attempt: either commit or release."""

    def __init__(
        self,
        ledger: Ledger,
        request: ReserveRequest,
        hold: Hold,
        deadline: Deadline,
        *,
        task: ClaimedTask | None = None,
        part_of: ClaimedTask | None = None,
    ) -> None:
        self._ledger = ledger
        self._task, self._part_of = task, part_of
        self._request = request
        self._hold = hold
        self._deadline = deadline
        self._usage_id = hold.reservation.usage_id or ""
        self._attempt = hold.reservation.attempt

    async def commit(self, text: str) -> PaidAnswer:
        """Charge, and store the answer for replays."""
        answer_lost = False
        try:
            for _ in range(2):
                try:
                    effects = [*self._part_of_task(), *self._hold.effects, *self._end_of_task()]
                    call = self._ledger.commit(self._usage_id, self._attempt, text, self._hold.calls, effects)
                    receipt = await _finish(call, self._deadline)
                except DatabaseUnavailable as error:  # a deadlock or a broken connection: try once more
                    answer_lost = answer_lost or isinstance(error, AnswerLost)
                    failure: DomainError = error
                except HoldLost:
                    if not answer_lost:
                        raise
                    return await self._recover()
                else:
                    return PaidAnswer(_body(text, receipt), headers=_rate(self._hold.reservation))
        except DomainError as error:
            failure = error
        if await self.release(failure) is None and answer_lost:
            # The ledger confirmed neither the commit nor the release, so the first commit may have succeeded.
            return await self._recover()
        raise failure

    async def release(self, error: BaseException) -> Receipt | None:
        """Release the hold because of an error. Never raises a `DomainError`, which would hide the first error.

        Returns
        -------
        Receipt or None
            ``None`` if the ledger did not confirm the release. The hold, if there still is one, then expires by itself.
        """
        reason = error.code if isinstance(error, DomainError) else type(error).__name__
        receipt = None
        for _ in range(2):
            try:
                effects = [*self._hold.failures, *self._end_of_task(error)]
                call = self._ledger.release(self._usage_id, self._attempt, reason, self._hold.calls, effects)
                receipt = await _finish(call, self._deadline)
            except DatabaseUnavailable as unavailable:
                logs.logger().warning("release_failed", extra=self._log_fields(unavailable))
            except DomainError as refusal:
                logs.logger().warning("release_refused", extra=self._log_fields(refusal))
                break
            else:
                break
        if receipt is not None and isinstance(error, DomainError):
            error.extra["receipt"] = receipt.model_dump()
        return receipt

    def _part_of_task(self) -> list[PartOfTask]:
        """Return the effect that refuses the charge if the task of this part has ended."""
        task = self._part_of
        return [] if task is None else [PartOfTask(id=UUID(task.id), attempt=task.attempt)]

    def _end_of_task(self, error: BaseException | None = None) -> list[EndTask]:
        """Return the effect that ends the task of this call, if it has one that ends."""
        if self._task is None or isinstance(error, asyncio.CancelledError | DatabaseUnavailable | TaskLost):
            return []  # whoever was cancelled, or cannot reach the database, has the message delivered again
        known = error if error is None or isinstance(error, DomainError) else InternalError()
        code, message = (None, None) if known is None else (known.code, known.detail)
        return [EndTask(id=UUID(self._task.id), attempt=self._task.attempt, code=code, message=message)]

    async def _recover(self) -> PaidAnswer:
        """Reserve with the same key to learn the result of a commit whose answer was lost."""
        reservation = await _reserve(self._ledger, self._request, self._deadline)
        if reservation.state == "replay":
            # If it is this attempt's own commit, the client has not seen the answer before.
            return _stored_answer(reservation, replayed=reservation.attempt != self._attempt)
        # The ledger opened a new attempt, so nothing was committed. Release it; the client may try again.
        error = HoldLost()
        hold = Hold(reservation, self._deadline)
        await _Settlement(self._ledger, self._request, hold, self._deadline).release(error)
        raise error

    def _log_fields(self, error: DomainError) -> dict[str, Any]:
        return {"usage_id": self._usage_id, "attempt": self._attempt, "code": error.code}


async def _reserve(ledger: Ledger, request: ReserveRequest, deadline: Deadline) -> Reservation:
    """Reserve. If the request is cancelled meanwhile, release the new hold.

    A call that fails is repeated once. If the first call had succeeded and only its answer was lost, the second one is
    refused as `InProgress`; the hold then expires by itself.
    """

    async def attempt() -> Reservation:
        try:
            return await ledger.reserve(request)
        except DatabaseUnavailable:
            return await ledger.reserve(request)

    task = asyncio.create_task(attempt())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_grace(deadline))
        if not task.done():
            task.cancel()
        elif not task.cancelled() and task.exception() is None and task.result().state == "reserved":
            hold = Hold(task.result(), deadline)
            await _Settlement(ledger, request, hold, deadline).release(asyncio.CancelledError())
        raise


async def _finish(call: Coroutine[Any, Any, T], deadline: Deadline) -> T:
    """Await a ledger call. If the request is cancelled meanwhile, give the call a short time to finish."""
    task = asyncio.create_task(call)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_grace(deadline))
        if task.done() and not task.cancelled():
            task.exception()  # retrieved, so that asyncio does not log it as never retrieved
        raise


def _grace(deadline: Deadline) -> float:
    return max(_LAST_GRACE, min(SETTLE_SECONDS, deadline.remaining()))


def _body(result: str, receipt: Receipt) -> bytes:
    """Build the body. The order of the receipt's members is fixed, so a replay has the same bytes."""
    return f'{{"result":{result},"receipt":{receipt.model_dump_json()}}}'.encode()


def _stored_answer(reservation: Reservation, *, replayed: bool) -> PaidAnswer:
    if reservation.result is None or reservation.receipt is None:
        raise DatabaseUnavailable  # a replay without a stored answer is a fault of the ledger
    return PaidAnswer(_body(reservation.result, reservation.receipt), replayed=replayed)


def _rate(reservation: Reservation) -> dict[str, str]:
    return reservation.rate.headers() if reservation.rate else {}


def _expected_receipt(reservation: Reservation) -> Receipt:
    """Build the receipt of a dry run. Its balance is the balance after the operation."""
    return Receipt(
        usage_id=None,
        operation=reservation.operation,
        charged=reservation.cost,
        funding=reservation.funding,
        balance=reservation.balance,
        resets_at=reservation.resets_at,
    )
