"""How long a résumé may be that is set on pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import ResumeTooLong
from functions._shared.domain.resume.plain_text import texts_with_pointers

if TYPE_CHECKING:
    from functions._shared.domain.json import Json

MAX_TEXTS: Final = 1_500
MAX_LETTERS: Final = 120_000
"""Some 40 full pages. Longer ones would keep the typesetter busy for many seconds."""
MAX_SHARED: Final = 60_000
"""Letters of a PDF that anybody with an address has made."""
_HEAVY: Final = re.compile("[^\\u0000-\\u024f\\u2000-\\u206f]")
"""Letters of other scripts than Latin. They take the typesetter three times as long, more where scripts alternate."""


def length(text: str) -> int:
    """Return the number of letters, each of another script than Latin counted as three."""
    return len(text) + 2 * len(_HEAVY.findall(text))


def is_within(content: Json, most: int) -> bool:
    """Return whether a résumé has few enough texts, and at most so many letters as `length` counts them."""
    texts = [text for _, text in texts_with_pointers(content)]
    return len(texts) <= MAX_TEXTS and sum(map(length, texts)) <= most


def check_length(content: Json, most: int = MAX_LETTERS) -> None:
    """Refuse a résumé that would keep the typesetter busy for too long.

    Parameters
    ----------
    content : mapping
        The résumé.
    most : int
        Letters that it may have, as `length` counts them.

    Raises
    ------
    ResumeTooLong
        It has more texts or letters than are set.
    """
    if not is_within(content, most):
        raise ResumeTooLong(max_texts=MAX_TEXTS, max_characters=most)
