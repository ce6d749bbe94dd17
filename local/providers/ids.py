"""Ids in the form of the vendors', different in every world unless seeded."""

from __future__ import annotations

import random
import string

_ALPHABET = string.ascii_letters + string.digits


class Ids:
    """Makes ids.

    Parameters
    ----------
    seed : int, optional
        The same seed gives the same ids.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)  # noqa: S311 - looks like a vendor's id, protects nothing

    def make(self, prefix: str, length: int) -> str:
        """Make ``prefix`` + that many letters and digits."""
        return prefix + "".join(self._random.choices(_ALPHABET, k=length))
