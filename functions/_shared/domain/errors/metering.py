"""Errors about credits, reservations and idempotency keys."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError

# Before the work: the reservation is refused.


class UnknownOperation(DomainError):
    """The operation is not in the registry."""

    code = "unknown_operation"
    status = 422
    title = "This operation does not exist."


class InsufficientCredits(DomainError):
    """Neither the plan quota nor the credit balance covers the operation."""

    code = "insufficient_credits"
    status = 402
    title = "There are not enough credits for this operation."


class NoProviderKey(DomainError):
    """The request asks for the user's own key, and none is stored that can be used."""

    code = "no_provider_key"
    status = 409
    title = "There is no API key of yours for an AI provider."


class TooManyReleases(DomainError):
    """Too many attempts by this user have failed today."""

    code = "too_many_releases"
    status = 429
    title = "Too many attempts have failed today."


class StorageLimitReached(DomainError):
    """The plan stores no more results of this kind; ``kind``, ``max_rows`` and ``max_bytes`` name the limit."""

    code = "storage_limit_reached"
    status = 413
    title = "There is no room left for the result."


class SpendCeilingReached(DomainError):
    """The service has reached its daily spending limit, which applies to all users together."""

    code = "spend_ceiling_reached"
    status = 503
    title = "The service has reached its spending limit for today."


# Idempotency keys.


class InProgress(DomainError):
    """The same request with the same key is still running."""

    code = "in_progress"
    status = 409
    title = "A request with this Idempotency-Key is still running."
    retry_after = 2


class IdempotencyConflict(DomainError):
    """The key was already used for a different request."""

    code = "idempotency_conflict"
    status = 409
    title = "This Idempotency-Key was used for a different request."


class ReplayGone(DomainError):
    """The stored answer for this key has been deleted."""

    code = "replay_gone"
    status = 410
    title = "The answer for this Idempotency-Key is no longer stored."


# After the work: the reservation cannot be settled.


class HoldLost(DomainError):
    """The reservation expired or belongs to a later attempt; this attempt was not charged."""

    code = "hold_lost"
    status = 409
    title = "The reservation expired before the work was done. Nothing was charged."


class UnknownEffect(DomainError):
    """A function kept a result of a kind that the database does not know; nothing was charged."""

    code = "unknown_effect"
    status = 500
    title = "Something went wrong on our side. Nothing was charged."


class FundingMismatch(DomainError):
    """A function reserved free work and called a model, or used another key than it said; nothing was charged."""

    code = "funding_mismatch"
    status = 500
    title = "Something went wrong on our side. Nothing was charged."
