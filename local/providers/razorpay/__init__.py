"""A local Razorpay: its state and behaviour (`world`), its HTTP API (`api`), its customers (`desk`)."""
