"""Rephrases a line of a résumé without adding to it: verb first, no first person, right tense, tidy spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.adapters.offline.openings import reopen
from functions._shared.adapters.offline.verbs import (
    DETERMINERS,
    NO_OBJECT,
    NOUNS_IN_ING,
    NOUNS_TOO,
    WITH_PREPOSITION,
    verbs,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.adapters.offline.verbs import Verb

_SIGN: Final = re.compile(r"^\s*(?:[-\u2013\u2014*\u2022\u00b7\u25aa\u25cf>]|\d{1,2}[.)])\s+")
_REPLACEMENTS: Final[list[tuple[re.Pattern[str], str]]] = [
    (re.compile(pattern, re.IGNORECASE), text)
    for pattern, text in (
        (r"\bin order to\b", "to"),
        (r"\bdue to the fact that\b", "because"),
        (r"\bon an? (dai|week|month|year)ly basis\b", r"\1ly"),
        (r"\ba large number of\b", "many"),
        (r"\bthe majority of\b", "most"),
        (r"\bin excess of\b", "more than"),
        (r"\bprior to\b", "before"),
        (r"\bsubsequent to\b", "after"),
        (r"\bfor the purpose of\b", "for"),
        (r"\beach and every\b", "every"),
        (r"\butili[sz](e[ds]?)\b", r"us\1"),
        (r"\butili[sz]ing\b", "using"),
        (r"\b(?:successfully|basically|actually|really|very) ", ""),
        (r"\b(?:was|were) able to (?=\w)", ""),
    )
]
_SPELLING: Final[list[tuple[re.Pattern[str], str]]] = [
    (re.compile(pattern), text)
    for pattern, text in (
        (r"[^\S\n]+", " "),
        (r" +([,;!?])", r"\1"),
        (r" +([:.](?:\s|$))", r"\1"),
        (r"(?<=[^\W\d]{2}),(?=[^\W\d]{2})", ", "),
        (r"(?<=\d) %", "%"),
        (r"([,;:!?])\1+", r"\1"),
        (r"\(\s+", "("),
        (r"\s+\)", ")"),
        (r"\bi\b(?=['\u2019 ])", "I"),
    )
]
_FIRST_PERSON: Final[list[tuple[re.Pattern[str], str]]] = [
    (re.compile(r"(,|;| and| but| then) I(?:['\u2019]ve| have| also)* (?=\w)"), r"\1 "),
    (re.compile(r"\b(?:my|our) own\b", re.IGNORECASE), "own"),
    (re.compile(r"\b(?:my|our)\b"), "the"),
    (re.compile(r"\b(?:My|Our)\b"), "The"),
]
_ENDED: Final = re.compile(r"[.!?\u2026][)\]\"'\u2019\u201d]*$")
_PARALLEL: Final = re.compile(r"(,? and |, (?!and\b)|,? & )([a-z]+)(?= [^\W\d])")


def tidy(text: str) -> str:
    """Correct spacing and punctuation; keep every word."""
    text = _SIGN.sub("", text.strip())
    for pattern, replacement in _SPELLING:
        text = pattern.sub(replacement, text)
    return text.strip()


def tighten(text: str) -> str:
    """Remove filler words."""
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def bullet(text: str, *, current: bool | None = False) -> str:
    """Turn a sentence about work into a bullet.

    Parameters
    ----------
    text : str
        The user's text, in any form.
    current : bool or None
        Whether the job is current. If it is, or if this is unknown (None), duties stay in the present tense. The past
        tense is always kept.

    Returns
    -------
    str
        The same facts, with a verb first if there is one, and without a full stop.
    """
    opened = reopen(tidy(text), current=current)
    line = tighten(conjugate(opened.line, current=current, verb_first=opened.verb_first))
    for pattern, replacement in _FIRST_PERSON:
        line = pattern.sub(replacement, line)
    if opened.shared:
        line = _with_team(line)
    return capitalise(tidy(line).rstrip(" .;,"))


def sentence(text: str, *, current: bool | None = False) -> str:
    """Do the same for a sentence, which gets a full stop if it has no final punctuation."""
    line = bullet(text, current=current)
    return line if _ENDED.search(line) else f"{line}."


def conjugate(line: str, *, current: bool | None, verb_first: bool = False) -> str:
    """Put the opening verb, and the verbs parallel to it, into the right tense.

    Parameters
    ----------
    line : str
        A line.
    current : bool or None
        Whether the job is current, if known.
    verb_first : bool
        Whether the first word is known to be a verb. If not, a word that may be a noun is not changed.
    """
    first, _, rest = line.partition(" ")
    word = first.lower().rstrip(",")
    verb = verbs().get(word)
    if verb is None or word == verb.past or not (verb_first or _is_verb(word, verb, rest)):
        return line
    form = "third" if word == verb.third else "ing" if word == verb.ing else "base"
    if form == "base" and current is not False:
        return line
    present = current or (current is None and form == "third")
    wanted: Callable[[Verb], str] = (lambda each: each.base) if present else (lambda each: each.past)

    def parallel(match: re.Match[str]) -> str:
        other = verbs().get(match[2])
        if other is None or getattr(other, form) != match[2] or (form == "base" and match[2] in NOUNS_TOO):
            return match[0]
        if form == "ing" and match[1].startswith(", "):
            return match[0]  # "…, reducing costs" tells the result, not another duty
        return f"{match[1]}{wanted(other)}"

    return f"{wanted(verb)} {_PARALLEL.sub(parallel, rest)}".strip()


def starts_with_verb(line: str) -> bool:
    """Return whether a line starts with a verb in the past or present tense."""
    first, _, rest = line.partition(" ")
    verb = verbs().get(first.lower())
    return verb is not None and first.lower() in {verb.past, verb.base} and _is_verb(first.lower(), verb, rest)


def capitalise(text: str) -> str:
    """Start with a capital letter, except for names that do not (iOS, pg-fares)."""
    first = text.split(" ", 1)[0]
    ordinary = first.rstrip(",;:").isalpha() and first[1:].islower()
    return text[:1].upper() + text[1:] if ordinary or len(first) == 1 else text


def lower_first(text: str) -> str:
    """Start with a lower-case letter if the first word is a verb or an article, not a name."""
    first = text.split(" ", 1)[0]
    known = first.lower() in verbs() or first.lower() in {"a", "an", "the"}
    return text[:1].lower() + text[1:] if known else text


def _is_verb(word: str, verb: Verb, rest: str) -> bool:
    following = rest.split(" ", 1)[0].lower()
    if not following:
        return False
    if word == verb.ing:
        return word not in NOUNS_IN_ING and following not in NO_OBJECT
    if word == verb.past:
        return True
    if verb.base in WITH_PREPOSITION:
        return following in {"for", "to", "with", "in", "on", "as"} or following not in NO_OBJECT
    if word in NOUNS_TOO or (word == verb.third and verb.base in NOUNS_TOO):
        # A noun would be followed by a preposition or another noun; an object by a determiner, a number, a name.
        return following in DETERMINERS or following[0].isdigit() or rest[:1].isupper()
    return following not in NO_OBJECT


def _with_team(line: str) -> str:
    head, comma, tail = line.rstrip(" .!").partition(", ")
    return line if re.search(r"\bteam\b", head) else f"{head} with the team{comma}{tail}"
