"""Every module of database tests has a database of its own; after it, the invariants of `sql/checks` must hold there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.conftest import PRISTINE
from tests.database.checks import broken_invariants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.stack import Stack


@pytest.fixture(scope="module")
def database(_cluster: Stack) -> Iterator[str]:
    """URL (superuser) of a migrated and seeded database that no other module has used."""
    name = f"module_{uuid.uuid4().hex}"
    with psycopg.connect(_cluster.database_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {PRISTINE}")
        yield urlsplit(_cluster.database_url)._replace(path=f"/{name}").geturl()
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="module", autouse=True)
def _invariants_hold(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as connection:
        assert broken_invariants(connection) == {}
