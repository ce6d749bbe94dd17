"""Builders of payment providers, from our accounts at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.settings import MissingSetting

if TYPE_CHECKING:
    from functions._shared.ports.payment_provider import PaymentProvider
    from functions._shared.settings import Settings


def razorpay_account(settings: Settings) -> PaymentProvider:
    """Return our account at Razorpay."""
    from functions._shared.adapters.razorpay.provider import RazorpayKeys, RazorpayProvider

    config = settings.razorpay
    if config is None:
        raise MissingSetting("RAZORPAY_KEY_ID")
    return RazorpayProvider(
        RazorpayKeys(config.key_id, config.key, config.webhook_secrets, config.account, config.base_url)
    )


def stripe_account(settings: Settings) -> PaymentProvider:
    """Return our account at Stripe."""
    from functions._shared.adapters.stripe.provider import StripeKeys, StripeProvider

    config = settings.stripe
    if config is None:
        raise MissingSetting("STRIPE_SECRET_KEY")
    return StripeProvider(StripeKeys(config.key, config.webhook_secrets, config.account, config.base_url))
