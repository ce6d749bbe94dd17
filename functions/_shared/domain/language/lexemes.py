"""What a word is compared by: its stem, or the group of words that state the same thing with the same strength."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from functions._shared.domain.language.vocabulary.synonyms import ACTS, BROADER, DUTIES, OTHERS, PHRASES
from functions._shared.domain.language.words import fold, stem

_GERMAN_PARTICIPLE: Final = re.compile(
    r"^(|ein|auf|aus|um|ab|an|vor|durch|mit|zu|nach|bei|fest|weiter)ge(\w{3,})(?:t|en)$"
)
_GERMAN_ENDING: Final = re.compile(r"(?<=\w{4})(?:ungen|ung|eten|ete|et|ten|te|t)$")
_GERMAN_SOFT: Final = re.compile(r"(?<=\w{2})([bdfgkmnpst])e(?=[lr]$)")
"""The e of "verhandelt" that "Verhandlung" does not have."""
_VERBS: Final = frozenset(
    ["mentor", "monitor", "deliver", "order", "answer", "register", "offer", "cover", "gather", "enter", "transfer",
     "filter", "administer", "tutor", "refactor", "master", "recover", "discover", "foster", "sponsor", "trigger"]
)  # fmt: skip
"""Acts that end like persons."""
_ROMANCE: Final = {
    "french": ("eur", "eurs", "euse", "euses", "iste", "istes"), "spanish": ("dor", "dora", "dores", "doras", "ista"),
    "italian": ("tore", "tori", "trice", "ista", "isti"), "portuguese": ("dor", "dora", "dores", "doras", "ista"),
}  # fmt: skip
"""Endings of persons where "-er" and "-ant" are those of verbs."""
_PERSONS: Final = ("er", "ers", "or", "ors", "ist", "ists", "eur", "eurs", "ant", "ants", "ee", "ees")


@lru_cache(maxsize=16384)
def lexeme(form: str, language: str) -> str:
    """Return what a word is compared by.

    Forms of one word have the same lexeme, and so have words that state the same thing with the same strength. A person
    ("manager") is no form of an act ("managed").

    Parameters
    ----------
    form : str
        The word in lower case, with its accents.
    language : str
        Name of a Snowball algorithm, or another for words that are compared as they are written.
    """
    groups = _groups(language)
    root = _root(form, language)
    return groups.get(form) or groups.get(root) or root


def grouped(language: str) -> frozenset[str]:
    """Return the words that stand in groups, as they are listed."""
    return frozenset(f"{ACTS.get(language, '')} {OTHERS.get(language, '')}".replace(";", " ").split())


@lru_cache(maxsize=16)
def acts(language: str) -> frozenset[str]:
    """Return the lexemes of acts."""
    return frozenset(lexeme(group.split()[0], language) for group in ACTS.get(language, "").split(";") if group.split())


@lru_cache(maxsize=16)
def phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return phrases and what they are read as, by their first words, all folded."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for entry in PHRASES.get(language, "").split(";"):
        phrase, _, read_as = entry.partition("=")
        words = tuple(fold(word) for word in phrase.split())
        if words:
            found.setdefault(words[0], []).append((words, tuple(read_as.split())))
    return found


@lru_cache(maxsize=16)
def _narrower(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in BROADER.get(language, "").split(";"):
        word, _, words = entry.partition(":")
        if words:
            found[lexeme(word.strip(), language)] = frozenset(lexeme(each, language) for each in words.split())
    return found


def narrower(root: str, language: str) -> frozenset[str]:
    """Return the lexemes that a lexeme takes in."""
    return _narrower(language).get(root, frozenset())


@lru_cache(maxsize=16)
def duties(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases with which a line begins a duty, folded."""
    return tuple(tuple(fold(word) for word in entry.split()) for entry in DUTIES.get(language, "").split(";"))


@lru_cache(maxsize=16)
def _groups(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in f"{ACTS.get(language, '')};{OTHERS.get(language, '')}".split(";"):
        words = group.split()
        for word in words:
            found.setdefault(word, f"={words[0]}")
            found.setdefault(_root(word, language), f"={words[0]}")
    return found


def _root(form: str, language: str) -> str:
    root = stem(form, language)
    if language == "german":
        if participle := _GERMAN_PARTICIPLE.match(form):
            root = participle[1] + participle[2]
        return _GERMAN_SOFT.sub(r"\1", _GERMAN_ENDING.sub("", root))
    persons = _ROMANCE.get(language, _PERSONS)
    return f"{root}*" if form.endswith(persons) and form.removesuffix("s") not in _VERBS and len(form) > 4 else root  # noqa: PLR2004
