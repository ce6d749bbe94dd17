"""Makes the fonts of résumé exports: `python -m local.fonts`. The results are committed; run it to change them.

It installs the fonts from npm (`@expo-google-fonts/*`, all under the Open Font Licence) into a temporary folder, cuts
them down to the characters that résumés need, and writes them with their licences and an index of their characters to
``functions/_shared/adapters/documents/resumes/fonts/``. Needs npm, and `fonttools` from the development packages.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER: Final = Path(__file__).parent.parent / "functions" / "_shared" / "adapters" / "documents" / "resumes" / "fonts"

_ASCII: Final = range(0x20, 0x7F)
_LATIN: Final = (
    _ASCII, range(0xA0, 0x250), range(0x2B0, 0x300), range(0x300, 0x330), range(0x1E00, 0x1F00), range(0x2010, 0x2028),
    range(0x202F, 0x205F), range(0x2070, 0x20A0), range(0x20A0, 0x20C1), range(0x2100, 0x2190), range(0x2190, 0x2195),
    (0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265, 0x221E, 0x2022, 0x25AA, 0x25CF, 0x25CB, 0x25A0, 0xFB01, 0xFB02),
)  # fmt: skip
_GREEK_AND_CYRILLIC: Final = (range(0x370, 0x400), range(0x1F00, 0x2000), range(0x400, 0x530))
_EUROPEAN: Final = (*_LATIN, *_GREEK_AND_CYRILLIC)
_CJK_SIGNS: Final = (range(0x3000, 0x3040), range(0xFF00, 0xFFF0), _ASCII, (0xA0, 0xB7, 0x2022), range(0x2010, 0x2028))
_KANA: Final = (range(0x3040, 0x3100),)


def _codec(name: str, leads: range, trails: range) -> list[int]:
    """Return the characters of a two-byte encoding."""
    text = (bytes((lead, trail)).decode(name, errors="ignore") for lead in leads for trail in trails)
    return [ord(letter) for letter in text if len(letter) == 1]


_ROWS: Final = range(0xA1, 0xFF)
_STYLES: Final = {400: "400Regular", 700: "700Bold", -400: "400Regular_Italic"}
# Family → package, styles, characters; None keeps the file as it is, because the licence reserves the name of the font
# for unmodified copies.
_FONTS: Final[dict[str, tuple[str, tuple[int, ...], tuple[Iterable[int], ...] | None]]] = {
    "Lato": ("lato", (400, 700, -400), None),
    "Inter": ("inter", (400, 700), _EUROPEAN),
    "Source Sans 3": ("source-sans-3", (400, 700), None),
    "Source Serif 4": ("source-serif-4", (400, 700, -400), None),
    "EB Garamond": ("eb-garamond", (400, 700, -400), _EUROPEAN),
    "Playfair Display": ("playfair-display", (400, 700), None),
    "Poppins": ("poppins", (400, 700), _EUROPEAN),
    "JetBrains Mono": ("jetbrains-mono", (400, 700), _EUROPEAN),
    "Vazirmatn": ("vazirmatn", (400, 700), (range(0x10000),)),
    "Heebo": ("heebo", (400, 700), (range(0x10000),)),
    "Noto Sans Devanagari": ("noto-sans-devanagari", (400, 700), (range(0x10000),)),
    "Noto Sans SC": ("noto-sans-sc", (400, 700), (*_CJK_SIGNS, *_KANA, _codec("gb2312", _ROWS, _ROWS))),
    # JIS level 1 and the signs before it.
    "Noto Sans JP": ("noto-sans-jp", (400, 700), (*_CJK_SIGNS, *_KANA, _codec("euc_jp", range(0xA1, 0xD0), _ROWS))),
    "Noto Sans KR": ("noto-sans-kr", (400, 700), (*_CJK_SIGNS, _codec("euc_kr", range(0xA1, 0xC9), _ROWS))),
}
_VERSIONS: Final = "0.4"
_FEATURES: Final = (
    "kern liga clig calt ccmp locl mark mkmk init medi fina isol rlig smcp c2sc lnum pnum rclt curs akhn rphf rkrf "
    "blwf half vatu cjct pres abvs blws psts haln nukt abvm blwm dist cfar pref pstf abvf ljmo vjmo tjmo"
)


def main() -> None:
    """Install, cut and index the fonts."""
    with tempfile.TemporaryDirectory() as scratch:
        packages = [f"@expo-google-fonts/{package}@^{_VERSIONS}" for package, _, _ in _FONTS.values()]
        subprocess.run(
            ["npm", "install", "--prefix", scratch, "--no-audit", "--no-fund", "--ignore-scripts", *packages],
            check=True,
        )
        make(Path(scratch) / "node_modules" / "@expo-google-fonts")


def make(source: Path) -> None:
    """Cut and index the fonts of installed packages."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    index: dict[str, Any] = {}
    for family, (package, styles, characters) in _FONTS.items():
        folder = FOLDER / package
        folder.mkdir(parents=True)
        shutil.copy(source / package / "LICENSE_FONT", folder / "OFL.txt")
        wanted = None if characters is None else sorted(set(chain.from_iterable(characters)))
        covered: set[int] | None = None
        for style in styles:
            name = _STYLES[style]
            file = f"{family.replace(' ', '')}_{name}.ttf"
            has = _cut(source / package / name / file, folder / f"{name}.ttf", wanted)
            covered = has if covered is None else covered & has
        index[family] = {"folder": package, "ranges": _ranges(sorted(covered or ()))}
    text = json.dumps(index, indent=1)
    (FOLDER / "index.json").write_text(text + "\n")


def _cut(source: Path, target: Path, characters: list[int] | None) -> set[int]:
    """Write a font with some of its characters, or all; return those that it has."""
    from fontTools.subset import Options, Subsetter, load_font, save_font
    from fontTools.ttLib import TTFont

    if characters is None:
        shutil.copy(source, target)
        return set(TTFont(target).getBestCmap())

    options = Options(
        hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14, 16, 17], glyph_names=False
    )
    options.drop_tables += ["DSIG", "MERG", "STAT", "vhea", "vmtx", "VORG", "BASE", "meta"]
    # Alternates for vertical text, other regions and typographers double the size of a font.
    options.layout_features = _FEATURES.split()
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    save_font(font, str(target), options)
    return set(font.getBestCmap())


def _ranges(points: list[int]) -> str:
    """Write characters as hexadecimal ranges: ``20-7e a0``."""
    spans: list[list[int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return " ".join(f"{first:x}-{last:x}" if first < last else f"{first:x}" for first, last in spans)


if __name__ == "__main__":
    main()
