"""Errors about who is calling and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from functions._shared.domain.errors.base import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Access tokens.


class Unauthenticated(DomainError):
    """Base class for token errors; adds the ``WWW-Authenticate`` challenge."""

    code = "unauthenticated"
    status = 401
    title = "Sign in first."
    challenge: ClassVar[str] = 'Bearer realm="resumebase"'

    @property
    def headers(self) -> Mapping[str, str]:
        """Response headers, with the challenge of RFC 6750."""
        return {**super().headers, "www-authenticate": self.challenge}


class MissingToken(Unauthenticated):
    """The request has no bearer token."""

    code = "missing_token"
    title = "A bearer token is required."


class InvalidToken(Unauthenticated):
    """The token is forged, malformed or issued for another audience."""

    code = "invalid_token"
    title = "The bearer token is not valid."
    challenge = 'Bearer realm="resumebase", error="invalid_token"'


class ExpiredToken(Unauthenticated):
    """The token was valid but has expired. Refresh the session."""

    code = "expired_token"
    title = "The bearer token has expired."
    challenge = 'Bearer realm="resumebase", error="invalid_token", error_description="expired"'


class IdentityUnavailable(DomainError):
    """The keys that verify tokens cannot be fetched."""

    code = "identity_unavailable"
    status = 503
    title = "Sign-in cannot be verified at the moment."
    retry_after = 2


# Webhooks.


class InvalidSignature(DomainError):
    """A webhook signature is missing, malformed, outside the time window or made with an unknown key."""

    code = "invalid_signature"
    status = 401
    title = "The signature is not valid."


# Accounts.


class UserNotFound(DomainError):
    """The user does not exist or has been deleted."""

    code = "user_not_found"
    status = 404
    title = "This user does not exist."


class AccountInactive(DomainError):
    """The account is deactivated or scheduled for deletion."""

    code = "account_inactive"
    status = 403
    title = "This account is not active."


class ConsentRequired(DomainError):
    """The user has not agreed that a language model gets their texts, and this deployment demands it."""

    code = "consent_required"
    status = 403
    title = "Agree to the use of AI first: set ai_consent_at in your settings."


class OwnAccount(DomainError):
    """An administrator tried to change their own account."""

    code = "own_account"
    status = 403
    title = "You cannot change your own account."


class NotAnAdministrator(DomainError):
    """The caller does not administer, or their account is suspended."""

    code = "not_an_administrator"
    status = 403
    title = "Only administrators may do this."


class SecondFactorRequired(DomainError):
    """An administrator signed in without a second factor."""

    code = "second_factor_required"
    status = 403
    title = "Sign in with a second factor."


class PermissionMissing(DomainError):
    """An administrator lacks the permission that ``permission`` names."""

    code = "permission_missing"
    status = 403
    title = "You do not have this permission."


class ReasonRequired(DomainError):
    """What an administrator does needs a reason of 3 to 500 characters, three of them visible."""

    code = "reason_required"
    status = 422
    title = "Say why, in 3 to 500 characters."


class FilesLeft(DomainError):
    """The account still has files in storage, so it cannot be erased yet."""

    code = "files_left"
    status = 409
    title = "Delete the account's files before you erase it."


class SubscriptionRunning(DomainError):
    """The payment provider may still charge the account, so it cannot be erased yet."""

    code = "subscription_running"
    status = 409
    title = "A subscription of this account is still running."


class Forbidden(DomainError):
    """The caller is signed in but lacks the permission."""

    code = "forbidden"
    status = 403
    title = "You do not have permission to do this."
