"""What an account may store as files, however they arrive: the stock client's uploads, signed URLs and replacements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from storage3.exceptions import StorageApiError

from tests.database.test_storage_limits import limits
from tests.e2e.person import Person

if TYPE_CHECKING:
    from local.stack import Stack
    from tests.database.rows import Connect

TEXT: Any = {"content-type": "text/plain"}


@pytest.fixture(scope="module")
def person(stack: Stack) -> Person:
    return Person(stack)


def test_upload_urls_signed_in_advance_do_not_pass_the_limit(connect: Connect, person: Person) -> None:
    files = person.client.storage.from_("resumes")
    with limits(connect, "files", "free", max_rows=1):
        signed = [files.create_signed_upload_url(f"{person.id}/{name}.txt") for name in ("a", "b", "c")]
        files.upload_to_signed_url(signed[0]["path"], signed[0]["token"], b"one", TEXT)
        for each in signed[1:]:
            with pytest.raises(StorageApiError, match="storage_limit_reached"):
                files.upload_to_signed_url(each["path"], each["token"], b"more", TEXT)
        with pytest.raises(StorageApiError, match="storage_limit_reached"):
            files.upload(f"{person.id}/d.txt", b"more", TEXT)
        with pytest.raises(StorageApiError, match="storage_limit_reached"):
            files.create_signed_upload_url(f"{person.id}/e.txt")
    assert [each["name"].rpartition("/")[2] for each in files.list(person.id)] == ["a.txt"]


def test_replacing_a_file_does_not_pass_the_bytes(connect: Connect, person: Person) -> None:
    files, path = person.client.storage.from_("resumes"), f"{person.id}/grows.txt"
    files.upload(path, b"small", TEXT)
    with limits(connect, "files", "free", max_bytes=100):
        with pytest.raises(StorageApiError, match="storage_limit_reached"):
            files.update(path, b"x" * 200, TEXT)
        files.update(path, b"tiny", TEXT)
    assert files.download(path) == b"tiny"
