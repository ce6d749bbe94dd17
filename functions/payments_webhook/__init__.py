"""Webhook events of the payment providers: verified, kept and applied in one call of the database."""
