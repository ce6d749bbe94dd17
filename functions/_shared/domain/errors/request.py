"""Errors in the request itself: its syntax, path, method, size or schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.errors.base import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Generic errors, for cases without a more specific class.


class BadRequest(DomainError):
    """The request is malformed, and no more specific error applies."""

    code = "bad_request"
    status = 400
    title = "The request could not be understood."


class NotFound(DomainError):
    """The path does not exist, or the row does not exist or is hidden from the caller."""

    code = "not_found"
    status = 404
    title = "Not found."


class Conflict(DomainError):
    """The row already exists or has changed since it was read, and no more specific error applies."""

    code = "conflict"
    status = 409
    title = "The request conflicts with the current data."


class Gone(DomainError):
    """The resource existed but is no longer available."""

    code = "gone"
    status = 410
    title = "This is no longer available."


class Unprocessable(DomainError):
    """A database constraint rejected the values, and no more specific error applies."""

    code = "unprocessable"
    status = 422
    title = "The values are not valid."


# How the request was sent.


class MethodNotAllowed(DomainError):
    """The path exists but does not support this method; ``allowed`` lists the methods that it supports."""

    code = "method_not_allowed"
    status = 405
    title = "This method is not allowed here."

    @property
    def headers(self) -> Mapping[str, str]:
        """Response headers, with the ``Allow`` header that RFC 9110 requires."""
        return {**super().headers, "allow": ", ".join(map(str, self.extra.get("allowed") or ()))}


class UnsupportedMediaType(DomainError):
    """The route does not accept the Content-Type of the body."""

    code = "unsupported_media_type"
    status = 415
    title = "This content type is not supported."


class PayloadTooLarge(DomainError):
    """The body is larger than the route accepts."""

    code = "payload_too_large"
    status = 413
    title = "The body is too large."


class InvalidIdempotencyKey(DomainError):
    """The Idempotency-Key header is not 1 to 255 printable ASCII characters."""

    code = "invalid_idempotency_key"
    status = 422
    title = "Idempotency-Key must be 1 to 255 printable ASCII characters."


# What the request contains.


class InvalidJson(DomainError):
    """The body is not a single well-formed JSON document in UTF-8."""

    code = "invalid_json"
    status = 400
    title = "The body is not valid JSON."


class InvalidCursor(DomainError):
    """A parameter, whose name is ``field``, does not say where a page begins. Send the ``next`` of the page before."""

    code = "invalid_cursor"
    status = 422
    title = "This is not where a page begins."


class InvalidPeriod(DomainError):
    """The moment in ``field`` is past or too far away."""

    code = "invalid_period"
    status = 422
    title = "This period is not possible."


class ValidationFailed(DomainError):
    """The body or query does not match its schema; ``errors`` lists a JSON pointer and a message for each problem."""

    code = "validation_failed"
    status = 422
    title = "The request does not match its schema."
