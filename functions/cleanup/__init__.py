"""Scheduled clean-up: holds, lots, trials, webhooks, sign-ups, retention with archive, partitions, invariants."""
