"""Scheduled clean-up: holds, webhooks, cancellations, sign-ups, retention with archive, files, erasure, invariants."""
