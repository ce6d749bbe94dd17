"""Faults and limits of the service itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.errors.base import DomainError
from functions._shared.domain.rate import Rate

if TYPE_CHECKING:
    from collections.abc import Mapping


class InternalError(DomainError):
    """An unexpected fault. The log has the details under the request id."""


class RateLimited(DomainError):
    """Too many requests in a short time."""

    code = "rate_limited"
    status = 429
    title = "Too many requests."
    retry_after = 10

    @classmethod
    def beyond(cls, policy: str, limit: int, window: int, retry_after: int) -> RateLimited:
        """Return the error of a request beyond a limit; ``window`` and ``retry_after`` are in seconds."""
        error = cls(policy=policy, limit=limit, window=window)
        error.retry_after = retry_after
        return error

    @property
    def headers(self) -> Mapping[str, str]:
        """Response headers, with those of the rate limit if the limiter named it."""
        policy, limit, window = (self.extra.get(name) for name in ("policy", "limit", "window"))
        if not (isinstance(policy, str) and isinstance(limit, int) and isinstance(window, int)):
            return super().headers
        return {**super().headers, **Rate(policy, limit, window, 0, self.retry_after).headers()}


class DeadlineExceeded(DomainError):
    """The work did not finish within the time that the platform allows for a request."""

    code = "deadline_exceeded"
    status = 504
    title = "The request took too long."
    retry_after = 5


class DatabaseUnavailable(DomainError):
    """The database did not answer in time, or not at all."""

    code = "database_unavailable"
    status = 503
    title = "The database is not available at the moment."
    retry_after = 2


class AnswerLost(DatabaseUnavailable):
    """The connection broke after the call was sent, so it is unknown whether the call took effect."""


class SecretsUnavailable(DomainError):
    """The secret store did not answer, and the secret has not been read before."""

    code = "secrets_unavailable"
    status = 503
    title = "Part of the service is not available at the moment."
    retry_after = 5
