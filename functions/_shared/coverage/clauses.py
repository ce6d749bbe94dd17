"""The clauses of a sentence: what asks for something of its own, and whether it is only wished for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from functions._shared.coverage.phrases import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.coverage.headings import Level
    from functions._shared.coverage.lexicon import Hit
    from functions._shared.coverage.posting import Passage


@dataclass(slots=True)
class Clause:
    """A clause.

    Parameters
    ----------
    start, end : int
        Where it stands.
    level : str
        ``required`` or ``preferred``.
    listed : bool
        Whether it stands in a part that lists requirements.
    taken : list of tuple of int
        Parts of it that were read already.
    hits : list of Hit
        The terms in it; places from its start.
    """

    start: int
    end: int
    level: Level
    listed: bool
    taken: list[tuple[int, int]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


SUFFIX: Final = re.compile(
    r"preferred|desirable|desired|(?:is )?a plus|von vorteil|wünschenswert|souhaitée?|un plus|deseable", re.IGNORECASE
)
"""What may be said of one item of a list."""
_CLAUSE: Final = re.compile(
    r"\s*;\s+|\s+[\u2013\u2014]\s+|,?\s+(?=(?:preferably|preferiblemente|bij voorkeur|gerne? mit|ideally|"
    r"but|idealerweise|vorzugsweise|gerne auch|aber|idéalement|de préférence|mais(?!-)|idealmente|preferentemente|"
    r"pero|since|because|car(?= (?:les?|la|nous|vous|il|elle|on)\b)|parce que|weil|denn|porque|dato che)\b)|"
    r"(?<=preferred|"
    r"desirable),\s+(?=not\s)|(?<=required),\s+"
    r"|,\s+(?:or\s+|and\s+)?(?=if\s+you)"
    r"|(?<=\w),\s+(?=(?:(?:and|et|und|y)\s+)?(?:you(?:'ll|'ve)?|at least|we|our|vous|du|sie|je)\s)|"
    r"\s+(?=and you (?:should|can|"
    r"know|have|like|are|need)\b)",
    re.IGNORECASE,
)


_REMARK: Final = re.compile(
    r"\W*(?!.*\b(?:must|required|essential|needed|necessary|mandatory|expected|erforderlich|exig|indispensable|obligator))"
    r"(?:the |an? |our |half of |most of )?[a-z][\w' -]{1,30}?\s(?:is|are|was|were)\s",
)
"""A clause that tells something: "you write well; half of design is words"."""
_IF: Final = re.compile(r"\W*if\b", re.IGNORECASE)
"""The next of several conditions: "it is a plus if you know Python, or if you have used R"."""
_WISH_APART: Final = re.compile(
    r",\s+(?=[^,;]{2,40}\s(?:wären?|ist|sind|is|would be|est|serait|es|son|são|seria|è|sarebbe)\s[^,;]*(?:plus|"
    r"vorteil|schön|bonus|advantage|atout|mais-valia|toll|ventaja|vantaggio|pré)\b)"
    r"(?![^,;]*\s(?:or|oder|ou|o|of)\s)",
    re.IGNORECASE,
)


def _of_one_item(clause: str, marked: re.Match[str]) -> bool:
    """Tell whether "preferred" is said of an item in the middle of a list: "BSN, CCRN preferred, ACLS and BLS"."""
    return SUFFIX.fullmatch(marked[0].strip()) is not None and bool(
        re.search(r",[^,]*$", clause[: marked.start()]) and re.match(r"\s*,", clause[marked.end() :])
    )


def _bounds(text: str, passage: Passage) -> list[int]:
    bounds = [passage.start]
    for match in _CLAUSE.finditer(text, passage.start, passage.end):
        if not _inside_brackets(text, passage.start, match.start()):
            bounds += [match.start(), match.end()]
    if apart := _WISH_APART.search(text, bounds[-1], passage.end):
        bounds += [apart.start(), apart.end()]
    return [*bounds, passage.end]


def clauses(text: str, passage: Passage, language: str) -> Iterator[Clause]:
    """Split a passage into clauses, and leave out those that ask for nothing."""
    bounds = _bounds(text, passage)
    whole = text[passage.start : passage.end]
    alone = len(bounds) == 2  # noqa: PLR2004
    wish = False
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        clause = text[start:end]
        if not clause.strip() or pattern("not_asked", language).search(clause):
            continue
        wished = pattern("preferred", language).search(clause)
        if start > passage.start and pattern("our_clause", language).search(clause) and not wished:
            continue
        if start > passage.start and _REMARK.match(clause) and not wished:
            continue
        if not passage.listed and not alone and not wished and not pattern("asks", language).search(clause):
            continue
        level = passage.level
        marked = pattern("preferred", language).search(whole if alone else clause)
        if marked and not pattern("required", language).search(clause) and not _of_one_item(clause, marked):
            level = "preferred"
        wish = level == "preferred" or (wish and _IF.match(clause) is not None)
        yield Clause(start, end, "preferred" if wish else level, passage.listed)


def untaken(text: str, clause: Clause) -> str:
    """Return the text of a clause, with blanks for what was read already."""
    part = text[clause.start : clause.end]
    for start, end in clause.taken:
        part = part[: start - clause.start] + " " * (end - start) + part[end - clause.start :]
    return part


def _inside_brackets(text: str, start: int, position: int) -> bool:
    part = text[start:position]
    return part.count("(") > part.count(")")
