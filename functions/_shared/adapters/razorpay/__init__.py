"""Razorpay: events and entities as facts (`events`, `entities`), signatures, API calls (`client`, `provider`)."""
