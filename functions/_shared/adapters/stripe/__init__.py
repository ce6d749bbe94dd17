"""Stripe: webhook events into facts (`events`), signatures (`signature`), API calls (`provider`)."""
