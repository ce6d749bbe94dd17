"""`ChildReader` on files that are wrong on purpose: each ends with a clear error, in bounded time and memory."""

from __future__ import annotations

import io
import json
import os
import signal
import time
import zipfile
import zlib
from typing import TYPE_CHECKING

import psutil
import pytest

from functions._shared.adapters.documents.reader import ChildReader
from functions._shared.domain.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentTooSlow,
    DocumentTypeUnsupported,
    DocumentUnreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildReader]:
    reader = ChildReader(seconds=10)
    yield reader
    reader.close()


def pdf(*, pages: int = 1, encrypted: str | None = None) -> bytes:
    import pikepdf

    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    target = io.BytesIO()
    encryption = pikepdf.Encryption(owner="o", user=encrypted) if encrypted is not None else False
    document.save(target, encryption=encryption)
    return target.getvalue()


def archive(**members: bytes | str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def docx(body: str, prolog: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive(**{"word__document.xml": xml, "[Content_Types].xml": "<Types/>"})


def stream_bomb() -> bytes:
    """A PDF whose page content unpacks to 600 MB."""
    content = zlib.compress(b" " * 50_000_000, 9)
    content = zlib.compress(content, 9)
    filters = b"[/FlateDecode /FlateDecode]"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents[" + b"4 0 R " * 40 + b"]>>",
        b"<</Length " + str(len(content)).encode() + b"/Filter " + filters + b">>stream\n" + content + b"\nendstream",
    ]
    return assemble(objects)


def assemble(objects: list[bytes]) -> bytes:
    result = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(result))
        result += str(number).encode() + b" 0 obj" + body + b"endobj\n"
    start = len(result)
    result += b"xref\n0 " + str(len(objects) + 1).encode() + b"\n0000000000 65535 f \n"
    result += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return (
        result
        + b"trailer<</Size "
        + str(len(objects) + 1).encode()
        + b"/Root 1 0 R>>\nstartxref\n"
        + str(start).encode()
        + b"\n%%EOF"
    )


def object_stream_bomb() -> bytes:
    """A PDF whose object stream unpacks to 800 MB."""
    packed = zlib.compress(b"1 0 " + b"0" * 100_000_000, 9)
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
            + str(len(packed)).encode()
            + b">>stream\n"
            + packed
            + b"\nendstream",
        ]
    )


def endless_pages() -> bytes:
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>"])


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
EXTERNAL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"

