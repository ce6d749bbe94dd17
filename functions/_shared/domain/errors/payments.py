"""Prices, orders, subscriptions and payment providers."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError


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
