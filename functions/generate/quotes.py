"""Quotes from an advertisement: whether it has them, and whether they state what was read from them."""

from __future__ import annotations

import re
from typing import Final

from functions._shared.domain.language.function_words import FUNCTION_WORDS
from functions._shared.domain.language.invisible import visible
from functions._shared.domain.language.words import Phrases, folded_words, stem

_SIGNS: Final = str.maketrans("\u2018\u2019\u201c\u201d\u201e\u2010\u2011\u2013\u2014\u00a0", '\'\'"""---- ')
"""Quotation marks, dashes and blanks that models write in another form; each is one sign, so that places stay."""
_SHARED: Final = 0.6
"""Share of the words of a task that its quote has."""
_BEGINNING: Final = 4
"""Letters by which inflected words are alike."""
_LONG: Final = 7
_ENDINGS: Final = frozenset(["e", "n", "s", "en", "er", "es"])
_HEADS: Final = frozenset(["kenntnisse", "kenntnissen", "sprache", "erfahrung", "erfahrungen", "sprachkenntnisse"])
"""Second parts of German compounds that name a skill with the first: Deutschkenntnisse."""
FUNCTION: Final = frozenset(word for known in FUNCTION_WORDS.values() for word in known.common)


class Advertisement:
    """The text of an advertisement, in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        # Models are sent the text without its invisible signs, so they quote it without.
        self._places = [place for place, sign in enumerate(text) if visible(sign)]
        self._text = "".join(text[place] for place in self._places).translate(_SIGNS)

    def find(self, value: str, quote: str, *, names: bool) -> tuple[int, int] | None:
        """Return the span of a quote that states a value; None if there is none.

        Parameters
        ----------
        value : str
            What was read.
        quote : str
            The words that are said to state it. White space, case and the form of quotation marks and dashes may
            differ.
        names : bool
            Whether the value is a name, so that the quote has to have the whole of it; of other values most words.
        """
        pattern = r"\s+".join(re.escape(part) for part in quote.translate(_SIGNS).split())
        found = re.search(pattern, self._text, re.IGNORECASE) if pattern else None
        if found is None or not (_names(value, found[0]) if names else _tells(value, found[0])):
            return None
        return self._places[found.start()], self._places[found.end() - 1] + 1


def _names(value: str, quote: str) -> bool:
    asked, stated = _words(value), set(_words(quote))
    stated |= {word.removesuffix(head) for word in stated for head in _HEADS if word.endswith(head)}
    return bool(asked) and (
        Phrases(quote).has(value) or all(any(_inflected(word, each) for each in stated) for word in asked)
    )


def _tells(value: str, quote: str) -> bool:
    asked = [word for word in _words(value) if word not in FUNCTION]
    stated = {form for word in _words(quote) for form in _forms(word)}
    figures = all(word in stated for word in asked if any(map(str.isdigit, word)))
    found = sum(not stated.isdisjoint(_forms(word)) for word in asked)
    return bool(asked) and figures and found >= _SHARED * len(asked)


def _inflected(word: str, other: str) -> bool:
    """Tell whether two words are the same, or differ in an ending that long nouns have in the plural or a case."""
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= _LONG and long.startswith(short) and long[len(short) :] in _ENDINGS)


def _words(text: str) -> list[str]:
    """Return the words of a text, those that an apostrophe joins apart."""
    return [part for word in folded_words(text) for part in word.split("'") if part]


def _forms(word: str) -> set[str]:
    if any(map(str.isdigit, word)):
        return {word}
    return {stem(word), word[:_BEGINNING]} if len(word) >= _BEGINNING else {stem(word)}
