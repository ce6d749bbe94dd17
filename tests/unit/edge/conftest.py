"""The sample app, served in memory."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared import wiring
from functions._shared.settings import Settings
from tests.unit.edge import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from functions._shared.edge import FunctionApp

    Send = Callable[..., httpx.Response]


@pytest.fixture
def settings() -> Iterator[Settings]:
    """Settings of a project that does not exist, active during the test."""
    config = Settings(
        {
            "SUPABASE_URL": sample.URL,
            "SUPABASE_JWT_SECRET": sample.SECRET,
            "CLEANUP_SECRET": "s" * 32,
            "CLEANUP_SECRET_PREVIOUS": "p" * 32,
        }
    )
    with wiring.override(settings=config):
        yield config


@pytest.fixture
def app() -> FunctionApp:
    return sample.make_app()


@pytest.fixture
def send(app: FunctionApp, settings: Settings) -> Send:  # noqa: ARG001 - active during the test
    """`send(method, path, **httpx_options)`: one request, path relative to the function."""

    def _send(method: str, path: str, **options: Any) -> httpx.Response:
        async def talk() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
                return await client.request(method, f"/functions/v1/sample{path}", **options)

        return asyncio.run(talk())

    return _send
