"""Metering: reserve before the work, commit or release after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall, Receipt, Reservation, ReserveRequest


class Ledger(Protocol):
    """Metering: reserve before the work, commit or release after it. Each call is one round trip."""

    async def reserve(self, request: ReserveRequest) -> Reservation:
        """Hold what the operation costs.

        Raises
        ------
        InsufficientCredits, InProgress, IdempotencyConflict, ReplayGone, UnknownOperation, ResumeNotFound,
        JobNotFound, UserNotFound, AccountInactive, TooManyReleases, SpendCeilingReached
            The ledger refuses; nothing is held.
        AnswerLost
            It is not known whether a hold was made.
        DatabaseUnavailable
            The database did not take the call.
        """
        ...

    async def commit(self, usage_id: str, attempt: int, result: str, calls: Sequence[ModelCall]) -> Receipt:
        """Turn the hold into a charge and keep ``result`` (JSON text, kept to the byte) for replay.

        Raises
        ------
        HoldLost
            The hold is not this attempt's any more.
        """
        ...

    async def release(self, usage_id: str, attempt: int, reason: str, calls: Sequence[ModelCall]) -> Receipt:
        """Give the hold back; what the model cost is recorded all the same.

        Raises
        ------
        HoldLost
            The hold is not this attempt's any more.
        """
        ...
