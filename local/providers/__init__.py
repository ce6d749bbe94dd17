"""Local payment providers: servers with the APIs of Razorpay and Stripe that send signed webhooks.

`accounts` holds both accounts and delivers their events; `server` serves them; `bank` and `desk` act as the customer
and the bank; `clock` lets time pass on request. Requests and answers follow the vendors' API references, as far as our
adapters use them.
"""
