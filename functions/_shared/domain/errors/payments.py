"""Errors about prices, orders, subscriptions and payment providers."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError

# Not found.


class PriceNotFound(DomainError):
    """The plan or pack is not for sale, or not for this interval and currency."""

    code = "price_not_found"
    status = 404
    title = "This is not for sale."


class OrderNotFound(DomainError):
    """The order does not exist or belongs to another user."""

    code = "order_not_found"
    status = 404
    title = "This order does not exist."


class SubscriptionNotFound(DomainError):
    """The subscription does not exist or belongs to another user."""

    code = "subscription_not_found"
    status = 404
    title = "This subscription does not exist."


class ReceiptNotFound(DomainError):
    """The receipt does not exist or belongs to another user."""

    code = "receipt_not_found"
    status = 404
    title = "This receipt does not exist."


# Checkout.


class UnknownOrderKind(DomainError):
    """The kind of order is neither a pack nor a subscription."""

    code = "unknown_kind"
    status = 422
    title = "This kind of order does not exist."


class CouponInvalid(DomainError):
    """The discount code does not exist or is not valid at this time."""

    code = "coupon_invalid"
    status = 422
    title = "This discount code is not valid."


class CouponNotApplicable(DomainError):
    """The discount code does not apply to this purchase."""

    code = "coupon_not_applicable"
    status = 422
    title = "This discount code does not apply to this purchase."


class CouponUsedUp(DomainError):
    """The discount code has reached its limit, for this user or in total."""

    code = "coupon_used_up"
    status = 422
    title = "This discount code has been used up."


class TrialNotOffered(DomainError):
    """The plan has no trial, or its trial cannot be combined with a discount code."""

    code = "trial_not_offered"
    status = 422
    title = "This plan has no trial."


class TrialUsed(DomainError):
    """The account has already had a trial, or its email address is not confirmed."""

    code = "trial_used"
    status = 409
    title = "No trial is available for this account."


class OfferEnded(DomainError):
    """The order of this Idempotency-Key is no longer sold; ``reason`` says which check failed."""

    code = "offer_ended"
    status = 409
    title = "This offer has ended. Start a new checkout."


# Subscriptions.


class SubscriptionExists(DomainError):
    """The user already has a live subscription; ``subscription_id`` names it."""

    code = "subscription_exists"
    status = 409
    title = "You already have a subscription."


class SubscriptionNotChangeable(DomainError):
    """The state of the subscription does not allow a change of plan."""

    code = "subscription_not_changeable"
    status = 409
    title = "This subscription cannot be changed at the moment."


class PlanUnchanged(DomainError):
    """The subscription is already on this plan."""

    code = "plan_unchanged"
    status = 409
    title = "The subscription is already on this plan."


class NothingToResume(DomainError):
    """The subscription is running, has ended, or was cancelled with a provider that cannot undo a cancellation."""

    code = "nothing_to_resume"
    status = 409
    title = "This subscription cannot be resumed."


# Payment providers.


class PaymentProviderNotConfigured(DomainError):
    """No account with the payment provider, or with any provider, is configured."""

    code = "provider_not_configured"
    status = 422
    title = "This payment provider is not available here."


class PaymentProviderUnavailable(DomainError):
    """The payment provider did not answer, or answered with a server error."""

    code = "provider_unavailable"
    status = 503
    title = "The payment provider is not available at the moment."
    retry_after = 5


class PaymentRefused(DomainError):
    """The payment provider declined the request; ``reason`` is its explanation."""

    code = "payment_refused"
    status = 422
    title = "The payment provider declined the request."


class PaymentSignatureInvalid(DomainError):
    """The payment confirmation from the client does not carry a valid signature of the provider."""

    code = "payment_signature_invalid"
    status = 422
    title = "The payment signature is not valid."


# What a person has to look at.


class ReviewNotFound(DomainError):
    """The list of payments to review has no such entry, or no longer has it."""

    code = "review_not_found"
    status = 404
    title = "There is no such entry on the review list."
