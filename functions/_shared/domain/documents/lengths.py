"""How long a résumé may be that is set on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import ResumeTooLong
from functions._shared.domain.resume.plain_text import texts_with_pointers

if TYPE_CHECKING:
    from functions._shared.domain.json import Json

MAX_TEXTS: Final = 1_500
MAX_LETTERS: Final = 120_000
"""Some 40 full pages. Longer ones would keep the typesetter busy for many seconds."""


def check_length(content: Json) -> None:
    """Refuse a résumé that would keep the typesetter busy for too long.

    Raises
    ------
    ResumeTooLong
        It has more texts or letters than are set.
    """
    texts = [text for _, text in texts_with_pointers(content)]
    if len(texts) > MAX_TEXTS or sum(map(len, texts)) > MAX_LETTERS:
        raise ResumeTooLong(max_texts=MAX_TEXTS, max_characters=MAX_LETTERS)
