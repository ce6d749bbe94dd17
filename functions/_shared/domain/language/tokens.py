"""A text as the tokens that are compared: words, quantities and breaks, each with its class."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.eastern import LETTERS
from functions._shared.domain.language.function_words import EASTERN_WORDS, FUNCTION_WORDS, RELATIVES, vital
from functions._shared.domain.language.lexemes import grouped, lexeme, phrases
from functions._shared.domain.language.quantities import DATE, quantities
from functions._shared.domain.language.units import BETWEEN, EVERY, INTERVAL, PARTICLES, PERIOD, RATE, START
from functions._shared.domain.language.vocabulary.numerals import numerals
from functions._shared.domain.language.words import MARKS, fold, loose_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.language.quantities import Quantity

Kind = Literal["word", "preposition", "neutral", "figure", "break"]


def _eastern_words() -> list[str]:
    """List the words of Chinese and Japanese that have more than one sign; all else is compared sign by sign."""
    known = {*EASTERN_WORDS, *grouped("chinese"), *grouped("japanese")}
    return sorted((word for word in known if len(word) > 1), key=len, reverse=True)


_SPLIT: Final = re.compile(r"[\s'\u2019-]+")
_ELIDED: Final = re.compile(r"^([dljmnst]|qu|dell|all|nell|sull|un)['\u2019](?=\w)", re.IGNORECASE)
_EASTERN: Final = re.compile(f"[{LETTERS}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quantity or a break.

    Parameters
    ----------
    kind : str
        ``word``, ``preposition``, ``neutral`` (may come and go), ``figure`` or ``break``.
    key : str
        Folded word, or the sign of a break: ``,`` for one that joins items, ``(`` for a bracket, ``:``
        for a colon or a dash, ``;`` for one that parts clauses.
    form : str
        The word in lower case with its accents.
    lexeme : str
        What it is compared by.
    quantity : Quantity or None
        For figures.
    vital : bool
        Whether a claim without it is another or a stronger one: negations, hedges and relative words.
    """

    kind: Kind
    key: str
    form: str = ""
    lexeme: str = ""
    quantity: Quantity | None = None
    vital: bool = False


COMMA: Final = Token("break", ",")


@lru_cache(maxsize=4096)
def tokens(text: str, language: str = "english") -> tuple[Token, ...]:
    """Split a text into tokens; ``language`` decides about its function words, numerals and inflection."""
    text = _in_digits(text, language)
    found: list[Token] = []
    position = 0
    for quantity in _with_intervals(text, quantities(text)):
        found += _words(text, position, quantity.start, language)
        found.append(Token("figure", quantity.text, quantity=quantity))
        position = quantity.end
    found += _words(text, position, len(text), language)
    if language == "english":
        found = list(_with_that(found))
    if language == "german":
        found = _with_particles(list(_with_relatives(found)))
    return tuple(_as_read(_with_rates(found), language))


def _with_intervals(text: str, found: list[Quantity]) -> list[Quantity]:
    """Read "60 to 80" and "between 60 and 80" as one quantity, but not "from 60 to 80"."""
    read: list[Quantity] = []
    for quantity in found:
        low = read[-1] if read else None
        if (
            low
            and quantity.unit != DATE
            and low.kind == quantity.kind
            and low.high == low.values
            and not quantity.bound
        ):
            joined = INTERVAL.fullmatch(text, low.end, quantity.start)
            before = text[max(0, low.start - 12) : low.start]
            rises = joined and not low.bound and max(low.values) < min(quantity.values)
            if joined and rises and (BETWEEN.search(before) if joined[2] else not START.search(before)):
                read[-1] = replace(low, end=quantity.end, high=quantity.high, noun=quantity.noun)
                continue
        read.append(quantity)
    return read


@lru_cache(maxsize=16)
def _numerals(language: str) -> tuple[frozenset[str], re.Pattern[str], dict[str, str]]:
    """Return a word of each numeral, the pattern of all, and the numbers."""
    known = numerals(language)
    names = "|".join(sorted(known, key=len, reverse=True)) or "(?!)"
    tellings = frozenset(max(_SPLIT.split(name), key=len) for name in known)
    return tellings, re.compile(rf"(?<![\w{MARKS[1:-1]}-])(?:{names})(?![\w{MARKS[1:-1]}-])"), known


def _in_digits(text: str, language: str) -> str:
    tellings, pattern, known = _numerals(language)
    if tellings.isdisjoint(loose_words(text)):
        return text
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is longer in lower case: its numerals stay words
        return text
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(lower):
        pieces += text[position : match.start()], known[match[0]]
        position = match.end()
    return "".join([*pieces, text[position:]])


