"""The ledger and rows adapters of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from functions._shared.adapters.supabase.caller import SupabaseRows
from functions._shared.adapters.supabase.ledger import SupabaseLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.stack import Stack
    from tests.functions.edge.wire import Wire


@pytest.fixture
def ledger_on(stack: Stack) -> Callable[[Wire], SupabaseLedger]:
    """Factory of ledger adapters that use a given wire."""

    def _ledger_on(wire: Wire) -> SupabaseLedger:
        return SupabaseLedger(stack.url, stack.secret_key, httpx.AsyncClient(transport=wire))

    return _ledger_on


@pytest.fixture
def rows_on(stack: Stack) -> Callable[[Wire, str], SupabaseRows]:
    """Factory of rows adapters with a user's token that use a given wire."""

    def _rows_on(wire: Wire, token: str) -> SupabaseRows:
        return SupabaseRows(stack.url, stack.publishable_key, token, httpx.AsyncClient(transport=wire))

    return _rows_on
