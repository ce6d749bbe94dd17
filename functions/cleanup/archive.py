"""The form of the archive: compressed NDJSON, named by its content, beside a manifest that says what must be in it."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from functions._shared.domain.errors import ArchiveCorrupt

if TYPE_CHECKING:
    from collections.abc import Sequence


class Manifest(BaseModel):
    """What an archive object holds: enough to know it whole, and to put it back."""

    version: int = 1
    data_type: str
    table: str
    object_key: str
    lines: int
    """Lines of the object, one row (with its children) each."""
    children: dict[str, int]
    """Rows per child table."""
    bytes: int
    """Size of the compressed object."""
    sha256: str
    """Of the compressed object."""
    sha256_plain: str
    """Of the NDJSON in it."""


class Bundle(BaseModel):
    """An object and its manifest, ready to be stored."""

    manifest: Manifest
    body: bytes

    @property
    def manifest_key(self) -> str:
        """Key of the manifest, beside the object's."""
        return self.manifest.object_key.removesuffix(".ndjson.gz") + ".json"


def bundle(data_type: str, table: str, lines: Sequence[dict[str, Any]]) -> Bundle:
    """Pack rows.

    The same rows make the same object under the same key, byte for byte: a run that died after storing it stores it
    again over itself.

    Parameters
    ----------
    data_type : str
        Name of the retention policy.
    table : str
        Where the rows lie, ``public.analyses``.
    lines : sequence of dict
        ``{"row": {...}, "children": {table: [row]}}`` each.
    """
    plain = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines).encode()
    body = gzip.compress(plain, compresslevel=6, mtime=0)
    digest = hashlib.sha256(plain).hexdigest()
    children: dict[str, int] = {}
    for line in lines:
        for child, rows in line.get("children", {}).items():
            children[child] = children.get(child, 0) + len(rows)
    manifest = Manifest(
        data_type=data_type,
        table=table,
        object_key=f"archive/{data_type}/{digest[:2]}/{digest}.ndjson.gz",
        lines=len(lines),
        children=children,
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        sha256_plain=digest,
    )
    return Bundle(manifest=manifest, body=body)


def unpack(manifest: Manifest, body: bytes) -> list[dict[str, Any]]:
    """Check an object against its manifest and give its lines.

    Raises
    ------
    ArchiveCorrupt
        Size, checksum, counts or form are not what the manifest says.
    """
    if len(body) != manifest.bytes or hashlib.sha256(body).hexdigest() != manifest.sha256:
        raise ArchiveCorrupt("The object is not the one that the manifest describes.", key=manifest.object_key)
    try:
        plain = gzip.decompress(body)
        lines = [json.loads(line) for line in plain.decode().splitlines()]
    except (OSError, EOFError, ValueError) as cause:
        raise ArchiveCorrupt("The object is not compressed NDJSON.", key=manifest.object_key) from cause
    if hashlib.sha256(plain).hexdigest() != manifest.sha256_plain or len(lines) != manifest.lines:
        raise ArchiveCorrupt("The object holds other rows than its manifest says.", key=manifest.object_key)
    return lines
