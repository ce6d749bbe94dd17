"""Photos for résumés, small, square and without metadata, which may tell where one was taken; and tops of pages."""

from __future__ import annotations

import io
from typing import Final

_SIDE: Final = 400
_MAX_PIXELS: Final = 50_000_000


def square(picture: bytes) -> bytes | None:
    """Return the middle of a picture as a JPEG of 400 by 400 pixels, or None if it cannot be read."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(picture), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                return None
            opened.draft("RGB", (_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            image = Image.new("RGB", upright.size, "white")
            image.paste(upright, mask=upright.getchannel("A"))
            image = ImageOps.fit(image, (_SIDE, _SIDE))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
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
