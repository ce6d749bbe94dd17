"""A text as the tokens that are compared: words, quantities and breaks, each with its class."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.eastern import LETTERS
from functions._shared.domain.language.figures import in_digits, with_intervals
from functions._shared.domain.language.function_words import (
    ARTICLES,
    EASTERN_WORDS,
    FUNCTION_WORDS,
    GENITIVES,
    RELATIVES,
    vital,
)
from functions._shared.domain.language.lexemes import acts, grouped, lexeme, narrower, phrases
from functions._shared.domain.language.quantities import DATE, quantities
from functions._shared.domain.language.units import EVERY, ONCE, PARTICLES, PERIOD, RATE
from functions._shared.domain.language.words import MARKS, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.language.quantities import Quantity

Kind = Literal["word", "preposition", "neutral", "figure", "break"]


def _eastern_words() -> list[str]:
    """List the words of Chinese and Japanese that have more than one sign; all else is compared sign by sign."""
    known = {*EASTERN_WORDS, *grouped("chinese"), *grouped("japanese")}
    return sorted((word for word in known if len(word) > 1), key=len, reverse=True)


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
    narrower : frozenset of str
        Lexemes that it takes in.
    owner : str
        The genitive before it, if that is no preposition.
    starts : bool
        Whether an article before it parts it from the word before: "reduced in May the costs".
    """

    kind: Kind
    key: str
    form: str = ""
    lexeme: str = ""
    quantity: Quantity | None = None
    vital: bool = False
    narrower: frozenset[str] = frozenset()
    owner: str = ""
    starts: bool = False


COMMA: Final = Token("break", ",")


@lru_cache(maxsize=4096)
def tokens(text: str, language: str = "english") -> tuple[Token, ...]:
    """Split a text into tokens; ``language`` decides about its function words, numerals and inflection."""
    text = in_digits(text, language)
    found: list[Token] = []
    position = 0
    figures = with_intervals(text, quantities(text))
    for quantity in figures:
        found += _words(text, position, quantity.start, language)
        found.append(Token("figure", quantity.text, quantity=quantity))
        position = quantity.end
    found += _words(text, position, len(text), language)
    if any(quantity.unit == DATE for quantity in figures):
        found = _with_years(found)
    if language == "english":
        found = _with_down(found) if "down" in text else found
        found = list(_with_participles(_with_that(found)))
    if language == "german":
        found = _with_particles(list(_with_relatives(found)))
    return tuple(_as_read(_with_rates(found), language))


def telling(text: str, language: str) -> list[Token]:
    """Split a text into the tokens that are not neutral, and mark those after a genitive."""
    found: list[Token] = []
    owner, starts = "", False
    for token in tokens(text, language):
        if token.kind == "neutral":
            owner = token.key if token.key in GENITIVES else owner
            starts = starts or (token.key in ARTICLES and bool(found) and found[-1].kind in {"word", "figure"})
        else:
            marked = (owner or starts) and token.kind != "break"
            found.append(_marked(token, owner, starts and not owner) if marked else token)
            owner, starts = "", False
    return found


def _marked(token: Token, owner: str, starts: bool) -> Token:
    """Mark a token; as `dataclasses.replace` does, in a third of the time."""
    return Token(
        token.kind, token.key, token.form, token.lexeme, token.quantity, token.vital, token.narrower, owner, starts
    )


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
    weighs = (
        (root in vital(language) and form not in known.neutral)
        or key.endswith("n't")
        or (key in RELATIVES and form not in known.neutral)
    )
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
    narrow = narrower(root, language)
    return Token(kind, key, form=form, lexeme=RATE.get(key) or root, vital=weighs, narrower=narrow)


def _with_that(found: list[Token]) -> Iterator[Token]:
    """Read "that" after a word as "which"."""
    for before, token in zip([COMMA, *found], found, strict=False):
        relative = token.key == "that" and before.kind == "word"
        yield _token("which", "english", False) if relative else token


_YEAR: Final = frozenset(["jahr", "year", "ano", "annee", "an", "anno"])


def _with_years(found: list[Token]) -> list[Token]:
    """Read "in the year 2022" as "in 2022"."""
    return [
        token
        for place, token in enumerate(found)
        if token.key not in _YEAR or not _is_date(found[place + 1 : place + 2] or [COMMA])
    ]


def _is_date(following: list[Token]) -> bool:
    quantity = following[0].quantity
    return quantity is not None and quantity.unit == DATE


_GAP: Final = 7
"""Tokens within which "down" belongs to "bring"."""


def _with_down(found: list[Token]) -> list[Token]:
    """Read "brought the batch down" as "reduced the batch"."""
    keys = [token.key for token in found]
    read = list(found)
    for place, key in enumerate(keys):
        if key not in {"brought", "bring", "brings", "bringing"}:
            continue
        end = next((at for at in range(place + 1, min(place + _GAP, len(keys))) if keys[at] == "down"), 0)
        if end and not any(token.key == ";" for token in found[place:end]):
            read[place] = _token("reduced", "english", False)
            read[end] = _token("the", "english", False)
    return read


_PARTICIPLES: Final = frozenset(
    ["covering", "reaching", "involving", "regarding", "concerning", "totalling", "totaling", "worth", "spanning",
     "comprising", "containing", "featuring", "valued"]
)  # fmt: skip


def _with_participles(found: Iterator[Token]) -> Iterator[Token]:
    """Read "covering" after a word as a preposition: "counts covering 6,200 items"."""
    before = COMMA
    for token in found:
        leads = token.key in _PARTICIPLES and before.kind in {"word", "figure"}
        yield replace(token, kind="preposition") if leads else token
        before = token


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
            if read and read[-1].key in ONCE:
                read.pop()
            if before.key == "la" and read and read[-1].key == "a":
                read.pop()
            read.append(replace(token, lexeme=rate))
        else:
            read.append(token)
    return read


def _counts(found: list[Token], position: int, length: int) -> bool:
    """Tell whether words such as "team of" only introduce a figure, and nothing tells which team it is."""
    after = found[position + length : position + length + 1]
    before = found[position - 1] if position else None
    plain = before is None or before.kind != "word" or before.lexeme in acts("english")
    return bool(after and after[0].quantity) and plain


def _as_read(found: list[Token], language: str) -> list[Token]:
    """Replace phrases by the words that they are read as."""
    known = phrases(language)
    keys = tuple(token.key for token in found)
    if known.keys().isdisjoint(keys):
        return found
    read: list[Token] = []
    done = 0
    for position, key in enumerate(keys):
        if position < done or key not in known:
            continue
        for phrase, words in known[key]:
            end = position + len(phrase)
            if keys[position:end] == phrase and (words or _counts(found, position, len(phrase))):
                read += found[done:position]
                read += [_token(word, language, False) for word in words]
                done = end
                break
    return [*read, *found[done:]]
