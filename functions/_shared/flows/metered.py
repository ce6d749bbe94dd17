"""The order of events in every paid operation: reserve, work, commit; and release whenever the work fails.

Two round trips to the database when all goes well. What may go wrong in between, and what then holds:

- the work fails, is cancelled or takes too long: the hold is given back, the receipt says that nothing was charged;
- the process dies: the hold runs out by itself, and a retry with the same key starts over;
- the answer of the commit is lost: the commit is repeated, and where the ledger says that the hold is gone, it is
  asked with the same key what it has stored, so that what was paid is delivered;
- the hold ran out meanwhile (the database decides, by its own clock): `HoldLost`, nothing was charged.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from functions._shared import logs
from functions._shared.domain.errors import (
    AnswerLost,
    DatabaseUnavailable,
    DeadlineExceeded,
    DomainError,
    HoldLost,
    ModelError,
)
from functions._shared.domain.metering import Receipt, ReserveRequest
from functions._shared.ports.request import PaidAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from pydantic import BaseModel

    from functions._shared.domain.metering import ModelCall, Reservation
    from functions._shared.ports.ledger import Ledger
    from functions._shared.ports.request import Deadline, PaidCall

T = TypeVar("T")

SETTLE_SECONDS: Final = 3.0
"""Kept free at the end of a request for commit or release."""
_LAST_GRACE: Final = 0.4
"""Seconds that a call to the ledger may still take when the request itself is already cancelled."""


@dataclass(slots=True)
class Hold:
    """What the work gets: its reservation, its time, and a place to note what the models cost.

    Parameters
    ----------
    reservation : Reservation
        With the résumé and the job, read in the same moment.
    deadline : Deadline
        When the work must be done.
    """

    reservation: Reservation
    deadline: Deadline
    calls: list[ModelCall] = field(default_factory=list)

    def record(self, *calls: ModelCall) -> None:
        """Note calls of a model, which are booked whether the work succeeds or not.

        Those that a `ModelError` carries are noted by themselves.
        """
        self.calls.extend(calls)

    def time_left(self) -> float:
        """Seconds left for the work."""
        return self.deadline.remaining()


async def run_paid(
    ledger: Ledger,
    call: PaidCall,
    work: Callable[[Hold], Awaitable[BaseModel | str]],
    *,
    operation: str,
    resume_id: str | None = None,
    job_id: str | None = None,
) -> PaidAnswer:
    """Do paid work once per key, and charge for it once.

    Parameters
    ----------
    ledger : Ledger
        Where it is booked.
    call : PaidCall
        Who pays, key, hash, dry run and deadline.
    work : coroutine function
        Gets the `Hold`, gives the result: a pydantic model, or JSON text that is kept to the byte. It is not called
        for a replay or a dry run.
    operation : str
        Slug or alias in the registry.
    resume_id, job_id : str, optional
        Read together with the reservation; they must be the caller's.

    Returns
    -------
    PaidAnswer
        ``{"result": …, "receipt": {…}}``; the result is ``null`` in a dry run.

    Raises
    ------
    DomainError
        Of the ledger, or of the work; in the latter case with ``receipt`` as a member once the hold is given back.
    """
    request = ReserveRequest(
        user_id=call.caller.user_id,
        operation=operation,
        idempotency_key=call.idempotency_key,
        request_hash=call.request_hash,
        resume_id=resume_id,
        job_id=job_id,
        dry_run=call.dry_run,
    )
    reservation = await _reserve(ledger, request, call.deadline)
    if reservation.state == "replay":
        return _stored(reservation, replayed=True)
    if reservation.state == "dry_run":
        return PaidAnswer(_compose("null", _would_be(reservation)))

    hold = Hold(reservation, call.deadline.minus(SETTLE_SECONDS))
    settlement = _Settlement(ledger, request, hold, call.deadline)
    try:
        async with asyncio.timeout(hold.time_left()) as limit:
            result = await work(hold)
        text = result if isinstance(result, str) else result.model_dump_json(by_alias=True)
    except BaseException as failure:
        late = isinstance(failure, TimeoutError) and limit.expired()
        error = DeadlineExceeded() if late else failure
        if isinstance(error, ModelError):
            hold.record(*error.calls)
        await settlement.refuse(error)
        if error is failure:
            raise
        raise error from failure
    return await settlement.commit(text)


class _Settlement:
    """The end of one attempt: exactly one of commit and release."""

    def __init__(self, ledger: Ledger, request: ReserveRequest, hold: Hold, deadline: Deadline) -> None:
        self._ledger = ledger
        self._request = request
        self._hold = hold
        self._deadline = deadline
        self._usage_id = hold.reservation.usage_id or ""
        self._attempt = hold.reservation.attempt

    async def commit(self, text: str) -> PaidAnswer:
        """Charge and keep the answer."""
        lost = False
        try:
            for _ in range(2):
                try:
                    call = self._ledger.commit(self._usage_id, self._attempt, text, self._hold.calls)
                    receipt = await _unhurried(call, self._deadline)
                except DatabaseUnavailable as error:  # a deadlock, a broken connection: once more
                    lost = lost or isinstance(error, AnswerLost)
                    failure: DomainError = error
                except HoldLost:
                    if not lost:
                        raise
                    return await self._ask_again()
                else:
                    return PaidAnswer(_compose(text, receipt))
        except DomainError as error:
            failure = error
        if await self.refuse(failure) is None and lost:
            # Neither commit nor release was answered as an open hold would be: the first commit may have counted.
            return await self._ask_again()
        raise failure

    async def refuse(self, error: BaseException) -> Receipt | None:
        """Give the hold back. Never raises a `DomainError`: what went wrong before matters more.

        Returns
        -------
        Receipt or None
            ``None`` when the ledger did not confirm; the hold then runs out by itself, if there still is one.
        """
        reason = error.code if isinstance(error, DomainError) else type(error).__name__
        receipt = None
        for _ in range(2):
            try:
                call = self._ledger.release(self._usage_id, self._attempt, reason, self._hold.calls)
                receipt = await _unhurried(call, self._deadline)
            except DatabaseUnavailable as unavailable:
                logs.logger().warning("release_failed", extra=self._about(unavailable))
            except DomainError as refusal:
                logs.logger().warning("release_refused", extra=self._about(refusal))
                break
            else:
                break
        if receipt is not None and isinstance(error, DomainError):
            error.extra["receipt"] = receipt.model_dump()
        return receipt

    async def _ask_again(self) -> PaidAnswer:
        """Find out with the same key what became of a commit whose answer was lost."""
        again = await _reserve(self._ledger, self._request, self._deadline)
        if again.state == "replay":
            # Our own commit, which was not answered before, is no repetition to the client.
            return _stored(again, replayed=again.attempt != self._attempt)
        # A new attempt was opened: nothing had been committed. It is given back; the client may try anew.
        error = HoldLost()
        hold = Hold(again, self._deadline)
        await _Settlement(self._ledger, self._request, hold, self._deadline).refuse(error)
        raise error

    def _about(self, error: DomainError) -> dict[str, Any]:
        return {"usage_id": self._usage_id, "attempt": self._attempt, "code": error.code}


async def _reserve(ledger: Ledger, request: ReserveRequest, deadline: Deadline) -> Reservation:
    """Reserve; when cancelled meanwhile, do not leave the hold behind.

    A call whose answer was lost is repeated once. If it had counted, the repetition meets the hold of the first and
    is refused as `InProgress`, which is true: the hold runs out by itself.
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
            await _Settlement(ledger, request, hold, deadline).refuse(asyncio.CancelledError())
        raise


