"""What is told of a recording without listening to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from functions._shared.adapters.audio.inspector import TagInspector
from functions._shared.domain.errors import UnsupportedAudio

AUDIO = Path(__file__).parents[2] / "data" / "audio"


@pytest.mark.parametrize(
    ("name", "kind", "seconds", "is_silent"),
    [
        ("answer.webm", "webm", 13.1, False),
        ("answer.m4a", "m4a", 13.2, False),
        ("answer.mp3", "mp3", 13.2, False),
        ("answer.wav", "wav", 3.0, False),
        ("german.ogg", "ogg", 9.3, False),
        ("noise.ogg", "ogg", 4.0, False),
        ("silence.webm", "webm", 4.0, True),
        ("silence.mp3", "mp3", 4.1, True),
    ],
)
def test_type_length_and_silence(name: str, kind: str, seconds: float, is_silent: bool) -> None:
    found = TagInspector().inspect((AUDIO / name).read_bytes())
    assert (found.kind, found.is_silent) == (kind, is_silent)
    assert found.seconds == pytest.approx(seconds, abs=0.1)


@pytest.mark.parametrize("name", ["answer.webm", "answer.m4a", "answer.mp3", "answer.wav", "german.ogg"])
def test_a_file_that_is_cut_or_changed_is_read_or_refused(name: str) -> None:
    whole = (AUDIO / name).read_bytes()
    for cut in (0, 1, 5, 12, 40, 200, 1_000, len(whole) // 2, len(whole) - 1):
        for data in (whole[:cut], whole[:cut] + b"\xff" * 20 + whole[cut + 20 :], whole[:40] + whole[cut:]):
            try:
                found = TagInspector().inspect(data)
            except UnsupportedAudio:
                continue
            assert found.seconds > 0


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"%PDF-1.7\n" + bytes(100), b"\x1a\x45\xdf\xa3" + bytes(100), b"\0\0\0\x18ftypmp42" + bytes(100)],
)
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedAudio):
        TagInspector().inspect(data)
