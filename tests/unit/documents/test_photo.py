"""Photos that cannot be read are left out; those that can become small."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from functions._shared.adapters.documents.resumes.photo import square

DATA = Path(__file__).resolve().parents[2] / "data" / "export"


def test_a_photo_with_damaged_metadata_is_left_out() -> None:
    assert square((DATA / "damaged-exif.webp").read_bytes()) is None


def test_a_photo_of_too_many_pixels_is_left_out() -> None:
    file = io.BytesIO()
    Image.new("1", (7000, 7000)).save(file, "PNG")
    assert square(file.getvalue()) is None


def test_a_photo_becomes_a_square_without_transparency() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (3000, 1000), (255, 0, 0, 0)).save(file, "PNG")
    made = square(file.getvalue())
    assert made is not None
    with Image.open(io.BytesIO(made)) as opened:
        assert (opened.size, opened.mode, opened.getpixel((9, 9))) == ((400, 400), "RGB", (255, 255, 255))
