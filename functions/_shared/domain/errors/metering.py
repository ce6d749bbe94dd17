"""Credits, holds and idempotency keys."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class InsufficientCredits(DomainError):
    """Neither the plan's quota nor the credits cover the operation."""

    code = "insufficient_credits"
    status = 402
    title = "There are not enough credits for this."


class UnknownOperation(DomainError):
    """The registry has no such operation."""

    code = "unknown_operation"
    status = 422
    title = "This operation does not exist."


class InProgress(DomainError):
    """The same request with the same key is still running."""

    code = "in_progress"
    status = 409
    title = "A request with this Idempotency-Key is still running."
    retry_after = 2


class IdempotencyConflict(DomainError):
    """The key was used for another request."""

    code = "idempotency_conflict"
    status = 409
    title = "This Idempotency-Key was used for a different request."


class HoldLost(DomainError):
    """The hold ran out or belongs to a later attempt; nothing was charged for this one."""

    code = "hold_lost"
    status = 409
    title = "The reservation ran out before the work was done; nothing was charged."


class ReplayGone(DomainError):
    """The stored answer of this key is no longer kept."""

    code = "replay_gone"
    status = 410
    title = "The answer to this Idempotency-Key is no longer kept."


class TooManyReleases(DomainError):
    """Too many attempts of this user failed today."""

    code = "too_many_releases"
    status = 429
    title = "Too many failed attempts today."


class SpendCeilingReached(DomainError):
    """The global daily spend ceiling holds for everybody."""

    code = "spend_ceiling_reached"
    status = 503
    title = "The service has reached its spending limit for today."
