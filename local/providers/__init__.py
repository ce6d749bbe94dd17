"""Payment providers for the local machine: servers that speak Razorpay's and Stripe's API and sign webhooks.

They hold their state in memory, play the customer and the bank on request (`world`), and let time pass when
told to (`clock`). Nothing here is deployed. Shapes follow the vendors' API references as far as the calls of
our adapters go.
"""