@lru_cache(maxsize=1)
def _piece() -> re.Pattern[str]:
    """Compile the pattern when first needed."""
    return re.compile(
        rf"(?P<word>[A-Za-z0-9]++(?![\w'\u2019+#{MARKS[1:-1]}-])|[^\W_{LETTERS}](?:-(?=[^\W\d_]{{3,}}))?(?:[^\W_{LETTERS}]|{MARKS})*(?:['\u2019][^\W_]+)*(?:\+\+|#)?"
        rf"|\.NET\b|(?:{'|'.join(_eastern_words())}|[{LETTERS}]))"
        r"|(?P<weak>,|/|&|\u3001|\uff0c)|(?P<bracket>[()\[\]\uff08\uff09])|(?P<aside>[:\uff1a\u2013\u2014])"
        r"|(?P<strong>[;|!?\n\u3002\uff1b\uff01\uff1f\u0964]|\.(?=\s|$))"
    )


def _words(text: str, start: int, end: int, language: str) -> Iterator[Token]:
    hyphens = "-" in text
    for match in _piece().finditer(text, start, end):
        word, kind = match[0], match.lastgroup
        if kind != "word":
            yield _break(_SIGNS[kind or "weak"], word)
            continue
        begin = match.start()
        if ("'" in word or "\u2019" in word) and (elided := _ELIDED.match(word)):
            yield _token(elided[1], language, False)
            word, begin = word[elided.end() :], begin + elided.end()
        hyphenated = hyphens and (text[begin - 1 : begin] == "-" or text[match.end() : match.end() + 1] == "-")
        yield _token(word, language, hyphenated)


_SIGNS: Final = {"strong": ";", "bracket": "(", "aside": ":", "weak": ","}


@lru_cache(maxsize=64)
def _break(sign: str, form: str) -> Token:
    return Token("break", sign, form=form)


@lru_cache(maxsize=16384)
def _token(word: str, language: str, compound: bool) -> Token:
    known = FUNCTION_WORDS[language]
    form = word.lower().replace("-", "")
    key = fold(word).replace("-", "")
    root = lexeme(form, language)
    weighs = root in vital(language) or key.endswith("n't") or (key in RELATIVES and form not in known.neutral)
    kind: Kind = "word"
    if compound or weighs:
        kind = "word"
    elif form == "à":
        kind = "preposition"
    elif form in known.joining and not (word.isupper() and len(word) == 1):
        return Token("break", ",", form=form)
    elif form in known.neutral:
        kind = "neutral"
    elif form in known.prepositions:
        kind = "preposition"
    return Token(kind, key, form=form, lexeme=RATE.get(key) or root, vital=weighs)


def _with_that(found: list[Token]) -> Iterator[Token]:
    """Read "that" after a word as "which"."""
    for before, token in zip([COMMA, *found], found, strict=False):
        relative = token.key == "that" and before.kind == "word"
        yield _token("which", "english", False) if relative else token


def _with_relatives(found: list[Token]) -> Iterator[Token]:
    """Read an article after a comma as a relative word."""
    for before, token in zip([COMMA, *found], found, strict=False):
        relative = before.form == "," and token.kind == "neutral" and token.key in RELATIVES
        yield replace(token, kind="word", vital=True) if relative else token


def _with_particles(found: list[Token]) -> list[Token]:
    """Read "führte ... ein" as "einführte"."""
    if not found:  # a text of signs
        return found
    read: list[Token] = []
    first = 0
    for token, after in zip(found, [*found[1:], COMMA], strict=True):
        if token.form in PARTICLES and token.kind != "break" and after.kind == "break":
            for place in range(first, len(read)):
                root = lexeme(token.form + read[place].form, "german") if read[place].kind == "word" else ""
                if root.startswith("="):
                    read[place] = replace(read[place], lexeme=root, key=token.form + read[place].key)
                    break
            else:
                read.append(token)
            continue
        read.append(token)
        if token.kind == "break":
            first = len(read)
    return read


def _with_rates(found: list[Token]) -> list[Token]:
    """Read "a day" and "per day" as one word."""
    if PERIOD.keys().isdisjoint([token.key for token in found]):
        return found
    read: list[Token] = []
    for token in found:
        rate = PERIOD.get(token.key) if token.kind == "word" else None
        if rate and read and (read[-1].key in EVERY or read[-1].form == "/"):
            before = read.pop()
            if before.key == "la" and read and read[-1].key == "a":
                read.pop()
            read.append(replace(token, lexeme=rate))
        else:
            read.append(token)
    return read


def _as_read(found: list[Token], language: str) -> list[Token]:
    """Replace phrases by the words that they are read as."""
    known = phrases(language)
    if known.keys().isdisjoint([token.key for token in found]):
        return found
    read: list[Token] = []
    position = 0
    while position < len(found):
        for phrase, words in known.get(found[position].key, ()):
            if tuple(token.key for token in found[position : position + len(phrase)]) == phrase:
                read += [_token(word, language, False) for word in words]
                position += len(phrase)
                break
        else:
            read.append(found[position])
            position += 1
    return read
