"""Fixtures of the tests of the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.books.support import Books
from tests.database.metering.support import Meter

if TYPE_CHECKING:
    from tests.database.rows import Clock, Connect, NewUser


@pytest.fixture
def books(clock: Clock, connect: Connect, new_user: NewUser) -> Books:
    """Plans of the worked examples, a clock that stands still, and a provider that tells what it is asked to."""
    assert clock is not None
    owner = connect()
    owner.execute(
        """
        alter table private.test_clock add column if not exists moment timestamptz;
        create or replace function private.now() returns timestamptz
        language sql volatile security definer set search_path = ''
        as $$ select coalesce(moment, pg_catalog.clock_timestamp()) from private.test_clock $$;
        """
    )
    return Books(Meter(connect(), owner), new_user)
