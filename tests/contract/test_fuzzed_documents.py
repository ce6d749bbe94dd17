"""Files that were damaged at random: reading and importing each ends with a document or a clear error, and in time.

The damage depends only on the number of the file, so that a failure can be repeated.
"""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from functions._shared.adapters.documents.reader import ChildReader
from functions._shared.domain.documents.facts import FileFacts
from functions._shared.domain.errors import DomainError
from functions._shared.domain.resume.content import parse_content
from functions.ats_scan.parseability import parseability
from functions.resume_import.importer import import_document

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA: Final = Path(__file__).parents[1] / "data"
SECONDS: Final = 20
SMALL: Final = 50_000
"""Bytes of a file that is damaged."""
ODD: Final = (
    b"\x00", b"\xff\xfe", b"<<", b">>", b"stream\r\n", b"endobj", b"999999999", b"-1", b"/Kids[1 0 R]", b"<w:p>", b"]]>",
    b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"PK\x03\x04", b"{", b"[[[[", b"&a *a", b"\xe2\x80\xae", b"%PDF-",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildReader]:
    reader = ChildReader(seconds=SECONDS)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def originals() -> list[bytes]:
    """The small files of each type, the rarer types as often as the others."""
    found: dict[str, list[bytes]] = {}
    labelled = [path for path in sorted((DATA / "import" / "dev").iterdir()) if path.suffix != ".json"]
    for path in [*labelled, *sorted((DATA / "json_resume").glob("*.json"))]:
        if path.stat().st_size <= SMALL:
            found.setdefault(path.suffix, []).append(path.read_bytes())
    return [files[index % len(files)] for index in range(12) for files in found.values()]


def damaged(number: int, originals: list[bytes]) -> bytes:
    """Return a file with one to five damages; those of an archive are in one of its members half of the time."""
    chance = random.Random(number)
    data = chance.choice(originals)
    if data.startswith(b"PK") and chance.random() < 0.5:
        return _with_damaged_member(data, originals, chance)
    return _damaged(data, originals, chance)


def _damaged(data: bytes, originals: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice([1, 4, 64, 1024])
        match chance.randrange(6):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * chance.choice([1, 2, 50])
            case 3:
                changed[at:at] = chance.choice(ODD)
            case 4:
                del changed[at:]
            case _:
                other = chance.choice(originals)
                start = chance.randrange(len(other) + 1)
                changed[at : at + length] = other[start : start + length]
    return bytes(changed)


def _with_damaged_member(data: bytes, originals: list[bytes], chance: random.Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            member = source.read(name)
            copy.writestr(name, _damaged(member, originals, chance) if name == chosen else member)
    return target.getvalue()


def survive(reader: ChildReader, number: int, data: bytes) -> bool:
    """Read, import and judge a file; tell whether it was readable."""
    began = time.monotonic()
    try:
        document = reader.read(data, facts=True)
    except DomainError:
        return False
    finally:
        assert time.monotonic() - began < SECONDS + 5, number
    content = parse_content({})
    with contextlib.suppress(DomainError):
        content = parse_content(import_document(document).content)
    part = parseability(document.facts or FileFacts(document.kind, len(data)), document, content)
    assert 0 <= part.score <= part.cap <= 100, number
    return True


def test_damaged_files_end_with_a_document_or_a_clear_error(reader: ChildReader, originals: list[bytes]) -> None:
    readable = sum(survive(reader, number, damaged(number, originals)) for number in range(200))
    assert 0 < readable < 200


@pytest.mark.long
@pytest.mark.parametrize("block", range(20))
def test_ten_thousand_damaged_files(reader: ChildReader, originals: list[bytes], block: int) -> None:
    for number in range(1_000 + 500 * block, 1_500 + 500 * block):
        survive(reader, number, damaged(number, originals))
