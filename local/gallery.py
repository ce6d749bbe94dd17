"""Draws the templates: `python -m local.gallery` writes contact sheets to docs/gallery/.

``templates.png`` shows every template with the same résumé, ``scripts.png`` the same template with many scripts. The
résumés are those of tests/data/export/; the photo is drawn here.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from functions._shared import wiring
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from local.templates import designs

ROOT: Final = Path(__file__).parent.parent
_CONTENTS: Final = ROOT / "tests" / "data" / "export"
_SCRIPTS: Final = ("ar", "he", "hi", "zh", "ja", "ko", "ru", "europe")
_TEMPLATES: Final = ("sidebar", "modern-1", "classic", "europass", "creative", "executive", "graduate", "academic")
_WIDTH, _HEIGHT, _GAP = 400, 518, 14
_COLUMNS: Final = 4


def main() -> None:
    """Draw both sheets."""
    folder = ROOT / "docs" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / "templates.png", [page("full", template, _HEIGHT) for template in designs()])
    pairs = zip(_SCRIPTS, _TEMPLATES, strict=True)
    _save(folder / "scripts.png", [page(name, template, _HEIGHT * 3 // 5) for name, template in pairs])


def page(name: str, template: str, height: int) -> Image.Image:
    """Draw the upper part of the first page of a résumé."""
    writer = wiring.resumes()
    content = parse_content(json.loads((_CONTENTS / f"{name}.json").read_text()))
    view = build_view(content, designs()[template], photo=writer.photo(_photo()))
    picture = Image.open(io.BytesIO(writer.write(view, "png").content)).convert("RGB")
    scaled = picture.resize((_WIDTH, round(picture.height * _WIDTH / picture.width)), Image.Resampling.LANCZOS)
    return scaled.crop((0, 0, _WIDTH, height))


def _photo() -> bytes:
    picture = Image.new("RGB", (600, 600), "#cfc4b4")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((190, 110, 410, 370), fill="#7a5c48")
    draw.ellipse((80, 400, 520, 900), fill="#3d4f63")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _save(path: Path, pages: list[Image.Image]) -> None:
    rows, height = -(-len(pages) // _COLUMNS), pages[0].height
    sheet = Image.new("RGB", (_COLUMNS * (_WIDTH + _GAP) + _GAP, rows * (height + _GAP) + _GAP), "#d5d9de")
    for number, each in enumerate(pages):
        row, column = divmod(number, _COLUMNS)
        sheet.paste(each, (_GAP + column * (_WIDTH + _GAP), _GAP + row * (height + _GAP)))
    # A palette makes the file a third as large.
    sheet.quantize(200, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
