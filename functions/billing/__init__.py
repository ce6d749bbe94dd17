"""Plans, balance, history, checkout, subscriptions and receipts."""
