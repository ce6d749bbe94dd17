"""Metering: reserve before the work, commit or release after it.

Used by `functions._shared.flows.metered`, for every paid function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall, Receipt, Reservation, ReserveRequest


class Ledger(Protocol):
    """The record of usage and its payment. Each call is one round trip."""

    async def reserve(self, request: ReserveRequest) -> Reservation:
        """Hold the price of an operation.

        Raises
        ------
        InsufficientCredits, InProgress, IdempotencyConflict, ReplayGone, UnknownOperation, ResumeNotFound,
        JobNotFound, UserNotFound, AccountInactive, TooManyReleases, SpendCeilingReached
            The ledger refuses. Nothing is held.
        AnswerLost
            The connection broke, so the hold may or may not exist.
        DatabaseUnavailable
            The call did not reach the database.
        """
        ...

    async def commit(self, usage_id: str, attempt: int, result: str, calls: Sequence[ModelCall]) -> Receipt:
        """Charge for the operation and store ``result``, a JSON text that replays return byte for byte.

        Raises
        ------
        HoldLost
            The hold no longer belongs to this attempt.
        """
        ...

    async def release(self, usage_id: str, attempt: int, reason: str, calls: Sequence[ModelCall]) -> Receipt:
        """Cancel the hold without a charge. The cost of the model calls is recorded anyway.

        Raises
        ------
        HoldLost
            The hold no longer belongs to this attempt.
        """
        ...
