"""The length of MP4 files that are written in fragments, as browsers record them: their header gives none.

ISO/IEC 14496-12. Used by the inspector, because no library of a free licence reads it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTAINERS: Final = frozenset([b"moov", b"trak", b"mdia", b"mvex", b"moof", b"traf"])
_DEPTH: Final = 6
_HAS_DATA_OFFSET, _HAS_FIRST_FLAGS, _HAS_DURATIONS, _HAS_SIZES, _HAS_FLAGS, _HAS_OFFSETS = (
    0x1,
    0x4,
    0x100,
    0x200,
    0x400,
    0x800,
)
_HAS_BASE, _HAS_DESCRIPTION, _HAS_DEFAULT = 0x1, 0x2, 0x8


def fragments_seconds(data: bytes) -> float:
    """Return the seconds that the fragments of one track add up to; 0 if there are none.

    Raises
    ------
    struct.error, ZeroDivisionError
        The file is damaged.
    """
    scale, usual, current, total = 0, 0, 0, 0
    for kind, body in _boxes(memoryview(data)):
        if kind == b"mdhd":
            (scale,) = struct.unpack_from(">I", body, 20 if body[0] == 1 else 12)
        elif kind == b"trex":
            (usual,) = struct.unpack_from(">I", body, 12)
        elif kind == b"tfhd":
            current = _default_duration(body) or usual
        elif kind == b"trun":
            total += _run(body, current)
    return total / scale if total else 0.0


def _boxes(data: memoryview, depth: int = 0) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        end = len(data) if size == 0 else at + size
        if end < at + head:
            raise struct.error("a box ends before it begins")
        body = data[at + head : end]
        if kind in _CONTAINERS and depth < _DEPTH:
            yield from _boxes(body, depth + 1)
        else:
            yield kind, body
        at = end


def _default_duration(body: memoryview) -> int:
    flags = int.from_bytes(body[1:4], "big")
    if not flags & _HAS_DEFAULT:
        return 0
    at = 8 + (8 if flags & _HAS_BASE else 0) + (4 if flags & _HAS_DESCRIPTION else 0)
    found: int = struct.unpack_from(">I", body, at)[0]
    return found


def _run(body: memoryview, usual: int) -> int:
    """Add up the durations of the samples of one run."""
    flags = int.from_bytes(body[1:4], "big")
    (count,) = struct.unpack_from(">I", body, 4)
    if not flags & _HAS_DURATIONS:
        return int(count) * usual
    at = 8 + (4 if flags & _HAS_DATA_OFFSET else 0) + (4 if flags & _HAS_FIRST_FLAGS else 0)
    step = 4 * sum(bool(flags & each) for each in (_HAS_DURATIONS, _HAS_SIZES, _HAS_FLAGS, _HAS_OFFSETS))
    if at + step * count > len(body):
        raise struct.error("a run is cut off")
    return sum(struct.unpack_from(">I", body, at + step * number)[0] for number in range(count))
