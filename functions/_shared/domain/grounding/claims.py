"""What a text claims that can be looked up: skills, titles and names, found by rules and word lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.vocabulary.skills import case_skills, qualifications, skills
from functions._shared.domain.language.vocabulary.titles import (
    ACRONYMS,
    FIELDS,
    HEADS,
    ORGANISATION_WORDS,
    PHRASES,
    PLAIN,
    RANKS,
)
from functions._shared.domain.language.words import Spans, Word, folded_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

ClaimKind = Literal["skill", "qualification", "title", "employer", "name"]

_LONGEST_NAME: Final = 5
_ACRONYM: Final = range(2, 7)
_SHOUTING: Final = 3
"""Words in capitals in a row that are emphasis, not acronyms."""
_AMBIGUOUS_HEADS: Final = frozenset({"executive", "associate", "assistant", "principal", "representative", "staff"})
_AFTER_TITLE: Final = frozenset({"at", "with", "for", "in", "who", "of", "to", "on", "and", "or", "from", "by"})
_BEFORE_EMPLOYER: Final = frozenset({"at", "joined", "from", "for", "with", "by", "join", "joining"})
_OPENERS: Final = _BEFORE_EMPLOYER | {
    "in",
    "the",
    "as",
    "while",
    "after",
    "since",
    "before",
    "then",
    "our",
    "my",
    "and",
}
_TITLE_CASED: Final = 0.75
"""Share of capitalised words above which capitals mean nothing, as in headings."""
_ENOUGH_WORDS: Final = 6
_GERMAN: Final = frozenset(
    ["und", "der", "die", "das", "den", "dem", "ein", "eine", "mit", "fur", "von", "bei", "ist", "im", "zu", "auf"]
)
"""Frequent words of the one large language that capitalises every noun, folded."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A phrase that names something.

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

    kind: ClaimKind
    text: str
    start: int
    end: int
    names: tuple[str, ...]


def claims(text: str) -> list[Claim]:
    """Find what a text names, in order of position; spans do not overlap."""
    found_words = words(text)
    found = list(_listed(text, found_words, cased=not _capitals_mean_nothing(found_words)))
    found += _titles(text, _free(text, found_words, found))
    found += _names(text, _free(text, found_words, found), found_words)
    return sorted(found, key=lambda claim: claim.start)


def technical_terms(text: str) -> list[Claim]:
    """Find skills and qualifications: listed ones, and what looks like the name of a technology."""
    found_words = words(text)
    found = list(_listed(text, found_words, cased=not _capitals_mean_nothing(found_words)))
    for run in _runs(text, _free(text, found_words, found)):
        if len(run) < _SHOUTING:
            found += [_claim("skill", text, [word]) for word in run if looks_technical(word.text)]
    return sorted(found, key=lambda claim: claim.start)


def looks_technical(word: str) -> bool:
    """Tell whether a word has the form of a technology or an acronym: gRPC, OAuth2, ECMO."""
    if word.casefold() in ACRONYMS or not any(character.isalpha() for character in word):
        return False
    inner = word[1:]
    if word.isupper():
        return len(word) in _ACRONYM and word[0].isalpha()
    if any(character.isdigit() for character in word):
        return word[0].isalpha() and not word[0].isdigit()
    return any(character.isupper() for character in inner) and not word.startswith(("Mc", "Mac", "O'", "O\u2019", "D'"))


@lru_cache(maxsize=1)
def _index() -> dict[tuple[str, ...], tuple[ClaimKind, tuple[str, ...]]]:
    table: dict[tuple[str, ...], tuple[ClaimKind, tuple[str, ...]]] = {}
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


def _listed(text: str, found_words: list[Word], *, cased: bool) -> Iterator[Claim]:
    index = _index()
    by_case = case_skills() if cased else {}
    position = 0
    while position < len(found_words):
        for size in range(min(_LONGEST_NAME, len(found_words) - position), 0, -1):
            run = found_words[position : position + size]
            if entry := index.get(tuple(word.folded for word in run)):
                yield Claim(entry[0], text[run[0].start : run[-1].end], run[0].start, run[-1].end, entry[1])
                position += size
                break
        else:
            word = found_words[position]
            if (names := by_case.get(word.text)) and _is_name(text, word):
                yield Claim("skill", word.text, word.start, word.end, names)
            position += 1


