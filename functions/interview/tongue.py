"""The words of a language that are data: what the report and the feedback say where no model says it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent / "data" / "words"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Parameters
    ----------
    language : str
        ISO 639-1.
    kinds : mapping
        The kinds of questions.
    report : mapping
        Headings and phrases of the report as a document.
    """

    language: str
    kinds: Mapping[str, str]
    report: Mapping[str, str]


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """Return the words of a language; English ones if there are none."""
    language = language if (FOLDER / f"{language}.json").exists() else "en"
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Words(language, found["kinds"], found["report"])
