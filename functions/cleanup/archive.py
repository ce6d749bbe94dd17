"""Archive objects: compressed NDJSON, named by its hash, with a manifest next to it that describes the contents.

`pack` and `store` write an object before its rows are deleted; `load` reads it to restore them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from functions._shared.domain.errors import ArchiveCorrupt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.ports.archive import Archive


class Manifest(BaseModel):
    """The description of an archive object, with everything needed to verify and restore it."""

    version: int = 1
    data_type: str
    table: str
    object_key: str
    lines: int
    """Lines of the object. Each is one row with its child rows."""
    children: dict[str, int]
    """Rows per child table."""
    bytes: int
    """Size of the compressed object."""
    sha256: str
    """SHA-256 of the compressed object."""
    sha256_plain: str
    """SHA-256 of the uncompressed NDJSON."""


class ArchiveObject(BaseModel):
    """An object and its manifest, ready to be stored."""

    manifest: Manifest
    body: bytes

    @property
    def manifest_key(self) -> str:
        """Key of the manifest, next to the object."""
        return self.manifest.object_key.removesuffix(".ndjson.gz") + ".json"


def pack(data_type: str, table: str, lines: Sequence[dict[str, Any]]) -> ArchiveObject:
    """Pack rows into an archive object.

    The same rows result in the same bytes under the same key, so a run that was killed can safely be repeated.

    Parameters
    ----------
    data_type : str
        Name of the retention policy.
    table : str
        Table of the rows, such as ``public.analyses``.
    lines : sequence of dict
        Each is ``{"row": {...}, "children": {table: [row]}}``.
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
    return ArchiveObject(manifest=manifest, body=body)


async def store(archive: Archive, packed: ArchiveObject) -> None:
    """Store an object and its manifest, read both back, and compare. Only then may the rows be deleted.

    Raises
    ------
    ArchiveUnavailable, ArchiveCorrupt
        The rows must not be deleted.
    """
    manifest = packed.manifest
    await archive.put(manifest.object_key, packed.body, "application/gzip")
    await archive.put(packed.manifest_key, manifest.model_dump_json(indent=1).encode(), "application/json")
    stored_manifest = Manifest.model_validate_json(await archive.get(packed.manifest_key))
    unpack(stored_manifest, await archive.get(manifest.object_key))
    if stored_manifest != manifest:
        raise ArchiveCorrupt(key=packed.manifest_key)


async def load(archive: Archive, manifest_key: str) -> tuple[Manifest, list[dict[str, Any]]]:
    """Read a manifest and the verified lines of its object.

    Raises
    ------
    NotFound, ArchiveUnavailable, ArchiveCorrupt
        The object cannot be restored.
    """
    try:
        manifest = Manifest.model_validate_json(await archive.get(manifest_key))
    except ValueError as error:
        raise ArchiveCorrupt("The manifest cannot be read.", key=manifest_key) from error
    return manifest, unpack(manifest, await archive.get(manifest.object_key))


def unpack(manifest: Manifest, body: bytes) -> list[dict[str, Any]]:
    """Verify an object against its manifest, and return its lines.

    Raises
    ------
    ArchiveCorrupt
        The size, a checksum, the count or the format does not match the manifest.
    """
    if len(body) != manifest.bytes or hashlib.sha256(body).hexdigest() != manifest.sha256:
        raise ArchiveCorrupt("The object does not match its manifest.", key=manifest.object_key)
    try:
        plain = gzip.decompress(body)
        lines = [json.loads(line) for line in plain.decode().splitlines()]
    except (OSError, EOFError, ValueError) as cause:
        raise ArchiveCorrupt("The object is not compressed NDJSON.", key=manifest.object_key) from cause
    if hashlib.sha256(plain).hexdigest() != manifest.sha256_plain or len(lines) != manifest.lines:
        raise ArchiveCorrupt("The rows of the object do not match its manifest.", key=manifest.object_key)
    return lines
