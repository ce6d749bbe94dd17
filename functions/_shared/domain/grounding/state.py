"""What has been read of a sentence, while `match` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from functions._shared.domain.language.tokens import Token

NO_TURN: Final = (0, "")


@dataclass(frozen=True, slots=True)
class State:
    """What has been read of a sentence.

    Parameters
    ----------
    at : int
        The next token.
    lines : tuple of str
        Ids of the lines used.
    done : tuple of str
        Ids of the lines of the parts before: a new part begins after a semicolon and with "previously".
    derived : bool
        Whether a figure was derived.
    prose : str
        Id of the entry whose prose was used; empty for none.
    entry : str
        Id of the entry that the last value belongs to; empty after a semicolon or "previously".
    named : bool
        Whether that entry's title has been read.
    frame : frozenset of str
        Groups that the words before allow for the next value; empty for any.
    tense : str
        ``current`` or ``former`` after such a word.
    since : bool
        Whether "since" stands before the next date.
    dates : int
        How many dates of the entry have been read.
    lasting : Token or None
        A duration that still needs its job.
    titles, skills, places : tuple of str
        Lines of titles without an employer, of skills, and of employers that have been read.
    loose : bool
        Whether a skill has been read that no word presents: "with Python, automated …" would tell where it was used.
    opens : bool
        Whether the next part has to begin with a preposition or a break.
    linked : bool
        Whether a preposition ties the next value to the last one.
    leads : bool
        Whether something about an entry came before what it is: "fluent in", "at Acme". It would go on to hold for
        the entries after it.
    bare : int
        How many entries in a row have only been named. What follows tells something about the last one alone, so it
        may follow one only.
    roles : tuple of tuple of Token
        The titles, as they were written.
    job : str
        Id of the job that was named last.
    turn : tuple of int and str
        Which way the next job lies from a job that has been read, after "after" (-1) or "then" (1).
    """

    at: int = 0
    lines: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    derived: bool = False
    prose: str = ""
    entry: str = ""
    named: bool = False
    frame: frozenset[str] = frozenset()
    tense: str = ""
    since: bool = False
    dates: int = 0
    lasting: Token | None = None
    titles: tuple[str, ...] = ()
    skills: bool = False
    places: bool = False
    loose: bool = False
    opens: bool = False
    linked: bool = False
    leads: bool = False
    bare: int = 0
    roles: tuple[tuple[Token, ...], ...] = ()
    job: str = ""
    turn: tuple[int, str] = NO_TURN
