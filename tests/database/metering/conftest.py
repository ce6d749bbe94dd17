"""Fixtures of the metering tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.metering.support import Meter, load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.database.rows import Clock, Connect


@pytest.fixture
def meter(connect: Connect) -> Meter:
    """The metering functions with the rights of the secret key, and a view of the ledger."""
    return Meter(connect(), connect())


@pytest.fixture
def catalogue(connect: Connect) -> Iterator[Callable[[str], None]]:
    """`catalogue("b")` loads one of five catalogues; the default returns after the test."""
    connection = connect()
    yield lambda name: load_catalogue(connection, name)
    load_catalogue(connection)


@pytest.fixture
def noon(clock: Clock) -> Clock:
    """The clock at noon in the middle of a month, so that no period ends by itself."""
    clock.set("2027-03-10T12:00:00Z")
    return clock
