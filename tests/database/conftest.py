"""After every module of database tests, the invariants of `sql/checks` must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.checks import broken_invariants

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _invariants_hold(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as connection:
        assert broken_invariants(connection) == {}
