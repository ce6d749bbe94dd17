"""A local Stripe: its state and behaviour (`world`), its HTTP API (`api`), its customers (`desk`).

Objects have the form of API versions since 2025-03-31.
"""
