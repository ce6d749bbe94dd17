"""Payments in terms that both providers share. The `PaymentProvider` and `PaymentBooks` ports speak them.

names
    The names of providers, statuses, kinds and intervals.
facts, events
    What a provider reports: `Facts`, and the `ProviderEvent` that carries them; what our inbox did with an event.
orders
    What we ask of a provider, and our own orders.
checkouts
    The states of a checkout in our books.
subscriptions
    Changes of plan, and subscriptions that must end.
receipts, catalogue
    What a customer has paid, and everything for sale.
reconciliation
    What is out of date, and what a provider's answer changes.

The models are frozen. Those that our database returns are dataclasses, which the ``supabase`` adapter parses.
"""
