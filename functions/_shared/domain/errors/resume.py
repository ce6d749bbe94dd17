"""Errors about résumés, jobs and patches."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError
from functions._shared.domain.errors.request import ValidationFailed

# Résumés and jobs.


class ResumeNotFound(DomainError):
    """The résumé does not exist or belongs to another user."""

    code = "resume_not_found"
    status = 404
    title = "This résumé does not exist."


class LetterNotFound(DomainError):
    """The letter does not exist or belongs to another user."""

    code = "letter_not_found"
    status = 404
    title = "This letter does not exist."


class ResumeLimitReached(DomainError):
    """The plan allows no more résumés; ``limit`` says how many."""

    code = "resume_limit_reached"
    status = 403
    title = "Your plan allows no more résumés."


class TemplateNotFound(DomainError):
    """There is no such template, or it belongs to another user."""

    code = "template_not_found"
    status = 404
    title = "This template does not exist."


class PremiumTemplate(DomainError):
    """The template, or the one that it was copied from, comes with a paid plan."""

    code = "premium_template"
    status = 403
    title = "This template comes with a paid plan."


class ResumeTooLong(DomainError):
    """The résumé is longer than a document shows, or a model translates; members ``max_…`` say how long it may be."""

    code = "resume_too_long"
    status = 422
    title = "This résumé is too long to export."


class JobNotFound(DomainError):
    """The job does not exist or belongs to another user."""

    code = "job_not_found"
    status = 404
    title = "This job does not exist."


class NothingToCompare(DomainError):
    """The job has no description."""

    code = "nothing_to_compare"
    status = 422
    title = "This job has no description to compare with."


class ItemNotFound(DomainError):
    """The résumé has no experience, project or bullet at this position."""

    code = "item_not_found"
    status = 404
    title = "The résumé has no such item."


class ContentInvalid(ValidationFailed):
    """The content does not match the résumé schema; ``errors`` lists a JSON pointer and a message for each problem."""

    code = "content_invalid"
    title = "The résumé content does not match its schema."


class VersionConflict(DomainError):
    """The résumé has changed since the version in the request; ``current_version`` is the latest one."""

    code = "version_conflict"
    status = 409
    title = "The résumé has changed in the meantime."


# Patches.


class PatchInvalid(DomainError):
    """The patch is malformed or can never apply to résumé content."""

    code = "patch_invalid"
    status = 422
    title = "The patch is not valid."


class PatchNotAllowed(DomainError):
    """The patch would write a field that a model must not write; ``path`` names the field."""

    code = "patch_not_allowed"
    status = 422
    title = "The patch changes a field that it may not change."


class PatchConflict(DomainError):
    """The patch was made for different content, whatever the version; ``path`` names the difference."""

    code = "patch_conflict"
    status = 409
    title = "The content has changed since the patch was made."
