"""Any file as a document: finds its type from its content and calls the reader for it. Runs in the child process."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import zipfile
from typing import Any, Final

from functions._shared.adapters.documents.archives import (
    Damaged,
    Encrypted,
    TooLarge,
    Unsupported,
    check_archive,
    read_member,
)
from functions._shared.adapters.documents.text_reader import decode, read_text
from functions._shared.domain.documents.form import Document

MAX_BYTES: Final = 10_000_000
MAX_TEXT: Final = 1_000_000
MAX_ROWS: Final = 5_000
MAX_EVENTS: Final = 200_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMED: Final = (
    (b"{\\rtf", "rtf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"),
    (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"), (b"\x1f\x8b", "gzip"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"),
    (b"\x7fELF", "program"), (b"MZ", "program"), (b"%!PS", "postscript"), (b"BM", "bmp"),
)  # fmt: skip
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_HTML: Final = re.compile(rb"^\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_YAML: Final = re.compile(r"^(?:---\s*\n|#[^\n]*\n|\s*\n)*cv:\s*(?:#.*)?\n", re.MULTILINE)


def read_file(data: bytes) -> Document:
    """Read a file.

    Raises
    ------
    Damaged, Encrypted, TooLarge, Unsupported
        It cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("10 MB")
    if b"%PDF-" in data[:1024]:
        from functions._shared.adapters.documents.pdf_reader import read_pdf

        return read_pdf(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    if data.startswith(_OLE):
        # An encrypted Word file is such a container, and so is the format of before 2007.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted
        raise Unsupported("doc")
    for magic, name in _NAMED:
        if data.startswith(magic):
            raise Unsupported(name)
    if _HTML.match(data):
        raise Unsupported("html")
    return _text(data)


def _archive(data: bytes) -> Document:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Damaged from error
    check_archive(archive)
    names = archive.namelist()
    if "word/document.xml" in names:
        from functions._shared.adapters.documents.docx_reader import read_docx

        return read_docx(data)
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Unsupported("office")
    tables = [table for name in names if name.lower().endswith(".csv") and (table := _table(archive, name))]
    if not tables:
        raise Unsupported("zip")
    return Document("linkedin", data=tables)


def _table(archive: zipfile.ZipFile, name: str) -> dict[str, Any] | None:
    """Read a CSV file. A preamble of notes may stand above its header."""
    try:
        text = decode(read_member(archive, name))
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Damaged from error
    if len(text) > 20 * MAX_TEXT:
        raise TooLarge
    if text.startswith("Notes:"):
        text = text.partition("\n\n")[2] or text.partition("\r\n\r\n")[2]
    rows: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        for row in csv.reader(io.StringIO(text, newline="")):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MAX_ROWS:
                break
    if not rows:
        return None
    headers = [header.strip().lstrip("\ufeff") for header in rows[0]]
    return {
        "headers": headers,
        "rows": [{header: cell.strip() for header, cell in zip(headers, row, strict=False)} for row in rows[1:]],
    }


def _text(data: bytes) -> Document:
    if len(_CONTROLS.findall(data[:4096])) > 0.02 * len(data[:4096]) and not data.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        raise Unsupported("binary")
    if len(data) > 4 * MAX_TEXT:
        raise TooLarge("4 MB of text")
    text = decode(data)
    if text.lstrip()[:1] in {"{", "["}:
        with contextlib.suppress(ValueError):
            return Document("json", data=_json(text))
        if re.match(r'\s*\{\s*"', text):
            raise Damaged
    if _YAML.search(text[:5000]):
        return Document("yaml", data=_yaml(text))
    return read_text(text[:MAX_TEXT])


def _json(text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Damaged from error


def _yaml(text: str) -> Any:  # noqa: ANN401 - any YAML
    """Parse YAML without aliases: with them, a small file becomes a huge one."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for count, event in enumerate(yaml.parse(text, Loader=loader)):
            if isinstance(event, yaml.AliasEvent) or count > MAX_EVENTS:
                raise TooLarge
        # A safe loader: it makes no objects but those of YAML itself.
        return json.loads(json.dumps(yaml.load(text, Loader=loader), default=str))  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Damaged from error
