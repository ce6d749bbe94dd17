"""Fields of work: whether a job, an employer or a degree is of the field that a posting names."""

from __future__ import annotations

import re
from functools import lru_cache

from functions._shared.coverage.folding import folded
from functions._shared.coverage.lexicon import DATA


@lru_cache(maxsize=4096)
def fields_of(text: str) -> frozenset[str]:
    """Return the fields that a text shows."""
    plain = folded(text)
    return frozenset(name for name, pattern in _fields() if pattern.search(plain))


@lru_cache(maxsize=1)
def _fields() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for line in (DATA / "fields.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, words = line.partition(":")
            patterns = [
                re.escape(folded(word.strip().removeprefix("="))) + (r"(?!\w)" if word.strip().startswith("=") else "")
                for word in words.split("|")
            ]
            found.append((name, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})")))
    return found
