"""The request itself: its form, its path, its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.errors.base import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping


class BadRequest(DomainError):
    """The request is malformed in a way no more specific class names."""

    code = "bad_request"
    status = 400
    title = "The request could not be understood."


class InvalidJson(DomainError):
    """The body is not one well-formed JSON document in UTF-8."""

    code = "invalid_json"
    status = 400
    title = "The body is not valid JSON."


class InvalidIdempotencyKey(DomainError):
    """The Idempotency-Key header is not 1-255 printable ASCII characters."""

    code = "invalid_idempotency_key"
    status = 422
    title = "Idempotency-Key must be 1 to 255 printable ASCII characters."


class NotFound(DomainError):
    """No such path, or no such row that the caller may see."""

    code = "not_found"
    status = 404
    title = "There is nothing here."


class Conflict(DomainError):
    """The row exists already or changed meanwhile, and no more specific class names it."""

    code = "conflict"
    status = 409
    title = "This conflicts with what is there."


class Gone(DomainError):
    """It was there and is not any more."""

    code = "gone"
    status = 410
    title = "This is gone."


class MethodNotAllowed(DomainError):
    """The path exists, the method does not; ``allowed`` lists those that do."""

    code = "method_not_allowed"
    status = 405
    title = "This method is not allowed here."

    @property
    def headers(self) -> Mapping[str, str]:
        """The Allow header that RFC 9110 demands."""
        return {**super().headers, "allow": ", ".join(map(str, self.extra.get("allowed") or ()))}


class PayloadTooLarge(DomainError):
    """The body is larger than the route accepts."""

    code = "payload_too_large"
    status = 413
    title = "The body is too large."


class UnsupportedMediaType(DomainError):
    """The body is declared as something else than the route reads."""

    code = "unsupported_media_type"
    status = 415
    title = "This content type is not supported here."


class ValidationFailed(DomainError):
    """The body or query is well formed and does not fit its schema; ``errors`` lists pointer and message."""

    code = "validation_failed"
    status = 422
    title = "The request does not fit its schema."


class Unprocessable(DomainError):
    """A rule of the database refused the values and no more specific class names it."""

    code = "unprocessable"
    status = 422
    title = "The values are not acceptable."
