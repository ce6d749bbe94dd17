"""Photos for résumés, small, square and without metadata, which may tell where one was taken; and tops of pages."""

from __future__ import annotations

import io
from typing import Final

_SIDE: Final = 400
_MAX_PIXELS: Final = 24_000_000
"""As many as today's phones take; decoding them needs about 100 MB."""


def square(picture: bytes) -> bytes | None:
    """Return the middle of a picture as a JPEG of 400 by 400 pixels, or None if it cannot be read."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(picture), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                return None
            opened.draft("RGB", (_SIDE, _SIDE))
            opened.thumbnail((4 * _SIDE, 4 * _SIDE))
            upright = ImageOps.fit(ImageOps.exif_transpose(opened).convert("RGBA"), (_SIDE, _SIDE))
            image = Image.new("RGB", upright.size, "white")
            image.paste(upright, mask=upright.getchannel("A"))
    except Exception:  # noqa: BLE001 - readers of damaged files raise whatever they stumble over
        return None
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85, optimize=True)
    return file.getvalue()


def top(page: bytes, size: tuple[int, int]) -> bytes:
    """Return the top of a picture of a page, as a PNG of a size."""
    from PIL import Image

    file = io.BytesIO()
    with Image.open(io.BytesIO(page), formats=["PNG"]) as opened:
        opened.convert("RGB").crop((0, 0, *size)).save(file, "PNG")
    return file.getvalue()
