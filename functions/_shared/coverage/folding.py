"""A text in the form in which names are looked up: lower case, without accents, as long as the text itself."""

from __future__ import annotations

import unicodedata

BLANKS = "-\u2010\u2011\u2013\u00a0\u202f_\t"


class _Folds(dict[int, int]):
    def __missing__(self, code: int) -> int:
        letter = unicodedata.normalize("NFKD", chr(code))[0].lower()
        self[code] = folded = ord(letter) if len(letter) == 1 else code
        return folded


_FOLDS = _Folds({ord(each): ord(" ") for each in BLANKS} | {ord("\u2019"): ord("'")})


def folded(text: str) -> str:
    """Return a text of the same length in lower case, without accents, with a space for each hyphen."""
    return text.translate(_FOLDS)
