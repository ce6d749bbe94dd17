"""Metering: reserve before the work, commit or release after it.

Used by `functions._shared.flows.metered`, for every paid function. Implemented by the ``supabase`` adapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.effects import Effect
    from functions._shared.domain.metering import ModelCall, Receipt, Reservation, ReserveRequest


class Ledger(Protocol):
    """The record of usage and its payment. Each call is one round trip."""

    async def reserve(self, request: ReserveRequest) -> Reservation:
        """Hold the price of an operation.

        Raises
        ------
        InsufficientCredits, NoProviderKey, InProgress, IdempotencyConflict, ReplayGone, UnknownOperation,
        ResumeNotFound, JobNotFound, UserNotFound, AccountInactive, TooManyReleases, StorageLimitReached,
        SpendCeilingReached
            The ledger refuses. Nothing is held.
        AnswerLost
            The connection broke, so the hold may or may not exist.
        DatabaseUnavailable
            The call did not reach the database.
        """
        ...

    async def commit(
        self, usage_id: str, attempt: int, result: str, calls: Sequence[ModelCall], effects: Sequence[Effect] = ()
    ) -> Receipt:
        """Charge for the operation, store ``result`` and write the effects, all or nothing.

        Parameters
        ----------
        usage_id, attempt
            Of the reservation.
        result : str
            JSON text, which replays return byte for byte.
        calls : sequence of ModelCall
            What the models did.
        effects : sequence of Effect
            The rows that the operation leaves behind.

        Raises
        ------
        HoldLost
            The hold no longer belongs to this attempt.
        StorageLimitReached
            The user's plan does not store the effects. Nothing is charged.
        UnknownEffect
            There is no such effect, which is a fault of ours.
        """
        ...

    async def release(
        self, usage_id: str, attempt: int, reason: str, calls: Sequence[ModelCall], effects: Sequence[Effect] = ()
    ) -> Receipt:
        """Cancel the hold without a charge. The cost of the model calls is recorded anyway.

        The effects are written with the call that ends the attempt, and only kinds that go with a failure are accepted.

        Raises
        ------
        HoldLost
            The hold no longer belongs to this attempt.
        """
        ...
