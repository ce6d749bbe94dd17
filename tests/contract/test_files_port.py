"""Files in storage: what every implementation of the port does, tried on the storage API of the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import pytest

from functions._shared.adapters.supabase.files import SupabaseFiles
from functions._shared.domain.errors import DomainError, FileTooLarge, StoredFileNotFound

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from functions._shared.ports.files import Files
    from local.stack import Stack

PDF = "application/pdf"


@pytest.fixture
async def files(stack: Stack) -> AsyncIterator[Files]:
    async with httpx.AsyncClient() as client:
        yield SupabaseFiles(stack.url, stack.secret_key, client)


@pytest.fixture
def path() -> str:
    return f"{uuid4()}/{uuid4()}.pdf"


async def test_a_file_is_read_as_it_was_written_and_can_be_replaced(files: Files, path: str) -> None:
    for body in (b"%PDF-1.4 one", b"%PDF-1.4 two \x00\xff"):
        await files.write("exports", path, body, PDF)
        assert await files.read("exports", path, limit=100) == body


async def test_a_larger_file_than_allowed_is_not_read(files: Files, path: str) -> None:
    await files.write("exports", path, b"%PDF" + b"x" * 96, PDF)
    assert len(await files.read("exports", path, limit=100)) == 100
    with pytest.raises(FileTooLarge) as error:
        await files.read("exports", path, limit=99)
    assert error.value.extra == {"limit": 99}


async def test_a_missing_file_is_said_to_be_missing(files: Files, path: str) -> None:
    with pytest.raises(StoredFileNotFound):
        await files.read("exports", path, limit=100)
    with pytest.raises(StoredFileNotFound):
        await files.link("exports", path, seconds=60)


async def test_a_path_stays_in_its_bucket(files: Files, path: str) -> None:
    await files.write("exports", path, b"%PDF-1.4", PDF)
    with pytest.raises(DomainError):
        await files.read("resumes", f"../exports/{path}", limit=100)


async def test_a_link_works_without_a_key_and_names_the_file(files: Files, path: str) -> None:
    await files.write("exports", path, b"%PDF-1.4 linked", PDF)
    link = await files.link("exports", path, seconds=60, name="Ada & Søn.pdf")
    async with httpx.AsyncClient() as anybody:
        answer = await anybody.get(link)
        broken = await anybody.get(link.replace("token=", "token=x"))
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.4 linked")
    assert "download=Ada%20%26%20S%C3%B8n.pdf" in link
    assert broken.status_code >= 400


async def test_a_type_that_the_bucket_does_not_take_is_refused(files: Files, path: str) -> None:
    with pytest.raises(DomainError):
        await files.write("exports", path, b"MZ", "application/x-msdownload")
    with pytest.raises(StoredFileNotFound):
        await files.read("exports", path, limit=100)


async def test_a_removed_file_is_gone_and_removing_it_again_is_no_error(files: Files, path: str) -> None:
    await files.write("exports", path, b"%PDF-1.4", PDF)
    for _ in range(2):
        await files.remove("exports", path)
    with pytest.raises(StoredFileNotFound):
        await files.read("exports", path, limit=100)
