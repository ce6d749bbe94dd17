"""Archive objects: compressed NDJSON, named by its hash, with a manifest next to it that describes the contents.

`seal`, `pack` and `store` write an object before its rows are deleted; `load` reads it to restore them. A row that is
about a user is encrypted with the user's key, which goes with the account: then nobody reads the row any more.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from functions._shared.domain.errors import ArchiveCorrupt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from functions._shared.ports.archive import Archive
    from functions._shared.ports.erasures import Erasures


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


async def seal(
    read: Callable[[], Awaitable[list[dict[str, Any]]]], erasures: Erasures
) -> tuple[list[dict[str, Any]], Mapping[str, bytes]]:
    """Read rows, and the keys to encrypt them with.

    Rows of accounts that were erased have no key, and nothing personal in them. If an account is erased between the two
    calls, the rows are read again: those that were read before had it.
    """
    erased: set[str] = set()
    while True:
        lines = await read()
        users = {line["row"]["user_id"] for line in lines if line["row"].get("user_id")} - erased
        keys = await erasures.archive_keys(users) if users else {}
        if users <= keys.keys():
            return lines, keys
        erased |= users - keys.keys()


def pack(
    data_type: str, table: str, lines: Sequence[dict[str, Any]], keys: Mapping[str, bytes] | None = None
) -> ArchiveObject:
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
    keys : mapping of str to bytes, optional
        Keys of users. Lines of these users are encrypted: ``{"user_id": …, "sealed": …}``.
    """
    stored = [_sealed(line, table, keys or {}) for line in lines]
    plain = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in stored).encode()
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


def _sealed(line: dict[str, Any], table: str, keys: Mapping[str, bytes]) -> dict[str, Any]:
    """Encrypt a line with its user's key. The same line gives the same text, as `pack` promises (RFC 5297)."""
    user_id = line["row"].get("user_id")
    if user_id not in keys:
        return line
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    text = zlib.compress(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
    box = AESSIV(keys[user_id]).encrypt(text, [user_id.encode(), table.encode()])
    return {"user_id": user_id, "sealed": b64encode(box).decode()}


def unseal(lines: Sequence[dict[str, Any]], table: str, keys: Mapping[str, bytes]) -> tuple[list[dict[str, Any]], int]:
    """Decrypt lines; return those that can be read, and how many cannot, because their users were erased.

    Raises
    ------
    ArchiveCorrupt
        A line is not what was encrypted with its user's key.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    readable: list[dict[str, Any]] = []
    for line in lines:
        if "sealed" not in line:
            readable.append(line)
        elif (key := keys.get(line["user_id"])) is not None:
            try:
                text = AESSIV(key).decrypt(b64decode(line["sealed"]), [line["user_id"].encode(), table.encode()])
            except (InvalidTag, ValueError) as error:
                raise ArchiveCorrupt("An encrypted row does not match its key.") from error
            readable.append(json.loads(zlib.decompress(text)))
    return readable, len(lines) - len(readable)


async def load(archive: Archive, manifest_key: str) -> tuple[Manifest, list[dict[str, Any]]]:
    """Read a manifest and the verified lines of its object, which may be encrypted.

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
