"""Who is calling, and whether they may."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from functions._shared.domain.errors.base import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unauthenticated(DomainError):
    """Base of the three token errors; carries the WWW-Authenticate challenge."""

    code = "unauthenticated"
    status = 401
    title = "Sign in first."
    challenge: ClassVar[str] = 'Bearer realm="resumebase"'

    @property
    def headers(self) -> Mapping[str, str]:
        """The challenge of RFC 6750."""
        return {**super().headers, "www-authenticate": self.challenge}


class MissingToken(Unauthenticated):
    """There is no bearer token."""

    code = "missing_token"
    title = "A bearer token is required."


class InvalidToken(Unauthenticated):
    """The token is forged, malformed, or meant for someone else."""

    code = "invalid_token"
    title = "The bearer token is not valid."
    challenge = 'Bearer realm="resumebase", error="invalid_token"'


class ExpiredToken(Unauthenticated):
    """The token was good and is past its time; refresh the session."""

    code = "expired_token"
    title = "The bearer token has expired."
    challenge = 'Bearer realm="resumebase", error="invalid_token", error_description="expired"'


class IdentityUnavailable(DomainError):
    """The keys that verify tokens cannot be fetched just now."""

    code = "identity_unavailable"
    status = 503
    title = "Sign-in cannot be verified just now."
    retry_after = 2


class InvalidSignature(DomainError):
    """A webhook's signature is missing, malformed, too old or not by the key we share with its sender."""

    code = "invalid_signature"
    status = 401
    title = "The signature does not match."


class Forbidden(DomainError):
    """The caller is known and may not do this."""

    code = "forbidden"
    status = 403
    title = "You may not do this."


class AccountInactive(DomainError):
    """The account is switched off or being deleted."""

    code = "account_inactive"
    status = 403
    title = "This account is not active."


class UserNotFound(DomainError):
    """The token names a user that does not exist any more."""

    code = "user_not_found"
    status = 404
    title = "There is no such user."
