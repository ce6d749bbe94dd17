"""A text as the tokens that are compared: words, quantities and breaks, each with its class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.function_words import FUNCTION_WORDS
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.words import fold, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.language.quantities import Quantity

Kind = Literal["word", "preposition", "neutral", "figure", "break"]

_PIECE: Final = re.compile(
    r"(?P<word>\.NET\b|[^\W_](?:-(?=[^\W\d_]{3,}))?[^\W_]*(?:['\u2019][^\W_]+)*(?:\+\+|#)?)"
    r"|(?P<bracket>[()\[\]])|(?P<aside>[:\u2013\u2014])|(?P<strong>[;|!?\n]|\.(?=\s|$))|(?P<weak>,|/|&|\u3001|\u3002|\uff0c)"
)
_ELIDED: Final = re.compile(r"^([dljmnst]|qu|dell|all|nell|sull|un)['\u2019](?=\w)", re.IGNORECASE)


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
    start, end : int
        Span in the text.
    form : str
        The word in lower case with its accents, for stemming.
    quantity : Quantity or None
        For figures.
    vital : bool
        Whether a claim without it is another or a stronger one: negations and hedges.
    """

    kind: Kind
    key: str
    start: int
    end: int
    form: str = ""
    quantity: Quantity | None = None
    vital: bool = False


def tokens(text: str, language: str = "english") -> list[Token]:
    """Split a text into tokens; ``language`` decides about its function words."""
    found: list[Token] = []
    position = 0
    for quantity in quantities(text):
        found += _words(text, position, quantity.start, language)
        found.append(Token("figure", quantity.text, quantity.start, quantity.end, quantity=quantity))
        position = quantity.end
    found += _words(text, position, len(text), language)
    return found


def same_word(one: str, other: str, language: str) -> bool:
    """Tell whether two words are forms of one. A person ("manager") is no form of an act ("managed")."""
    return one == other or (
        _names_a_person(one) == _names_a_person(other) and stem(one, language) == stem(other, language)
    )


_VERBS: Final = frozenset(
    ["mentor", "monitor", "deliver", "order", "answer", "register", "offer", "cover", "gather", "enter", "transfer",
     "filter", "administer", "tutor", "refactor", "master", "recover", "discover", "foster", "sponsor", "trigger"]
)  # fmt: skip
"""Acts that end like persons."""


def _names_a_person(word: str) -> bool:
    return word not in _VERBS and word.endswith(("er", "ers", "or", "ors", "ist", "ists", "eur", "eurs", "ant", "ants"))


def _words(text: str, start: int, end: int, language: str) -> Iterator[Token]:
    for match in _PIECE.finditer(text, start, end):
        if match["word"] is None:
            sign = ";" if match["strong"] else "(" if match["bracket"] else ":" if match["aside"] else ","
            yield Token("break", sign, match.start(), match.end())
            continue
        word, begin = match["word"], match.start()
        if elided := _ELIDED.match(word):
            yield _token(elided[1], begin, begin + elided.end(), language)
            word, begin = word[elided.end() :], begin + elided.end()
        hyphenated = text[begin - 1 : begin] == "-" or text[match.end() : match.end() + 1] == "-"
        yield _token(word, begin, match.end(), language, compound=hyphenated)


def _token(word: str, start: int, end: int, language: str, *, compound: bool = False) -> Token:
    known = FUNCTION_WORDS[language]
    form = word.casefold().replace("-", "")
    key = fold(word).replace("-", "")
    vital = stem(key, language) in known.vital or key.endswith("n't")
    kind: Kind = "word"
    if compound or vital:
        kind = "word"
    elif form == "à":
        kind = "preposition"
    elif key in known.joining and not (word.isupper() and len(word) == 1):
        return Token("break", ",", start, end)
    elif key in known.neutral:
        kind = "neutral"
    elif key in known.prepositions:
        kind = "preposition"
    return Token(kind, key, start, end, form=form, vital=vital)
