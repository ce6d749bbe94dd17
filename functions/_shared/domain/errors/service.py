"""Faults and limits of the service itself."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class RateLimited(DomainError):
    """Too many requests in a short time."""

    code = "rate_limited"
    status = 429
    title = "Too many requests."
    retry_after = 10


class InternalError(DomainError):
    """A fault of ours; the log has it under the request id."""


class DatabaseUnavailable(DomainError):
    """The database did not answer, or not in time."""

    code = "database_unavailable"
    status = 503
    title = "The database is not available just now."
    retry_after = 2


class AnswerLost(DatabaseUnavailable):
    """The connection broke after the call was sent: it is not known whether it took effect."""


class SecretsUnavailable(DomainError):
    """The secret store did not answer, and what it keeps has not been read before."""

    code = "secrets_unavailable"
    status = 503
    title = "A part of the service is not available just now."
    retry_after = 5


class DeadlineExceeded(DomainError):
    """The work did not fit into the time that the platform gives a request."""

    code = "deadline_exceeded"
    status = 504
    title = "This took too long."
    retry_after = 5
