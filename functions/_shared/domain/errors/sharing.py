"""Errors about shared résumés."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class ShareNotFound(DomainError):
    """Nothing is shared under this address: never, not any more, or not this part."""

    code = "share_not_found"
    status = 404
    title = "Nothing is shared here."


class ShareProtected(DomainError):
    """The résumé is protected by a password; ``with_pdf`` says whether there is a PDF behind it."""

    status = 403

    @property
    def with_pdf(self) -> bool:
        """Whether the password also opens a PDF."""
        return self.extra.get("with_pdf") is True


class SharePasswordRequired(ShareProtected):
    """No password was sent; send it in a POST."""

    code = "share_password_required"
    title = "This résumé is protected by a password."


class SharePasswordWrong(ShareProtected):
    """The password is another one."""

    code = "share_password_wrong"
    title = "This is not the password."


class ShareTakenDown(DomainError):
    """An administrator took the shared page down; the detail says why."""

    code = "share_taken_down"
    status = 403
    title = "This résumé may not be shared."
