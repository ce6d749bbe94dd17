"""A local Stripe: its state and behaviour (`world`), its HTTP API (`api`). Objects as of API version 2025-03-31 on."""
