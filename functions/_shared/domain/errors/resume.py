"""Résumés, jobs and patches."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError
from functions._shared.domain.errors.request import ValidationFailed


class ResumeNotFound(DomainError):
    """No such résumé of the caller."""

    code = "resume_not_found"
    status = 404
    title = "There is no such résumé."


class JobNotFound(DomainError):
    """No such job of the caller."""

    code = "job_not_found"
    status = 404
    title = "There is no such job."


class VersionConflict(DomainError):
    """The résumé was changed since the given version; ``current_version`` has the new one."""

    code = "version_conflict"
    status = 409
    title = "The résumé has changed meanwhile."


class ContentInvalid(ValidationFailed):
    """A résumé's content breaks the rules of its shape; ``errors`` lists pointer and message."""

    code = "content_invalid"
    title = "The résumé's content does not fit its shape."


class ItemNotFound(DomainError):
    """The résumé has no such job, project or bullet."""

    code = "item_not_found"
    status = 404
    title = "The résumé has no such item."


class PatchNotAllowed(DomainError):
    """A patch would write what a model must not write; ``path`` names it."""

    code = "patch_not_allowed"
    status = 422
    title = "The patch changes something that it must not change."


class PatchInvalid(DomainError):
    """A patch is not well formed or does not apply to any version of the content."""

    code = "patch_invalid"
    status = 422
    title = "The patch cannot be read."


class PatchConflict(DomainError):
    """The content is not what the patch was made for, whatever its version; ``path`` names the difference."""

    code = "patch_conflict"
    status = 409
    title = "The content has changed since the patch was made."