WRONG: dict[str, tuple[Callable[[], bytes], type[DocumentUnreadable]]] = {
    "truncated_pdf": (lambda: pdf()[:200], DocumentDamaged),
    "only_the_magic": (lambda: b"%PDF-1.7\n", DocumentDamaged),
    "encrypted_pdf": (lambda: pdf(encrypted="secret"), DocumentEncrypted),
    "too_many_pages": (lambda: pdf(pages=51), DocumentTooLarge),
    "too_many_bytes": (lambda: b"%PDF-1.7\n" + b"x" * 10_000_001, DocumentTooLarge),
    "png_named_pdf": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, DocumentTypeUnsupported),
    "legacy_word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DocumentTypeUnsupported),
    "encrypted_word": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        DocumentEncrypted,
    ),
    "program": (lambda: b"\x7fELF" + b"\0" * 100, DocumentTypeUnsupported),
    "binary": (lambda: bytes(range(256)) * 20, DocumentTypeUnsupported),
    "truncated_zip": (lambda: archive(**{"word__document.xml": "x" * 1000})[:60], DocumentDamaged),
    "spreadsheet": (
        lambda: archive(**{"[Content_Types].xml": "<Types/>", "xl__workbook.xml": "<w/>"}),
        DocumentTypeUnsupported,
    ),
    "zip_of_nothing_known": (lambda: archive(**{"a.txt": "hello"}), DocumentTypeUnsupported),
    "nested_zip": (
        lambda: archive(**{"inner.zip": archive(**{"Profile.csv": "First Name,Last Name,Headline"})}),
        DocumentTypeUnsupported,
    ),
    "zip_bomb": (lambda: archive(**{"Profile.csv": b"0" * 90_000_000}), DocumentTooLarge),
    "many_members": (lambda: archive(**{f"{number}.csv": "" for number in range(2001)}), DocumentTooLarge),
    "word_bomb": (lambda: docx("<w:p>" + " " * 85_000_000 + "</w:p>"), DocumentTooLarge),
    "word_without_body": (lambda: archive(**{"word__document.xml": "<a/>"}), DocumentDamaged),
    "word_of_broken_xml": (lambda: archive(**{"word__document.xml": "<w:document"}), DocumentDamaged),
    "deep_word": (lambda: docx("<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400), DocumentDamaged),
    "billion_laughs_word": (lambda: docx(PARAGRAPH.format("&j;"), ENTITIES), DocumentDamaged),
    "deep_json": (lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, DocumentDamaged),
    "broken_json": (lambda: b'{"basics": {"name": "A"', DocumentDamaged),
    "yaml_aliases": (lambda: b"cv:\n  a: &a [1,2]\n  b: [*a,*a]\n", DocumentTooLarge),
    "broken_yaml": (lambda: b"cv:\n  name: [\n", DocumentDamaged),
    "html": (lambda: b"<!DOCTYPE html><html><body>x</body></html>", DocumentTypeUnsupported),
    "endless_pages": (endless_pages, DocumentUnreadable),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_files_end_with_a_clear_error(reader: ChildReader, name: str) -> None:
    make, error = WRONG[name]
    data = make()
    started = time.monotonic()
    with pytest.raises(error):
        reader.read(data)
    assert time.monotonic() - started < 12


@pytest.mark.parametrize("bomb", [stream_bomb, object_stream_bomb])
def test_bombs_in_a_pdf_stay_within_time_and_memory(reader: ChildReader, bomb: object) -> None:
    data = bomb()  # type: ignore[operator]
    assert len(data) < 2_000_000
    started = time.monotonic()
    try:
        document = reader.read(data)
    except DocumentUnreadable:
        pass
    else:
        assert sum(len(line.text) for line in document.lines()) < 1_000_000
    assert time.monotonic() - started < 12


def test_external_references_are_not_followed(reader: ChildReader) -> None:
    try:
        document = reader.read(docx(PARAGRAPH.format("Jane &x; Doe"), EXTERNAL))
    except DocumentUnreadable:
        return
    assert "root" not in " ".join(line.text for line in document.lines())


def test_an_owner_password_alone_does_not_hinder(reader: ChildReader) -> None:
    assert len(reader.read(pdf(encrypted="")).pages) == 1


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    reader = ChildReader()
    try:
        process = reader._process
        assert process is not None
        reader.read(b"Jane Doe\n")
        reader._seconds = 0.5
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(DocumentTooSlow):
            reader.read(b"Jane Doe\n")
        assert not psutil.pid_exists(process.pid) or psutil.Process(process.pid).status() == psutil.STATUS_ZOMBIE
        reader._seconds = 20
        assert reader.read(b"Jane Doe\n").pages[0].lines[0].text == "Jane Doe"
    finally:
        reader.close()


def test_a_child_that_dies_costs_one_file() -> None:
    reader = ChildReader()
    try:
        reader.read(b"Jane Doe\n")
        process = reader._process
        assert process is not None
        process.kill()
        process.wait()
        assert reader.read(b"Jane Doe\n").pages[0].lines[0].text == "Jane Doe"
    finally:
        reader.close()


def test_the_child_has_no_environment_of_ours(reader: ChildReader) -> None:
    reader.read(b"Jane Doe\n")
    process = reader._process
    assert process is not None
    names = set(psutil.Process(process.pid).environ())
    assert names <= {"PYTHONPATH", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "LC_CTYPE"}


def test_data_files_come_as_data(reader: ChildReader) -> None:
    assert reader.read(json.dumps({"basics": {"name": "A"}}).encode()).data == {"basics": {"name": "A"}}
    assert reader.read(b"# mine\ncv:\n  name: A\n").data == {"cv": {"name": "A"}}
    table = reader.read(archive(**{"x__Profil.csv": "\ufeffFirst Name,Last Name,Headline\nA,B,C\n"})).data[0]
    assert table == {
        "headers": ["First Name", "Last Name", "Headline"],
        "rows": [{"First Name": "A", "Last Name": "B", "Headline": "C"}],
    }
