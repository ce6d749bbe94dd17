"""Supabase over PostgREST: database functions with the secret key, rows with the caller's token."""
