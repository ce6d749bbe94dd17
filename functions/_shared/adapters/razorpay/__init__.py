"""Razorpay: webhook events into facts (`events`), signatures (`signature`), API calls (`client`, `provider`)."""
