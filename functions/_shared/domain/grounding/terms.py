"""Skills and qualifications that a text names: listed ones, and what looks like the name of a technology.

They find what a job asks for (`gaps`). They decide nothing about a generated text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.vocabulary.skills import case_skills, qualifications, skills
from functions._shared.domain.language.words import Phrases, Spans, Word, folded_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TermKind = Literal["skill", "qualification"]

MAX_GAPS: Final = 50
_LONGEST_NAME: Final = 5
_ACRONYM: Final = range(2, 7)
_SHOUTING: Final = 3
"""Words in capitals in a row that are emphasis, not acronyms."""
_SHORTEST_ACRONYM: Final = 3
_PARTICLE: Final = re.compile(r"Mc|Mac|O['\u2019]|[DLdl]['\u2019]")
"""What a capital may follow in a name or after an elision: McCoy, L'Hôtel."""
_COUNTED: Final = re.compile(
    r"\b(?:series|class|category|grade|type|klasse|cat[eé]gorie|vitamin|hepatitis)\s$", re.IGNORECASE
)
"""What a letter stands behind that is no name: Series C."""
_LEVEL: Final = re.compile(r"[ABC][12]")
_OF_A_LANGUAGE: Final = re.compile(r"\b(?:niveaus?|level|nivel|livello|n[ií]vel)\W{1,3}$", re.IGNORECASE)
"""What stands before the level of a language, which is no skill by itself."""
_CAPITALS: Final = re.compile(r"[^\W\d_a-z]+(?:['\u2019]?s)?")
"""A word in capitals, without digits; also its plural."""
_TITLE_CASED: Final = 0.75
"""Share of capitalised words above which capitals mean nothing, as in headings."""
_ENOUGH_WORDS: Final = 6
_GERMAN: Final = frozenset(
    ["und", "der", "die", "das", "den", "dem", "ein", "eine", "mit", "fur", "von", "bei", "ist", "im", "zu", "auf"]
)
"""Frequent words of the one large language that capitalises every noun, folded."""
_NO_SKILLS: Final = _set(
    """
    us usa uk eu uae hr it pr ok faq gmbh llc inc ltd ag ceo cto cfo coo cmo cio vp svp evp id pdf url am pm tv kpi
    kpis okr okrs roi b2b b2c q1 q2 q3 q4 eur usd gbp inr eeo nyc de fr ch at
    the that not and all you can new top best pro plus must only this with our any who why how now yes no do is in on of
    to by as an we be so or if my
    """
)
"""Short words in capitals (or with digits) that name no skill."""


@dataclass(frozen=True, slots=True)
class Term:
    """A skill or a qualification that a text names.

    Parameters
    ----------
    kind : str
        What it names.
    text : str
        As written.
    start, end : int
        Span in the text.
    names : tuple of str
        All names of the same thing, the usual one first.
    """

    kind: TermKind
    text: str
    start: int
    end: int
    names: tuple[str, ...]


def gaps(job_description: str, everything: str) -> list[str]:
    """List the skills and qualifications that a job asks for and the user has not named.

    Parameters
    ----------
    job_description : str
        The advertisement.
    everything : str
        All that the user has said, résumé and own words.

    Returns
    -------
    list of str
        In the order of the advertisement; at most 50. Capitals alone name a place, a heading or a firm as often as a
        skill, so they count only if they are listed.
    """
    asked = {term.names: term for term in reversed(technical_terms(job_description))}
    has = Phrases(everything)
    initials = initials_of(everything)
    missing = (
        term.names[0]
        for term in sorted(asked.values(), key=lambda term: term.start)
        if not (_LEVEL.fullmatch(term.text) and _OF_A_LANGUAGE.search(job_description[: term.start]))
        and (_is_known(term) or not _CAPITALS.fullmatch(term.text))
        and not _has(term, has)
        and not has.has(term.text)
        and term.text not in initials
    )
    return list(islice(dict.fromkeys(missing), MAX_GAPS))


@lru_cache(maxsize=16)
def initials_of(text: str) -> frozenset[str]:
    """Collect what capitalised words abbreviate to: ICU from Intensive Care Unit."""
    found: set[str] = set()
    for run in _runs(text, words(text)):
        letters = "".join(word.text[0] for word in run)
        found.update(
            letters[start:end]
            for start in range(len(letters))
            for end in range(start + _SHORTEST_ACRONYM, min(len(letters), start + _ACRONYM[-1]) + 1)
        )
    return frozenset(found)


