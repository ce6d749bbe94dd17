"""A stack of its own: these tests travel years ahead and drop months, which nobody else should have to live with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared import wiring
from functions._shared.settings import Settings
from functions.cleanup.handler import app
from local import queue
from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    import psycopg

SECRET = "c" * 40


@pytest.fixture(scope="package")
def stack(scratch: Path) -> Iterator[Stack]:
    made = Stack(
        scratch / "cleanup",
        env={
            "RESUMEBASE_AI_PROVIDER": "offline",
            "CLEANUP_SECRET": SECRET,
            "RESUMEBASE_ARCHIVE_FOLDER": str(scratch / "cleanup-archive"),
        },
    )
    with made:
        yield made


@pytest.fixture(scope="package")
def database(stack: Stack) -> str:
    return stack.database_url


def archive_keys(connection: psycopg.Connection[dict[str, Any]]) -> dict[str, bytes]:
    """The keys of archived rows, by user."""
    rows = connection.execute("select user_id::text, key from private.archive_keys")
    return {row["user_id"]: bytes(row["key"]) for row in rows}


@pytest.fixture
def archive_folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def settings(stack: Stack, archive_folder: Path) -> Settings:
    # A mail that was sent is out of our hands.
    mails = archive_folder.parent / "mails"
    folders = {"RESUMEBASE_ARCHIVE_FOLDER": str(archive_folder), "RESUMEBASE_MAIL_FOLDER": str(mails)}
    return Settings({**stack.env(), "CLEANUP_SECRET": SECRET, **folders})


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    local_queue = queue.discover(["cleanup", "resume-export"])
    with wiring.override(settings=settings, queue=local_queue):
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://test/functions/v1/cleanup",
            headers={"authorization": f"Bearer {SECRET}"},
            timeout=60,
        ) as made:
            yield made
        await local_queue.drained()
