"""Errors about files that are read: what makes one unreadable."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class DocumentUnreadable(DomainError):
    """The file cannot be read, and no more specific error applies."""

    code = "document_unreadable"
    status = 422
    title = "This file cannot be read."


class DocumentDamaged(DocumentUnreadable):
    """The file is truncated, or not what it seems to be."""

    code = "document_damaged"
    title = "This file is damaged or incomplete."


class DocumentEncrypted(DocumentUnreadable):
    """The file is protected by a password."""

    code = "document_encrypted"
    title = "This file is protected by a password."


class DocumentTypeUnsupported(DocumentUnreadable):
    """The file is of a type that is not read; ``found`` names it where it is known."""

    code = "document_type_unsupported"
    status = 415
    title = "This type of file is not read."


class DocumentTooLarge(DocumentUnreadable):
    """The file has too many bytes or pages, or unpacks to too much; ``limit`` says how many are read."""

    code = "document_too_large"
    status = 413
    title = "This file is too large."


class DocumentTooSlow(DocumentUnreadable):
    """Reading the file took too long, or more memory than is allowed."""

    code = "document_too_slow"
    title = "This file takes too long to read."