def _is_name(text: str, word: Word) -> bool:
    """Tell whether an ordinary word stands as a name: "in Go," and not "Go to" or "Go-to-market"."""
    before, after = text[: word.start][-1:], text[word.end :][:1]
    if (
        before in {"-", "\u2011", "/"}
        or after in {"-", "\u2011", "&", "'", "\u2019"}
        or text[word.end : word.end + 3] == " & "
    ):
        return False
    return not word.opens or after in {"", ",", "/", ";", ")"}


def _titles(text: str, free: list[Word]) -> Iterator[Claim]:
    taken = -1
    for position in range(len(free)):
        run = _title_ending_at(text, free, position)
        if run and run[0].start > taken:
            taken = run[-1].end
            yield _claim("title", text, run)


def _title_ending_at(text: str, free: list[Word], position: int) -> list[Word]:
    head = free[position]
    pair = f"{free[position - 1].folded} {head.folded}" if position else ""
    if head.folded not in HEADS and pair not in PHRASES:
        return []
    begin = position - 1 if pair in PHRASES else position
    while begin and _touch(text, free[begin - 1], free[begin]) and _modifies(free[begin - 1]):
        begin -= 1
    end = position
    while end + 2 < len(free) and free[end + 1].folded == "of" and free[end + 2].is_capitalised:
        end += 2
    if pair == "head of" and end + 1 < len(free) and free[end + 1].is_capitalised:
        end += 1
    run = free[begin : end + 1]
    following = free[end + 1].folded if end + 1 < len(free) and _touch(text, free[end], free[end + 1]) else ""
    if following in HEADS or (head.folded in _AMBIGUOUS_HEADS and following and following not in _AFTER_TITLE):
        return []
    if len(run) == 1 and (not head.is_capitalised or head.opens):
        return []
    return [] if " ".join(word.folded for word in run) == "hiring manager" else run


def _modifies(word: Word) -> bool:
    return word.folded in RANKS or word.folded in FIELDS or (word.is_capitalised and not word.opens)


def _names(text: str, free: list[Word], everything: list[Word]) -> Iterator[Claim]:
    meaningless = _capitals_mean_nothing(everything)
    before = {word.start: everything[index - 1].folded for index, word in enumerate(everything) if index}
    for run in _runs(text, free):
        shouting = len(run) >= _SHOUTING and all(word.text.isupper() for word in run)
        organisation = run[-1].folded in ORGANISATION_WORDS and len(run) > 1
        employer = organisation or (before.get(run[0].start) in _BEFORE_EMPLOYER and not run[0].opens)
        if not shouting and (organisation or not meaningless):
            # A capital at the head of a sentence tells nothing: "At Acme Ltd", "Joining Acme Ltd".
            kept = run[1:] if run[0].opens and not looks_technical(run[0].text) else run
            if organisation and run[0].opens and run[0].folded not in _OPENERS:
                names = _spans(text, run, kept if len(kept) > 1 else run)
                yield Claim("employer", names[0], run[0].start, run[-1].end, names)
            elif kept and not all(word.folded in PLAIN for word in kept):
                technical = len(kept) == 1 and looks_technical(kept[0].text)
                yield _claim("skill" if technical else "employer" if employer else "name", text, kept)
        elif not shouting:
            yield from (_claim("skill", text, [word]) for word in run if looks_technical(word.text))


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


def _free(text: str, found_words: list[Word], found: list[Claim]) -> list[Word]:
    """Leave out the words of what has been found already."""
    taken = Spans(len(text))
    for claim in found:
        taken.take(claim.start, claim.end)
    return [word for word in found_words if not taken.holds(word.start, word.end)]


def _spans(text: str, *runs: list[Word]) -> tuple[str, ...]:
    return tuple(text[run[0].start : run[-1].end] for run in runs)


def _claim(kind: ClaimKind, text: str, run: list[Word]) -> Claim:
    phrase = text[run[0].start : run[-1].end]
    return Claim(kind, phrase, run[0].start, run[-1].end, (phrase,))
