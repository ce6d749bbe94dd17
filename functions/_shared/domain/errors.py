"""Every way a request can fail, one class per fact.

A rule raises the class; the edge renders it as problem+json (RFC 9457) with its ``status`` and ``code``.
Nothing else in the code base knows HTTP statuses. ``error_table`` lists the classes by code and maps
database errors to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.ports import ModelCall


class DomainError(Exception):
    """A refusal that the caller can understand.

    Parameters
    ----------
    detail : str, optional
        One sentence about this occurrence, safe to show to the caller. Defaults to the class's title.
    **extra
        Further members of the problem document, JSON-serialisable, safe to show.

    Attributes
    ----------
    code : str
        Stable machine code, snake_case. Clients branch on it.
    status : int
        HTTP status.
    title : str
        Short human summary, the same for each occurrence.
    retry_after : int or None
        Seconds after which a retry makes sense; becomes the ``Retry-After`` header.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong on our side."
    retry_after: int | None = None

    def __init__(self, detail: str | None = None, /, **extra: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.extra: dict[str, Any] = dict(extra)

    @property
    def headers(self) -> Mapping[str, str]:
        """Response headers that belong to the error."""
        return {} if self.retry_after is None else {"retry-after": str(self.retry_after)}


# ---------------------------------------------------------------------------------------------------------
# The request itself
# ---------------------------------------------------------------------------------------------------------


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


# ---------------------------------------------------------------------------------------------------------
# Who is asking
# ---------------------------------------------------------------------------------------------------------


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


# ---------------------------------------------------------------------------------------------------------
# Metering
# ---------------------------------------------------------------------------------------------------------


class InsufficientCredits(DomainError):
    """Neither the plan's quota nor the credits cover the operation."""

    code = "insufficient_credits"
    status = 402
    title = "There are not enough credits for this."


class UnknownOperation(DomainError):
    """The registry has no such operation."""

    code = "unknown_operation"
    status = 422
    title = "This operation does not exist."


class InProgress(DomainError):
    """The same request with the same key is still running."""

    code = "in_progress"
    status = 409
    title = "A request with this Idempotency-Key is still running."
    retry_after = 2


class IdempotencyConflict(DomainError):
    """The key was used for another request."""

    code = "idempotency_conflict"
    status = 409
    title = "This Idempotency-Key was used for a different request."


class HoldLost(DomainError):
    """The hold ran out or belongs to a later attempt; nothing was charged for this one."""

    code = "hold_lost"
    status = 409
    title = "The reservation ran out before the work was done; nothing was charged."


class ReplayGone(DomainError):
    """The stored answer of this key is no longer kept."""

    code = "replay_gone"
    status = 410
    title = "The answer to this Idempotency-Key is no longer kept."


class TooManyReleases(DomainError):
    """Too many attempts of this user failed today."""

    code = "too_many_releases"
    status = 429
    title = "Too many failed attempts today."


class SpendCeilingReached(DomainError):
    """The global daily spend ceiling holds for everybody."""

    code = "spend_ceiling_reached"
    status = 503
    title = "The service has reached its spending limit for today."


# ---------------------------------------------------------------------------------------------------------
# Rows
# ---------------------------------------------------------------------------------------------------------


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


class UserNotFound(DomainError):
    """The token names a user that does not exist any more."""

    code = "user_not_found"
    status = 404
    title = "There is no such user."


class Conflict(DomainError):
    """The row exists already or changed meanwhile, and no more specific class names it."""

    code = "conflict"
    status = 409
    title = "This conflicts with what is there."


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


class Gone(DomainError):
    """It was there and is not any more."""

    code = "gone"
    status = 410
    title = "This is gone."


# ---------------------------------------------------------------------------------------------------------
# Models
# ---------------------------------------------------------------------------------------------------------


class ModelError(DomainError):
    """Base of the model's failures; knows what they cost.

    Parameters
    ----------
    detail : str, optional
        See `DomainError`.
    calls : sequence of ModelCall
        The calls made until the failure, so that their cost is recorded although nobody is charged.
    **extra
        See `DomainError`.
    """

    code = "model_failed"
    status = 502
    title = "The AI model failed."

    def __init__(self, detail: str | None = None, /, *, calls: Sequence[ModelCall] = (), **extra: object) -> None:
        super().__init__(detail, **extra)
        self.calls: tuple[ModelCall, ...] = tuple(calls)


class ModelUnavailable(ModelError):
    """The provider is down, refuses our key or is out of quota."""

    code = "model_unavailable"
    status = 503
    title = "The AI model is not available just now."
    retry_after = 5


class ModelTimeout(ModelError):
    """The provider did not answer in the time that was left."""

    code = "model_timeout"
    status = 504
    title = "The AI model took too long."
    retry_after = 5


class ModelRefused(ModelError):
    """The provider declined to answer this input."""

    code = "model_refused"
    status = 422
    title = "The AI model declined this request."


class ModelAnswerInvalid(ModelError):
    """The answer is empty, cut off or does not fit the schema."""

    code = "model_answer_invalid"
    status = 502
    title = "The AI model gave no usable answer."


class AnswerNotGrounded(ModelError):
    """The answer says what the user never said, and nothing of it is left without that; ``unsupported`` lists it."""

    code = "answer_not_grounded"
    status = 502
    title = "The AI model kept inventing things; its answer was dropped."


# ---------------------------------------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------------------------------------


class NothingToWriteFrom(DomainError):
    """There is no material: a model could only invent."""

    code = "nothing_to_write_from"
    status = 422
    title = "There is nothing to write from yet. Fill in the résumé or send notes."


class NothingToImprove(DomainError):
    """The model found nothing to change."""

    code = "nothing_to_improve"
    status = 422
    title = "The model would not change this text."


# ---------------------------------------------------------------------------------------------------------
# Payments
# ---------------------------------------------------------------------------------------------------------


class PriceNotFound(DomainError):
    """There is no such plan or pack on sale, or not for this interval and currency."""

    code = "price_not_found"
    status = 404
    title = "This is not for sale."


class OrderNotFound(DomainError):
    """There is no such order, or it is somebody else's."""

    code = "order_not_found"
    status = 404
    title = "There is no such order."


class SubscriptionNotFound(DomainError):
    """There is no such subscription, or it is somebody else's."""

    code = "subscription_not_found"
    status = 404
    title = "There is no such subscription."


class ReceiptNotFound(DomainError):
    """There is no such receipt, or it is somebody else's."""

    code = "receipt_not_found"
    status = 404
    title = "There is no such receipt."


class SubscriptionExists(DomainError):
    """A second live subscription is refused; ``subscription_id`` names the first."""

    code = "subscription_exists"
    status = 409
    title = "There is a subscription already."


class SubscriptionNotChangeable(DomainError):
    """The subscription is not in a state in which its plan can change."""

    code = "subscription_not_changeable"
    status = 409
    title = "This subscription cannot be changed now."


class NothingToResume(DomainError):
    """The subscription runs on, is over, or was cancelled with a provider that takes no cancellation back."""

    code = "nothing_to_resume"
    status = 409
    title = "This subscription cannot be resumed."


class PlanUnchanged(DomainError):
    """The subscription is on this plan already."""

    code = "plan_unchanged"
    status = 409
    title = "The subscription is on this plan."


class TrialUsed(DomainError):
    """A trial is for confirmed addresses, once."""

    code = "trial_used"
    status = 409
    title = "There is no trial left for this account."


class TrialNotOffered(DomainError):
    """The plan has no trial, or not together with a discount code."""

    code = "trial_not_offered"
    status = 422
    title = "This plan has no trial."


class CouponInvalid(DomainError):
    """No such discount code, or not valid at this time."""

    code = "coupon_invalid"
    status = 422
    title = "This code is not valid."


class CouponNotApplicable(DomainError):
    """The discount code is for something else."""

    code = "coupon_not_applicable"
    status = 422
    title = "This code does not apply here."


class CouponUsedUp(DomainError):
    """The discount code has been used as often as it may be, by this user or by all."""

    code = "coupon_used_up"
    status = 422
    title = "This code has been used."


class UnknownKind(DomainError):
    """What is sold is a pack or a subscription."""

    code = "unknown_kind"
    status = 422
    title = "There is no such kind of order."


class OfferEnded(DomainError):
    """The order of this Idempotency-Key is not sold any more; ``reason`` says which check failed."""

    code = "offer_ended"
    status = 409
    title = "This offer has ended. Start a new checkout."


class PaymentSignatureInvalid(DomainError):
    """What the client says about its payment was not signed by the provider."""

    code = "payment_signature_invalid"
    status = 422
    title = "The payment's signature does not match."


class ProviderNotConfigured(DomainError):
    """No account at that payment provider, or at none at all, is configured here."""

    code = "provider_not_configured"
    status = 422
    title = "This payment provider is not available here."


class PaymentRefused(DomainError):
    """The payment provider declined the request; ``reason`` has what it said."""

    code = "payment_refused"
    status = 422
    title = "The payment provider declined this."


class ProviderUnavailable(DomainError):
    """The payment provider did not answer, or with an error of its own."""

    code = "provider_unavailable"
    status = 503
    title = "The payment provider is not available just now."
    retry_after = 5


class UnknownSubscription(DomainError):
    """A provider's event is about a subscription that no order, subscription or customer of ours leads to."""

    code = "unknown_subscription"
    status = 404
    title = "There is nothing of ours with this subscription id."


class UnknownPrice(DomainError):
    """A provider's event is about a price that was never ours."""

    code = "unknown_price"
    status = 422
    title = "This price was never ours."


class AccountMismatch(DomainError):
    """A payment was made to another account than its order's."""

    code = "account_mismatch"
    status = 422
    title = "The payment was made to another account."


class AmountMismatch(DomainError):
    """A payment is not of its order's amount."""

    code = "amount_mismatch"
    status = 422
    title = "The payment is not of the order's amount."


class CurrencyMismatch(DomainError):
    """A payment is in another currency than its order or price."""

    code = "currency_mismatch"
    status = 422
    title = "The payment is in another currency."


# ---------------------------------------------------------------------------------------------------------
# Ourselves
# ---------------------------------------------------------------------------------------------------------


class RateLimited(DomainError):
    """Too many requests in a short time."""

    code = "rate_limited"
    status = 429
    title = "Too many requests."
    retry_after = 10


class InternalError(DomainError):
    """A fault of ours; the log has it under the request id."""


class DatabaseUnavailable(DomainError):
    """The database did not answer, or not in time."""

    code = "database_unavailable"
    status = 503
    title = "The database is not available just now."
    retry_after = 2


class AnswerLost(DatabaseUnavailable):
    """The connection broke after the call was sent: it is not known whether it took effect."""


class ArchiveUnavailable(DomainError):
    """The archive could not be read or written; nothing was deleted."""

    code = "archive_unavailable"
    status = 503
    title = "The archive cannot be reached at the moment."
    retry_after = 60


class ArchiveCorrupt(DomainError):
    """An archived object is not what its manifest says."""

    code = "archive_corrupt"
    status = 500
    title = "The archived object does not match its manifest."


class PolicyNotFound(DomainError):
    """No retention policy of this name has a period."""

    code = "policy_not_found"
    status = 404
    title = "There is no such retention period."


class PartitionNotExpired(DomainError):
    """The month is not past its retention period, or another run has dropped it already."""

    code = "partition_not_expired"
    status = 409
    title = "This month is not past its retention period."


class UnknownTask(DomainError):
    """The clean-up has no task of this name."""

    code = "unknown_task"
    status = 422
    title = "There is no such clean-up task."


class SecretsUnavailable(DomainError):
    """The secret store did not answer, and what it keeps has not been read before."""

    code = "secrets_unavailable"
    status = 503
    title = "A part of the service is not available just now."
    retry_after = 5


class DeadlineExceeded(DomainError):
    """The work did not fit into the time that the platform gives a request."""

    code = "deadline_exceeded"
    status = 504
    title = "This took too long."
    retry_after = 5
