"""The script and the language of a text, for direction, fonts and screen readers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

_BLOCKS: Final = (
    (0x0041, 0x024F, "Latn"), (0x0250, 0x02AF, "Latn"), (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"), (0x0590, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"), (0x0980, 0x09FF, "Beng"), (0x0A00, 0x0A7F, "Guru"), (0x0A80, 0x0AFF, "Gujr"),
    (0x0B80, 0x0BFF, "Taml"), (0x0C00, 0x0C7F, "Telu"), (0x0C80, 0x0CFF, "Knda"), (0x0D00, 0x0D7F, "Mlym"),
    (0x0E00, 0x0E7F, "Thai"), (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Kore"), (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"), (0x3040, 0x30FF, "Jpan"), (0x3130, 0x318F, "Kore"), (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"), (0xAC00, 0xD7A3, "Kore"), (0xF900, 0xFAFF, "Hani"), (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"), (0xFF66, 0xFF9F, "Jpan"), (0x20000, 0x3134F, "Hani"),
)  # fmt: skip
_LANGUAGES: Final = {
    "Latn": "en", "Grek": "el", "Cyrl": "ru", "Armn": "hy", "Hebr": "he", "Arab": "ar", "Deva": "hi", "Beng": "bn",
    "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Thai": "th", "Geor": "ka",
    "Kore": "ko", "Jpan": "ja", "Hani": "zh",
}  # fmt: skip
"""The language that a script stands for when nothing else is known."""
_SCRIPTS: Final = {
    "el": "Grek", "ru": "Cyrl", "uk": "Cyrl", "bg": "Cyrl", "sr": "Cyrl", "he": "Hebr", "ar": "Arab", "fa": "Arab",
    "ur": "Arab", "hi": "Deva", "mr": "Deva", "ne": "Deva", "bn": "Beng", "ta": "Taml", "te": "Telu", "th": "Thai",
    "ko": "Kore", "ja": "Jpan", "zh": "Hani", "ka": "Geor", "hy": "Armn", "pa": "Guru", "gu": "Gujr", "kn": "Knda",
    "ml": "Mlym",
}  # fmt: skip
_PERSIAN: Final = re.compile("[پچژگکی]")
_UKRAINIAN: Final = re.compile("[іїєґІЇЄҐ]")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "ckb", "sd", "ug"})
_LATIN_NAMES: Final = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "polish": "pl", "swedish": "sv",
}  # fmt: skip
_OWN_SHARE: Final = 3
"""A text has the language of the résumé if at least a third of its letters are of that script."""
_A_SHARE: Final = 0.1
"""Of the letters of a Japanese text, at least so many are kana."""


@lru_cache(maxsize=4096)
def _script(letter: str) -> str | None:
    point = ord(letter)
    if not unicodedata.category(letter).startswith(("L", "M")):
        return None
    return next((name for first, last, name in _BLOCKS if first <= point <= last), None)


def scripts(text: str) -> Counter[str]:
    """Count the letters of a text by script (ISO 15924)."""
    counts = Counter(filter(None, map(_script, text)))
    kana = counts.get("Jpan", 0)
    if kana and kana >= _A_SHARE * (kana + counts["Hani"]):
        counts["Jpan"] += counts.pop("Hani", 0)
    return counts


def language_of(text: str) -> str:
    """Guess the language of a whole résumé: by its main script, among Latin ones by its function words."""
    counts = scripts(text)
    if not counts:
        return "en"
    script = counts.most_common(1)[0][0]
    if script == "Latn":
        from functions._shared.domain.language import function_words

        return _LATIN_NAMES.get(function_words.language_of(text), "en")
    return _by_script(script, text)


def language_of_block(text: str, language: str) -> str:
    """Return the language of one text in a résumé: the résumé's, unless most letters are of another script by far.

    Names of products are Latin in every language, and a sentence about three of them is still Arabic.
    """
    counts = scripts(text)
    own = script_of(language)
    if not counts:
        return language
    script = counts.most_common(1)[0][0]
    # Japanese and Korean names may be written in Chinese characters alone.
    if counts.get(own, 0) * _OWN_SHARE >= counts.total() or (script == "Hani" and own in {"Jpan", "Kore"}):
        return language
    return _by_script(script, text)


def script_of(language: str) -> str:
    """Return the script that a language is written in."""
    return _SCRIPTS.get(language.split("-", maxsplit=1)[0], "Latn")


def is_right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT


def _by_script(script: str, text: str) -> str:
    if script == "Arab" and _PERSIAN.search(text):
        return "fa"
    if script == "Cyrl" and _UKRAINIAN.search(text):
        return "uk"
    return _LANGUAGES[script]
