"""Ids in the vendors' formats; random unless seeded."""

from __future__ import annotations

import random
import string

_ALPHABET = string.ascii_letters + string.digits


class Ids:
    """A source of ids.

    Parameters
    ----------
    seed : int, optional
        The same seed gives the same ids.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)  # noqa: S311 - these ids protect nothing

    def make(self, prefix: str, length: int) -> str:
        """Return ``prefix`` and ``length`` random letters and digits."""
        return prefix + "".join(self._random.choices(_ALPHABET, k=length))
