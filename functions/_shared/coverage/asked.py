"""The requirements of a posting and what a résumé shows of them, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from functions._shared.coverage.headings import Level
    from functions._shared.coverage.lexicon import Term

Verdict = Literal["found", "variant", "missing", "unknown"]
Kind = Literal["skill", "years", "degree", "language", "certificate", "soft"]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the ways to meet a requirement.

    Parameters
    ----------
    text : str
        As the posting writes it.
    term : Term or None
        The term of the lexicon that it is.
    proper : bool
        Whether it is a proper name, which counts only as it is written.
    """

    text: str
    term: Term | None = None
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that a posting asks for.

    Parameters
    ----------
    kind : str
        ``skill``, ``years``, ``degree``, ``language``, ``certificate`` or ``soft``.
    level : str
        ``required`` or ``preferred``.
    options : tuple of Option
        One of them is enough.
    start, end : int
        The quote: where the posting asks for it.
    minimum : float or None
        Years; the level of a degree as an index of `degrees.LEVELS`; the rank of a language from 1 to 6.
    equivalent : bool
        Whether experience may stand for the degree.
    loose : bool
        Whether the level of a language is named in words, as "fluent", and not as C1.
    """

    kind: Kind
    level: Level
    options: tuple[Option, ...]
    start: int
    end: int
    minimum: float | None = None
    equivalent: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What the résumé says about a requirement.

    Parameters
    ----------
    verdict : str
        ``found``, ``variant``, ``missing`` or ``unknown``.
    where : tuple of str
        JSON Pointers of the texts that show it.
    quote : str
        What stands at the first of them.
    option : str
        The option that is met.
    note : str
        Why the verdict is not simply found or missing.
    """

    verdict: Verdict
    where: tuple[str, ...] = ()
    quote: str = ""
    option: str = ""
    note: str = ""
