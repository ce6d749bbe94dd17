"""Retention, archive and clean-up tasks."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class ArchiveUnavailable(DomainError):
    """The archive could not be read or written; nothing was deleted."""

    code = "archive_unavailable"
    status = 503
    title = "The archive cannot be reached at the moment."
    retry_after = 60


class ArchiveCorrupt(DomainError):
    """An archived object is not what its manifest says."""

    code = "archive_corrupt"
    status = 500
    title = "The archived object does not match its manifest."


class PolicyNotFound(DomainError):
    """No retention policy of this name has a period."""

    code = "policy_not_found"
    status = 404
    title = "There is no such retention period."


class PartitionNotExpired(DomainError):
    """The month is not past its retention period, or another run has dropped it already."""

    code = "partition_not_expired"
    status = 409
    title = "This month is not past its retention period."


class UnknownTask(DomainError):
    """The clean-up has no task of this name."""

    code = "unknown_task"
    status = 422
    title = "There is no such clean-up task."
