"""Type, length and silence of recordings, by tinytag and ebmlite. Both are pure Python, and neither decodes sound.

What is silent is told by how little there is to say: compressed again, silence of any codec has next to no bits, and
speech has many. A muted microphone is found so; noise is not silence, and who transcribes it finds no words.
"""

from __future__ import annotations

import io
import wave
import zlib
from array import array
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from functions._shared.adapters.audio.fragments import fragments_seconds
from functions._shared.domain.errors import UnsupportedAudio
from functions._shared.ports.speech import AudioInspector, Recording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.ports.speech import AudioKind

SILENT_BITS: Final = 3_000
"""Bits a second, compressed: silence has up to 1,500 in all of our clips, speech at 12 kbit/s 12,000."""
_QUIET: Final = 33
"""Loudest sample of a WAV file of 16 bits in which nothing can be heard: 60 dB below full scale."""
_SAMPLE_BYTES: Final = 2
_SAMPLED: Final = 1_000_000
_SHORTEST: Final = 0.2
"""Seconds, in which nobody says a word."""
_EBML: Final = b"\x1a\x45\xdf\xa3"
_KINDS: Final[dict[str, AudioKind]] = {"_Wave": "wav", "_ID3": "mp3", "_Ogg": "ogg", "_MP4": "m4a", "_Flac": "flac"}


class TagInspector(AudioInspector):
    """Reads the heads of files."""

    @override
    def inspect(self, data: bytes) -> Recording:
        try:
            kind, seconds = _webm(data) if data.startswith(_EBML) else _tagged(data)
        except UnsupportedAudio:
            raise
        except Exception as error:  # whatever a hostile file makes a parser raise, the file is at fault
            raise UnsupportedAudio("The recording is damaged.") from error
        if not _SHORTEST <= seconds < float("inf"):
            raise UnsupportedAudio("The recording is empty or damaged.", found=kind)
        return Recording(data, kind, seconds, is_silent=_is_silent(data, kind, seconds))


def _tagged(data: bytes) -> tuple[AudioKind, float]:
    from tinytag import TinyTag, UnsupportedFormatError

    try:
        tag = TinyTag.get(file_obj=io.BytesIO(data), tags=False)
    except UnsupportedFormatError:
        raise UnsupportedAudio from None
    kind = _KINDS.get(type(tag).__name__)
    if kind is None:
        raise UnsupportedAudio
    seconds = tag.duration or 0.0
    if kind == "m4a":
        seconds = max(seconds, fragments_seconds(data))
    return kind, seconds


def _webm(data: bytes) -> tuple[AudioKind, float]:
    """Read the length from the blocks: a browser that records does not know it when it writes the head."""
    import ebmlite

    scale, declared, end = 1_000_000, 0.0, 0
    for top in ebmlite.loadSchema("matroska.xml").load(io.BytesIO(data)):
        if top.name == "EBML" and not any(each.name == "DocType" and each.value == "webm" for each in top):
            raise UnsupportedAudio(found="matroska")
        if top.name != "Segment":
            continue
        for part in top:
            if part.name == "Info":
                info = {each.name: each.value for each in part}
                scale, declared = info.get("TimecodeScale", scale), info.get("Duration", 0.0)
            elif part.name == "Cluster":
                end = max(end, _cluster_end(part))
    return "webm", max(end, declared) * scale / 1_000_000_000


def _cluster_end(cluster: Iterable[Any]) -> int:
    start = last = 0
    for each in cluster:
        if each.name == "Timecode":
            start = each.value
        elif each.name == "SimpleBlock":
            # The number of the track, in a byte for the first 126 of them, and two bytes of time after the cluster's.
            last = max(last, int.from_bytes(bytes(each.value[1:3]), "big", signed=True))
    return start + last


def _is_silent(data: bytes, kind: AudioKind, seconds: float) -> bool:
    if kind == "wav" and (peak := _peak(data)) is not None:
        return peak < _QUIET
    return len(zlib.compress(data, 1)) * 8 / seconds < SILENT_BITS


def _peak(data: bytes) -> int | None:
    """Return the loudest of a million samples; None if the file has others than whole numbers of 16 bits."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getsampwidth() != _SAMPLE_BYTES:
                return None
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError):
        return None
    samples = array("h", frames[: len(frames) // _SAMPLE_BYTES * _SAMPLE_BYTES])
    picked = samples[:: max(1, len(samples) // _SAMPLED)]
    return max((max(picked), -min(picked))) if picked else 0
