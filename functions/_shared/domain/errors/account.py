"""Errors about a user's account: its end, its exports, and the keys that it holds."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


class AccountErased(DomainError):
    """The account was erased, or its erasure has begun."""

    code = "account_erased"
    status = 409
    title = "The account was erased."


class RecoveryOver(DomainError):
    """The time in which a deleted account can be restored is over."""

    code = "recovery_over"
    status = 409
    title = "The time to restore this account is over."


class SignInAgain(DomainError):
    """The token was issued before the account was deleted. Sign in anew to restore it."""

    code = "sign_in_again"
    status = 403
    title = "Sign in again to do this."


class ExportRunning(DomainError):
    """An export of the account is under way. There is one at a time."""

    code = "export_running"
    status = 409
    title = "An export of this account is already running."


class ExportNotFound(DomainError):
    """The export was revoked, has expired, or is another user's."""

    code = "export_not_found"
    status = 404
    title = "This export does not exist."


class ProviderKeyRejected(DomainError):
    """The model provider does not accept the key."""

    code = "provider_key_rejected"
    status = 422
    title = "The provider does not accept this key."


class ProviderKeyNotFound(DomainError):
    """The user has no key for the provider."""

    code = "provider_key_not_found"
    status = 404
    title = "There is no key for this provider."


class UnsubscribeLinkInvalid(DomainError):
    """The link was not made by us, or with a key that has been replaced."""

    code = "unsubscribe_link_invalid"
    status = 404
    title = "This link does not work."
