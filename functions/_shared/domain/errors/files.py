"""Errors about files in storage."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class StoredFileNotFound(DomainError):
    """Storage has no file at this path, or it is not the caller's."""

    code = "file_not_found"
    status = 404
    title = "This file does not exist."


class FileTooLarge(DomainError):
    """The file is larger than ``limit`` bytes."""

    code = "file_too_large"
    status = 413
    title = "The file is too large."


class UploadNotFound(DomainError):
    """The upload does not exist, or belongs to another user."""

    code = "upload_not_found"
    status = 404
    title = "This upload does not exist."
