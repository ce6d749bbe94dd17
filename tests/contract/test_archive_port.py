"""The contract of the `Archive` port, against a folder and S3 (real boto3 and moto's server)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from functions._shared.adapters.aws.archive import build
from functions._shared.adapters.folder.archive import FolderArchive
from functions._shared.domain.errors import ArchiveUnavailable, NotFound
from functions.cleanup.archive import pack, store
from tests.fakes.bucket import Bucket, new_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from functions._shared.ports.archive import Archive

TYPE = "application/octet-stream"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with new_bucket() as empty_bucket:
        yield empty_bucket


@pytest.fixture(params=["folder", "s3"])
def archive(request: pytest.FixtureRequest, tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Archive:
    if request.param == "folder":
        return FolderArchive(str(tmp_path / "archive"))
    for name, value in bucket.variables().items():
        monkeypatch.setenv(name, value)
    return build(bucket.name)


@pytest.mark.parametrize("body", [b"", b"\x00\xff\r\n" * 1000, "Zoë".encode(), bytes(range(256)) * 4096])
async def test_an_object_is_returned_byte_for_byte(archive: Archive, body: bytes) -> None:
    await archive.put("archive/a/b.bin", body, TYPE)
    assert await archive.get("archive/a/b.bin") == body


async def test_a_second_put_replaces_the_object(archive: Archive) -> None:
    await archive.put("archive/twice", b"first, longer", TYPE)
    await archive.put("archive/twice", b"second", TYPE)
    assert await archive.get("archive/twice") == b"second"


@pytest.mark.parametrize("key", ["archive/none", "archive", "nothing/at/all.json"])
async def test_a_missing_object_is_not_found(archive: Archive, key: str) -> None:
    await archive.put("archive/there", b"x", TYPE)
    with pytest.raises(NotFound):
        await archive.get(key)


async def test_concurrent_puts_do_not_interfere(archive: Archive) -> None:
    keys = {f"archive/{n % 3}/{n}": str(n).encode() * 1000 for n in range(24)}
    await asyncio.gather(*(archive.put(key, body, TYPE) for key, body in keys.items()))
    assert await asyncio.gather(*(archive.get(key) for key in keys)) == list(keys.values())


async def test_a_stored_object_is_verified(archive: Archive) -> None:
    packed = pack("analyses", "public.analyses", [{"row": {"id": "1", "text": "Zoë"}, "children": {}}])
    await store(archive, packed)
    assert await archive.get(packed.manifest.object_key) == packed.body


async def test_a_bucket_that_cannot_be_reached_is_unavailable(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in bucket.variables("http://127.0.0.1:9").items():
        monkeypatch.setenv(name, value)
    archive = build(bucket.name)
    with pytest.raises(ArchiveUnavailable):
        await archive.put("archive/x", b"x", TYPE)
    with pytest.raises(ArchiveUnavailable):
        await archive.get("archive/x")


async def test_a_missing_bucket_is_unavailable(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in bucket.variables().items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ArchiveUnavailable):
        await build("another-bucket").put("archive/x", b"x", TYPE)


async def test_an_unusable_folder_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    archive = FolderArchive(str(tmp_path / "file"))
    with pytest.raises(ArchiveUnavailable):
        await archive.put("archive/x", b"x", TYPE)
