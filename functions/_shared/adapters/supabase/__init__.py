"""Supabase over PostgREST: the ledger with the secret key, rows with the caller's token."""