def _is_known(term: Term) -> bool:
    return term.text in case_skills() or tuple(folded_words(term.text)) in _index()


def _has(term: Term, said: Phrases) -> bool:
    if term.text in case_skills():
        return any(name in said.exact or (" " in name and said.has(name)) for name in term.names)
    return any(said.has(name) for name in term.names)


def listed_terms(text: str) -> list[Term]:
    """Find the skills and qualifications of the vocabulary."""
    found_words = words(text)
    return list(_listed(text, found_words, cased=not _capitals_mean_nothing(found_words)))


def technical_terms(text: str) -> list[Term]:
    """Find skills and qualifications: listed ones, and what looks like the name of a technology."""
    found_words = words(text)
    found = listed_terms(text)
    for run in _runs(text, _free(text, found_words, found)):
        if len(run) < _SHOUTING:
            found += [_term(text, word) for word in run if looks_technical(word.text)]
    return sorted(found, key=lambda term: term.start)


def looks_technical(word: str) -> bool:
    """Tell whether a word has the form of a technology or an acronym: gRPC, OAuth2, ECMO."""
    if word.casefold() in _NO_SKILLS or not any(character.isalpha() for character in word):
        return False
    inner = word[1:]
    if word.isupper():
        return len(word) in _ACRONYM and word[0].isalpha()
    if any(character.isdigit() for character in word):
        return word[0].isalpha() and not word[0].isdigit()
    return any(character.isupper() for character in inner) and not _PARTICLE.match(word)


@lru_cache(maxsize=1)
def _index() -> dict[tuple[str, ...], tuple[TermKind, tuple[str, ...]]]:
    table: dict[tuple[str, ...], tuple[TermKind, tuple[str, ...]]] = {}
    for name, names in skills().items():
        table[tuple(folded_words(name))] = ("skill", names)
    for name, names in qualifications().items():
        table[tuple(folded_words(name))] = ("qualification", names)
    return table


def _capitals_mean_nothing(found_words: list[Word]) -> bool:
    """Tell whether words are capitalised all over the text: a heading, or German."""
    if len({word.folded for word in found_words} & _GERMAN) > 1:
        return True
    inside = [word for word in found_words if not word.opens and word.text[0].isalpha()]
    capitals = sum(word.is_capitalised for word in inside)
    return len(inside) >= _ENOUGH_WORDS and capitals > _TITLE_CASED * len(inside)


def _listed(text: str, found_words: list[Word], *, cased: bool) -> Iterator[Term]:
    index = _index()
    by_case = case_skills() if cased else {}
    position = 0
    while position < len(found_words):
        for size in range(min(_LONGEST_NAME, len(found_words) - position), 0, -1):
            run = found_words[position : position + size]
            if entry := index.get(tuple(word.folded for word in run)):
                yield Term(entry[0], text[run[0].start : run[-1].end], run[0].start, run[-1].end, entry[1])
                position += size
                break
        else:
            word = found_words[position]
            if (names := by_case.get(word.text)) and _is_name(text, word):
                yield Term("skill", word.text, word.start, word.end, names)
            position += 1


def _is_name(text: str, word: Word) -> bool:
    """Tell whether an ordinary word stands as a name: "in Go," and not "Go to" or "Go-to-market"."""
    before, after = text[: word.start][-1:], text[word.end :][:1]
    if (
        (len(word.text) == 1 and _COUNTED.search(text[: word.start]))
        or before in {"-", "\u2011", "/"}
        or after in {"-", "\u2011", "&", "'", "\u2019"}
        or text[word.end : word.end + 3] == " & "
    ):
        return False
    return not word.opens or after in {"", ",", "/", ";", ")"}


def _runs(text: str, free: list[Word]) -> Iterator[list[Word]]:
    """Group capitalised (or technical) words that stand together."""
    run: list[Word] = []
    for word in free:
        belongs = word.is_capitalised or looks_technical(word.text)
        if run and belongs and _touch(text, run[-1], word) and not word.opens:
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if belongs else []
    if run:
        yield run


def _touch(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start] in {" ", "-", " & ", "/", "&", "\u2011", ". "}


def _free(text: str, found_words: list[Word], found: list[Term]) -> list[Word]:
    """Leave out the words of what has been found already."""
    taken = Spans(len(text))
    for term in found:
        taken.take(term.start, term.end)
    return [word for word in found_words if not taken.holds(word.start, word.end)]


def _term(text: str, word: Word) -> Term:
    return Term("skill", text[word.start : word.end], word.start, word.end, (word.text,))
