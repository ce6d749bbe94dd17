"""The fonts beside this module: which of them set a résumé, and which of its characters none of them has.

`local.fonts` makes the folder and its ``index.json``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from functions._shared.domain.documents.scripts import script_of

FOLDER: Final = Path(__file__).parent / "fonts"

_STAND_IN: Final = {"sans": "Source Sans 3", "serif": "Source Serif 4", "mono": "JetBrains Mono"}
_BY_SCRIPT: Final = {
    "Arab": "Vazirmatn", "Hebr": "Heebo", "Deva": "Noto Sans Devanagari", "Hani": "Noto Sans SC",
    "Jpan": "Noto Sans JP", "Kore": "Noto Sans KR",
}  # fmt: skip
_WITHOUT_A_GLYPH: Final = frozenset(
    map(chr, (0x0A, 0x20, 0xA0, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFE0E, 0xFE0F))
)
_A_SHARE: Final = 0.2
"""If a family lacks more of a résumé's letters than this, another one sets all of it: mixed words look broken."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a résumé.

    Parameters
    ----------
    heading, body : list
        Families in the order in which glyphs are looked for.
    missing : str
        The characters that no family has, each once.
    replaced : list
        Families that the design names and that do not exist here.
    """

    heading: list[str]
    body: list[str]
    missing: str
    replaced: list[str]


@cache
def _index() -> dict[str, dict[str, str]]:
    index: dict[str, dict[str, str]] = json.loads((FOLDER / "index.json").read_bytes())
    return index


@cache
def _ranges(family: str) -> tuple[list[int], list[int]]:
    spans = [span.partition("-") for span in _index()[family]["ranges"].split()]
    return [int(first, 16) for first, _, _ in spans], [int(last or first, 16) for first, _, last in spans]


@lru_cache(maxsize=65536)
def _has(family: str, letter: str) -> bool:
    firsts, lasts = _ranges(family)
    place = bisect_right(firsts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= lasts[place]


def choose(heading: str, body: str, stand_in: str, language: str, text: str) -> Fonts:
    """Choose the fonts of a résumé.

    Parameters
    ----------
    heading, body : str
        Families of the design.
    stand_in : str
        ``sans``, ``serif`` or ``mono``: what replaces a family that does not exist here.
    language : str
        Of the résumé; its script decides between fonts that share characters.
    text : str
        Everything that is printed.
    """
    letters = {letter for letter in text if letter not in _WITHOUT_A_GLYPH}
    replaced = [family for family in dict.fromkeys((heading, body)) if family and family not in _index()]
    others = _others(language, stand_in)
    chosen = []
    for family in (heading, body):
        own = family if family in _index() else _STAND_IN[stand_in]
        lacking = sum(not _has(own, letter) for letter in letters)
        first = [own] if lacking <= _A_SHARE * len(letters) else []
        chosen.append(list(dict.fromkeys([*first, *others, own])))
    missing = "".join(sorted(letter for letter in letters if not any(_has(family, letter) for family in chosen[1])))
    return Fonts(chosen[0], chosen[1], missing, replaced)


def _others(language: str, stand_in: str) -> list[str]:
    """Return the fonts to fall back on: of the language's script first, then those of the widest use."""
    own = _BY_SCRIPT.get(script_of(language))
    european = [_STAND_IN[stand_in], _STAND_IN["sans"]]
    asian = (
        ["Noto Sans JP", "Noto Sans SC", "Noto Sans KR"]
        if language == "ja"
        else ["Noto Sans SC", "Noto Sans JP", "Noto Sans KR"]
    )
    return list(
        dict.fromkeys([*([own] if own else []), *european, "Vazirmatn", "Heebo", "Noto Sans Devanagari", *asian])
    )