async def _unhurried(call: Coroutine[Any, Any, T], deadline: Deadline) -> T:
    """Let a call to the ledger finish although the request is cancelled, within reason."""
    task = asyncio.create_task(call)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_grace(deadline))
        if task.done() and not task.cancelled():
            task.exception()  # looked at, so that asyncio does not report it as forgotten
        raise


def _grace(deadline: Deadline) -> float:
    return max(_LAST_GRACE, min(SETTLE_SECONDS, deadline.remaining()))


def _compose(result: str, receipt: Receipt) -> bytes:
    """Make the body. The receipt's members always come in the order of the model, so equal content is equal bytes."""
    return f'{{"result":{result},"receipt":{receipt.model_dump_json()}}}'.encode()


def _stored(reservation: Reservation, *, replayed: bool) -> PaidAnswer:
    if reservation.result is None or reservation.receipt is None:
        raise DatabaseUnavailable  # a ledger that replays without an answer is broken, not empty
    return PaidAnswer(_compose(reservation.result, reservation.receipt), replayed=replayed)


def _would_be(reservation: Reservation) -> Receipt:
    """Make the receipt of a dry run; the ledger's balance is what would be left."""
    return Receipt(
        usage_id=None,
        operation=reservation.operation,
        charged=reservation.cost,
        funding=reservation.funding,
        balance=reservation.balance,
        resets_at=reservation.resets_at,
    )
