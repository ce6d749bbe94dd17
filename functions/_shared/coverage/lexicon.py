"""What postings ask for: terms with all their names, and where they stand in a text.

The names come from three lists: the skills that the check of generated texts knows, `data/terms.txt` (ours), and
`data/onet.txt` (O*NET, see ``CREDIT``). They are looked up with one Aho-Corasick automaton; in addition, names of the
first two lists are found in other inflections by their Snowball stems.

A name that is an ordinary word too (Go, R, Excel, Teams) counts only as it is written, and in context: in a list with
other terms, after "in" or "with", and not as the first word of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared.coverage.context import in_context, stands_alone
from functions._shared.coverage.folding import folded
from functions._shared.domain.language.vocabulary.skills import case_skills, skills
from functions._shared.domain.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CREDIT: Final = (
    "This product includes information from the O*NET Database by the U.S. Department of Labor, Employment "
    "and Training "
    "Administration (USDOL/ETA). Used under the CC BY 4.0 license."
)
DATA: Final = Path(__file__).parent / "data"
_WORD: Final = re.compile(r"\w+(?:'\w+)*")
_LONG_ENOUGH: Final = 4
"""Letters of a name that may be inflected."""


@dataclass(slots=True)
class Term:
    """A skill, certificate or soft skill.

    Parameters
    ----------
    name : str
        What it is usually called.
    kind : str
        ``skill``, ``certificate`` or ``soft``.
    names : list of str
        All its names.
    broader : list of Term
        What somebody who has it has, too.
    hints : list of str
        Words that make it possible, in the form of `folded`.
    """

    name: str
    kind: str
    names: list[str] = field(default_factory=list)
    broader: list[Term] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def implied(self) -> list[Term]:
        """Return all broader terms, the nearest first."""
        found: list[Term] = []
        pending = list(self.broader)
        while pending:
            term = pending.pop(0)
            if term not in found:
                found.append(term)
                pending += term.broader
        return found

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass(frozen=True, slots=True)
class Hit:
    """A term in a text.

    Parameters
    ----------
    term : Term
        The term.
    start, end : int
        Where it stands.
    name : str
        The name by which it was found.
    inflected : bool
        Whether it is written in another inflection.
    """

    term: Term
    start: int
    end: int
    name: str
    inflected: bool = False


@dataclass(slots=True)
class _Name:
    term: Term
    text: str
    exact: bool
    ours: bool


class Lexicon:
    """All terms, ready to be found in texts."""

    def __init__(self, rows: Iterable[tuple[str, list[str], list[str], bool]]) -> None:
        self.names: dict[str, list[_Name]] = {}
        for kind, names, broader, ours in rows:
            term = self._term(kind, names, ours)
            if broader:
                term.broader += [self._term(kind, [each], ours) for each in broader]
        self._automaton = _automaton(self.names)
        self._stemmed: dict[str, tuple[Any, dict[str, _Name]]] = {}

    def _term(self, kind: str, names: list[str], ours: bool) -> Term:
        known: Term | None = None
        new: list[tuple[str, str, bool]] = []
        for name in names:
            text = name.removeprefix("=")
            plain = folded(text)
            if owners := self.names.get(plain):
                known = known or owners[0].term
            else:
                new.append((plain, text, text is not name or (len(text) < _LONG_ENOUGH and text.isupper())))
        term = known or Term(names[0].removeprefix("="), kind)
        for plain, text, exact in new:
            term.names.append(text)
            self.names[plain] = [_Name(term, text, exact, ours)]
        return term

    def get(self, text: str) -> Term | None:
        """Return the term that has this name."""
        owners = self.names.get(folded(" ".join(text.split())))
        return owners[0].term if owners else None

    def is_cased(self, text: str) -> bool:
        """Tell whether a text is a name that counts only as it is written and in context."""
        owners = self.names.get(folded(text))
        return owners is not None and owners[0].exact

    def find(self, text: str, language: str = "english") -> list[Hit]:
        """Find the terms of a text, the longest of those that overlap, in the order in which they stand."""
        plain = folded(text)
        sure: list[Hit] = []
        doubtful: list[Hit] = []
        for last, names in self._automaton.iter(plain):
            for name in names:
                start = last + 1 - len(name.text)
                if not stands_alone(text, start, last + 1):
                    continue
                hit = Hit(name.term, start, last + 1, name.text)
                if not name.exact:
                    sure.append(hit)
                elif text[start : last + 1] == name.text:
                    doubtful.append(hit)
        sure += self._inflected(plain, language)
        sure = _longest(sure)
        spans = [(hit.start, hit.end) for hit in sure] + [(hit.start, hit.end) for hit in doubtful]
        sure += [hit for hit in doubtful if in_context(text, hit.start, hit.end, spans)]
        return _longest(sure)

    def _inflected(self, plain: str, language: str) -> Iterator[Hit]:
        automaton, names = self._stems(language)
        words = list(_WORD.finditer(plain))
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        parts = []
        position = 1
        for index, word in enumerate(words):
            root = stem(word[0], language)
            starts[position], ends[position + len(root)] = index, index
            parts.append(root)
            position += len(root) + 1
        line = f" {' '.join(parts)} "
        for last, key in automaton.iter(line):
            begin, end = last - len(key) + 2, last
            first, final = words[starts[begin]], words[ends[end]]
            between = plain[first.start() : final.end()]
            name = names[key]
            if not re.search(r"[^\w\s']", between) and (
                first is not final or name.term.kind == "soft" or _plural(between, folded(name.text))
            ):
                yield Hit(name.term, first.start(), final.end(), name.text, between != folded(name.text))

    def _stems(self, language: str) -> tuple[Any, dict[str, _Name]]:
        if language not in self._stemmed:
            names: dict[str, _Name] = {}
            for plain, owners in self.names.items():
                name = owners[0]
                if name.ours and not name.exact and len(plain) >= _LONG_ENOUGH and plain.replace(" ", "").isalpha():
                    names.setdefault(f" {' '.join(stem(word, language) for word in plain.split())} ", name)
            self._stemmed[language] = (_automaton({key: key for key in names}), names)
        return self._stemmed[language]


def _automaton(values: dict[str, Any]) -> Any:  # noqa: ANN401 - the package has no types
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for key, value in values.items():
        automaton.add_word(key, value)
    automaton.make_automaton()
    return automaton


def _plural(one: str, other: str) -> bool:
    """Tell whether two words differ in number or case only; "reacted" is no form of React."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_ENOUGH:
        return False
    if short.endswith("y") and long == f"{short[:-1]}ies":
        return True
    return long.startswith(short) and long[len(short) :] in {"", "s", "es", "n", "en", "e", "'s"}


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    reached = 0
    for hit in sorted(hits, key=lambda each: (each.start, -each.end, each.inflected)):
        if hit.start >= reached:
            kept.append(hit)
            reached = hit.end
        elif hit.end > reached and hit.end - hit.start > 2 * (reached - hit.start):
            kept[-1] = hit
            reached = hit.end
    return kept


def _rows() -> Iterator[tuple[str, list[str], list[str], bool]]:
    """Yield kind, names, broader names and whether the list is ours."""
    for names in dict.fromkeys(case_skills().values()):
        yield "skill", [f"={name}" if name.isalpha() and len(name) < 9 else name for name in names], [], True  # noqa: PLR2004
    pending: list[tuple[str, list[str], list[str], bool]] = []
    kind = "skill"
    for line in (DATA / "terms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            if " ~ " in line:
                continue
            named, _, broader = line.partition(" > ")
            row = (kind, _split(named), _split(broader), True)
            if broader:
                pending.append(row)
            else:
                yield row
    for names in dict.fromkeys(skills().values()):
        yield "skill", list(names), [], True
    yield from pending
    for line in (DATA / "onet.txt").read_text(encoding="utf-8").splitlines():
        yield "skill", _split(line), [], False


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split("|") if name.strip()]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Load the terms, once per process."""
    known = Lexicon(_rows())
    for line in (DATA / "terms.txt").read_text(encoding="utf-8").splitlines():
        name, sign, hints = line.partition(" ~ ")
        if sign and not line.startswith("#") and (term := known.get(name)):
            term.hints += [folded(hint) for hint in _split(hints)]
    return known
