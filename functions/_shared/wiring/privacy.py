"""Builders for accounts, their exports and their erasure. They hold nothing, so no container keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared import wiring

if TYPE_CHECKING:
    from functions._shared.ports.erasures import Erasures
    from functions._shared.ports.export_parts import ExportParts, Store
    from functions._shared.ports.key_checks import KeyChecks
    from functions._shared.ports.user_accounts import UserAccounts


def user_accounts() -> UserAccounts:
    """Return users' accounts."""
    from functions._shared.adapters.supabase.user_accounts import SupabaseUserAccounts

    config = wiring.settings()
    return SupabaseUserAccounts(config.supabase_url, config.secret_key, wiring.http())


def erasures() -> Erasures:
    """Return the erasures of accounts, and the keys of their archived rows."""
    from functions._shared.adapters.supabase.erasures import SupabaseErasures

    config = wiring.settings()
    return SupabaseErasures(config.supabase_url, config.secret_key, wiring.http())


def export_parts(store: Store) -> ExportParts:
    """Return new archives for an export."""
    from functions._shared.adapters.documents.export_parts import ZipParts

    return ZipParts(store)


def key_checks() -> KeyChecks:
    """Return the checks of users' own keys at the model providers."""
    from functions._shared.adapters.model_accounts.key_checks import HttpKeyChecks
    from functions._shared.domain.providers import MODELS

    environ = wiring.settings().environ
    hosts = {name: environ.get(f"{defaults.prefix}_BASE_URL") for name, defaults in MODELS.items()}
    return HttpKeyChecks(wiring.http(), {name: host for name, host in hosts.items() if host})
