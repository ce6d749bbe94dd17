"""Webhook events of the payment providers: verified, then stored and applied in one database call."""
