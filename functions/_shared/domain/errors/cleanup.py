"""Errors about retention, the archive and clean-up tasks."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError

# Requests.


class UnknownTask(DomainError):
    """The clean-up has no task with this name."""

    code = "unknown_task"
    status = 422
    title = "This clean-up task does not exist."


class PolicyNotFound(DomainError):
    """No retention policy with this name has a retention period."""

    code = "policy_not_found"
    status = 404
    title = "This retention policy does not exist."


class PartitionNotExpired(DomainError):
    """The partition is still within its retention period, or another run has already dropped it."""

    code = "partition_not_expired"
    status = 409
    title = "This partition is not past its retention period."


class PartitionBusy(DomainError):
    """A longer transaction uses the partition's table. Nothing was created or dropped; the next run tries again."""

    code = "partition_busy"
    status = 503
    title = "This partition's table is in use."
    retry_after = 60


# The archive.


class ArchiveUnavailable(DomainError):
    """The archive could not be read or written. Nothing was deleted."""

    code = "archive_unavailable"
    status = 503
    title = "The archive is not available at the moment."
    retry_after = 60


class ArchiveCorrupt(DomainError):
    """An archived object does not match its manifest."""

    code = "archive_corrupt"
    status = 500
    title = "The archived object does not match its manifest."


# E-mail.


class MailUnavailable(DomainError):
    """The mail service does not answer, or takes no mail of ours at the moment. The mail is tried again."""

    code = "mail_unavailable"
    status = 503
    title = "E-mail cannot be sent at the moment."
    retry_after = 60


class MailRefused(DomainError):
    """The mail service will not deliver this mail to this address. It is not tried again."""

    code = "mail_refused"
    status = 422
    title = "This e-mail cannot be delivered."
